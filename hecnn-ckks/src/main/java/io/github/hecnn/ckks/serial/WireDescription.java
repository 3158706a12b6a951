package io.github.hecnn.ckks.serial;

import io.github.hecnn.ckks.error.FormatException;
import io.github.hecnn.ckks.keys.KeyPairId;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the beginning of a file of this format says about it, without parameters and without keys: header and description, both with
 * checksums. The polynomials are not looked at, but for their length.
 *
 * @param kind what the file holds, such as {@code a ciphertext}
 * @param version of the format
 * @param parametersId of the parameter set that it belongs to
 * @param keyPairId of the key pair; {@link KeyPairId#UNKNOWN} for what belongs to none
 * @param bytes length of the file, the one that its header promises
 * @param details by name, in order: texts, whole numbers and doubles; of a list of ciphertexts those of the first one
 */
public record WireDescription(
        String kind, int version, long parametersId, KeyPairId keyPairId, long bytes, Map<String, Object> details) {
    private static final String OPERATION = "describe";
    private static final int MARK_BYTES = 8;
    private static final int TYPE_AT = 6;

    /**
     * Keeps the order of the details.
     *
     * @param kind what the file holds, such as {@code a ciphertext}
     * @param version of the format
     * @param parametersId of the parameter set that it belongs to
     * @param keyPairId of the key pair; {@link KeyPairId#UNKNOWN} for what belongs to none
     * @param bytes length of the file, the one that its header promises
     * @param details by name, in order
     */
    public WireDescription {
        details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
    }

    /**
     * Describes a file.
     *
     * @param file to be looked at
     * @return nothing if it does not begin like a file of this format
     * @throws FormatException if it does and its header or description is damaged, its kind is unknown, or it has another length than its
     *     header says
     * @throws IOException if it cannot be read
     */
    public static Optional<WireDescription> of(Path file) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            in.mark(MARK_BYTES);
            byte[] begin = in.readNBytes(MARK_BYTES);
            in.reset();
            if (!WireHeader.startsLikeOne(begin)) {
                return Optional.empty();
            }
            String operation = OPERATION + " " + file.getFileName();
            WireType type = WireType.ofTag(LittleEndian.getUnsignedByte(begin, TYPE_AT))
                    .orElseThrow(() -> new FormatException(operation + ": expected a kind of file that this version"
                            + " knows, found " + WireType.describe(LittleEndian.getUnsignedByte(begin, TYPE_AT))
                            + "; use the version of hecnn that wrote it"));
            WireHeader header = WireHeader.read(in, type, operation);
            long promised = header.bytes() + header.payloadBytes();
            if (Files.size(file) != promised) {
                throw new FormatException(operation + ": expected " + Long.toUnsignedString(promised)
                        + " bytes, found " + Files.size(file) + "; the file is truncated or something was appended,"
                        + " copy it again");
            }
            Map<String, Object> details = details(type, header, new ChunkReader(in, header, operation));
            return Optional.of(new WireDescription(
                    type.text(),
                    header.version().number(),
                    header.parametersId(),
                    header.keyPairId(),
                    promised,
                    details));
        }
    }

    private static Map<String, Object> details(WireType type, WireHeader header, ChunkReader in) throws IOException {
        Map<String, Object> out = new LinkedHashMap<>();
        switch (type) {
            case CIPHERTEXT, PLAINTEXT -> describe(in, header, out);
            case CIPHERTEXTS -> {
                int count = LittleEndian.getInt(in.read(WireSizes.LIST_DESCRIPTOR_BYTES, "the number of them"), 0);
                out.put("ciphertexts", count);
                if (count > 0) {
                    describe(in, header, out);
                }
            }
            case ROTATION_KEY ->
                out.put(
                        "galoisElement",
                        LittleEndian.getInt(in.read(WireSizes.ROTATION_DESCRIPTOR_BYTES, "a Galois element"), 0));
            case EVALUATION_KEYS -> {
                byte[] b = in.read(WireSizes.BUNDLE_DESCRIPTOR_BYTES, "the list of keys");
                out.put("relinearizationKeys", LittleEndian.getInt(b, 0));
                out.put("rotationKeys", LittleEndian.getInt(b, 4));
            }
            default -> {}
        }
        return out;
    }

    private static void describe(ChunkReader in, WireHeader header, Map<String, Object> out) throws IOException {
        byte[] b = in.read(WireSizes.CIPHERTEXT_DESCRIPTOR_BYTES, "level and scale");
        out.put("level", LittleEndian.getUnsignedByte(b, 0));
        out.put("components", LittleEndian.getUnsignedByte(b, 1));
        out.put("seed", LittleEndian.getUnsignedByte(b, 2) == 1 ? "stands for one component" : "none");
        int slots =
                header.version() == FormatVersion.V1 ? 0 : LittleEndian.getUnsignedByte(b, CiphertextCodec.SLOTS_AT);
        if (slots > 0) {
            out.put("slots", 1L << (slots - 1));
        }
        double scale = Double.longBitsToDouble(LittleEndian.getLong(b, CiphertextCodec.SCALE_AT));
        out.put("logScale", Math.log(scale) / Math.log(2));
    }
}
