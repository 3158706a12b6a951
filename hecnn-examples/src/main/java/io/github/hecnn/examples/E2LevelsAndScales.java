package io.github.hecnn.examples;

import io.github.hecnn.ckks.error.HeException;
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
import io.github.hecnn.ckks.scheme.PrecisionStats;
import io.github.hecnn.ckks.slots.CkksSlotAlgebra;
import java.io.PrintStream;
import java.util.Locale;

/**
 * Example 2: levels and scales, the two books that every CKKS program keeps, and what happens if they do not balance.
 *
 * <p>The program computes x^3 + x/2 and prints level and scale degree after each step.
 */
public final class E2LevelsAndScales {
    private E2LevelsAndScales() {}

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
     * @return largest difference between a decrypted result and the right one
     */
    static double run(PrintStream out) {
        CkksParameters parameters = CkksParameters.builder()
                .logRingDegree(14)
                .levels(3)
                .scaleBits(40)
                .build();
        CkksContext context = CkksContext.create(parameters);
        KeyGenerator generator = new KeyGenerator(context);
        SecretKey secret = generator.secretKey();
        EvaluationKeys keys = generator.evaluationKeys(secret, RotationSteps.of(), false);
        CkksEncoder encoder = new CkksEncoder(context);
        CkksSlotAlgebra algebra = new CkksSlotAlgebra(context, keys);

        double[] values = new double[parameters.slots()];
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.sin(i);
        }
        Ciphertext x = Encryptor.withSecretKey(context, secret).encrypt(encoder.encode(values));

        // A number a is stored as the whole number nearest to a * 2^40: its scale is 2^40, "scale degree 1".
        print(out, algebra, "x, fresh", x);

        // A product has the scale 2^80, "scale degree 2" ...
        Ciphertext product = algebra.square(x);
        print(out, algebra, "x^2", product);

        // ... and is divided by one of the primes of the modulus to come back to 2^40. That prime is gone: one level
        // less.
        Ciphertext square = algebra.rescale(product);
        print(out, algebra, "x^2, rescaled", square);

        // Operands of different levels are fine. The higher one, x, is brought down to the level of the lower one
        // first.
        Ciphertext cube = algebra.rescale(algebra.multiply(square, x));
        print(out, algebra, "x^3, rescaled", cube);

        // Constants are scaled as well, so x/2 costs a level, too. Whole factors do not: multiplyInteger is exact and
        // free.
        Ciphertext half = algebra.rescale(algebra.multiplyConstant(x, 0.5));
        print(out, algebra, "x/2, rescaled", half);
        Ciphertext result = algebra.add(cube, half);
        print(out, algebra, "x^3 + x/2", result);
        out.println("operands brought down on the way: " + algebra.counts().alignments());

        // Books that do not balance are refused at the operation that is wrong, never answered with wrong numbers.
        refused(out, "a product plus a value", () -> algebra.add(product, x));
        refused(out, "a product of a product", () -> algebra.multiply(product, x));
        Ciphertext lowest = algebra.dropToLevel(x, 0);
        refused(out, "a product at level 0", () -> algebra.square(lowest));

        // The third book is the size of the numbers. At level 0 one prime of 49 bits is left of the modulus: with a
        // scale of 40
        // bits and a sign, numbers up to 2^8 fit. What may grow beyond that is refused. (Slots are taken to be up to 1;
        // if
        // yours are larger say so with Evaluator.assumingSlotsUpTo.)
        refused(out, "1000 x at level 0", () -> algebra.multiplyInteger(lowest, 1000));
        Ciphertext larger = algebra.multiplyInteger(x, 1000);
        print(out, algebra, "1000 x at the top", larger);

        double[] found = encoder.decode(new Decryptor(context, secret).decrypt(result));
        double[] expected = new double[values.length];
        for (int i = 0; i < expected.length; i++) {
            expected[i] = values[i] * values[i] * values[i] + values[i] / 2;
        }
        PrecisionStats precision = PrecisionStats.of(expected, found);
        out.printf(Locale.ROOT, "largest error in %d slots %.1e%n", expected.length, precision.maxError());
        return precision.maxError();
    }

    private static void print(PrintStream out, CkksSlotAlgebra algebra, String name, Ciphertext c) {
        out.printf("%-18s level %d, scale degree %d%n", name, algebra.level(c), algebra.scaleDegree(c));
    }

    private static void refused(PrintStream out, String what, Runnable operation) {
        try {
            operation.run();
            throw new IllegalStateException(what + " should have been refused");
        } catch (HeException e) {
            out.println(what + " is refused: " + e.getMessage());
        }
    }
}
