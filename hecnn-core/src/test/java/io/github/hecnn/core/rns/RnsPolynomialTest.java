package io.github.hecnn.core.rns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.hecnn.core.modular.Modulus;
import io.github.hecnn.core.modular.NttPrimes;
import io.github.hecnn.core.parallel.WorkerPool;
import io.github.hecnn.core.sampling.RandomSource;
import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Bases and polynomials as values, and the operations that take numbers beside polynomials. */
class RnsPolynomialTest {
    private static final int LOG_N = 10;
    private static final int N = 1 << LOG_N;
    private static final List<Long> PRIMES = NttPrimes.descending(45, LOG_N, 4, Set.of());
    private static final RnsBasis ALL = RnsBasis.of(LOG_N, PRIMES);
    private static final RnsArithmetic RING = new RnsArithmetic(LOG_N, WorkerPool.single());

    private static RnsPolynomial uniform(RnsBasis basis, int seed) {
        return RnsPolynomial.uniform(basis, Domain.NTT, RandomSource.seeded(seed));
    }

    @Test
    void basesAreEqualByRingAndPrimes() {
        RnsBasis same = RnsBasis.of(LOG_N, PRIMES);
        assertThat(same).isEqualTo(ALL).hasSameHashCodeAs(ALL);
        assertThat(ALL.prefix(3)).isNotEqualTo(ALL).isNotEqualTo(ALL.range(1, 4));
        assertThat(ALL.prefix(3).hashCode()).isNotEqualTo(ALL.hashCode());
        RnsBasis twice = RnsBasis.of(LOG_N + 1, NttPrimes.descending(45, LOG_N + 1, 4, Set.of()));
        RnsBasis half = twice.withLogRingDegree(LOG_N);
        assertThat(half).isNotEqualTo(twice);
        assertThat(half.hashCode()).isNotEqualTo(twice.hashCode());
        assertThat(half.primes()).isEqualTo(twice.primes());
        assertThat(half.degree()).isEqualTo(N);
        assertThat(half.logRingDegree()).isEqualTo(LOG_N);
        assertThat(twice.startsWith(half)).isFalse();
        assertThat(ALL.startsWith(same.prefix(4))).isTrue();
        assertThat(ALL.startsWith(ALL)).isTrue();
        assertThat(ALL.prefix(2).startsWith(ALL)).isFalse();
        assertThat(ALL.log2Product()).isCloseTo(180, within(0.01));
        assertThat(ALL).hasToString("RnsBasis[N = 2^10, 4 primes, 180.0 bits]");
        assertThat(ALL.range(1, 3).product())
                .isEqualTo(BigInteger.valueOf(PRIMES.get(1)).multiply(BigInteger.valueOf(PRIMES.get(2))));
        assertThat(ALL.range(1, 3).ntt(0)).isSameAs(ALL.ntt(1));
        assertThat(ALL.prefix(1).concat(ALL.range(2, 4)).ntt(2)).isSameAs(ALL.ntt(3));
        assertThatThrownBy(() -> ALL.range(-1, 2)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ALL.range(0, 5)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void viewsHaveTheLimbsOfThePrimesAskedFor() {
        RnsPolynomial x = uniform(ALL, 1);
        assertThat(x.restrict(ALL)).isSameAs(x);
        RnsPolynomial two = x.restrict(ALL.prefix(2));
        assertThat(two.size()).isEqualTo(2);
        assertThat(two.basis()).isEqualTo(ALL.prefix(2));
        assertThat(two.domain()).isEqualTo(Domain.NTT);
        assertThat(two.limb(1)).isSameAs(x.limb(1));
        assertThat(x.select(ALL.prefix(2)).limb(1)).isSameAs(x.limb(1));
        RnsPolynomial some = x.select(ALL.range(1, 2).concat(ALL.range(3, 4)));
        assertThat(some.limb(0)).isSameAs(x.limb(1));
        assertThat(some.limb(1)).isSameAs(x.limb(3));
        assertThatThrownBy(() -> two.select(ALL.range(1, 3)))
                .hasMessageContaining("expected primes of")
                .hasMessageContaining("found " + PRIMES.get(2));
        RnsPolynomial copy = x.copy();
        assertThat(copy.limb(2)).containsExactly(x.limb(2)).isNotSameAs(x.limb(2));
        copy.retain(); // limbs of its own: nothing to count
        copy.release();
        assertThat(copy.limb(0)).hasSize(N);
        assertThatThrownBy(() -> RnsPolynomial.wrap(ALL.prefix(1), Domain.NTT, new double[1][N / 2]))
                .hasMessageContaining("expected limbs of 1024 residues, found 512");
        double[] small = new double[N];
        small[3] = -5;
        RnsPolynomial same = RnsPolynomial.ofSmall(ALL.prefix(2), small);
        assertThat(same.domain()).isEqualTo(Domain.COEFFICIENT);
        assertThat(same.limb(1)).containsExactly(small).isNotSameAs(same.limb(0));
        double[] reduced = new double[N];
        small[4] = 3.0 * ALL.modulus(0).value() + 7;
        RnsPolynomial.reduce(small, ALL.modulus(0), reduced);
        assertThat(reduced[3]).isEqualTo(-5);
        assertThat(reduced[4]).isEqualTo(7);
    }

    @Test
    void viewsOfBorrowedLimbsEndWithThem() {
        RnsPolynomial sum = RING.recycling().add(uniform(ALL, 1), uniform(ALL, 2));
        RnsPolynomial some = sum.select(ALL.range(2, 4));
        assertThat(some.limb(0)).isSameAs(sum.limb(2));
        some.release();
        assertThatThrownBy(() -> sum.limb(2))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("limb: expected a polynomial that has its limbs still")
                .hasMessageContaining("copy them");
    }

    @Test
    void domainsThatAreThereAlreadyCostNothing() {
        RnsPolynomial x = uniform(ALL, 1);
        assertThat(RING.toNtt(x)).isSameAs(x);
        RnsPolynomial c = RING.toCoefficients(x);
        assertThat(RING.toCoefficients(c)).isSameAs(c);
        assertThat(c.domain()).isEqualTo(Domain.COEFFICIENT);
        RnsPolynomial back = RING.toNtt(c);
        assertThat(back.domain()).isEqualTo(Domain.NTT);
        for (int i = 0; i < 4; i++) {
            assertThat(back.limb(i)).containsExactly(x.limb(i));
        }
        assertThat(RING.automorphism(5)).isSameAs(RING.automorphism(5));
        assertThat(RING.automorphism(5).galoisElement()).isEqualTo(5);
        assertThat(RING.isRecycling()).isFalse();
        assertThat(RING.recycling().isRecycling()).isTrue();
    }

    @Test
    void aScalarIsTheConstantPolynomialInBothDomains() {
        RnsPolynomial x = uniform(ALL, 1);
        double[] scalar = {5, -7, 11, -13};
        RnsPolynomial ntt = RING.addScalar(x, scalar);
        RnsPolynomial coefficients = RING.addScalar(RING.toCoefficients(x), scalar);
        for (int i = 0; i < 4; i++) {
            assertThat(RING.toNtt(coefficients).limb(i)).containsExactly(ntt.limb(i));
            assertThat(ntt.limb(i)[9]).isEqualTo(ALL.modulus(i).add(x.limb(i)[9], scalar[i]));
        }
        RnsPolynomial acc = x.copy();
        RING.addInPlace(acc, x);
        RnsPolynomial twice = RING.multiplyScalar(x, new double[] {2, 2, 2, 2});
        assertThat(acc.limb(3)).containsExactly(twice.limb(3));
    }

    @Test
    void sumsOfManyProductsAreTheSumsOfTheirTerms() {
        for (int terms : new int[] {1, 2, 5, 70}) {
            RnsPolynomial[] a = new RnsPolynomial[terms];
            RnsPolynomial[] b = new RnsPolynomial[terms];
            RnsPolynomial[] c = new RnsPolynomial[terms];
            RnsPolynomial first = RnsPolynomial.zero(ALL, Domain.NTT);
            RnsPolynomial second = RnsPolynomial.zero(ALL, Domain.NTT);
            RnsPolynomial square = RnsPolynomial.zero(ALL, Domain.NTT);
            RnsPolynomial[][] left = new RnsPolynomial[terms][];
            RnsPolynomial[][] right = new RnsPolynomial[terms][];
            for (int t = 0; t < terms; t++) {
                a[t] = uniform(ALL, 3 * t);
                b[t] = uniform(ALL, 3 * t + 1);
                c[t] = uniform(ALL, 3 * t + 2);
                left[t] = new RnsPolynomial[] {a[t], b[t]};
                right[t] = new RnsPolynomial[] {b[t], c[t]};
                RING.multiplyAddInPlace(first, a[t], b[t]);
                RING.multiplyAddInPlace(second, a[t], c[t]);
                RING.multiplyAddInPlace(square, b[t], b[t]);
            }
            RnsPolynomial[] sums = RING.sumsOfProducts(a, b, c);
            RnsPolynomial[] tensor = RING.sumOfTensors(left, right); // ab, ac + bb, bc
            for (int i = 0; i < 4; i++) {
                assertThat(sums[0].limb(i)).containsExactly(first.limb(i));
                assertThat(sums[1].limb(i)).containsExactly(second.limb(i));
                assertThat(RING.sumOfProducts(a, b).limb(i)).containsExactly(first.limb(i));
                assertThat(tensor[0].limb(i)).containsExactly(first.limb(i));
                assertThat(tensor[1].limb(i))
                        .containsExactly(RING.add(second, square).limb(i));
            }
        }
    }

    @Test
    void aSampleHidesAMultipleOfItsSourceUnderTheSecret() {
        RnsPolynomial error = uniform(ALL, 4);
        RnsPolynomial secret = uniform(ALL, 5);
        RnsPolynomial source = uniform(ALL, 6);
        RnsPolynomial a = uniform(ALL, 7);
        for (int i = 0; i < 4; i++) {
            Modulus q = ALL.modulus(i);
            for (double p : new double[] {0, 1, 3}) {
                double[] b = error.limb(i).clone();
                RING.sampleLimbInPlace(b, a.limb(i), secret.limb(i), source.limb(i), p, q);
                for (int k = 0; k < N; k++) {
                    double opened = q.add(b[k], q.multiply(a.limb(i)[k], secret.limb(i)[k]));
                    assertThat(opened).isEqualTo(q.add(error.limb(i)[k], q.multiply(source.limb(i)[k], p)));
                }
            }
        }
    }

    @Test
    void operationsRefuseOtherBasesAndDomains() {
        RnsPolynomial x = uniform(ALL, 1);
        RnsPolynomial other = uniform(ALL.range(0, 3), 1);
        RnsPolynomial c = RING.toCoefficients(x);
        double[] four = new double[4];
        List<ThrowingCallable> wrong = List.of(
                () -> RING.add(x, other),
                () -> RING.addInPlace(x, other),
                () -> RING.subtract(x, other),
                () -> RING.multiply(x, other),
                () -> RING.multiply(c, c),
                () -> RING.multiplyAddInPlace(x, x, other),
                () -> RING.multiplyAddInPlace(other, x, x),
                () -> RING.multiplyAddInPlace(c, c, c),
                () -> RING.multiplyScalarAddInPlace(x, c, four),
                () -> RING.sumOfTensors(new RnsPolynomial[][] {{x, other}}, new RnsPolynomial[][] {{x, x}}),
                () -> RING.sumOfTensors(new RnsPolynomial[][] {{x, x}}, new RnsPolynomial[][] {{x, other}}),
                () -> RING.sumOfTensors(new RnsPolynomial[][] {{c, c}}, new RnsPolynomial[][] {{c, c}}),
                () -> RING.into(x).sumOfTensors(new RnsPolynomial[][] {{x, x}}, new RnsPolynomial[][] {{x, x}}),
                () -> RING.into(x)
                        .sumsOfProducts(new RnsPolynomial[] {x}, new RnsPolynomial[] {x}, new RnsPolynomial[] {x}));
        for (int i = 0; i < wrong.size(); i++) {
            assertThatThrownBy(wrong.get(i)).as("mistake " + i).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void aFactorIsAppliedToWhatIsDroppedAsWell() {
        RnsBasis smaller = ALL.prefix(3);
        RnsPolynomial x = uniform(ALL, 1);
        double[] factor = {3, 3, 3, 3};
        RnsPolynomial fused = new RnsRescaler(ALL, smaller, RING).multiplyAndRescale(factor, x)[0];
        RnsPolynomial expected = new RnsRescaler(ALL, smaller, RING).rescale(RING.multiplyScalar(x, factor))[0];
        for (int i = 0; i < 3; i++) {
            assertThat(fused.limb(i)).containsExactly(expected.limb(i));
        }
    }

    @Test
    void smallProductsAreRescaledAtOnceWithTheirErrors() {
        RnsBasis smaller = ALL.prefix(3);
        RnsRescaler rescaler = new RnsRescaler(ALL, smaller, RING);
        assertThat(rescaler.basis()).isSameAs(ALL);
        Random random = new Random(2);
        double[] u = random.ints(N, -1, 2).asDoubleStream().toArray();
        double[][] e = {
            random.ints(N, -19, 20).asDoubleStream().toArray(),
            random.ints(N, -19, 20).asDoubleStream().toArray()
        };
        RnsPolynomial[] x = {uniform(ALL, 1), uniform(ALL, 2)};
        RnsPolynomial message = uniform(smaller, 3);
        RnsPolynomial[] out = rescaler.multiplySmallAndRescale(u, e, message, x);
        BigInteger last = BigInteger.valueOf(PRIMES.get(3));
        RnsPolynomial small = RING.toNtt(RnsPolynomial.ofSmall(ALL, u));
        for (int k = 0; k < 2; k++) {
            RnsPolynomial error = RING.toNtt(RnsPolynomial.ofSmall(ALL, e[k]));
            RnsPolynomial exact = RING.add(RING.multiply(x[k], small), error);
            RnsPolynomial rounded = k == 0 ? RING.subtract(out[0], message) : out[1];
            BigInteger[] want = new CrtReconstructor(ALL).toBigIntegers(RING.toCoefficients(exact));
            BigInteger[] got = new CrtReconstructor(smaller).toBigIntegers(RING.toCoefficients(rounded));
            for (int j = 0; j < N; j++) {
                BigInteger off = got[j].multiply(last).subtract(want[j]).mod(ALL.product());
                off = off.min(ALL.product().subtract(off));
                assertThat(off.shiftLeft(1)).isLessThanOrEqualTo(last);
            }
        }
        assertThatThrownBy(() -> rescaler.multiplySmallAndRescale(u, e, uniform(ALL, 3), x))
                .hasMessageContaining("rescale: expected");
        RnsPolynomial[] wrongBasis = {message};
        assertThatThrownBy(() -> rescaler.multiplySmallAndRescale(u, e, message, wrongBasis))
                .hasMessageContaining("rescale: expected");
        assertThatThrownBy(() -> rescaler.rescale(message)).hasMessageContaining("rescale: expected");
        assertThatThrownBy(() -> rescaler.rescale(RING.toCoefficients(x[0]))).hasMessageContaining("domain NTT");
        assertThatThrownBy(() -> new RnsRescaler(ALL.prefix(1), ALL.prefix(1), RING))
                .hasMessageContaining("without the last prime");
        assertThatThrownBy(() -> new RnsRescaler(ALL, ALL.range(1, 4), RING))
                .hasMessageContaining("without the last prime");
    }

    @Test
    void rotationsAreThePowersOfFive() {
        long g = 1;
        for (int steps = 0; steps < N / 2; steps++) {
            assertThat(Automorphism.galoisElementOfRotation(LOG_N, steps)).isEqualTo((int) g);
            assertThat(Automorphism.galoisElementOfRotation(LOG_N, steps - N / 2))
                    .isEqualTo((int) g);
            assertThat(Automorphism.galoisElementOfRotationAndConjugation(LOG_N, steps))
                    .isEqualTo(2 * N - (int) g);
            g = g * 5 % (2 * N);
        }
        assertThat(Automorphism.galoisElementOfConjugation(LOG_N)).isEqualTo(2 * N - 1);
        for (int wrong : new int[] {-1, 0, 2, 2 * N, 2 * N + 1}) {
            assertThatThrownBy(() -> Automorphism.of(LOG_N, wrong)).hasMessageContaining("[1, 2048)");
        }
        assertThat(Automorphism.of(LOG_N, 1).inverse().galoisElement()).isEqualTo(1);
        assertThat(Automorphism.of(LOG_N, 2 * N - 1).galoisElement()).isEqualTo(2 * N - 1);
    }

    @Test
    void limbsThatNobodyNeedsAreKeptUpToABound() {
        LimbBuffers buffers = new LimbBuffers(8, 2);
        double[][] three = buffers.borrow(3);
        assertThat(three).hasNumberOfRows(3);
        assertThat(three[0]).hasSize(8);
        buffers.release(three);
        buffers.release((double[]) null);
        assertThat(buffers.idle()).isEqualTo(2);
        assertThat(buffers.borrow()).isSameAs(three[1]);
        assertThat(buffers.borrow()).isSameAs(three[0]);
        assertThat(buffers.borrow()).isNotSameAs(three[0]).isNotSameAs(three[1]).isNotSameAs(three[2]);
    }

    @Test
    void baseExtensionRefusesOtherRings() {
        RnsBasis twice = RnsBasis.of(LOG_N + 1, NttPrimes.descending(40, LOG_N + 1, 1, Set.of()));
        assertThatThrownBy(() -> new BasisExtender(ALL.prefix(1), twice))
                .hasMessage("BasisExtender: expected one ring degree, found 1024 and 2048");
        RnsPolynomial ntt = uniform(ALL.prefix(2), 1);
        BasisExtender extender = new BasisExtender(ALL.prefix(2), ALL.range(2, 4));
        assertThatThrownBy(() -> extender.extend(ntt)).hasMessageContaining("base extension: expected a polynomial in");
        assertThatThrownBy(() -> new CrtReconstructor(ALL.prefix(2)).toDoubles(ntt, 1))
                .hasMessageContaining("CrtReconstructor: expected a polynomial in");
        assertThat(extender.from()).isEqualTo(ALL.prefix(2));
    }
}
