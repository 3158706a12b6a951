package io.github.hecnn.core.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hecnn.core.internal.kernel.vector.sums.SpecialLoops;
import io.github.hecnn.core.modular.Modulus;
import io.github.hecnn.core.modular.NttPrimes;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Results that are only congruent: they are, they stay within their bounds, and what takes them is exact at these bounds. */
class LazyReductionTest {
    private static final Modulus CROSSING = Modulus.of(BigInteger.valueOf((long) (0.58 * 0x1p49))
            .nextProbablePrime()
            .longValueExact()); // where the accumulator crosses a binade

    static Stream<Arguments> kernelsAndDegrees() {
        return Implementations.all().flatMap(k -> IntStream.rangeClosed(10, 17).mapToObj(log -> Arguments.of(k, log)));
    }

    /** The largest NTT prime up to a limit. */
    private static Modulus largestBelow(double limit, int log) {
        long step = 2L << log;
        long q = (long) limit / step * step + 1;
        while (q > limit || !BigInteger.valueOf(q).isProbablePrime(50)) {
            q -= step;
        }
        return Modulus.of(q);
    }

    private static List<Modulus> primes(int log) {
        List<Modulus> out = new ArrayList<>();
        for (int bits : new int[] {30, 40, 44, 45, 49}) {
            out.add(Modulus.of(NttPrimes.descending(bits, log, 1, Set.of()).get(0)));
        }
        return out;
    }

    @ParameterizedTest
    @MethodSource("kernelsAndDegrees")
    void transformsStayCongruentAndWithinTheLimit(RingKernels k, int log) {
        List<Modulus> primes = primes(log);
        Modulus largest = largestBelow(Residues.LAZY_LIMIT / (0.5 + 0.53 * log), log);
        assertThat(NttTables.of(log, largest).lazy).isTrue();
        primes.add(largest);
        for (Modulus q : primes) {
            checkTransform(k, NttTables.of(log, q), 0);
        }
    }

    @ParameterizedTest
    @MethodSource("kernelsAndDegrees")
    void transformsTakeLazySumsWhereTheySaySo(RingKernels k, int log) {
        List<Modulus> primes = primes(log);
        Modulus largest = largestBelow(Residues.LAZY_LIMIT / (Residues.LAZY_SUM + 0.53 * log), log);
        primes.add(largest);
        assertThat(NttTables.of(log, largest).takesLazySums()).isTrue();
        assertThat(NttTables.of(log, primes.get(1)).takesLazySums())
                .as("40 bits")
                .isTrue();
        assertThat(NttTables.of(log, primes.get(4)).takesLazySums())
                .as("49 bits")
                .isFalse();
        for (Modulus q : primes) {
            NttTables t = NttTables.of(log, q);
            checkTransform(k, t, t.takesLazySums() ? 12 : 0);
        }
    }

    @ParameterizedTest
    @MethodSource("io.github.hecnn.core.internal.kernel.Implementations#all")
    void transformsForSmallPrimesReallyLeaveTheReductionOut(RingKernels k) {
        Modulus q = primes(12).get(1);
        double[] x = KernelCases.residues(q, 5, 1 << 12);
        k.forwardNttLazy(NttTables.of(12, q), x);
        assertThat(RangeCheck.canonical(x, q.asDouble())).isFalse();
    }

    @ParameterizedTest
    @MethodSource("io.github.hecnn.core.internal.kernel.Implementations#all")
    void baseExtensionsStayCongruentAndWithinTheirBound(RingKernels k) {
        for (Modulus q : new Modulus[] {KernelCases.BIG, CROSSING, primes(10).get(1), KernelCases.SMALL}) {
            double top = (q.asDouble() - 1) / 2;
            for (int count = 2; count <= 19; count++) {
                double[] weights = new double[count + 1];
                double[] reciprocals = new double[count];
                double[][] terms = new double[count][KernelCases.N];
                for (int i = 0; i < count; i++) {
                    weights[i] = i % 5 == 4 ? -top : top;
                    reciprocals[i] = 0.5 / (0x1p48 - 1);
                    for (int j = 0; j < KernelCases.N; j++) {
                        double most = 0x1p48 - 1 - (double) j / 4 * i;
                        terms[i][j] = j % 2 == 0 ? Math.rint(most) : -Math.rint(most);
                    }
                }
                weights[count] = -top;
                BaseTarget target = new BaseTarget(weights, q);
                BaseTarget[] both = {target, target.lazy()};
                for (int share : KernelCases.SHARES) {
                    double[][] out = new double[2][KernelCases.N];
                    SpecialLoops.forceShare(share);
                    k.extendBase(terms, count, reciprocals, both, out);
                    SpecialLoops.unforce();
                    assertThat(RangeCheck.within(out[1], Residues.LAZY_SUM * q.asDouble()))
                            .as("%d terms mod %s", count, q)
                            .isTrue();
                    assertCongruent(out[1], out[0], q);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("io.github.hecnn.core.internal.kernel.Implementations#all")
    void sumsAndDivisionsAreExactAtTheLimit(RingKernels k) {
        int n = 64;
        for (Modulus modulus : new Modulus[] {KernelCases.BIG, CROSSING, KernelCases.SMALL, Modulus.of(3)}) {
            double q = modulus.asDouble();
            double top = (q - 1) / 2;
            for (int count : new int[] {1, 2, 3, 4, 5, 8, 9, 16}) {
                double[][] digits = new double[count][n];
                double[][] key = new double[count][n];
                double[][] subtrahends = new double[2][n];
                double[][] addends = {KernelCases.residues(modulus, 3, n), null};
                for (int j = 0; j < n; j++) {
                    double sign = j % 2 == 0 ? 1 : -1;
                    for (int i = 0; i < count; i++) {
                        digits[i][j] = sign * (Residues.LAZY_LIMIT - j / 4 * i);
                        key[i][j] = top;
                    }
                    subtrahends[0][j] = -sign * Residues.LAZY_LIMIT;
                    subtrahends[1][j] = sign * (Residues.LAZY_LIMIT - j);
                }
                LimbDivision division =
                        new LimbDivision(subtrahends, modulus.factor(top), addends, modulus.factor(-top), null);
                for (int share : KernelCases.SHARES) {
                    double[][] sums = new double[2][n];
                    double[][] out = new double[2][n];
                    SpecialLoops.forceShare(share);
                    k.innerProductPair(digits, key, key, count, sums[0], sums[1], modulus);
                    k.dividedInnerProductPair(digits, key, key, count, division, out[0], out[1], modulus);
                    SpecialLoops.unforce();
                    for (int j = 0; j < n; j++) {
                        BigInteger sum = BigInteger.ZERO;
                        for (int i = 0; i < count; i++) {
                            sum = sum.add(big(digits[i][j]).multiply(big(key[i][j])));
                        }
                        assertThat(sums[0][j]).isEqualTo(modulus.balance(sum) + 0.0);
                        assertThat(sums[1][j]).isEqualTo(sums[0][j]);
                        BigInteger first = sum.subtract(big(subtrahends[0][j])).multiply(big(top));
                        first = first.subtract(big(addends[0][j]).multiply(big(top)));
                        BigInteger second = sum.subtract(big(subtrahends[1][j])).multiply(big(top));
                        assertThat(out[0][j]).isEqualTo(modulus.balance(first) + 0.0);
                        assertThat(out[1][j]).isEqualTo(modulus.balance(second) + 0.0);
                    }
                }
            }
        }
    }

    /** Of random residues, extreme ones, and those that grow most, with some multiples of q added to their magnitude. */
    private static void checkTransform(RingKernels k, NttTables t, double multiples) {
        double[] steepest = new ReferenceNtt(t.logDegree, t.modulus()).steepest(t.degree / 3);
        for (double[] a : new double[][] {KernelCases.residues(t.modulus(), 5, t.degree), steepest}) {
            double[] expected = a.clone();
            k.forwardNtt(t, expected);
            double[] x = a.clone();
            for (int j = 0; j < x.length; j++) {
                x[j] += Math.signum(a[j]) * multiples * t.q;
            }
            k.forwardNttLazy(t, x);
            assertThat(RangeCheck.within(x, Residues.LAZY_LIMIT)).isTrue();
            assertCongruent(x, expected, t.modulus());
        }
    }

    private static BigInteger big(double v) {
        return BigInteger.valueOf((long) v);
    }

    private static void assertCongruent(double[] lazy, double[] canonical, Modulus q) {
        double[] reduced = new double[lazy.length];
        for (int j = 0; j < reduced.length; j++) {
            reduced[j] = q.balance((long) lazy[j]) + 0.0;
        }
        assertThat(Bits.of(reduced)).isEqualTo(Bits.of(canonical));
    }
}
