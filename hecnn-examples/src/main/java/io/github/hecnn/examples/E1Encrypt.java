package io.github.hecnn.examples;

import io.github.hecnn.ckks.error.InvalidParametersException;
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
 * Example 1: encrypt numbers, compute on them without the secret key, decrypt the result.
 *
 * <p>A shop has prices and quantities. Somebody else works out price times quantity plus shipping, for all orders at once,
 * and sees neither prices nor quantities nor results.
 */
public final class E1Encrypt {
    private static final double SHIPPING = 4.5;

    private E1Encrypt() {}

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
     * @return largest difference between a decrypted amount and the right one
     */
    static double run(PrintStream out) {
        // Parameters. Two settings are enough to begin with. The ring degree N = 2^13 decides how many numbers travel
        // in one
        // ciphertext, N/2 "slots", and how large the modulus may be at 128 bits of security. The levels say how many
        // multiplications can follow one another. More levels need a larger modulus, and that needs a larger ring.
        CkksParameters parameters =
                CkksParameters.builder().logRingDegree(13).levels(2).build();
        out.printf(
                Locale.ROOT,
                "N = %d, %d slots, %d levels, %s security%n",
                parameters.ringDegree(),
                parameters.slots(),
                parameters.maxLevel(),
                parameters.securityLevel());

        // Parameters that are not secure are refused, and the error says what to do about it.
        try {
            CkksParameters.builder().logRingDegree(13).levels(8).build();
        } catch (InvalidParametersException e) {
            out.println("8 levels in this ring are refused: " + e.getMessage());
        }

        // A context holds what is worked out once for a parameter set: primes, tables, worker threads. Everybody makes
        // the same
        // one from the same parameters.
        CkksContext context = CkksContext.create(parameters);

        // Keys. The secret key stays with its owner. The evaluation keys are for the one who computes: here just the
        // relinearisation key, which products need; example 3 adds keys for rotations.
        KeyGenerator generator = new KeyGenerator(context);
        SecretKey secret = generator.secretKey();
        EvaluationKeys evaluationKeys = generator.evaluationKeys(secret, RotationSteps.of(), false);

        // Encoding turns numbers into a plaintext, a polynomial with whole coefficients; encryption hides that. The
        // owner of
        // the secret key encrypts with it, which makes smaller ciphertexts; others take the public key (example 7). The
        // length is
        // a power of two up to the number of slots; a shorter vector is repeated until the slots are full.
        double[] prices = {12.5, 3.99, 20.0, 0.75};
        double[] quantities = {3, 10, 1, 24};
        CkksEncoder encoder = new CkksEncoder(context);
        Encryptor encryptor = Encryptor.withSecretKey(context, secret);
        Ciphertext encryptedPrices = encryptor.encrypt(encoder.encode(prices));
        Ciphertext encryptedQuantities = encryptor.encrypt(encoder.encode(quantities));

        // What follows could be on another machine: compute() has no secret key.
        Ciphertext encryptedAmounts = compute(context, evaluationKeys, encryptedPrices, encryptedQuantities);

        // The owner decrypts. CKKS is approximate: every step adds a little noise, here far below a cent.
        Decryptor decryptor = new Decryptor(context, secret);
        double[] amounts = encoder.decode(decryptor.decrypt(encryptedAmounts));
        double[] expected = new double[prices.length];
        for (int i = 0; i < prices.length; i++) {
            expected[i] = prices[i] * quantities[i] + SHIPPING;
            out.printf(Locale.ROOT, "%5.2f x %2.0f + %.2f = %.4f%n", prices[i], quantities[i], SHIPPING, amounts[i]);
        }
        PrecisionStats precision = PrecisionStats.of(expected, amounts);
        out.printf(Locale.ROOT, "largest error %.1e, %.0f bits%n", precision.maxError(), precision.bits());
        return precision.maxError();
    }

    private static Ciphertext compute(
            CkksContext context, EvaluationKeys keys, Ciphertext prices, Ciphertext quantities) {
        CkksSlotAlgebra algebra = new CkksSlotAlgebra(context, keys);
        // Slot by slot. A product is rescaled afterwards, which is what costs a level (example 2).
        Ciphertext products = algebra.rescale(algebra.multiply(prices, quantities));
        return algebra.addConstant(products, SHIPPING);
    }
}
