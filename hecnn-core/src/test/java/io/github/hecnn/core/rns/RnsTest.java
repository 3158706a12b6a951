package io.github.hecnn.core.rns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.hecnn.core.modular.NttPrimes;
import io.github.hecnn.core.parallel.WorkerPool;
import io.github.hecnn.core.rns.KeyHalves.After;
import io.github.hecnn.core.sampling.RandomSource;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RnsTest {
    private static final int LOG_N = 10;
    private static final int N = 1 << LOG_N;
    private static final List<Long> PRIMES = NttPrimes.descending(49, LOG_N, 12, new HashSet<>());
    private static final RnsBasis ALL = RnsBasis.of(LOG_N, PRIMES);
    private static final RnsArithmetic RING = new RnsArithmetic(LOG_N, WorkerPool.single());

    private static RnsPolynomial of(RnsBasis basis, BigInteger[] x) {
        RnsPolynomial p = RnsPolynomial.zero(basis, Domain.COEFFICIENT);
        for (int i = 0; i < basis.size(); i++) {
            for (int j = 0; j < N; j++) {
                p.limb(i)[j] = basis.modulus(i).balance(x[j]);
            }
        }
        return p;
    }

    /** Centred values: the extremes of the basis first, then random ones of all sizes. */
    private static BigInteger[] values(RnsBasis basis, long seed) {
        Random r = new Random(seed);
        BigInteger half = basis.product().shiftRight(1);
        BigInteger[] x = new BigInteger[N];
        for (int j = 0; j < N; j++) {
            int bits = 1 + r.nextInt(basis.product().bitLength() - 2);
            x[j] = new BigInteger(bits, r).mod(half);
            x[j] = r.nextBoolean() ? x[j] : x[j].negate();
        }
        x[0] = BigInteger.ZERO;
        x[1] = BigInteger.ONE.negate();
        return x;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 12})
    void reconstructsWhatWasPutIn(int limbs) {
        RnsBasis basis = ALL.prefix(limbs);
        BigInteger[] x = values(basis, limbs);
        x[2] = basis.product().shiftRight(1);
        x[3] = basis.product().shiftRight(1).negate();
        assertThat(new CrtReconstructor(basis).toBigIntegers(of(basis, x))).containsExactly(x);
        double[] d = new CrtReconstructor(basis).toDoubles(of(basis, x), 3.0);
        for (int j = 0; j < N; j++) {
            assertThat(d[j])
                    .isCloseTo(x[j].doubleValue() / 3.0, org.assertj.core.data.Percentage.withPercentage(1e-12));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 8, 9})
    void extendsTheCentredValueExactly(int sources) {
        RnsBasis from = ALL.prefix(sources);
        RnsBasis to = ALL.range(sources, 12);
        BigInteger[] x = values(from, 7 + sources);
        // close to half the product, but not so close that doubles cannot tell which side
        BigInteger nearHalf =
                from.product().shiftRight(1).subtract(from.product().shiftRight(40));
        x[2] = nearHalf;
        x[3] = nearHalf.negate();
        RnsPolynomial extended = new BasisExtender(from, to).extend(of(from, x));
        RnsPolynomial expected = of(to, x);
        for (int i = 0; i < to.size(); i++) {
            assertThat(extended.limb(i)).containsExactly(expected.limb(i));
        }
    }

    private static final KeyHalves NO_KEY = new KeyHalves(List.of(), List.of());

    @Test
    void rescalesToTheNearestInteger() {
        for (int limbs = 2; limbs <= 6; limbs++) {
            RnsBasis basis = ALL.prefix(limbs);
            RnsBasis smaller = ALL.prefix(limbs - 1);
            BigInteger last = BigInteger.valueOf(PRIMES.get(limbs - 1));
            BigInteger[] x = values(basis, limbs);
            RnsPolynomial[] out = new RnsRescaler(basis, smaller, RING).rescale(RING.toNtt(of(basis, x)));
            BigInteger[] got = new CrtReconstructor(smaller).toBigIntegers(RING.toCoefficients(out[0]));
            for (int j = 0; j < N; j++) {
                // |q*got - x| <= q/2, modulo the smaller product
                BigInteger error = got[j].multiply(last).subtract(x[j]).abs();
                assertThat(error.shiftLeft(1)).isLessThanOrEqualTo(last);
            }
            double[] factor = new double[limbs];
            for (int i = 0; i < limbs; i++) {
                factor[i] = basis.modulus(i).balance(1_099_511_627_777L);
            }
            RnsPolynomial y = RING.toNtt(of(basis, x));
            RnsPolynomial[] expected = new RnsRescaler(basis, smaller, RING).rescale(RING.multiplyScalar(y, factor));
            RnsPolynomial[] fused = new RnsRescaler(basis, smaller, RING).multiplyAndRescale(factor, y);
            for (int i = 0; i < smaller.size(); i++) {
                assertThat(fused[0].limb(i)).containsExactly(expected[0].limb(i));
            }
        }
    }

    @Test
    void automorphismsAgreeInBothDomains() {
        RnsBasis basis = ALL.prefix(2);
        RnsPolynomial x = RnsPolynomial.uniform(basis, Domain.COEFFICIENT, RandomSource.seeded(3));
        for (int g : new int[] {3, 5, 25, 2 * N - 1, 2 * N - 5, N + 1}) {
            RnsPolynomial a = RING.toNtt(RING.applyAutomorphism(x, g));
            RnsPolynomial b = RING.applyAutomorphism(RING.toNtt(x), g);
            for (int i = 0; i < 2; i++) {
                assertThat(a.limb(i)).containsExactly(b.limb(i));
            }
            RnsPolynomial back =
                    RING.automorphism(g).inverse().apply(RING.automorphism(g).apply(x));
            assertThat(back.limb(1)).containsExactly(x.limb(1));
        }
        assertThat(Automorphism.galoisElementOfRotation(LOG_N, 0)).isEqualTo(1);
        assertThat(Automorphism.galoisElementOfRotation(LOG_N, -1) * 5L % (2 * N))
                .isEqualTo(1);
    }

    @Test
    void ringAxiomsHold() {
        RnsBasis basis = ALL.prefix(3);
        RnsPolynomial a = RnsPolynomial.uniform(basis, Domain.NTT, RandomSource.seeded(1));
        RnsPolynomial b = RnsPolynomial.uniform(basis, Domain.NTT, RandomSource.seeded(2));
        RnsPolynomial c = RnsPolynomial.uniform(basis, Domain.NTT, RandomSource.seeded(3));
        RnsPolynomial left = RING.multiply(a, RING.add(b, c));
        RnsPolynomial right = RING.add(RING.multiply(a, b), RING.multiply(a, c));
        RnsPolynomial sum = RING.sumOfProducts(new RnsPolynomial[] {a, a}, new RnsPolynomial[] {b, c});
        RnsPolynomial acc = RING.multiply(a, b);
        RING.multiplyAddInPlace(acc, a, c);
        RnsPolynomial[] tensor = RING.sumOfTensors(new RnsPolynomial[][] {{a, b}}, new RnsPolynomial[][] {{c, a}});
        RnsPolynomial middle = RING.add(RING.multiply(a, a), RING.multiply(b, c));
        for (int i = 0; i < 3; i++) {
            assertThat(left.limb(i)).containsExactly(right.limb(i));
            assertThat(left.limb(i)).containsExactly(sum.limb(i));
            assertThat(left.limb(i)).containsExactly(acc.limb(i));
            assertThat(tensor[1].limb(i)).containsExactly(middle.limb(i));
            assertThat(RING.add(a, RING.negate(a)).limb(i)).containsOnly(0.0);
        }
    }

    @Test
    void resultsDoNotDependOnTheNumberOfThreads() {
        RnsBasis q = ALL.prefix(7);
        RnsBasis p = ALL.range(9, 12);
        RnsPolynomial x = RnsPolynomial.uniform(q, Domain.NTT, RandomSource.seeded(5));
        List<RnsPolynomial> b = new ArrayList<>();
        List<RnsPolynomial> a = new ArrayList<>();
        for (int d = 0; d < 3; d++) {
            b.add(RnsPolynomial.uniform(q.concat(p), Domain.NTT, RandomSource.seeded(10 + d)));
            a.add(RnsPolynomial.uniform(q.concat(p), Domain.NTT, RandomSource.seeded(20 + d)));
        }
        RnsPolynomial[] one = new HybridKeySwitch(q, p, 3, RING).switchKey(x, new KeyHalves(b, a), After.adding(x));
        try (WorkerPool pool = WorkerPool.ofThreads(4)) {
            RnsArithmetic parallel = new RnsArithmetic(LOG_N, pool);
            HybridKeySwitch four = new HybridKeySwitch(q, p, 3, parallel);
            RnsPolynomial[] many = four.switchKey(x, new KeyHalves(b, a), After.adding(x));
            try (HybridKeySwitch.Digits digits = four.decompose(x)) {
                RnsPolynomial[] hoisted = four.product(digits, new KeyHalves(b, a), After.adding(x));
                for (int k = 0; k < 2; k++) {
                    for (int i = 0; i < 7; i++) {
                        assertThat(many[k].limb(i)).containsExactly(one[k].limb(i));
                        assertThat(hoisted[k].limb(i)).containsExactly(one[k].limb(i));
                    }
                }
            }
        }
    }

    @Test
    void keySwitchRefusesWhatDoesNotFit() {
        RnsBasis q = ALL.prefix(4);
        HybridKeySwitch keySwitch = new HybridKeySwitch(q, ALL.range(9, 11), 2, RING);
        RnsPolynomial foreign = RnsPolynomial.zero(ALL.range(1, 3), Domain.NTT);
        RnsPolynomial coefficient = RnsPolynomial.zero(q, Domain.COEFFICIENT);
        RnsPolynomial single = RnsPolynomial.zero(q.prefix(1), Domain.NTT);
        assertThatThrownBy(() -> keySwitch.decompose(foreign))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected a polynomial on a prefix");
        assertThatThrownBy(() -> keySwitch.switchKey(coefficient, NO_KEY, After.NOTHING))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("key switch");
        assertThatThrownBy(() -> keySwitch.switchKeyAndRescale(single, NO_KEY, After.NOTHING))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least two limbs, found 1");
        HybridKeySwitch.Digits digits = keySwitch.decompose(RnsPolynomial.zero(q, Domain.NTT));
        digits.close();
        assertThatThrownBy(() -> keySwitch.product(digits, NO_KEY, After.NOTHING))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("found closed ones");
        assertThatThrownBy(() -> keySwitch.sumsOfPlainProducts(
                        null, digits, null, new KeyedAutomorphism[0], new PeriodicPolynomial[0][]))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("sumsOfPlainProducts");
    }

    @Test
    void uniformLimbsDependOnTheirPrimeAlone() {
        RnsPolynomial all = RnsPolynomial.uniform(ALL, Domain.NTT, RandomSource.seeded(9));
        RnsPolynomial some = RnsPolynomial.uniform(ALL.range(3, 5), Domain.NTT, RandomSource.seeded(9));
        assertThat(some.limb(0)).containsExactly(all.limb(3));
    }

    @Test
    void refusesWhatDoesNotFit() {
        RnsPolynomial ntt = RnsPolynomial.zero(ALL.prefix(2), Domain.NTT);
        RnsPolynomial coefficient = RnsPolynomial.zero(ALL.prefix(2), Domain.COEFFICIENT);
        RnsPolynomial longer = RnsPolynomial.zero(ALL.prefix(3), Domain.NTT);
        assertThatThrownBy(() -> RING.add(ntt, coefficient))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected equal domains");
        assertThatThrownBy(() -> RING.add(ntt, longer)).hasMessageContaining("expected equal bases");
        assertThatThrownBy(() -> RING.multiply(coefficient, coefficient))
                .hasMessageContaining("expected a polynomial in");
        assertThatThrownBy(() -> ntt.restrict(ALL.range(1, 2))).hasMessageContaining("expected a prefix");
        assertThatThrownBy(() -> new RnsRescaler(ALL.prefix(3), ALL.prefix(1), RING))
                .hasMessageContaining("without the last prime");
        assertThatThrownBy(() -> new BasisExtender(ALL.prefix(1), ALL.range(1, 3)).extend(coefficient))
                .hasMessageContaining("base extension: expected");
        assertThatThrownBy(() -> new CrtReconstructor(ALL).toBigIntegers(coefficient))
                .hasMessageContaining("CrtReconstructor: expected");
        assertThatThrownBy(() -> RnsBasis.of(LOG_N, List.of())).hasMessageContaining("found none");
        assertThatThrownBy(() -> RnsBasis.of(LOG_N, List.of(PRIMES.get(0), PRIMES.get(0))))
                .hasMessageContaining("twice");
        assertThatThrownBy(() -> ALL.range(3, 3)).hasMessageContaining("from < to");
        assertThatThrownBy(() -> ALL.prefix(2).concat(ALL.prefix(1))).hasMessageContaining("twice");
        assertThatThrownBy(() -> Automorphism.of(LOG_N, 4)).hasMessageContaining("expected an odd Galois element");
        assertThatThrownBy(() -> RnsPolynomial.wrap(ALL.prefix(1), Domain.NTT, new double[2][N]))
                .hasMessageContaining("expected 1 limbs, found 2");
        Set<Long> none = new HashSet<>();
        assertThatThrownBy(() -> RnsBasis.of(LOG_N, NttPrimes.descending(40, LOG_N, 2, none))
                        .concat(RnsBasis.of(LOG_N + 1, NttPrimes.descending(40, LOG_N + 1, 1, none))))
                .hasMessageContaining("ring degree");
    }
}
