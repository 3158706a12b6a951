package io.github.hecnn.cli.inspect;

import io.github.hecnn.ckks.error.FormatException;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;

/** The state in a checkpoint, as {@link io.github.hecnn.mlr.recipe.TrainingStateFile} writes it, without the parameters of its ciphertexts. */
final class StateFile {
    /** How it begins. */
    static final String MAGIC = "HECNNTS1";

    private static final int CHECKSUM_BYTES = 4;

    /** Mark, length of the head, iteration, cursor, hash, whether it is finished, and number of terms. */
    private static final int READ_BYTES = 8 + 4 + 4 + 8 + 8 + 1 + 4;

    private static final int LEAST_BYTES = 64;

    private StateFile() {}

    /**
     * What its head says.
     *
     * @throws FormatException if the checksum of the file is another one
     */
    static Map<String, Object> details(Path file) throws IOException {
        long rest = Files.size(file) - CHECKSUM_BYTES;
        CRC32C checksum = new CRC32C();
        Map<String, Object> details = new LinkedHashMap<>();
        try (InputStream raw = new BufferedInputStream(Files.newInputStream(file))) {
            if (rest >= LEAST_BYTES) {
                CheckedInputStream checked = new CheckedInputStream(raw, checksum);
                DataInputStream in = new DataInputStream(checked);
                in.skipNBytes(MAGIC.length() + Integer.BYTES);
                details.put("iteration", in.readInt());
                details.put("blocksRead", in.readLong());
                in.skipNBytes(Long.BYTES);
                details.put("finished", in.readBoolean());
                details.put("terms", in.readInt());
                in.skipNBytes(rest - READ_BYTES);
            }
            if (rest < LEAST_BYTES || new DataInputStream(raw).readInt() != (int) checksum.getValue()) {
                throw new FormatException("inspect " + file.getFileName()
                        + ": expected the state of a training with its checksum, found another one; copy it again");
            }
        }
        return details;
    }
}
