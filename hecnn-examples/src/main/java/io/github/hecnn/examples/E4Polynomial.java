package io.github.hecnn.examples;

import io.github.hecnn.ckks.circuit.polynomial.Polynomial;
import io.github.hecnn.ckks.circuit.polynomial.PolynomialEvaluator;
import io.github.hecnn.ckks.error.IntervalException;
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
import io.github.hecnn.ckks.slots.CkksSlotAlgebra;
import io.github.hecnn.ckks.slots.SimulatedSlotAlgebra;
import java.io.PrintStream;
import java.util.Locale;

/**
 * Example 4: functions that are no polynomials. Only sums and products exist under encryption, so a function is replaced by a
 * polynomial that is close to it on an interval, here the sigmoid 1/(1 + exp(-x)) of logistic regression.
 */
public final class E4Polynomial {
    private static final double LIMIT = 8;
    private static final int CHOSEN_DEGREE = 15;

    private E4Polynomial() {}

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
     * @return largest difference between a decrypted slot and the sigmoid itself
     */
    static double run(PrintStream out) {
        // The trade: a higher degree is closer to the function and costs more levels and more products. A degree d
        // takes
        // ceil(log2(d + 1)) levels, for wide intervals sometimes one more, and far fewer products than d.
        for (int degree : new int[] {3, 7, 15, 31}) {
            PolynomialEvaluator evaluator =
                    PolynomialEvaluator.of(Polynomial.interpolate(E4Polynomial::sigmoid, degree, -LIMIT, LIMIT));
            out.printf(
                    Locale.ROOT,
                    "degree %2d: %d levels, %2d products, %.5f from the sigmoid at most%n",
                    degree,
                    evaluator.levels(),
                    evaluator.counts().multiplications(),
                    farthest(evaluator.polynomial()));
        }

        // The circuit knows its levels, so it comes before the parameters.
        PolynomialEvaluator evaluator =
                PolynomialEvaluator.of(Polynomial.interpolate(E4Polynomial::sigmoid, CHOSEN_DEGREE, -LIMIT, LIMIT));
        CkksParameters parameters = CkksParameters.builder()
                .logRingDegree(14)
                .levels(evaluator.levels())
                .build();

        // A polynomial is good on its interval and useless outside.
        // A ciphertext cannot be looked at, so nobody would notice. A rehearsal on plain numbers does (example 6).
        out.printf(
                Locale.ROOT,
                "the polynomial at 20: %,.0f%n",
                evaluator.polynomial().valueAt(20));
        SimulatedSlotAlgebra rehearsal =
                SimulatedSlotAlgebra.builder(parameters).build();
        double[] tooLarge = new double[parameters.slots()];
        tooLarge[7] = 20;
        try {
            evaluator.evaluate(rehearsal, rehearsal.encrypt(tooLarge));
        } catch (IntervalException e) {
            out.println("the rehearsal refuses: " + e.getMessage());
        }

        // All 8,192 slots at once, from -8 to 8. Products need the relinearisation key.
        CkksContext context = CkksContext.create(parameters);
        KeyGenerator generator = new KeyGenerator(context);
        SecretKey secret = generator.secretKey();
        EvaluationKeys keys = generator.evaluationKeys(secret, RotationSteps.of(), false);
        CkksEncoder encoder = new CkksEncoder(context);
        double[] x = new double[parameters.slots()];
        for (int i = 0; i < x.length; i++) {
            x[i] = -LIMIT + 2 * LIMIT * i / (x.length - 1);
        }
        Ciphertext encrypted = Encryptor.withSecretKey(context, secret).encrypt(encoder.encode(x));
        CkksSlotAlgebra algebra = new CkksSlotAlgebra(context, keys);
        Ciphertext result = evaluator.evaluate(algebra, encrypted);
        out.printf(
                "encrypted: from level %d to level %d with %d relinearisations%n",
                algebra.level(encrypted),
                algebra.level(result),
                algebra.counts().relinearizations());

        // Two errors of very different size: that of the polynomial, which was chosen, and that of the encryption.
        double[] found = encoder.decode(new Decryptor(context, secret).decrypt(result));
        double ofEncryption = 0;
        double ofBoth = 0;
        for (int i = 0; i < x.length; i++) {
            ofEncryption = Math.max(
                    ofEncryption, Math.abs(found[i] - evaluator.polynomial().valueAt(x[i])));
            ofBoth = Math.max(ofBoth, Math.abs(found[i] - sigmoid(x[i])));
        }
        for (int i : new int[] {0, x.length / 3, x.length - 1}) {
            out.printf(Locale.ROOT, "sigmoid(%6.3f) = %.4f, encrypted %.4f%n", x[i], sigmoid(x[i]), found[i]);
        }
        out.printf(Locale.ROOT, "largest error %.5f, of which by encryption %.1e%n", ofBoth, ofEncryption);
        return ofBoth;
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    private static double farthest(Polynomial p) {
        double worst = 0;
        for (int i = 0; i <= 1000; i++) {
            double x = -LIMIT + 2 * LIMIT * i / 1000;
            worst = Math.max(worst, Math.abs(p.valueAt(x) - sigmoid(x)));
        }
        return worst;
    }
}
