package io.github.hecnn.examples;

import io.github.hecnn.ckks.circuit.linear.SlotSums;
import io.github.hecnn.ckks.error.MissingKeyException;
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
import io.github.hecnn.ckks.slots.OperationCounts;
import io.github.hecnn.ckks.slots.PlainVector;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Example 3: rotations, the only way in which slots meet each other, and the keys they need.
 *
 * <p>At the end 512 people with 8 measurements each get a score, all in one ciphertext.
 */
public final class E3Rotations {
    private static final int FEATURES = 8;

    private E3Rotations() {}

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
     * @return largest difference between a decrypted score and the right one
     */
    static double run(PrintStream out) {
        CkksParameters parameters =
                CkksParameters.builder().logRingDegree(13).levels(2).build();
        CkksContext context = CkksContext.create(parameters);
        int slots = parameters.slots();

        // Every rotation step has a key of its own, and keys are large: ask for the steps that are used and no others.
        // Circuits
        // of the library tell which these are; here sums over 8 neighbours take steps of 1, 2 and 4.
        SlotSums sums = SlotSums.of(slots, FEATURES);
        RotationSteps steps = RotationSteps.of(1, -1, 3).and(RotationSteps.of(sums.rotationSteps()));
        KeyGenerator generator = new KeyGenerator(context);
        SecretKey secret = generator.secretKey();
        EvaluationKeys keys = generator.evaluationKeys(secret, steps, false);
        out.printf(
                Locale.ROOT,
                "keys for steps %s, %.1f MB each%n",
                steps,
                WireSizes.of(parameters).rotationKey() / 1e6);

        CkksEncoder encoder = new CkksEncoder(context);
        Encryptor encryptor = Encryptor.withSecretKey(context, secret);
        Decryptor decryptor = new Decryptor(context, secret);
        CkksSlotAlgebra algebra = new CkksSlotAlgebra(context, keys);

        // Steps go to the left; negative ones to the right. The slots are a ring: what leaves on one side comes in on
        // the other.
        // (A vector shorter than the slots is repeated by the encoder, so slot 8 holds 1 again and the last slot 8.)
        Ciphertext x = encryptor.encrypt(encoder.encode(new double[] {1, 2, 3, 4, 5, 6, 7, 8}));
        print(out, "x", encoder.decode(decryptor.decrypt(x)));
        print(out, "rotate(x, 1)", encoder.decode(decryptor.decrypt(algebra.rotate(x, 1))));
        print(out, "rotate(x, -1)", encoder.decode(decryptor.decrypt(algebra.rotate(x, -1))));
        try {
            algebra.rotate(x, 5);
        } catch (MissingKeyException e) {
            out.println("without its key: " + e.getMessage());
        }

        // Several rotations of one value share the expensive half of the work ("hoisting"): ask for them in one call.
        OperationCounts before = algebra.counts();
        List<Ciphertext> rotated = algebra.rotateHoisted(x, new int[] {1, 2, 3, 4});
        OperationCounts counts = algebra.counts().since(before);
        print(out, "rotate(x, 4)", encoder.decode(decryptor.decrypt(rotated.get(3))));
        out.println(counts.hoistedRotations() + " rotations in " + counts.hoistings() + " hoisting");

        // Scores: person i has slots 8i .. 8i + 7. The plain weights are repeated for every person, multiplied slot by
        // slot, and
        // the products of each person added up in log2(8) = 3 rotations. The score is in the first slot of the eight;
        // the
        // others hold sums across people, which nobody should use.
        int people = slots / FEATURES;
        double[] measured = new double[slots];
        double[] weights = new double[slots];
        for (int i = 0; i < slots; i++) {
            measured[i] = Math.cos(0.37 * i);
            weights[i] = (i % FEATURES + 1) / 10.0;
        }
        Ciphertext measurements = encryptor.encrypt(encoder.encode(measured));
        before = algebra.counts();
        Ciphertext scores = sums.innerProductPlain(algebra, measurements, PlainVector.real(weights));
        long rotations = algebra.counts().since(before).rotations();

        double[] found = encoder.decode(decryptor.decrypt(scores));
        double worst = 0;
        for (int i = 0; i < people; i++) {
            double expected = 0;
            for (int k = 0; k < FEATURES; k++) {
                expected += measured[i * FEATURES + k] * weights[i * FEATURES + k];
            }
            worst = Math.max(worst, Math.abs(found[i * FEATURES] - expected));
        }
        out.printf(Locale.ROOT, "%d scores with %d rotations; the first is %.5f%n", people, rotations, found[0]);
        out.printf(Locale.ROOT, "largest error %.1e%n", worst);
        return worst;
    }

    private static void print(PrintStream out, String name, double[] slots) {
        double[] first = Arrays.stream(slots, 0, 8)
                .map(v -> Math.rint(v * 1e4) / 1e4 + 0.0)
                .toArray();
        out.printf(Locale.ROOT, "%-14s %s ... %.1f%n", name, Arrays.toString(first), slots[slots.length - 1] + 0.0);
    }
}
