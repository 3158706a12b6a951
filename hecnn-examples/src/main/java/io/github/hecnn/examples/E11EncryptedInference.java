package io.github.hecnn.examples;

import io.github.hecnn.ckks.error.InvalidParametersException;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.ckks.serial.CkksSerializer;
import io.github.hecnn.mlr.data.ImageSet;
import io.github.hecnn.mlr.data.synthetic.SyntheticDigits;
import io.github.hecnn.mlr.data.synthetic.SyntheticDigits.Split;
import io.github.hecnn.mlr.transfer.network.Network;
import io.github.hecnn.mlr.transfer.network.inference.InferenceClient;
import io.github.hecnn.mlr.transfer.network.inference.InferenceProfile;
import io.github.hecnn.mlr.transfer.network.inference.InferenceServer;
import io.github.hecnn.mlr.transfer.network.inference.InferenceSession;
import io.github.hecnn.mlr.transfer.network.train.DigitNetworks;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.Locale;

/**
 * Example 11: a network on images that its owner never sees. A server trains a small CNN in the clear; a client encrypts digits, the
 * server evaluates the network on them, the client decrypts scores. Keys and parameters are real, 128 bits. The digits are built in, drawn
 * by code: they are not MNIST, for which {@code docs/networks.md} has accuracies and times.
 */
public final class E11EncryptedInference {
    private static final int TRAINING = 1500;
    private static final int LANES = 4;
    private static final int QUERIES = 5;

    private E11EncryptedInference() {}

    /**
     * Runs the example.
     *
     * @param args not read
     */
    public static void main(String[] args) {
        run(System.out);
    }

    /** What is compared in the end: images whose class is told right, and the largest difference of a score from the clear. */
    record Outcome(int right, int images, double error) {}

    /**
     * Runs the example.
     *
     * @param out takes the text
     * @return what came of it
     */
    static Outcome run(PrintStream out) {
        // The server trains in the clear, and a network of ONNX does as well: OnnxNetwork.read(file). Only sums,
        // products and
        // polynomials can be evaluated on ciphertexts, so this one has a square in place of ReLU, and averages in place
        // of
        // maxima.
        ImageSet training = SyntheticDigits.first(Split.TRAINING, TRAINING);
        Network network =
                DigitNetworks.train(DigitNetworks.smallCnn(1), DigitNetworks.pixels(training), training.labels(), 1);

        // Compiling folds neighbouring linear layers, chooses the smallest secure ring with enough levels, and lays
        // several
        // images side by side in a ciphertext: these lanes cost as much as one image. Outputs are scaled to fit the
        // bound.
        InferenceServer server = InferenceServer.builder(network)
                .lanes(LANES)
                .outputBound(DigitNetworks.OUTPUT_BOUND)
                .build();

        // The profile is all that the client gets: parameters, sizes, steps of rotations. There are no weights in it.
        InferenceProfile profile = server.profile();
        out.printf(
                Locale.ROOT,
                "conv, square, pooling and dense: %d levels, N = 2^%d, %d rotation keys%n",
                profile.parameters().maxLevel(),
                profile.parameters().logRingDegree(),
                profile.rotationSteps().size());

        // The client makes keys. The secret one stays inside of it; server code that could take one does not exist.
        InferenceClient client = InferenceClient.of(profile);
        CkksSerializer wire = new CkksSerializer(CkksContext.create(profile.parameters()));
        out.printf(
                Locale.ROOT,
                "the client sends %.1f MB of keys once%n",
                (wire.wireBytes(client.evaluationKeys()) + wire.wireBytes(client.publicKey())) / 1e6);

        // A session answers a number of ciphertexts and then no more: scores for enough inputs would describe the
        // network.
        InferenceSession session = server.open(client.evaluationKeys(), client.publicKey(), QUERIES);
        ImageSet test = SyntheticDigits.first(Split.TEST, QUERIES * LANES);
        double[][] pixels = DigitNetworks.pixels(test);
        int right = 0;
        double error = 0;
        for (int from = 0; from < pixels.length; from += LANES) {
            double[][] images = Arrays.copyOfRange(pixels, from, from + LANES);

            // client
            Ciphertext query = client.encrypt(images);

            // server: what it sees is a ciphertext, and what it returns is flooded with noise, so that the small errors
            // of its
            // own computation tell next to nothing of the weights. builder.fast() gives that up for half of the time.
            Ciphertext answer = session.answer(query);

            // client
            double[][] scores = client.decrypt(answer, LANES);
            int[] classes = client.classes(answer, LANES);
            for (int i = 0; i < LANES; i++) {
                right += classes[i] == test.labels()[from + i] ? 1 : 0;
                double[] clear = network.apply(images[i]);
                for (int c = 0; c < clear.length; c++) {
                    error = Math.max(error, Math.abs(scores[i][c] - clear[c]));
                }
            }
            if (from == 0) {
                out.printf(
                        Locale.ROOT,
                        "%d images: %,d bytes up, %,d bytes down%n",
                        LANES,
                        wire.wireBytes(query),
                        wire.wireBytes(answer));
            }
        }
        out.printf(Locale.ROOT, "%d of %d encrypted digits are told right%n", right, pixels.length);
        out.printf(Locale.ROOT, "largest difference of a score from the clear: %.4f%n", error);
        try {
            session.answer(client.encrypt(pixels[0]));
        } catch (InvalidParametersException e) {
            out.println("one query more is refused: " + e.getMessage());
        }
        return new Outcome(right, pixels.length, error);
    }
}
