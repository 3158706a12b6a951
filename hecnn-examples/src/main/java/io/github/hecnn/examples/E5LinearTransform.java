package io.github.hecnn.examples;

import io.github.hecnn.ckks.circuit.linear.LinearTransform;
import io.github.hecnn.ckks.keys.EvaluationKeys;
import io.github.hecnn.ckks.keys.KeyGenerator;
import io.github.hecnn.ckks.keys.RotationSteps;
import io.github.hecnn.ckks.keys.SecretKey;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.ckks.params.CkksParameters;
import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.ckks.scheme.CkksEncoder;
import io.github.hecnn.ckks.scheme.Decryptor;
import io.github.hecnn.ckks.scheme.Encryptor;
import io.github.hecnn.ckks.serial.WireSizes;
import io.github.hecnn.ckks.slots.CkksSlotAlgebra;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Random;

/**
 * Example 5: a plain matrix times encrypted vectors: the scores of a trained classifier on an encrypted image, and 64 encrypted
 * signals that are transformed side by side.
 */
public final class E5LinearTransform {
    private static final int CLASSES = 10;
    private static final int PIXELS = 784;
    private static final int SIGNAL = 64;

    private E5LinearTransform() {}

    /**
     * Runs the example.
     *
     * @param args not used
     */
    public static void main(String[] args) {
        run(System.out);
    }

    /**
     * Runs the example.
     *
     * @param out takes the text
     * @return largest difference between a decrypted entry and the right one
     */
    static double run(PrintStream out) {
        CkksParameters parameters =
                CkksParameters.builder().logRingDegree(13).levels(2).build();
        int slots = parameters.slots();
        double keyMegabytes = WireSizes.of(parameters).rotationKey() / 1e6;

        // Any shape will do: 10 x 784 is padded to 16 x 1024, so 16 rotated products and log2(1024/16) = 6 foldings do
        // it. The transform knows its rotation steps, so it is made before the keys.
        Random random = new Random(5);
        double[][] weights = randomMatrix(random, CLASSES, PIXELS);
        LinearTransform classifier = LinearTransform.of(slots, weights);
        describe(out, "10 x 784", classifier, keyMegabytes);

        // Square and wider: 64 vectors of 64 numbers in blocks of one ciphertext. Fewer keys are possible, for more
        // time.
        double[][] cosines = cosineTransform();
        LinearTransform.Builder inBlocks =
                LinearTransform.builder(slots).matrix(cosines).blockWidth(SIGNAL);
        LinearTransform fast = inBlocks.build();
        describe(out, "64 x 64 in blocks", fast, keyMegabytes);
        LinearTransform frugal = inBlocks.maxRotationKeys(8).build();
        describe(out, "the same, 8 keys", frugal, keyMegabytes);

        RotationSteps steps =
                RotationSteps.of(classifier.rotationSteps()).and(RotationSteps.of(frugal.rotationSteps()));
        CkksContext context = CkksContext.create(parameters);
        KeyGenerator generator = new KeyGenerator(context);
        SecretKey secret = generator.secretKey();
        EvaluationKeys keys = generator.evaluationKeys(secret, steps, false);
        CkksEncoder encoder = new CkksEncoder(context);
        Encryptor encryptor = Encryptor.withSecretKey(context, secret);
        Decryptor decryptor = new Decryptor(context, secret);
        CkksSlotAlgebra algebra = new CkksSlotAlgebra(context, keys);

        // pack() repeats the vector as the method needs it, unpack() takes the result out. One level goes.
        double[] image = randomMatrix(random, 1, PIXELS)[0];
        Ciphertext encryptedImage = encryptor.encrypt(encoder.encode(classifier.pack(image)));
        Ciphertext scores = classifier.apply(algebra, encryptedImage);
        double[] foundScores = classifier.unpack(encoder.decode(decryptor.decrypt(scores)))[0];
        double worst = difference(weights, image, foundScores);
        out.printf(Locale.ROOT, "score of class 0: %.5f%n", foundScores[0]);

        // One of the signals is a pure cosine, so exactly one of its 64 coefficients is not zero.
        double[][] signals = randomMatrix(random, frugal.blocks(), SIGNAL);
        signals[0] = cosines[3].clone();
        Ciphertext encryptedSignals = encryptor.encrypt(encoder.encode(frugal.pack(signals)));
        Ciphertext transformed = frugal.apply(algebra, encryptedSignals);
        double[][] found = frugal.unpack(encoder.decode(decryptor.decrypt(transformed)));
        for (int v = 0; v < signals.length; v++) {
            worst = Math.max(worst, difference(cosines, signals[v], found[v]));
        }
        out.printf(
                Locale.ROOT,
                "coefficients 2, 3, 4 of a cosine: %.4f %.4f %.4f%n",
                Math.abs(found[0][2]),
                found[0][3],
                Math.abs(found[0][4]));
        out.printf(Locale.ROOT, "largest error in %d signals and %d scores %.1e%n", signals.length, CLASSES, worst);
        return worst;
    }

    private static void describe(PrintStream out, String name, LinearTransform t, double keyMegabytes) {
        out.printf(
                Locale.ROOT,
                "%-18s %3d plain products, %2d hoisted and %2d single rotations, %2d keys of %.1f MB%n",
                name,
                t.plainProducts(),
                t.hoistedRotations(),
                t.rotations(),
                t.rotationSteps().size(),
                keyMegabytes);
    }

    private static double[][] randomMatrix(Random random, int rows, int columns) {
        double[][] m = new double[rows][columns];
        for (double[] row : m) {
            for (int i = 0; i < columns; i++) {
                row[i] = random.nextGaussian() / Math.sqrt(columns);
            }
        }
        return m;
    }

    private static double[][] cosineTransform() {
        double[][] m = new double[SIGNAL][SIGNAL];
        for (int k = 0; k < SIGNAL; k++) {
            for (int i = 0; i < SIGNAL; i++) {
                m[k][i] = Math.sqrt((k == 0 ? 1.0 : 2.0) / SIGNAL) * Math.cos(Math.PI * k * (i + 0.5) / SIGNAL);
            }
        }
        return m;
    }

    private static double difference(double[][] matrix, double[] x, double[] found) {
        double worst = 0;
        for (int r = 0; r < matrix.length; r++) {
            double expected = 0;
            for (int i = 0; i < x.length; i++) {
                expected += matrix[r][i] * x[i];
            }
            worst = Math.max(worst, Math.abs(found[r] - expected));
        }
        return worst;
    }
}
