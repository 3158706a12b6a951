package io.github.hecnn.mlr.roles.row;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hecnn.ckks.params.SecurityLevel;
import io.github.hecnn.core.files.Sha256;
import io.github.hecnn.core.parallel.WorkerPool;
import io.github.hecnn.core.sampling.RandomSource;
import io.github.hecnn.mlr.data.LabeledDataset;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

/** 2,048 points around ten centres, and jobs on them in a small ring that is not secure. */
final class LongFixture {
    static final WorkerPool WORKERS = WorkerPool.common();

    private LongFixture() {}

    /** Off centre, and so near each other that no model is right about all. */
    static LabeledDataset data(int samples, long seed) {
        Random centres = new Random(4);
        double[][] centre = new double[10][12];
        for (double[] c : centre) {
            Arrays.setAll(c, k -> 3 + centres.nextGaussian());
        }
        Random random = new Random(seed);
        double[][] x = new double[samples][12];
        int[] labels = new int[samples];
        for (int i = 0; i < samples; i++) {
            labels[i] = i * 10 / samples; // sorted by class, as files are
            double[] c = centre[labels[i]];
            Arrays.setAll(x[i], k -> c[k] + 0.9 * random.nextGaussian());
        }
        return new LabeledDataset(x, labels, 10);
    }

    static LongSettings.Builder settings() {
        return LongSettings.builder()
                .iterations(6)
                .extendableTo(8)
                .batch(1024)
                .groupWidth(4)
                .logRingDegree(11)
                .security(SecurityLevel.NONE);
    }

    static PreparedLongTraining prepared(LongSettings settings) {
        return PreparedLongTraining.of(data(2048, 1), settings);
    }

    static LongOwnerFile write(PreparedLongTraining training, Path folder) throws IOException {
        return LongOwner.write(
                training,
                folder.resolve("own"),
                folder.resolve("exchange"),
                WORKERS,
                RandomSource.seeded(5),
                "",
                LongListener.QUIET);
    }

    static LongCloud cloud() {
        return LongCloud.on(WORKERS).ofAnySecurity();
    }

    static LongOwner owner(Path folder) throws IOException {
        return LongOwner.read(folder.resolve("own"), folder.resolve("exchange"), WORKERS);
    }

    /** Files of a folder by name whose name begins so, with their bytes. */
    static Map<String, byte[]> files(Path folder, String start) throws IOException {
        Map<String, byte[]> out = new TreeMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, start + "*")) {
            for (Path file : files) {
                out.put(file.getFileName().toString(), Files.readAllBytes(file));
            }
        }
        return out;
    }

    static Path run(Path folder) throws IOException {
        Path exchange = folder.resolve("exchange");
        return LongExchange.runFolder(exchange, LongExchange.in(exchange).job());
    }

    static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            all.forEach(p -> {
                try {
                    Files.copy(p, to.resolve(from.relativize(p).toString()));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }

    static void flip(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
    }

    static void assertSameFiles(Map<String, byte[]> found, Map<String, byte[]> expected) {
        assertThat(found.keySet()).isEqualTo(expected.keySet());
        expected.forEach(
                (name, bytes) -> assertThat(Sha256.of(found.get(name))).as(name).isEqualTo(Sha256.of(bytes)));
    }
}
