package io.github.hecnn.examples;

import io.github.hecnn.ckks.bootstrap.BootstrapKeyGenerator;
import io.github.hecnn.ckks.bootstrap.BootstrapKeys;
import io.github.hecnn.ckks.bootstrap.BootstrapParameters;
import io.github.hecnn.ckks.bootstrap.BootstrapPrediction;
import io.github.hecnn.ckks.bootstrap.BootstrapPreset;
import io.github.hecnn.ckks.bootstrap.Bootstrapper;
import io.github.hecnn.ckks.keys.KeyGenerator;
import io.github.hecnn.ckks.keys.SecretKey;
import io.github.hecnn.ckks.noise.NoiseModel;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.ckks.scheme.CkksEncoder;
import io.github.hecnn.ckks.scheme.Decryptor;
import io.github.hecnn.ckks.scheme.Encryptor;
import io.github.hecnn.ckks.scheme.Evaluator;
import io.github.hecnn.ckks.slots.CkksSlotAlgebra;
import io.github.hecnn.ckks.slots.SimulatedSlotAlgebra;
import io.github.hecnn.ckks.slots.SimulatedVector;
import io.github.hecnn.ckks.slots.SlotAlgebra;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/**
 * Example 10: computing for as long as one likes. A logistic map, x to 3.2 x (1 - x), runs over more steps than there are levels: whenever
 * they are used up, the ciphertext is refreshed without the secret key.
 *
 * <p>By default on a small ring, which protects nothing and takes seconds. With {@code --secure} on 2^16 coefficients and 128 bits, which takes
 * 4 GB of memory ({@code -Xmx5g}) and a minute.
 */
public final class E10Bootstrap {
    private static final int STEPS = 12;
    private static final double GROWTH = 3.2;
    private static final int LEVELS_OF_A_STEP = 2;

    private E10Bootstrap() {}

    /**
     * Runs the example.
     *
     * @param args {@code --secure} for real parameters
     */
    public static void main(String[] args) {
        run(List.of(args).contains("--secure") ? BootstrapPreset.BOOT_16 : BootstrapPreset.TEST_12, System.out);
    }

    /**
     * Runs the example.
     *
     * @param preset how to bootstrap
     * @param out takes the text
     * @return largest difference between a decrypted slot and the same map in the clear
     */
    static double run(BootstrapPreset preset, PrintStream out) {
        // What a refresh costs and how exact it is, is known before any key is made.
        BootstrapParameters parameters = preset.parameters();
        BootstrapPrediction prediction = parameters.prediction();
        out.printf(
                Locale.ROOT,
                "%s: from level %d to level %d, error 2^%.1f on average, fails once in 2^%.0f refreshes%n",
                preset,
                parameters.inputLevel(),
                prediction.outputLevel(),
                prediction.meanErrorBits(),
                -prediction.failureBits());
        out.printf(
                Locale.ROOT,
                "%d key switches, %.2f GB of keys, %.2f GB of tables%n",
                prediction.keySwitches(),
                prediction.keyBytes() / 1e9,
                prediction.tableBytes() / 1e9);

        // The rehearsal books refreshes like all else. It refuses slots beyond the bound, which a real run could not
        // see.
        double[] start = new double[parameters.slots()];
        for (int i = 0; i < start.length; i++) {
            start[i] = 0.1 + 0.8 * i / start.length;
        }
        SimulatedSlotAlgebra rehearsal = SimulatedSlotAlgebra.builder(
                        NoiseModel.ofSecretKeyEncryption(parameters.ckksParameters()))
                .refreshing(parameters.refreshLimits())
                .build();
        SimulatedVector expected = iterate(rehearsal, rehearsal.encrypt(start), parameters.inputLevel());
        out.printf(
                Locale.ROOT,
                "rehearsed: %d steps, %d refreshes, error about 2^%.0f%n",
                STEPS,
                rehearsal.counts().refreshes(),
                Math.log(rehearsal.predictedDeviation(expected)) / Math.log(2));

        // Keys as always; those for bootstrapping include relinearisation. The tables are made once and shared.
        CkksContext context = CkksContext.create(parameters.ckksParameters());
        SecretKey secret = new KeyGenerator(context).secretKey();
        BootstrapKeys keys = new BootstrapKeyGenerator(context, parameters).keys(secret);
        Bootstrapper bootstrapper = new Bootstrapper(context, parameters, keys);
        CkksSlotAlgebra algebra = new CkksSlotAlgebra(new Evaluator(context, keys.evaluationKeys()), bootstrapper);
        CkksEncoder encoder = new CkksEncoder(context);
        Ciphertext encrypted = Encryptor.withSecretKey(context, secret).encrypt(encoder.encode(start));

        // From here on nobody needs the secret key, however many steps there are.
        Ciphertext result = iterate(algebra, encrypted, parameters.inputLevel());

        double[] found = encoder.decode(new Decryptor(context, secret).decrypt(result));
        double worst = 0;
        for (int i = 0; i < start.length; i++) {
            double x = start[i];
            for (int k = 0; k < STEPS; k++) {
                x = GROWTH * x * (1 - x);
            }
            worst = Math.max(worst, Math.abs(found[i] - x));
        }
        out.printf(
                Locale.ROOT,
                "encrypted: %d refreshes, level %d, slot 0 is %.4f%n",
                algebra.counts().refreshes(),
                result.level(),
                found[0]);
        out.printf(Locale.ROOT, "largest error of %d slots %.1e%n", start.length, worst);
        return worst;
    }

    /** The map over any algebra. A step takes two levels, so a value is refreshed when fewer are left above those that a refresh takes. */
    private static <V> V iterate(SlotAlgebra<V> algebra, V start, int inputLevel) {
        V x = start;
        for (int k = 0; k < STEPS; k++) {
            if (algebra.level(x) < inputLevel + LEVELS_OF_A_STEP) {
                x = algebra.refresh(x);
            }
            V scaled = algebra.rescale(algebra.multiplyConstant(x, GROWTH));
            x = algebra.rescale(algebra.multiply(scaled, algebra.addConstant(algebra.negate(x), 1)));
        }
        return x;
    }
}
