package io.github.hecnn.ckks.serial;

import io.github.hecnn.ckks.error.FormatException;
import io.github.hecnn.ckks.error.HeException;
import io.github.hecnn.ckks.internal.Seed;
import io.github.hecnn.ckks.keys.KeyPairId;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.core.modular.Modulus;
import io.github.hecnn.core.rns.Domain;
import io.github.hecnn.core.rns.RnsBasis;
import io.github.hecnn.core.rns.RnsPolynomial;
import io.github.hecnn.core.sampling.RandomSource;
import java.io.IOException;
import java.io.InputStream;

/**
 * One object on its way in. Memory for a limb is taken only when the bytes of that limb are there and their checksum is right,
 * so a file can never cost more than a small multiple of its true length.
 */
final class WireInput {
    private final ChunkReader chunks;
    private final CkksContext context;
    private final WireHeader header;
    private final String operation;
    private final byte[][] buffers = new byte[WireOutput.BATCH][];

    private WireInput(ChunkReader chunks, CkksContext context, WireHeader header, String operation) {
        this.chunks = chunks;
        this.context = context;
        this.header = header;
        this.operation = operation;
    }

    /** Reads the header and refuses other types and other parameters. */
    static WireInput open(InputStream in, CkksContext context, WireType type, String operation) throws IOException {
        WireHeader header = WireHeader.read(in, type, operation);
        context.require(header.parametersId(), operation);
        return new WireInput(new ChunkReader(in, header, operation), context, header, operation);
    }

    /** Whose the object is. */
    KeyPairId keyPairId() {
        return header.keyPairId();
    }

    /** Version of the file. */
    FormatVersion version() {
        return header.version();
    }

    long remaining() {
        return chunks.remaining();
    }

    void requireBody(long body, String what) {
        chunks.requirePayload(WireSizes.payload(body), what);
    }

    byte[] read(int length, String what) throws IOException {
        return chunks.read(length, what);
    }

    Seed readSeed() throws IOException {
        return new Seed(chunks.read(WireSizes.SEED_BYTES, "a seed"));
    }

    FormatException refuse(String what, String expected, Object found) {
        return refuse(what, expected, found, "the file was not written for these parameters");
    }

    FormatException refuse(String what, String expected, Object found, String fix) {
        return new FormatException(operation + ": expected " + what + " " + expected + ", found " + found + "; " + fix);
    }

    /** Reads a polynomial in the NTT domain. */
    RnsPolynomial readPolynomial(RnsBasis basis, String what) throws IOException {
        return readPolynomials(basis, null, what)[0];
    }

    /** Reads a polynomial and expands another from a stream on the same workers. */
    RnsPolynomial[] readPolynomials(RnsBasis basis, RandomSource uniform, String what) throws IOException {
        double[][] stored = new double[basis.size()][];
        double[][] expanded = new double[basis.size()][];
        for (int from = 0; from < basis.size(); from += WireOutput.BATCH) {
            int first = from;
            int count = Math.min(WireOutput.BATCH, basis.size() - first);
            int number = chunks.nextNumber();
            fillBuffers(basis, first, count, what);
            HeException[] refusals = new HeException[count];
            context.workers().forEach(count, k -> {
                int limb = first + k;
                try {
                    stored[limb] = unpack(basis.modulus(limb), basis.degree(), buffers[k], number + k, what, limb);
                    if (uniform != null) {
                        expanded[limb] = new double[basis.degree()];
                        RnsPolynomial.fillUniform(basis.modulus(limb), uniform, expanded[limb]);
                    }
                } catch (HeException e) {
                    refusals[k] = e; // thrown below, so that it is always that of the first bad limb
                }
            });
            for (HeException refusal : refusals) {
                if (refusal != null) {
                    throw refusal;
                }
            }
        }
        RnsPolynomial first = RnsPolynomial.wrap(basis, Domain.NTT, stored);
        return uniform == null
                ? new RnsPolynomial[] {first}
                : new RnsPolynomial[] {first, RnsPolynomial.wrap(basis, Domain.NTT, expanded)};
    }

    private void fillBuffers(RnsBasis basis, int first, int count, String what) throws IOException {
        for (int k = 0; k < count; k++) {
            int length = ResiduePacking.bytes(
                    basis.degree(), basis.modulus(first + k).value());
            buffers[k] = WireOutput.withRoom(buffers[k], length + ResiduePacking.SLACK);
            chunks.fill(buffers[k], length, limbText(what, first + k));
        }
    }

    private double[] unpack(Modulus q, int degree, byte[] chunk, int number, String what, int limb) {
        chunks.check(chunk, ResiduePacking.bytes(degree, q.value()), number, limbText(what, limb));
        double[] out = new double[degree];
        if (!ResiduePacking.unpack(chunk, q, out)) {
            int at = ResiduePacking.firstOutside(chunk, q, degree);
            throw refuse("residue " + at + " of " + limbText(what, limb), "below the prime " + q, "one beyond it");
        }
        return out;
    }

    private static String limbText(String what, int limb) {
        return "limb " + limb + " of " + what;
    }

    void finish() throws IOException {
        chunks.finish();
    }
}
