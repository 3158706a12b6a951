package io.github.hecnn.core.rns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.hecnn.core.modular.NttPrimes;
import io.github.hecnn.core.parallel.WorkerPool;
import io.github.hecnn.core.sampling.RandomSource;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Results in borrowed limbs, and in polynomials that exist, are those in new arrays. */
class RecycledResultsTest {
    private static final int LOG_N = 10;
    private static final RnsBasis ALL = RnsBasis.of(LOG_N, NttPrimes.descending(49, LOG_N, 3, Set.of()));
    private static final RnsArithmetic RING = new RnsArithmetic(LOG_N, WorkerPool.single());
    private static final RnsPolynomial A = RnsPolynomial.uniform(ALL, Domain.NTT, RandomSource.seeded(1));
    private static final RnsPolynomial B = RnsPolynomial.uniform(ALL, Domain.NTT, RandomSource.seeded(2));

    private static void assertSame(RnsPolynomial expected, RnsPolynomial found) {
        for (int i = 0; i < expected.size(); i++) {
            assertThat(found.limb(i)).containsExactly(expected.limb(i));
        }
    }

    @Test
    void borrowedLimbsServeAgain() {
        RnsArithmetic ring = RING.recycling();
        assertThat(ring.recycling()).isSameAs(ring);
        RnsPolynomial sum = ring.add(A, B);
        assertSame(RING.add(A, B), sum);
        double[] limb = sum.limb(2);
        sum.release();
        sum.release();
        assertThatThrownBy(() -> sum.limb(0)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(sum::retain).isInstanceOf(IllegalStateException.class);
        RnsPolynomial product = ring.multiply(A, B);
        assertThat(List.of(product.limb(0), product.limb(1), product.limb(2))).anyMatch(l -> l == limb);
        assertSame(RING.multiply(A, B), product);
        RnsRescaler rescaler = new RnsRescaler(ALL, ALL.prefix(2), RING);
        RnsPolynomial[] divided = rescaler.recycling().rescale(A, B);
        assertSame(rescaler.rescale(A)[0], divided[0]);
        assertSame(rescaler.rescale(B)[0], divided[1]);
    }

    @Test
    void limbsGoBackWithTheLastHolder() {
        RnsPolynomial sum = RING.recycling().add(A, B);
        sum.retain();
        sum.retain();
        RnsPolynomial view = sum.restrict(ALL.prefix(1));
        sum.release();
        assertThat(view.limb(0)).hasSize(1 << LOG_N);
        sum.release();
        assertThatThrownBy(() -> view.limb(0)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void polynomialsThatExistAreOverwritten() {
        RnsPolynomial target = A.copy();
        assertThat(RING.into(target).subtract(target, B)).isSameAs(target);
        assertSame(RING.subtract(A, B), target);
        double[] factor = {3, 4, 5};
        RnsPolynomial sum = B.copy();
        RING.multiplyScalarAddInPlace(sum, A, factor);
        assertSame(RING.add(B, RING.multiplyScalar(A, factor)), sum);
        RnsPolynomial[] three = {A.copy(), A.copy(), A.copy()};
        RING.into(three).sumOfTensors(new RnsPolynomial[][] {{A, B}}, new RnsPolynomial[][] {{B, A}});
        assertSame(RING.multiply(A, B), three[0]);
    }

    @Test
    void polynomialsThatDoNotFitTheResultAreRefusedBeforeTheyChange() {
        RnsPolynomial small = A.restrict(ALL.prefix(2)).copy();
        assertThatThrownBy(() -> RING.into(small).add(A, B)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RING.into(small, small).add(A, B)).isInstanceOf(IllegalArgumentException.class);
        assertSame(A.restrict(ALL.prefix(2)), small);
    }

    @Test
    void smallerRingsHaveTheValuesOfTheirPolynomialsInPowers() {
        RnsBasis large = RnsBasis.of(LOG_N + 1, NttPrimes.descending(49, LOG_N + 1, 2, Set.of()));
        RnsBasis half = large.withLogRingDegree(LOG_N);
        assertThat(large.withLogRingDegree(LOG_N + 1)).isSameAs(large);
        RnsPolynomial p = RnsPolynomial.uniform(half, Domain.NTT, RandomSource.seeded(3));
        PeriodicPolynomial periodic = PeriodicPolynomial.of(large, p, 2);
        RnsPolynomial coefficients = RING.toCoefficients(p);
        RnsPolynomial spread = RnsPolynomial.zero(large, Domain.COEFFICIENT);
        for (int i = 0; i < 2; i++) {
            for (int j = 0; j < 1 << LOG_N; j++) {
                spread.limb(i)[2 * j] = coefficients.limb(i)[j];
            }
        }
        RnsPolynomial expected = new RnsArithmetic(LOG_N + 1, WorkerPool.single()).toNtt(spread);
        for (int i = 0; i < 2; i++) {
            assertThat(periodic.limb(i, new double[2 << LOG_N])).containsExactly(expected.limb(i));
        }
        assertThatThrownBy(() -> PeriodicPolynomial.of(large, p, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PeriodicPolynomial.of(ALL, p, 2)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> half.withLogRingDegree(LOG_N + 1)).isInstanceOf(IllegalArgumentException.class);
    }
}
