package io.github.hecnn.ckks.serial;

import io.github.hecnn.ckks.error.MismatchException;
import io.github.hecnn.ckks.internal.Seed;
import io.github.hecnn.ckks.keys.KeyPairId;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.core.modular.Modulus;
import io.github.hecnn.core.parallel.WorkerPool;
import io.github.hecnn.core.rns.RnsPolynomial;
import java.io.IOException;
import java.io.OutputStream;

/** One object on its way out: chunks, and polynomials limb by limb, a few limbs at a time on the workers. */
final class WireOutput {
    /** Limbs in flight: enough for the workers, and a few megabytes at the largest ring degree. */
    static final int BATCH = 8;

    private final ChunkWriter chunks;
    private final WorkerPool workers;
    private final byte[][] buffers = new byte[BATCH][];

    private WireOutput(ChunkWriter chunks, WorkerPool workers) {
        this.chunks = chunks;
        this.workers = workers;
    }

    static WireOutput open(OutputStream out, CkksContext context, WireType type, KeyPairId pair, long body)
            throws IOException {
        WireHeader header = new WireHeader(type, context.parameters().id(), pair, WireSizes.payload(body));
        return new WireOutput(new ChunkWriter(out, header), context.workers());
    }

    void write(byte[] data) throws IOException {
        chunks.write(data);
    }

    void write(Seed seed) throws IOException {
        chunks.write(seed.bytes());
    }

    void write(RnsPolynomial polynomial) throws IOException {
        int degree = polynomial.basis().degree();
        for (int from = 0; from < polynomial.size(); from += BATCH) {
            int first = from;
            int count = Math.min(BATCH, polynomial.size() - first);
            int number = chunks.nextNumber();
            int[] lengths = new int[count];
            boolean[] inRange = new boolean[count];
            workers.forEach(count, k -> {
                Modulus q = polynomial.basis().modulus(first + k);
                lengths[k] = ResiduePacking.bytes(degree, q.value());
                buffers[k] = withRoom(buffers[k], lengths[k] + Checksum.BYTES);
                inRange[k] = ResiduePacking.pack(polynomial.limb(first + k), q, buffers[k]);
                chunks.seal(buffers[k], lengths[k], number + k);
            });
            for (int k = 0; k < count; k++) {
                if (!inRange[k]) {
                    throw new MismatchException("write: expected canonical residues, found one beyond the prime "
                            + polynomial.basis().modulus(first + k) + " in limb " + (first + k)
                            + "; only polynomials made by this library can be written");
                }
                chunks.emit(buffers[k], lengths[k]);
            }
        }
    }

    static byte[] withRoom(byte[] buffer, int length) {
        return buffer != null && buffer.length >= length ? buffer : new byte[length];
    }

    void finish() throws IOException {
        chunks.finish();
    }
}
