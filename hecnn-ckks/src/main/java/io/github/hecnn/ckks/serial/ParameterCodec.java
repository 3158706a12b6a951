package io.github.hecnn.ckks.serial;

import io.github.hecnn.ckks.error.FormatException;
import io.github.hecnn.ckks.error.InvalidParametersException;
import io.github.hecnn.ckks.error.MismatchException;
import io.github.hecnn.ckks.keys.KeyPairId;
import io.github.hecnn.ckks.params.CkksParameters;
import io.github.hecnn.ckks.params.SecurityLevel;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/** Parameter sets: the one thing that is read without a context, since the context is made from it. */
final class ParameterCodec {
    private static final int MOST_PRIMES = 64 + 63;
    /** The bits of security; the high byte has always been zero but for 256. */
    private static final int SECURITY_LOW_AT = 5;

    private static final int SECURITY_HIGH_AT = 7;
    /** Number of levels above the user's; there are none in files of version 1. */
    private static final int UPPER_LEVELS_AT = 6;

    private ParameterCodec() {}

    static void write(OutputStream out, CkksParameters p) throws IOException {
        if (p.rootId() != p.id()) {
            throw new MismatchException("write: expected the parameters of a whole set, found those of a sub-context;"
                    + " write those of its root(), and call subContext again after reading them");
        }
        List<Long> data = p.chain().dataPrimes();
        List<Long> special = p.chain().specialPrimes();
        byte[] b = new byte[WireSizes.PARAMETERS_FIXED_BYTES + 8 * (data.size() + special.size())];
        b[0] = (byte) p.logRingDegree();
        b[1] = (byte) p.scaleBits();
        b[2] = (byte) p.digits();
        b[3] = (byte) data.size();
        b[4] = (byte) special.size();
        b[SECURITY_LOW_AT] = (byte) p.securityLevel().bits();
        b[SECURITY_HIGH_AT] = (byte) (p.securityLevel().bits() >>> Byte.SIZE);
        b[UPPER_LEVELS_AT] = (byte) (p.chainLevel() - p.maxLevel());
        LittleEndian.putInt(b, 8, p.secretHammingWeight());
        int at = WireSizes.PARAMETERS_FIXED_BYTES;
        for (List<Long> primes : List.of(data, special)) {
            for (long q : primes) {
                LittleEndian.putLong(b, at, q);
                at += Long.BYTES;
            }
        }
        long payload = WireSizes.payload(WireSizes.parametersBody(p));
        ChunkWriter chunks =
                new ChunkWriter(out, new WireHeader(WireType.PARAMETERS, p.id(), KeyPairId.UNKNOWN, payload));
        chunks.write(b);
        chunks.finish();
    }

    static CkksParameters read(InputStream in, SecurityLevel minimum, String operation) throws IOException {
        WireHeader header = WireHeader.read(in, WireType.PARAMETERS, operation);
        long length = header.payloadBytes() - WireSizes.payload(Checksum.BYTES);
        long primes = (length - WireSizes.PARAMETERS_FIXED_BYTES) / Long.BYTES;
        if (primes < 2
                || primes > MOST_PRIMES
                || length % Long.BYTES != WireSizes.PARAMETERS_FIXED_BYTES % Long.BYTES) {
            throw new FormatException(operation + ": expected 2 to " + MOST_PRIMES
                    + " primes in a parameter set, found " + Long.toUnsignedString(header.payloadBytes())
                    + " bytes after the header; the file was not written by hecnn");
        }
        ChunkReader chunks = new ChunkReader(in, header, operation);
        byte[] b = chunks.read((int) length, "the parameters");
        chunks.finish();
        if (header.version() == FormatVersion.V1 && b[UPPER_LEVELS_AT] != 0) {
            throw new FormatException(operation + ": expected a zero in byte " + UPPER_LEVELS_AT
                    + " of a parameter set of format version 1, found "
                    + LittleEndian.getUnsignedByte(b, UPPER_LEVELS_AT) + "; the file was not written by hecnn");
        }
        CkksParameters p = parse(b, (int) primes, operation);
        if (p.id() != header.parametersId()) {
            throw new FormatException(String.format(
                    "%s: expected parameter id %016x for these primes, found %016x; the file was not written by hecnn",
                    operation, p.id(), header.parametersId()));
        }
        if (p.securityLevel().bits() < minimum.bits()) {
            throw new InvalidParametersException(operation + ": expected parameters of " + minimum.bits()
                    + "-bit security, found a set that asks for " + p.securityLevel() + "; ask whoever made the file");
        }
        return p;
    }

    private static CkksParameters parse(byte[] b, int count, String operation) {
        int data = LittleEndian.getUnsignedByte(b, 3);
        int special = LittleEndian.getUnsignedByte(b, 4);
        if (data + special != count) {
            throw new FormatException(operation + ": expected " + data + " data and " + special
                    + " special primes, found " + count + " primes; the file was not written by hecnn");
        }
        int upper = LittleEndian.getUnsignedByte(b, UPPER_LEVELS_AT);
        if (upper >= data && data > 0) {
            throw new FormatException(operation + ": expected fewer levels above the user's than the " + data
                    + " data primes, found " + upper + "; the file was not written by hecnn");
        }
        List<Long> primes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            primes.add(LittleEndian.getLong(b, WireSizes.PARAMETERS_FIXED_BYTES + Long.BYTES * i));
        }
        try {
            return CkksParameters.ofPrimes(
                    LittleEndian.getUnsignedByte(b, 0),
                    primes.subList(0, data),
                    data - 1 - upper,
                    primes.subList(data, count),
                    LittleEndian.getUnsignedByte(b, 1),
                    LittleEndian.getUnsignedByte(b, 2),
                    LittleEndian.getInt(b, 8),
                    securityLevel(
                            LittleEndian.getUnsignedByte(b, SECURITY_LOW_AT)
                                    | LittleEndian.getUnsignedByte(b, SECURITY_HIGH_AT) << Byte.SIZE,
                            operation));
        } catch (InvalidParametersException e) {
            throw new InvalidParametersException(operation + ": " + e.getMessage(), e);
        }
    }

    private static SecurityLevel securityLevel(int bits, String operation) {
        for (SecurityLevel s : SecurityLevel.values()) {
            if (s.bits() == bits) {
                return s;
            }
        }
        throw new FormatException(operation + ": expected a security level of 0, 128, 192 or 256 bits, found " + bits
                + "; the file was written by another version of hecnn");
    }
}
