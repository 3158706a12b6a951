package io.github.hecnn.core.rns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.hecnn.core.modular.NttPrimes;
import io.github.hecnn.core.parallel.WorkerPool;
import io.github.hecnn.core.sampling.RandomSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sums modulo Q and P: what is kept once a period, long sums, and Horner's rule. */
class PlainSumsTest {
    private static final int LOG_N = 10;
    private static final int N = 1 << LOG_N;
    private static final List<Long> PRIMES = NttPrimes.descending(49, LOG_N, 7, new HashSet<>());
    private static final RnsBasis ALL = RnsBasis.of(LOG_N, PRIMES);
    private static final RnsBasis Q = ALL.range(3, 7);
    private static final RnsBasis P = ALL.prefix(2);
    private static final RnsArithmetic RING = new RnsArithmetic(LOG_N, WorkerPool.single());
    private static final HybridKeySwitch SWITCH = new HybridKeySwitch(Q, P, 2, RING);

    private static RnsPolynomial uniform(RnsBasis basis, int seed) {
        return RnsPolynomial.uniform(basis, Domain.NTT, RandomSource.seeded(seed));
    }

    /** Small integers, so that errors of rounding stay small. */
    private static RnsPolynomial small(RnsBasis basis, int gap, int seed) {
        double[] c = new double[N];
        Random r = new Random(seed);
        for (int i = 0; i < N; i += gap) {
            c[i] = r.nextInt(9) - 4;
        }
        return RING.toNtt(RnsPolynomial.ofSmall(basis, c));
    }

    private static KeyedAutomorphism step(int steps, int seed) {
        List<RnsPolynomial> b = new ArrayList<>();
        List<RnsPolynomial> a = new ArrayList<>();
        for (int d = 0; d < 2; d++) {
            b.add(uniform(Q.concat(P), seed + d));
            a.add(uniform(Q.concat(P), seed + 10 + d));
        }
        int g = Automorphism.galoisElementOfRotation(LOG_N, steps);
        return new KeyedAutomorphism(RING.automorphism(g), new KeyHalves(b, a));
    }

    private static double largest(RnsPolynomial x) {
        double most = 0;
        for (double v : new CrtReconstructor(x.basis()).toDoubles(RING.toCoefficients(x), 1.0)) {
            most = Math.max(most, Math.abs(v));
        }
        return most;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 8, 16, 32, 64, 128, 512, 1024})
    void aPolynomialInAPowerOfXKeepsOneOfEqualValues(int gap) {
        RnsPolynomial p = small(ALL, gap, gap);
        PeriodicPolynomial m = PeriodicPolynomial.of(p, gap);
        double[] scratch = new double[N];
        for (int t = 0; t < p.size(); t++) {
            assertThat(m.limb(t, scratch)).containsExactly(p.limb(t));
        }
        assertThat(m.memoryBytes()).isEqualTo(7L * (N / gap) * 8);
        assertThat(m.gap()).isEqualTo(gap);
        assertThat(m.basis()).isSameAs(ALL);
        if (gap < N) {
            assertThatThrownBy(() -> PeriodicPolynomial.of(p, 2 * gap))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("expected a polynomial in X^" + 2 * gap);
        }
    }

    @Test
    void periodicPolynomialsRefuseWhatTheyAreNot() {
        RnsPolynomial p = uniform(ALL, 1);
        for (int gap : new int[] {0, 3, -2, 2048}) {
            assertThatThrownBy(() -> PeriodicPolynomial.of(p, gap)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> PeriodicPolynomial.of(RING.toCoefficients(p)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** More terms than are reduced together, against the sums of parts, each of which is rounded by half at the most. */
    @Test
    void longSumsAreTheSumsOfTheirParts() {
        int terms = 70;
        KeyedAutomorphism[] steps = new KeyedAutomorphism[terms];
        PeriodicPolynomial[][] plain = new PeriodicPolynomial[3][terms];
        for (int i = 0; i < terms; i++) {
            steps[i] = i == 3 ? KeyedAutomorphism.IDENTITY : step(i, 100 * i);
            int gap = 1 << i % 8;
            plain[0][i] = PeriodicPolynomial.of(small(Q.concat(P), gap, i), gap);
            plain[i < 40 ? 1 : 2][i] = plain[0][i];
        }
        RnsPolynomial c0 = uniform(Q, 1);
        RnsPolynomial c1 = uniform(Q, 2);
        try (HybridKeySwitch.Digits digits = SWITCH.decompose(c1)) {
            RnsPolynomial[][] s = SWITCH.sumsOfPlainProducts(c0, digits, c1, steps, plain);
            for (int k = 0; k < 2; k++) {
                RnsPolynomial difference = RING.subtract(s[0][k], RING.add(s[1][k], s[2][k]));
                assertThat(largest(difference)).isLessThanOrEqualTo(1.0);
            }
        }
    }

    /**
     * Horner's rule against single rotations of divided sums. Keys are uniform, so results are noise, but the same noise: they differ by the
     * roundings alone. The second half of a running sum is rounded alike in both, the first half not; the difference is that of the
     * roundings of two sums.
     */
    @Test
    void hornersRuleIsTheSumOfRotatedSums() {
        int sums = 4;
        KeyedAutomorphism[] steps = {KeyedAutomorphism.IDENTITY, step(1, 1000), step(2, 2000)};
        PeriodicPolynomial[][] plain = new PeriodicPolynomial[sums][steps.length];
        for (int o = 0; o < sums; o++) {
            for (int i = 0; i < steps.length; i++) {
                plain[o][i] = o == 2 && i == 1 ? null : PeriodicPolynomial.of(small(Q.concat(P), 1, 10 * o + i));
            }
        }
        KeyedAutomorphism giant = step(3, 3000);
        RnsPolynomial c0 = uniform(Q, 1);
        RnsPolynomial c1 = uniform(Q, 2);
        try (HybridKeySwitch.Digits digits = SWITCH.decompose(c1)) {
            // one sum and its step: exactly the switch of the divided second half
            PeriodicPolynomial[][] last = {plain[0]};
            KeyedAutomorphism[] once = {giant};
            RnsPolynomial[] whole = SWITCH.hornerOfPlainProducts(c0, digits, c1, steps, last, once, false);
            RnsPolynomial[] divided = SWITCH.sumsOfPlainProducts(c0, digits, c1, steps, last)[0];
            RnsPolynomial[] rotated = SWITCH.switchKey(
                    divided[1], giant.key(), KeyHalves.After.adding(divided[0]).then(giant.map()));
            assertThat(largest(RING.subtract(whole[0], rotated[0]))).isLessThanOrEqualTo(1.0);
            assertThat(largest(RING.subtract(whole[1], rotated[1]))).isZero();
            // without steps the rule is a sum
            KeyedAutomorphism[] none = new KeyedAutomorphism[sums];
            RnsPolynomial[] together = SWITCH.hornerOfPlainProducts(c0, digits, c1, steps, plain, none, false);
            RnsPolynomial[][] parts = SWITCH.sumsOfPlainProducts(c0, digits, c1, steps, plain);
            for (int k = 0; k < 2; k++) {
                RnsPolynomial sum = parts[0][k];
                for (int o = 1; o < sums; o++) {
                    sum = RING.add(sum, parts[o][k]);
                }
                assertThat(largest(RING.subtract(together[k], sum))).isCloseTo(1, within(1.0));
            }
            // division by the last prime: one rounding instead of two
            RnsPolynomial[] shorter = SWITCH.hornerOfPlainProducts(c0, digits, c1, steps, plain, none, true);
            RnsRescaler rescaler = new RnsRescaler(Q, Q.prefix(3), RING);
            RnsPolynomial[] after = rescaler.rescale(together);
            for (int k = 0; k < 2; k++) {
                assertThat(shorter[k].basis()).isEqualTo(Q.prefix(3));
                assertThat(largest(RING.subtract(shorter[k], after[k]))).isLessThanOrEqualTo(1.0);
            }
        }
    }

    @Test
    void hornersRuleDoesNotDependOnTheNumberOfThreads() {
        KeyedAutomorphism[] steps = {KeyedAutomorphism.IDENTITY, step(1, 1000)};
        KeyedAutomorphism giant = step(2, 3000);
        KeyedAutomorphism[] giants = {null, giant, giant};
        PeriodicPolynomial[][] plain = new PeriodicPolynomial[3][2];
        for (int o = 0; o < 3; o++) {
            plain[o][0] = PeriodicPolynomial.of(small(Q.concat(P), 16, o), 16);
            plain[o][1] = PeriodicPolynomial.of(small(Q.concat(P), 128, o), 128);
        }
        RnsPolynomial c = uniform(Q, 5);
        RnsPolynomial[] one;
        try (HybridKeySwitch.Digits digits = SWITCH.decompose(c)) {
            one = SWITCH.hornerOfPlainProducts(c, digits, c, steps, plain, giants, true);
        }
        try (WorkerPool pool = WorkerPool.ofThreads(3)) {
            HybridKeySwitch three = new HybridKeySwitch(Q, P, 2, new RnsArithmetic(LOG_N, pool));
            try (HybridKeySwitch.Digits digits = three.decompose(c)) {
                RnsPolynomial[] many = three.hornerOfPlainProducts(c, digits, c, steps, plain, giants, true);
                for (int k = 0; k < 2; k++) {
                    for (int t = 0; t < 3; t++) {
                        assertThat(many[k].limb(t)).containsExactly(one[k].limb(t));
                    }
                }
            }
        }
    }

    @Test
    void refusesWhatDoesNotFit() {
        KeyedAutomorphism[] steps = {KeyedAutomorphism.IDENTITY};
        PeriodicPolynomial m = PeriodicPolynomial.of(small(Q.concat(P), 1, 1));
        PeriodicPolynomial[][] plain = {{m}};
        KeyedAutomorphism[] giants = {null};
        RnsPolynomial c = uniform(Q, 1);
        try (HybridKeySwitch.Digits digits = SWITCH.decompose(c)) {
            assertThatThrownBy(() ->
                            SWITCH.hornerOfPlainProducts(c, digits, c, steps, plain, new KeyedAutomorphism[2], false))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("1 sums and 2 giant steps");
            assertThatThrownBy(() -> SWITCH.hornerOfPlainProducts(
                            c, digits, c, steps, new PeriodicPolynomial[][] {{m, m}}, giants, false))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("each of 1 steps, found 2");
            PeriodicPolynomial[][] foreign = {{PeriodicPolynomial.of(small(Q, 1, 1))}};
            assertThatThrownBy(() -> SWITCH.sumsOfPlainProducts(c, digits, c, steps, foreign))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("expected plaintexts on");
        }
        RnsPolynomial single = c.restrict(Q.prefix(1));
        HybridKeySwitch.Digits digits = SWITCH.decompose(single);
        assertThatThrownBy(() -> SWITCH.hornerOfPlainProducts(single, digits, single, steps, plain, giants, true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least two limbs to rescale");
        digits.close();
        assertThatThrownBy(() -> SWITCH.hornerOfPlainProducts(single, digits, single, steps, plain, giants, false))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("hornerOfPlainProducts");
    }
}
