package io.github.hecnn.benchmarks.digits;

import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.ckks.params.CkksParameters;
import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.ckks.serial.CkksSerializer;
import io.github.hecnn.ckks.slots.CkksSlotAlgebra;
import io.github.hecnn.mlr.transfer.network.Network;
import io.github.hecnn.mlr.transfer.network.inference.InferenceClient;
import io.github.hecnn.mlr.transfer.network.inference.InferenceParameters;
import io.github.hecnn.mlr.transfer.network.inference.InferenceServer;
import io.github.hecnn.mlr.transfer.network.inference.InferenceSession;
import io.github.hecnn.mlr.transfer.network.train.DigitNetworks;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** One network with one setting on encrypted images. */
final class DigitsRun {
    private static final double NANO = 1e-9;
    private static final double MEGA = 1e-6;

    private final InferenceServer server;
    private final InferenceClient client;
    private final int lanes;
    private final List<Double> seconds = new ArrayList<>();
    private double compiling;
    private double firstAnswer;
    private int right;
    private int same;
    private double error;
    private double squares;
    private double noise;
    private long upload;
    private long answer;

    DigitsRun(Network network, int lanes, boolean fast) {
        this.lanes = lanes;
        long start = System.nanoTime();
        InferenceServer.Builder builder =
                InferenceServer.builder(network).lanes(lanes).outputBound(DigitNetworks.OUTPUT_BOUND);
        server = (fast ? builder.fast() : builder).build();
        compiling = (System.nanoTime() - start) * NANO;
        client = InferenceClient.of(server.profile());
    }

    /** Classifies images, a multiple of lanes, and compares with the network in the clear. */
    void classify(double[][] x, double[][] plain, int[] labels) throws IOException {
        InferenceSession session = server.open(client.evaluationKeys(), client.publicKey(), x.length + 1L);
        CkksSerializer serializer =
                new CkksSerializer(CkksContext.create(server.profile().parameters()));
        long begin = System.nanoTime();
        session.answer(client.encrypt(Arrays.copyOf(x, lanes)));
        firstAnswer = (System.nanoTime() - begin) * NANO;
        for (int from = 0; from + lanes <= x.length; from += lanes) {
            Ciphertext query = client.encrypt(Arrays.copyOfRange(x, from, from + lanes));
            long start = System.nanoTime();
            Ciphertext result = session.answer(query);
            seconds.add((System.nanoTime() - start) * NANO);
            upload = bytes(serializer, query);
            answer = bytes(serializer, result);
            compare(client.decrypt(result, lanes), from, plain, labels);
        }
    }

    /** Error of the circuit alone, before anything is added to hide it, root mean square over some queries. */
    void measureNoise(double[][] x, double[][] plain, int queries) {
        CkksSlotAlgebra algebra =
                new CkksSlotAlgebra(CkksContext.create(server.profile().parameters()), client.evaluationKeys());
        double sum = 0;
        int count = 0;
        for (int q = 0; q < queries; q++) {
            Ciphertext query = client.encrypt(Arrays.copyOfRange(x, q * lanes, (q + 1) * lanes));
            double[][] y = client.decrypt(server.compiled().evaluate(algebra, query), lanes);
            for (int i = 0; i < lanes; i++) {
                for (int c = 0; c < y[i].length; c++) {
                    double d = y[i][c] - plain[q * lanes + i][c];
                    sum += d * d;
                    count++;
                }
            }
        }
        noise = Math.sqrt(sum / count);
    }

    private void compare(double[][] y, int from, double[][] plain, int[] labels) {
        for (int i = 0; i < lanes; i++) {
            double[] expected = plain[from + i];
            int found = largest(y[i]);
            right += found == labels[from + i] ? 1 : 0;
            same += found == largest(expected) ? 1 : 0;
            for (int c = 0; c < expected.length; c++) {
                double d = Math.abs(y[i][c] - expected[c]);
                error = Math.max(error, d);
                squares += d * d / expected.length;
            }
        }
    }

    static int largest(double[] scores) {
        int best = 0;
        for (int c = 1; c < scores.length; c++) {
            best = scores[c] > scores[best] ? c : best;
        }
        return best;
    }

    private static long bytes(CkksSerializer serializer, Ciphertext c) throws IOException {
        long[] count = new long[1];
        serializer.write(
                new OutputStream() {
                    @Override
                    public void write(int b) {
                        count[0]++;
                    }

                    @Override
                    public void write(byte[] b, int off, int len) {
                        count[0] += len;
                    }
                },
                c);
        return count[0];
    }

    /** As a row of the table. */
    String row(String network, String setting) {
        double[] sorted = seconds.stream().mapToDouble(s -> s).sorted().toArray();
        double median = sorted[sorted.length / 2];
        int images = seconds.size() * lanes;
        CkksParameters parameters = server.profile().parameters();
        return String.format(
                Locale.ROOT,
                "[\"%s\", \"%s\", \"2^%d, %d\", %d, \"%.1f of %d\", %d, \"%.3f, %.3f\", %.4f, %.1f, %d, \"%.0f, %.0f\","
                        + " \"%.1e, %.1e\", %.1e, %.0f, \"%.1f, %.1f\"]",
                network,
                setting,
                parameters.logRingDegree(),
                server.compiled().levels(),
                lanes,
                100.0 * right / images,
                images,
                images - same,
                sorted[0],
                median,
                median / lanes,
                client.evaluationKeys().memoryBytes() * MEGA,
                server.profile().rotationSteps().size() + 1,
                upload / 1000.0,
                answer / 1000.0,
                error,
                Math.sqrt(squares / images),
                noise,
                InferenceParameters.DEVIATION * server.profile().outputFactor() / noise,
                compiling,
                firstAnswer);
    }

    /** Stages of the circuit. */
    String circuit() {
        return server.compiled().toString();
    }
}
