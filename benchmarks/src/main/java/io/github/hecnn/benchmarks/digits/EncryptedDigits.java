package io.github.hecnn.benchmarks.digits;

import io.github.hecnn.mlr.data.DatasetReader;
import io.github.hecnn.mlr.data.ImageSet;
import io.github.hecnn.mlr.transfer.network.Network;
import io.github.hecnn.mlr.transfer.network.NetworkFile;
import io.github.hecnn.mlr.transfer.network.train.DigitNetworks;
import io.github.hecnn.mlr.transfer.network.train.TrainableNetwork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Trains a small CNN and 784-1024-10 with a cubic on MNIST in the clear, classifies encrypted test images on one thread, and prints the rows
 * of {@code docs/measurements/networks.json}.
 */
@Command(
        name = "EncryptedDigits",
        mixinStandardHelpOptions = true,
        description = "Encrypted classification of MNIST: accuracy, seconds, bytes.")
public final class EncryptedDigits implements Callable<Integer> {
    private static final int NOISE_QUERIES = 5;

    @Option(names = "--data", required = true, description = "folder with MNIST's four files")
    private Path data;

    @Option(names = "--images", defaultValue = "1000", description = "encrypted test images in batches")
    private int images;

    @Option(names = "--single", defaultValue = "100", description = "encrypted test images one by one")
    private int single;

    @Option(names = "--seed", defaultValue = "1", description = "of the training")
    private long seed;

    @Option(names = "--networks", description = "folder that trained networks are kept in and taken from")
    private Path networks;

    private final List<String> rows = new ArrayList<>();

    /**
     * Runs it.
     *
     * @param args see {@code --help}
     */
    public static void main(String[] args) {
        CommandLine line = new CommandLine(new EncryptedDigits());
        line.setExecutionExceptionHandler((e, c, p) -> {
            System.err.println("error: " + e.getMessage());
            return 1;
        });
        int status = line.execute(args);
        if (status != 0) {
            System.exit(status);
        }
    }

    private ImageSet images(String kind) {
        return DatasetReader.idx(
                data.resolve(kind + "-images-idx3-ubyte.gz"), data.resolve(kind + "-labels-idx1-ubyte.gz"));
    }

    @Override
    public Integer call() throws IOException {
        ImageSet test = images("t10k");
        for (boolean cnn : new boolean[] {true, false}) {
            String name = cnn ? "small CNN" : "784-1024-10, cubic";
            Network network = network(cnn);
            double[][] all = DigitNetworks.pixels(test);
            double[][] plain = network.applyAll(all);
            System.out.printf(
                    Locale.ROOT, "%s in the clear: %.2f %% of 10,000%n", name, accuracy(plain, test.labels()));
            int most = cnn ? 4 : 8;
            run(name, network, all, plain, test.labels(), 1, single, false);
            run(name, network, all, plain, test.labels(), most, images, false);
            run(name, network, all, plain, test.labels(), 1, single, true);
            run(name, network, all, plain, test.labels(), most / 2, images, true);
        }
        System.out.println(String.join(",\n", rows));
        return 0;
    }

    private void run(
            String name,
            Network network,
            double[][] x,
            double[][] plain,
            int[] labels,
            int lanes,
            int count,
            boolean fast)
            throws IOException {
        DigitsRun run = new DigitsRun(network, lanes, fast);
        System.out.println(run.circuit());
        run.classify(Arrays.copyOf(x, count), plain, labels);
        run.measureNoise(x, plain, NOISE_QUERIES);
        rows.add("    " + run.row(name, fast ? "fast" : "circuit private"));
        System.out.println(rows.get(rows.size() - 1));
    }

    private Network network(boolean cnn) {
        Path file = networks == null ? null : networks.resolve(cnn ? "cnn.network" : "cubic.network");
        if (file != null && Files.exists(file)) {
            return NetworkFile.read(file);
        }
        ImageSet training = images("train");
        long start = System.nanoTime();
        TrainableNetwork fresh = cnn ? DigitNetworks.smallCnn(seed) : DigitNetworks.wideCubic(seed);
        Network network = DigitNetworks.train(fresh, DigitNetworks.pixels(training), training.labels(), seed);
        System.out.printf(Locale.ROOT, "trained in %.0f s%n", (System.nanoTime() - start) * 1e-9);
        if (file != null) {
            NetworkFile.write(file, network);
        }
        return network;
    }

    private static double accuracy(double[][] scores, int[] labels) {
        int right = 0;
        for (int i = 0; i < scores.length; i++) {
            right += DigitsRun.largest(scores[i]) == labels[i] ? 1 : 0;
        }
        return 100.0 * right / scores.length;
    }
}
