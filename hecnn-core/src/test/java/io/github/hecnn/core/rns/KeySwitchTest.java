package io.github.hecnn.core.rns;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hecnn.core.modular.NttPrimes;
import io.github.hecnn.core.parallel.WorkerPool;
import io.github.hecnn.core.rns.KeyHalves.After;
import io.github.hecnn.core.sampling.RandomSource;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Key switches with keys whose error is one power of X: the result under the new secret is the input times the old one, but for the
 * rounding of two polynomials, of which one meets a secret of known weight, and half a digit over P for each digit.
 */
class KeySwitchTest {
    private static final int LOG_N = 10;
    private static final int N = 1 << LOG_N;
    private static final int WEIGHT = 32;
    private static final RnsBasis ALL = RnsBasis.of(LOG_N, NttPrimes.descending(45, LOG_N, 9, Set.of()));
    private static final RnsArithmetic RING = new RnsArithmetic(LOG_N, WorkerPool.single());

    /** Half a unit for each coefficient of the secret, for the first half of the result, and for each of up to 3 digits. */
    private static final BigInteger ROUNDING = BigInteger.valueOf(WEIGHT / 2 + 2);

    /** A chain and a key with small errors from the square of a secret to the secret. */
    private static final class Keys {
        final RnsBasis q;
        final RnsBasis p;
        final RnsPolynomial secret; // on both
        final RnsPolynomial old; // what the input is multiplied with, on both
        final HybridKeySwitch keySwitch;
        final KeyHalves key;

        Keys(int data, int special, int digitSize) {
            q = ALL.range(0, data);
            p = ALL.range(9 - special, 9);
            RnsBasis both = q.concat(p);
            double[] s = new double[N];
            Random random = new Random(1);
            for (int i = 0; i < WEIGHT; i++) {
                s[32 * i + random.nextInt(32)] = random.nextBoolean() ? 1 : -1;
            }
            secret = RING.toNtt(RnsPolynomial.ofSmall(both, s));
            old = RING.multiply(secret, secret);
            keySwitch = new HybridKeySwitch(q, p, digitSize, RING);
            List<RnsPolynomial> b = new ArrayList<>();
            List<RnsPolynomial> a = new ArrayList<>();
            for (int d = 0; d < keySwitch.digits(data); d++) {
                RnsPolynomial uniform = RnsPolynomial.uniform(both, Domain.NTT, RandomSource.seeded(10 + d));
                double[] error = new double[N];
                error[d] = 1;
                RnsPolynomial half =
                        RING.subtract(RING.toNtt(RnsPolynomial.ofSmall(both, error)), RING.multiply(uniform, secret));
                for (int i = d * digitSize; i < Math.min(data, (d + 1) * digitSize); i++) {
                    double factor = both.modulus(i).balance(p.product());
                    for (int j = 0; j < N; j++) {
                        double term = both.modulus(i).multiply(old.limb(i)[j], factor);
                        half.limb(i)[j] = both.modulus(i).add(half.limb(i)[j], term);
                    }
                }
                b.add(half);
                a.add(uniform);
            }
            key = new KeyHalves(b, a);
        }

        RnsPolynomial opened(RnsPolynomial[] c) {
            RnsBasis basis = c[0].basis();
            return RING.add(c[0], RING.multiply(c[1], secret.restrict(basis)));
        }
    }

    private final Keys keys = new Keys(5, 2, 2);
    private final RnsBasis q = keys.q;
    private final RnsBasis p = keys.p;
    private final HybridKeySwitch keySwitch = keys.keySwitch;
    private final KeyHalves key = keys.key;

    private static RnsPolynomial uniform(RnsBasis basis, int seed) {
        return RnsPolynomial.uniform(basis, Domain.NTT, RandomSource.seeded(seed));
    }

    private static BigInteger largest(RnsPolynomial x) {
        BigInteger most = BigInteger.ZERO;
        for (BigInteger v : new CrtReconstructor(x.basis()).toBigIntegers(RING.toCoefficients(x))) {
            most = most.max(v.abs());
        }
        return most;
    }

    @ParameterizedTest
    @CsvSource({"5, 2, 2, 5", "5, 2, 2, 4", "5, 2, 2, 1", "6, 3, 3, 6", "6, 3, 3, 4", "3, 1, 1, 3", "4, 4, 4, 4"})
    void theNewSecretOpensWhatTheOldOneDid(int data, int special, int digitSize, int limbs) {
        Keys t = new Keys(data, special, digitSize);
        RnsBasis basis = t.q.prefix(limbs);
        assertThat(t.keySwitch.digits(limbs)).isEqualTo((limbs + digitSize - 1) / digitSize);
        RnsPolynomial x = uniform(basis, 3);
        RnsPolynomial expected = RING.multiply(x, t.old.restrict(basis));
        RnsPolynomial[] switched = t.keySwitch.switchKey(x, t.key, After.NOTHING);
        BigInteger error = largest(RING.subtract(t.opened(switched), expected));
        assertThat(error).isLessThanOrEqualTo(ROUNDING).isPositive();
        try (HybridKeySwitch.Digits digits = t.keySwitch.decompose(x)) {
            assertSame(t.keySwitch.product(digits, t.key, After.NOTHING), switched);
        }
        assertSame(t.keySwitch.recycling().switchKey(x, t.key, After.NOTHING), switched);
    }

    @ParameterizedTest
    @CsvSource({"5, 2, 2, 5", "5, 2, 2, 2", "3, 1, 1, 3"})
    void rescalingAtOnceIsOneRounding(int data, int special, int digitSize, int limbs) {
        Keys t = new Keys(data, special, digitSize);
        RnsBasis basis = t.q.prefix(limbs);
        RnsBasis smaller = basis.prefix(limbs - 1);
        RnsPolynomial x = uniform(basis, 3);
        RnsPolynomial u = uniform(basis, 4);
        RnsPolynomial v = uniform(basis, 5);
        RnsPolynomial[] divided = t.keySwitch.switchKeyAndRescale(x, t.key, After.adding(u, v));
        assertThat(divided[0].basis()).isEqualTo(smaller);
        RnsPolynomial whole = RING.add(RING.multiply(x, t.old.restrict(basis)), t.opened(new RnsPolynomial[] {u, v}));
        BigInteger[] exact = new CrtReconstructor(basis).toBigIntegers(RING.toCoefficients(whole));
        BigInteger[] found = new CrtReconstructor(smaller).toBigIntegers(RING.toCoefficients(t.opened(divided)));
        BigInteger last = BigInteger.valueOf(basis.modulus(limbs - 1).value());
        for (int j = 0; j < N; j++) {
            BigInteger error = centred(found[j].multiply(last).subtract(exact[j]), basis.product());
            assertThat(error.abs()).isLessThanOrEqualTo(ROUNDING.multiply(last));
        }
    }

    private static BigInteger centred(BigInteger x, BigInteger modulus) {
        BigInteger r = x.mod(modulus);
        return r.shiftLeft(1).compareTo(modulus) > 0 ? r.subtract(modulus) : r;
    }

    @Test
    void addendsAreAddedAndThenMapped() {
        RnsPolynomial x = uniform(q, 3);
        RnsPolynomial u = uniform(q, 4);
        RnsPolynomial v = uniform(q, 5);
        Automorphism map = RING.automorphism(Automorphism.galoisElementOfRotation(LOG_N, 3));
        RnsPolynomial[] plain = keySwitch.switchKey(x, key, After.NOTHING);
        RnsPolynomial[] both = {RING.add(plain[0], u), RING.add(plain[1], v)};
        RnsPolynomial[] mapped = {map.apply(both[0]), map.apply(both[1])};
        assertSame(keySwitch.switchKey(x, key, After.adding(u, v)), both);
        assertSame(keySwitch.switchKey(x, key, After.adding(u)), new RnsPolynomial[] {both[0], plain[1]});
        assertSame(keySwitch.switchKey(x, key, After.adding(u, v).then(map)), mapped);
        try (HybridKeySwitch.Digits digits = keySwitch.decompose(x)) {
            assertSame(keySwitch.product(digits, key, After.adding(u, v).then(map)), mapped);
        }
    }

    @Test
    void theSumOfOneIdentityIsTheProductWithItsPlaintext() {
        RnsPolynomial c0 = uniform(q, 3);
        RnsPolynomial c1 = uniform(q, 4);
        double[] small = new double[N];
        small[0] = 3;
        small[1] = -2;
        RnsPolynomial m = RING.toNtt(RnsPolynomial.ofSmall(q.concat(p), small));
        KeyedAutomorphism turn =
                new KeyedAutomorphism(RING.automorphism(Automorphism.galoisElementOfRotation(LOG_N, 1)), key);
        KeyedAutomorphism[] steps = {KeyedAutomorphism.IDENTITY, turn};
        PeriodicPolynomial[][] plain = {{PeriodicPolynomial.of(m), null}, {null, null}, {null, PeriodicPolynomial.of(m)}
        };
        try (HybridKeySwitch.Digits digits = keySwitch.decompose(c1)) {
            RnsPolynomial[][] sums = keySwitch.sumsOfPlainProducts(c0, digits, c1, steps, plain);
            assertSame(
                    sums[0], new RnsPolynomial[] {RING.multiply(m.restrict(q), c0), RING.multiply(m.restrict(q), c1)});
            assertThat(largest(sums[1][0])).isZero();
            assertThat(largest(sums[1][1])).isZero();
            // m times the map of (c0 + switched c1), which opens as c0 + c1 times the old secret
            RnsPolynomial opened = RING.add(c0, RING.multiply(c1, keys.old.restrict(q)));
            RnsPolynomial expected = RING.multiply(m.restrict(q), turn.map().apply(opened));
            RnsPolynomial turned = turn.map().apply(keys.secret.restrict(q));
            RnsPolynomial found = RING.add(sums[2][0], RING.multiply(sums[2][1], turned));
            // the errors of a key are multiplied by m, whose coefficients add up to 5
            assertThat(largest(RING.subtract(found, expected)))
                    .isLessThanOrEqualTo(ROUNDING.multiply(BigInteger.valueOf(5)));
        }
    }

    @Test
    void everyOperationGivesBackTheLimbsThatItBorrows() {
        RnsPolynomial x = uniform(q, 3);
        KeyedAutomorphism turn =
                new KeyedAutomorphism(RING.automorphism(Automorphism.galoisElementOfRotation(LOG_N, 1)), key);
        KeyedAutomorphism[] steps = {KeyedAutomorphism.IDENTITY, turn};
        PeriodicPolynomial m = PeriodicPolynomial.of(uniform(q.concat(p), 6));
        PeriodicPolynomial[][] plain = {{m, m}, {m, null}};
        KeyedAutomorphism[] giants = {turn, turn};
        RnsRescaler rescaler = new RnsRescaler(q, q.prefix(4), RING);
        double[] u = new double[N];
        u[1] = 1;
        List<Runnable> operations = List.of(
                () -> keySwitch.switchKey(x, key, After.NOTHING),
                () -> keySwitch.switchKeyAndRescale(x, key, After.adding(x)),
                () -> keySwitch.decompose(x).close(),
                () -> {
                    try (HybridKeySwitch.Digits digits = keySwitch.decompose(x)) {
                        keySwitch.product(digits, key, After.NOTHING);
                        keySwitch.sumsOfPlainProducts(x, digits, x, steps, plain);
                        keySwitch.hornerOfPlainProducts(x, digits, x, steps, plain, giants, false);
                        keySwitch.hornerOfPlainProducts(x, digits, x, steps, plain, giants, true);
                    }
                },
                () -> rescaler.rescale(x, x),
                () -> rescaler.multiplySmallAndRescale(u, new double[][] {u, u}, x.restrict(q.prefix(4)), x, x),
                () -> RING.sampleLimbInPlace(new double[N], x.limb(0), x.limb(0), x.limb(0), 1, q.modulus(0)));
        LimbBuffers buffers = RING.buffers();
        buffers.release(buffers.borrow(300)); // more than any of them needs
        int idle = buffers.idle();
        for (int i = 0; i < operations.size(); i++) {
            operations.get(i).run();
            assertThat(buffers.idle()).as("idle limbs after operation " + i).isEqualTo(idle);
        }
    }

    private static void assertSame(RnsPolynomial[] found, RnsPolynomial[] expected) {
        for (int k = 0; k < expected.length; k++) {
            assertThat(found[k].basis()).isEqualTo(expected[k].basis());
            assertThat(found[k].domain()).isEqualTo(expected[k].domain());
            for (int i = 0; i < expected[k].size(); i++) {
                assertThat(found[k].limb(i)).containsExactly(expected[k].limb(i));
            }
        }
    }
}
