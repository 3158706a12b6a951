package io.github.hecnn.examples;

import io.github.hecnn.ckks.circuit.linear.SlotSums;
import io.github.hecnn.ckks.circuit.polynomial.Polynomial;
import io.github.hecnn.ckks.circuit.polynomial.PolynomialEvaluator;
import io.github.hecnn.ckks.keys.EvaluationKeys;
import io.github.hecnn.ckks.keys.KeyGenerator;
import io.github.hecnn.ckks.keys.RotationSteps;
import io.github.hecnn.ckks.keys.SecretKey;
import io.github.hecnn.ckks.noise.NoiseModel;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.ckks.params.CkksParameters;
import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.ckks.scheme.CkksEncoder;
import io.github.hecnn.ckks.scheme.Decryptor;
import io.github.hecnn.ckks.scheme.Encryptor;
import io.github.hecnn.ckks.scheme.PrecisionStats;
import io.github.hecnn.ckks.slots.CkksSlotAlgebra;
import io.github.hecnn.ckks.slots.OperationCounts;
import io.github.hecnn.ckks.slots.SimulatedSlotAlgebra;
import io.github.hecnn.ckks.slots.SimulatedVector;
import io.github.hecnn.ckks.slots.SlotAlgebra;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;

/**
 * Example 6: write a circuit once, rehearse it on plain numbers, choose parameters and keys by what the rehearsal found, and run
 * it encrypted. The circuit computes a standard deviation: mean, squared distances from it, their mean, square root.
 */
public final class E6Rehearse {
    private static final int LOG_RING_DEGREE = 14;

    private E6Rehearse() {}

    /**
     * Runs the example.
     *
     * @param args not used
     */
    public static void main(String[] args) {
        run(System.out);
    }

    /** A circuit over any algebra: it does not know whether it computes on ciphertexts or on plain numbers. */
    private static <V> V standardDeviation(SlotAlgebra<V> algebra, V x) {
        int n = algebra.slots();
        SlotSums sums = SlotSums.of(n, n); // over all slots: every slot receives the sum
        // Adding up before rescaling is the more exact way: the noise of the rotations is then divided by the scale.
        V mean = algebra.rescale(sums.sum(algebra, algebra.multiplyConstant(x, 1.0 / n)));
        V squares = algebra.rescale(algebra.square(algebra.subtract(x, mean)));
        V variance = algebra.rescale(sums.sum(algebra, algebra.multiplyConstant(squares, 1.0 / n)));
        return PolynomialEvaluator.of(Polynomial.interpolate(Math::sqrt, 7, 0.05, 0.5))
                .evaluate(algebra, variance);
    }

    /**
     * Runs the example.
     *
     * @param out takes the text
     * @return the real error over the predicted deviation, both as root mean squares
     */
    static double run(PrintStream out) {
        // First rehearsal: no slots at all, only the books, with levels to spare. It takes milliseconds and says what
        // the
        // circuit needs, because levels, keys and counts do not depend on the data.
        int slots = 1 << (LOG_RING_DEGREE - 1);
        int plenty = 30;
        SimulatedSlotAlgebra books =
                SimulatedSlotAlgebra.builder(slots, plenty).booksOnly().build();
        standardDeviation(books, books.fresh());
        OperationCounts needed = books.counts();
        int levels = plenty - needed.lowestLevel();
        out.printf(
                "the circuit needs %d levels, %d rotation keys, %d key switches%n",
                levels, needed.rotationSteps().size(), needed.keySwitches());

        // So these are the parameters and the keys.
        CkksParameters parameters = CkksParameters.builder()
                .logRingDegree(LOG_RING_DEGREE)
                .levels(levels)
                .scaleBits(38)
                .build();
        RotationSteps steps = RotationSteps.of(needed.rotationSteps());

        // Second rehearsal: with data like the real data, and with the noise that these parameters will have. It
        // refuses what the
        // real run could not notice: numbers too large for the modulus, or outside of the polynomial's interval.
        double[] x = new Random(6).doubles(slots, -1, 1).toArray();
        SimulatedSlotAlgebra rehearsal = SimulatedSlotAlgebra.builder(NoiseModel.ofSecretKeyEncryption(parameters))
                .rotationSteps(steps.asSet())
                .build();
        SimulatedVector simulated = standardDeviation(rehearsal, rehearsal.encrypt(x));
        double[] expected = rehearsal.decrypt(simulated);
        double predicted = rehearsal.predictedDeviation(simulated);
        out.printf(Locale.ROOT, "rehearsed: %.6f; in the clear: %.6f%n", expected[0], inTheClear(x));

        // The real run: the same method, on ciphertexts.
        CkksContext context = CkksContext.create(parameters);
        KeyGenerator generator = new KeyGenerator(context);
        SecretKey secret = generator.secretKey();
        EvaluationKeys keys = generator.evaluationKeys(secret, steps, needed.usesConjugation());
        CkksEncoder encoder = new CkksEncoder(context);
        Ciphertext encrypted = Encryptor.withSecretKey(context, secret).encrypt(encoder.encode(x));
        CkksSlotAlgebra algebra = new CkksSlotAlgebra(context, keys);
        Ciphertext result = standardDeviation(algebra, encrypted);
        double[] found = encoder.decode(new Decryptor(context, secret).decrypt(result));
        out.printf(Locale.ROOT, "encrypted: %.6f%n", found[0]);
        out.println("same books as rehearsed: " + algebra.counts().equals(rehearsal.counts()));

        // The difference between the two is noise, and the rehearsal knew how much to expect.
        PrecisionStats precision = PrecisionStats.of(expected, found);
        out.printf(
                Locale.ROOT,
                "noise: predicted deviation %.1e, found %.1e in %d slots, largest %.1e%n",
                predicted,
                precision.deviation(),
                slots,
                precision.maxError());
        return precision.deviation() / predicted;
    }

    private static double inTheClear(double[] x) {
        double mean = Arrays.stream(x).average().orElseThrow();
        return Math.sqrt(
                Arrays.stream(x).map(v -> (v - mean) * (v - mean)).average().orElseThrow());
    }
}
