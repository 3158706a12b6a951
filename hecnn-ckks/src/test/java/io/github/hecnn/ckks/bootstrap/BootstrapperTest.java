package io.github.hecnn.ckks.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.hecnn.ckks.internal.cipher.Ciphertexts;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.ckks.params.SecurityLevel;
import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.ckks.scheme.Evaluator;
import io.github.hecnn.core.parallel.WorkerPool;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Refreshes on small rings: the error is the one that was predicted, whatever the slots hold. */
class BootstrapperTest {
    private static BootstrapParameters.Builder small() {
        return BootstrapParameters.builder().logRingDegree(11).levels(5).securityLevel(SecurityLevel.NONE);
    }

    private static void assertPredicted(BootstrapFixture f, Ciphertext refreshed, double[][] z) {
        BootstrapPrediction p = f.parameters.prediction();
        double[] e = f.errorBits(refreshed, z);
        assertThat(refreshed.level()).isEqualTo(p.outputLevel());
        assertThat(refreshed.scale()).isEqualTo(f.context.parameters().scale(p.outputLevel()));
        assertThat(e[0]).as("mean").isCloseTo(p.meanErrorBits(), within(1.0));
        assertThat(e[1]).as("largest").isLessThan(p.maxErrorBits() + 1.0);
    }

    @Test
    void aRefreshTakesACiphertextToTheTopLevel() {
        BootstrapFixture f = new BootstrapFixture(BootstrapPreset.TEST_12.parameters());
        double[][] z = f.random(1);
        Ciphertext c = f.encrypt(z, 3);
        List<BootstrapStep> steps = new ArrayList<>();
        Ciphertext r = f.bootstrapper.refresh(c, steps::add);
        assertPredicted(f, r, z);
        assertThat(steps).containsExactly(BootstrapStep.values());
        assertThat(r.keyPairId()).isEqualTo(f.secretKey.keyPairId());
        BootstrapPrediction p = f.parameters.prediction();
        assertThat(f.keys.memoryBytes()).isEqualTo(p.keyBytes());
        assertThat(f.bootstrapper.tableBytes()).isEqualTo(p.tableBytes());
        // from any level, the same plaintext
        assertPredicted(f, f.bootstrapper.refresh(f.encrypt(z, 8)), z);
        // all at once
        List<Ciphertext> all = f.bootstrapper.refreshAll(List.of(c, f.encrypt(z, 5)));
        assertThat(all).hasSize(2);
        all.forEach(a -> assertPredicted(f, a, z));
        // what a classic order of the steps does worst, and what the correction is worst at
        double[][] ones = new double[2][z[0].length];
        Arrays.fill(ones[0], 1.0);
        double[][] alternating = new double[2][z[0].length];
        double[][] spike = new double[2][z[0].length];
        spike[0][77] = 1;
        for (int i = 0; i < z[0].length; i++) {
            alternating[0][i] = 1 - 2 * (i & 1);
        }
        for (double[][] extreme : List.of(ones, alternating, spike)) {
            double[] e = f.errorBits(f.bootstrapper.refresh(f.encrypt(extreme, 3)), extreme);
            assertThat(e[0]).isLessThan(p.meanErrorBits() + 2);
            assertThat(e[1]).isLessThan(p.maxErrorBits() + 1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 5})
    void complexSlotsWithEveryCorrection(int degree) {
        BootstrapFixture f = new BootstrapFixture(small().complexSlots(true)
                .correctionDegree(degree)
                .messageRatioBits(degree == 1 ? 10 : degree == 3 ? 7 : 5)
                .build());
        double[][] z = f.random(degree);
        assertPredicted(f, f.bootstrapper.refresh(f.encrypt(z, 3)), z);
    }

    @Test
    void fewSlotsInTwoStages() {
        BootstrapFixture f = new BootstrapFixture(
                small().logSlots(6).slotsToCoeffs(3, 3).coeffsToSlots(2, 4).build());
        assertThat(f.parameters.levelsLeft()).isEqualTo(3);
        double[][] z = f.random(4);
        Ciphertext r = f.bootstrapper.refresh(f.encrypt(z, 2));
        assertPredicted(f, r, z);
        // the vector is still repeated
        double[] all = f.encoder.decode(f.decryptor.decrypt(r));
        for (int i = 0; i < all.length; i++) {
            assertThat(all[i]).isCloseTo(z[0][i % 64], within(1e-5));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 8})
    void valuesUpToTheBound(double bound) {
        BootstrapFixture f = new BootstrapFixture(
                small().bound(bound).messageRatioBits(bound > 1 ? 10 : 4).build());
        double[][] z = f.random(5);
        assertPredicted(f, f.bootstrapper.refresh(f.encrypt(z, 3)), z);
    }

    /** Nothing notices: the sine bends, and a message of the size of q(0) wraps around. */
    @Test
    void beyondTheBoundTheResultIsWrong() {
        BootstrapFixture f = new BootstrapFixture(small().build());
        double[][] z = f.random(6);
        z[0][3] = 30;
        z[0][4] = 128 + 0.25;
        Ciphertext r = f.bootstrapper.refresh(f.encrypt(z, 3));
        double[] out = f.encoder.decode(f.decryptor.decrypt(r));
        assertThat(out[3]).isNotCloseTo(30, within(1.0));
        assertThat(out[4]).isCloseTo(0.25, within(1e-3));
        assertThat(out[5]).isCloseTo(z[0][5], within(1e-5));
    }

    @Test
    void twentyRefreshesWithAProductBetweenStayWithinThePrediction() {
        BootstrapFixture f = new BootstrapFixture(small().build());
        Evaluator e = f.evaluator;
        double[][] z = f.random(7);
        Ciphertext c = f.encrypt(z, 5);
        // x -> x/2 + x/2 keeps x: the product between costs a level and its rounding
        for (int i = 0; i < 20; i++) {
            Ciphertext p = e.rescale(e.multiplyConstant(c, 0.5));
            c = f.bootstrapper.refresh(e.add(p, p));
        }
        BootstrapPrediction p = f.parameters.prediction();
        double[] errors = f.errorBits(c, z);
        // the correction's error is the same every time and adds up, noise adds up by its squares; the product has some
        // of its own
        double times = Math.log(20) / Math.log(2);
        assertThat(errors[0]).isLessThan(p.meanErrorBits() + times + 0.5);
        assertThat(errors[1]).isLessThan(p.maxErrorBits() + times + 0.5);
        // and it can still be computed with: no key but those of bootstrapping
        double[] squares = f.encoder.decode(f.decryptor.decrypt(e.rescale(e.square(c))));
        assertThat(squares[9]).isCloseTo(z[0][9] * z[0][9], within(1e-4));
    }

    @Test
    void resultsDoNotDependOnTheNumberOfThreads() {
        BootstrapFixture f = new BootstrapFixture(small().build());
        Ciphertext c = f.encrypt(f.random(8), 3);
        Ciphertext expected = f.bootstrapper.refresh(c);
        try (WorkerPool pool = WorkerPool.ofThreads(3)) {
            CkksContext three = CkksContext.create(f.parameters.ckksParameters(), pool);
            Ciphertext found = new Bootstrapper(three, f.parameters, f.keys).refresh(c);
            for (int i = 0; i < 2; i++) {
                for (int t = 0; t <= found.level(); t++) {
                    assertThat(Ciphertexts.components(found).get(i).limb(t))
                            .containsExactly(
                                    Ciphertexts.components(expected).get(i).limb(t));
                }
            }
        }
    }
}
