package io.github.hecnn.spark.example;

import io.github.hecnn.mlr.exchange.FileSeal;
import io.github.hecnn.mlr.roles.row.LongCloud;
import io.github.hecnn.mlr.roles.row.LongListener;
import io.github.hecnn.mlr.roles.row.LongResultFile;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A training without Spark, to hold one with Spark against: the encrypted weights of every iteration, and the refreshed gradients of the checkpoint at all
 * of their levels.
 */
final class SameBits {
    private final Map<String, FileSeal> expected;
    private final double seconds;

    private SameBits(Map<String, FileSeal> expected, double seconds) {
        this.expected = expected;
        this.seconds = seconds;
    }

    /**
     * Trains in this process from the start.
     *
     * @param cloud settings
     * @param exchange with the job
     * @param checkpoints a folder without a checkpoint
     */
    static SameBits train(LongCloud cloud, Path exchange, Path checkpoints) throws IOException {
        LongResultFile result = cloud.resuming(false).checkpointsIn(checkpoints).train(exchange, LongListener.QUIET);
        return new SameBits(seals(result, checkpoints), result.trainingSeconds());
    }

    private static Map<String, FileSeal> seals(LongResultFile result, Path checkpoints) throws IOException {
        Map<String, FileSeal> seals = new TreeMap<>();
        result.files().forEach(seal -> seals.put(seal.name(), seal));
        try (DirectoryStream<Path> gradients = Files.newDirectoryStream(checkpoints, "gradient-*")) {
            for (Path gradient : gradients) {
                String name = gradient.getFileName().toString();
                seals.put(name, FileSeal.of(name, gradient));
            }
        }
        return seals;
    }

    /**
     * Compares.
     *
     * @param result of a training of the same job
     * @param checkpoints of that
     * @return a line that says how much is the same
     * @throws IOException if a file is not the same
     */
    String requireSame(LongResultFile result, Path checkpoints) throws IOException {
        Map<String, FileSeal> found = seals(result, checkpoints);
        for (Map.Entry<String, FileSeal> e : expected.entrySet()) {
            if (!e.getValue().equals(found.get(e.getKey()))) {
                throw new IOException("compare: expected " + e.getKey() + " with the bits of a training without Spark,"
                        + " found " + (found.containsKey(e.getKey()) ? "others" : "no such file")
                        + "; look whether both trained the same job");
            }
        }
        if (found.size() != expected.size()) {
            throw new IOException("compare: expected " + expected.size() + " files of weights and gradients, found "
                    + found.size() + "; look whether both trained the same job");
        }
        long bytes = expected.values().stream().mapToLong(FileSeal::bytes).sum();
        return String.format(
                Locale.ROOT,
                "The same bits as without Spark: %d files of encrypted weights and gradients, %.1f MB; training took %.1f s"
                        + " with Spark, %.1f s without.",
                expected.size(),
                bytes / 1e6,
                result.trainingSeconds(),
                seconds);
    }
}
