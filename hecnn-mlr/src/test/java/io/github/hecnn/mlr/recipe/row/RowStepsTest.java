package io.github.hecnn.mlr.recipe.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.hecnn.ckks.bootstrap.BootstrapKeyGenerator;
import io.github.hecnn.ckks.bootstrap.BootstrapKeys;
import io.github.hecnn.ckks.bootstrap.BootstrapParameters;
import io.github.hecnn.ckks.bootstrap.Bootstrapper;
import io.github.hecnn.ckks.circuit.CkksSlotAlgebra;
import io.github.hecnn.ckks.circuit.OperationCounts;
import io.github.hecnn.ckks.circuit.PlainVector;
import io.github.hecnn.ckks.circuit.PolynomialEvaluator;
import io.github.hecnn.ckks.circuit.SimulatedSlotAlgebra;
import io.github.hecnn.ckks.keys.EvaluationKeys;
import io.github.hecnn.ckks.keys.KeyGenerator;
import io.github.hecnn.ckks.keys.RotationKey;
import io.github.hecnn.ckks.keys.SecretKey;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.ckks.params.SecurityLevel;
import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.ckks.scheme.CkksEncoder;
import io.github.hecnn.ckks.scheme.Decryptor;
import io.github.hecnn.ckks.scheme.Encryptor;
import io.github.hecnn.ckks.scheme.Evaluator;
import io.github.hecnn.core.sampling.RandomSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class RowStepsTest {
    private static final int SAMPLES = 2048;
    private static final int CLASSES = 10;
    private static final int STEPS = 6;
    private static final double GRADIENT_FACTOR = 0.125;

    /** Ten clouds of points, 12 features. */
    private static double[][] points(int[] labels) {
        Random random = new Random(4);
        double[][] centres = new double[CLASSES][12];
        for (double[] c : centres) {
            Arrays.setAll(c, k -> random.nextGaussian());
        }
        double[][] out = new double[SAMPLES][12];
        for (int i = 0; i < SAMPLES; i++) {
            labels[i] = random.nextInt(CLASSES);
            double[] c = centres[labels[i]];
            Arrays.setAll(out[i], k -> c[k] + 0.4 * random.nextGaussian());
        }
        return out;
    }

    private static <V> double[][] train(
            RowAlgebras<V> algebras,
            RowLayout layout,
            int top,
            double[][] x,
            int[] labels,
            int batch,
            EncryptAt<V> encrypt,
            Function<V, PlainVector> decrypt) {
        LongSettings settings = LongSettings.DEGREE_15;
        RowSteps<V> steps = new RowSteps<>(layout, settings, algebras, top);
        RowEncoder encoder = new RowEncoder(layout);
        List<RowBlock<V>> blocks = new ArrayList<>();
        List<List<V>> targets = new ArrayList<>();
        for (int from = 0; from < x.length; from += layout.rows()) {
            int to = Math.min(x.length, from + layout.rows());
            List<V> values = new ArrayList<>();
            encoder.features(Arrays.copyOfRange(x, from, to))
                    .forEach(p -> values.add(encrypt.encrypt(p, RowSteps.featureLevel(top))));
            blocks.add(RowBlock.inMemory(layout, values));
            List<V> y = new ArrayList<>();
            encoder.targets(
                            settings.targets(labels, from, to, CLASSES),
                            settings.sigmoid().applyAsDouble(settings.startScore()))
                    .forEach(p -> y.add(encrypt.encrypt(p, RowSteps.labelLevel(settings, top))));
            targets.add(y);
        }
        double factor = settings.step() / batch * GRADIENT_FACTOR;
        PolynomialEvaluator sigmoid = steps.minusSigmoid(factor);
        List<V> gradients = new ArrayList<>();
        int perBatch = batch / layout.rows();
        for (int t = 0; t < STEPS; t++) {
            double[] v = GradientWeights.ofMomentumPoint(t);
            for (int k = 0; k < t; k++) {
                v[k] /= GRADIENT_FACTOR;
            }
            List<List<V>> weights = t == 0 ? null : steps.weights(gradients, v);
            List<V> sum = null;
            for (int m = 0; m < perBatch; m++) {
                int block = (t * perBatch + m) % blocks.size();
                List<V> e = weights == null
                        ? steps.errorsAtStart(targets.get(block), factor)
                        : steps.errors(blocks.get(block), weights, targets.get(block), sigmoid, factor);
                List<V> products = steps.circuit().products(blocks.get(block), e);
                List<V> total = new ArrayList<>();
                for (int k = 0; k < products.size(); k++) {
                    total.add(sum == null ? products.get(k) : algebras.backward().add(sum.get(k), products.get(k)));
                }
                sum = total;
            }
            V merged = steps.circuit().merge(steps.circuit().gradient(sum));
            assertThat(algebras.refreshing().level(merged)).isEqualTo(top - RowSteps.levels(settings));
            gradients.add(algebras.refreshing().refresh(merged));
        }
        double[] n = GradientWeights.ofWeights(STEPS);
        double[][] found = encoder.decodeMerged(decrypt.apply(steps.combination(gradients, n, 1 / GRADIENT_FACTOR)));
        double[][] start = LongRehearsal.start(settings, x[0], CLASSES);
        for (int c = 0; c < CLASSES; c++) {
            for (int k = 0; k < found[c].length; k++) {
                found[c][k] += start[c][k];
            }
        }
        return found;
    }

    private static CkksSlotAlgebra part(
            CkksContext context, SecretKey secret, Set<Integer> steps, Set<Integer> more) {
        KeyGenerator generator = new KeyGenerator(context, RandomSource.seeded(2));
        Set<Integer> all = new TreeSet<>(steps);
        all.addAll(more);
        List<RotationKey> rotations = new ArrayList<>();
        all.forEach(s -> rotations.add(generator.rotationKey(secret, s)));
        rotations.add(generator.conjugationKey(secret));
        return new CkksSlotAlgebra(context, EvaluationKeys.of(generator.relinearizationKey(secret), rotations));
    }

    private interface EncryptAt<V> {
        V encrypt(PlainVector p, int level);
    }

    private static double largestDifference(double[][] a, double[][] b) {
        double most = 0;
        for (int c = 0; c < a.length; c++) {
            for (int k = 0; k < a[c].length; k++) {
                most = Math.max(most, Math.abs(a[c][k] - b[c][k]));
            }
        }
        return most;
    }

    /** 2,048 samples, 6 steps of 1,024, a refresh in each: on plain slots, and encrypted in a small ring that is not secure. */
    @Test
    void trainsThroughRefreshes() {
        int[] labels = new int[SAMPLES];
        double[][] features = points(labels);
        double[][] x = LongFeatures.fit(features).transform(features);
        LongRehearsal plain = new LongRehearsal(LongSettings.DEGREE_15, x, labels, CLASSES, 1024);
        double[][] expected = null;
        for (int t = 0; t < STEPS; t++) {
            expected = plain.step();
        }
        BootstrapParameters boot = BootstrapParameters.builder()
                .logRingDegree(11)
                .levels(2 + RowSteps.levels(LongSettings.DEGREE_15))
                .logSlots(7)
                .complexSlots(true)
                .correctionDegree(1)
                .messageRatioBits(10)
                .slotsToCoeffs(4, 3)
                .coeffsToSlots(4, 3)
                .bound(1)
                .securityLevel(SecurityLevel.NONE)
                .build();
        RowLayout layout = new RowLayout(1024, 4, CLASSES, 13, 4);
        assertThat(layout.mergedPeriod()).isEqualTo(boot.slots());
        int top = boot.outputLevel();

        SimulatedSlotAlgebra simulated = SimulatedSlotAlgebra.builder(boot.ckksParameters())
                .refreshing(boot.refreshLimits())
                .rotationSteps(layout.rotationSteps())
                .build();
        double[][] inSlots = train(
                RowAlgebras.of(simulated),
                layout,
                top,
                x,
                labels,
                1024,
                (p, level) -> simulated.dropToLevel(
                        simulated.encrypt(
                                java.util.stream.IntStream.range(0, p.size()).mapToDouble(p::re).toArray(),
                                java.util.stream.IntStream.range(0, p.size()).mapToDouble(p::im).toArray()),
                        level),
                v -> PlainVector.complex(simulated.decrypt(v), simulated.decryptImaginary(v)));
        assertThat(largestDifference(inSlots, expected)).isLessThan(1e-9);
        OperationCounts counts = simulated.counts();
        assertThat(counts.refreshes()).isEqualTo(STEPS);

        CkksContext context = CkksContext.create(boot.ckksParameters());
        KeyGenerator generator = new KeyGenerator(context, RandomSource.seeded(new byte[32]));
        SecretKey secret = generator.secretKey();
        BootstrapKeys bootKeys = new BootstrapKeyGenerator(context, boot, RandomSource.seeded(new byte[32])).keys(secret);
        RowAlgebras<Ciphertext> real = new RowAlgebras<>(
                new CkksSlotAlgebra(
                        new Evaluator(context, EvaluationKeys.none()), new Bootstrapper(context, boot, bootKeys)),
                part(context.subContext(top - 1, 3, 3), secret, layout.forwardSteps(), layout.splitSteps()),
                part(context.subContext(top - 6, 2, 2), secret, layout.backwardSteps(), Set.of()));
        CkksEncoder ckks = new CkksEncoder(context);
        Encryptor encryptor = Encryptor.withSecretKey(context, secret, RandomSource.seeded(new byte[32]));
        Decryptor decryptor = new Decryptor(context, secret);
        double[][] decrypted = train(
                real,
                layout,
                top,
                x,
                labels,
                1024,
                (p, level) -> encryptor.encrypt(p.encoded(ckks, level)),
                v -> PlainVector.decoded(ckks, decryptor.decrypt(v)));
        assertThat(real.forward().counts().keySwitches()
                        + real.backward().counts().keySwitches())
                .isEqualTo(counts.keySwitches());
        assertThat(largestDifference(decrypted, expected)).isCloseTo(0, within(0.01));
    }

    @Test
    void evaluatesTheSigmoidInFourLevelsWithSevenRelinearisations() {
        RowLayout layout = new RowLayout(64, 4, 3, 7, 2);
        PolynomialEvaluator e = new RowSteps<>(
                        layout, LongSettings.DEGREE_15, RowAlgebras.of(new SimulatedSlotAlgebra(64, 9)), 9)
                .minusSigmoid(1e-3);
        assertThat(e.levels()).isEqualTo(4);
        assertThat(e.counts().relinearizations()).isEqualTo(7);
    }
}
