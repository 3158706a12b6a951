package io.github.hecnn.core.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.hecnn.core.internal.kernel.vector.sums.SpecialLoops;
import io.github.hecnn.core.modular.Modulus;
import java.math.BigInteger;
import java.util.Map;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kernel against BigInteger, on random and extreme operands, for a prime just under 2^49, a small one and 3. */
class ElementwiseKernelTest {
    private static final int N = KernelCases.N;

    static BigInteger big(double v) {
        return BigInteger.valueOf((long) v);
    }

    private static BigInteger dot(double[][] a, double[][] b, int count, int j) {
        BigInteger sum = BigInteger.ZERO;
        for (int i = 0; i < count; i++) {
            sum = sum.add(big(a[i][j]).multiply(big(b[i][j])));
        }
        return sum;
    }

    private static BigInteger weighted(double[][] a, double[] w, int count, int j) {
        BigInteger sum = BigInteger.ZERO;
        for (int i = 0; i < count; i++) {
            sum = sum.add(big(a[i][j]).multiply(big(w[i])));
        }
        return sum;
    }

    private static void check(Map<String, double[]> results, String name, Modulus q, IntFunction<BigInteger> expected) {
        double[] values = results.get(name);
        for (int j = 0; j < N; j++) {
            double want = q.balance(expected.apply(j)) + 0.0;
            if (Double.doubleToRawLongBits(values[j]) != Double.doubleToRawLongBits(want)) {
                assertThat(values[j]).as(name + " at " + j).isEqualTo(want);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("io.github.hecnn.core.internal.kernel.Implementations#all")
    void agreesWithBigInteger(RingKernels k) {
        Map<String, double[]> r = KernelCases.run(k);
        for (Modulus q : new Modulus[] {KernelCases.BIG, KernelCases.SMALL, Modulus.of(3)}) {
            double[] a = KernelCases.residues(q, 1, N);
            double[] b = KernelCases.residues(q, 2, N);
            double[] c = KernelCases.residues(q, 3, N);
            double[] d = KernelCases.residues(q, 4, N);
            double[] foreign = KernelCases.residues(KernelCases.BIG, 2, N);
            BigInteger w = BigInteger.valueOf((q.value() - 1) / 2);
            IntFunction<BigInteger> ab = j -> big(a[j]).multiply(big(b[j]));
            check(r, "add " + q, q, j -> big(a[j]).add(big(b[j])));
            check(r, "subtract " + q, q, j -> big(a[j]).subtract(big(b[j])));
            check(r, "negate " + q, q, j -> big(a[j]).negate());
            check(r, "addScalar " + q, q, j -> big(a[j]).add(w));
            check(r, "multiply " + q, q, ab);
            check(r, "multiplyAdd " + q, q, j -> ab.apply(j).add(big(c[j])));
            check(r, "multiplyScalar " + q, q, j -> big(a[j]).multiply(w));
            check(r, "multiplyScalarAdd " + q, q, j -> big(a[j]).multiply(w).add(big(c[j])));
            check(
                    r,
                    "subtractMultiplyScalar " + q,
                    q,
                    j -> big(a[j]).subtract(big(foreign[j])).multiply(w));
            check(r, "reduce " + q, q, j -> big(foreign[j] * 4));
            check(r, "permute " + q, q, j -> big(a[(j * 5 + 3) % N]));
            double[] d0 = KernelCases.residues(q, 7, N);
            double[] d1 = KernelCases.residues(q, 8, N);
            double[] d2 = KernelCases.residues(q, 10, N);
            IntFunction<BigInteger> t0 = j -> big(a[j]).multiply(big(c[j]));
            IntFunction<BigInteger> t1 =
                    j -> big(a[j]).multiply(big(d[j])).add(big(b[j]).multiply(big(c[j])));
            IntFunction<BigInteger> t2 = j -> big(b[j]).multiply(big(d[j]));
            check(r, "tensor0 " + q, q, t0);
            check(r, "tensor1 " + q, q, t1);
            check(r, "tensor2 " + q, q, t2);
            check(r, "tensorAdd0 " + q, q, j -> t0.apply(j).add(big(d0[j])));
            check(r, "tensorAdd1 " + q, q, j -> t1.apply(j).add(big(d1[j])));
            check(r, "tensorAdd2 " + q, q, j -> t2.apply(j).add(big(d2[j])));
        }
    }

    @ParameterizedTest
    @MethodSource("io.github.hecnn.core.internal.kernel.Implementations#all")
    void sumsAgreeWithBigInteger(RingKernels k) {
        Map<String, double[]> r = KernelCases.run(k);
        for (Modulus q : new Modulus[] {KernelCases.BIG, KernelCases.SMALL, Modulus.of(3)}) {
            for (int count : KernelCases.COUNTS) {
                double[][] digits = KernelCases.rows(q, 2, count, N);
                double[][] k0 = KernelCases.rows(q, 3, count, N);
                double[][] k1 = KernelCases.rows(q, 4, count, N);
                double[][] terms = KernelCases.rows(KernelCases.BIG, 6, count, N);
                double[] weights = KernelCases.residues(q, 2, 64);
                double[] weights2 = KernelCases.residues(KernelCases.SECOND, 5, 64);
                for (int share : KernelCases.SHARES) {
                    String of = count + " " + q + " " + share;
                    check(r, "innerProduct0 " + of, q, j -> dot(digits, k0, count, j));
                    check(r, "innerProduct1 " + of, q, j -> dot(digits, k1, count, j));
                    if (count < RingKernels.MAX_TERMS) {
                        check(
                                r,
                                "extendBase0 " + of,
                                q,
                                j -> extended(terms, weights, KernelCases.reciprocals(count), j));
                        check(
                                r,
                                "extendBase1 " + of,
                                KernelCases.SECOND,
                                j -> extended(terms, weights2, KernelCases.reciprocals(count), j));
                        check(
                                r,
                                "extendBase2 " + of,
                                q,
                                j -> extended(terms, weights, KernelCases.reciprocals(count), j));
                    }
                }
            }
        }
    }

    /**
     * All products of one sign and as large as they can be, with the largest e: the accumulator comes closest to leaving its range, and what
     * is reduced at the end is largest. The second prime is one where the accumulator crosses a binade.
     */
    @ParameterizedTest
    @MethodSource("io.github.hecnn.core.internal.kernel.Implementations#all")
    void sumsAreExactAtTheExtremes(RingKernels k) {
        double limit = 0x1p48 - 1;
        Modulus crossing = Modulus.of(
                BigInteger.valueOf((long) (0.58 * 0x1p49)).nextProbablePrime().longValueExact());
        for (Modulus q : new Modulus[] {KernelCases.BIG, crossing, KernelCases.SMALL, Modulus.of(3)}) {
            double top = (q.asDouble() - 1) / 2;
            for (int count : new int[] {7, 8, 9, 10, 16, 63}) {
                double[][] terms = new double[count][64];
                double[] weights = new double[count + 1];
                double[] reciprocals = new double[count];
                weights[count] = top;
                for (int i = 0; i < count; i++) {
                    weights[i] = top;
                    reciprocals[i] = 0.5 / limit;
                    for (int j = 0; j < 64; j++) {
                        int step = j / 4;
                        terms[i][j] = j % 2 == 0 ? limit - step : step - limit;
                    }
                }
                double[][] out = new double[2][64];
                BaseTarget target = new BaseTarget(weights, q);
                for (int share : KernelCases.SHARES) {
                    SpecialLoops.forceShare(share);
                    k.extendBase(terms, count, reciprocals, new BaseTarget[] {target, target}, out);
                    SpecialLoops.unforce();
                    assertThat(out[1]).isEqualTo(out[0]);
                    for (int j = 0; j < 64; j++) {
                        assertThat(out[0][j]).isEqualTo(q.balance(extended(terms, weights, reciprocals, j)) + 0.0);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("io.github.hecnn.core.internal.kernel.Implementations#all")
    void outputsMayBeInputs(RingKernels k) {
        Modulus modulus = KernelCases.BIG;
        double[] a = KernelCases.residues(modulus, 1, N);
        double[] b = KernelCases.residues(modulus, 2, N);
        double[] apart = new double[N];
        double[] x = b.clone();
        k.add(a, b, apart, modulus);
        k.add(a, x, x, modulus);
        assertThat(x).isEqualTo(apart);
        x = b.clone();
        k.subtract(a, b, apart, modulus);
        k.subtract(a, x, x, modulus);
        assertThat(x).isEqualTo(apart);
        x = b.clone();
        k.multiply(b, b, apart, modulus);
        k.multiply(x, x, x, modulus);
        assertThat(x).isEqualTo(apart);
        x = b.clone();
        k.subtractMultiplyScalar(a, b, modulus.factor(17), apart, modulus);
        k.subtractMultiplyScalar(a, x, modulus.factor(17), x, modulus);
        assertThat(x).isEqualTo(apart);
        x = b.clone();
        k.negate(b, apart);
        k.negate(x, x);
        assertThat(x).isEqualTo(apart);
    }

    @Test
    void refusesWrongShapes() {
        double[] a = new double[64];
        double[] longer = new double[128];
        double[] odd = new double[65];
        Implementations.all().forEach(k -> {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> k.add(a, longer, a, Modulus.of(17)))
                    .withMessageContaining("add: expected arrays of equal length, found 64 and 128");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> k.multiply(odd, odd, odd, Modulus.of(17)))
                    .withMessageContaining("multiple of 64, found 65");
            BaseTarget[] targets = {new BaseTarget(new double[64], Modulus.of(17))};
            double[][] out = {new double[64]};
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> k.extendBase(new double[2][64], 0, new double[2], targets, out))
                    .withMessageContaining("1 to 64 terms");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> k.extendBase(new double[64][64], 64, new double[64], targets, out))
                    .withMessageContaining("at most 63 terms");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> k.extendBase(new double[2][64], 2, new double[2], new BaseTarget[0], out))
                    .withMessageContaining("at least one target");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> k.extendBase(new double[2][64], 2, new double[2], targets, new double[0][]))
                    .withMessageContaining("0 results");
            BaseTarget[] few = {new BaseTarget(new double[2], Modulus.of(17))};
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> k.extendBase(new double[2][64], 2, new double[2], few, out))
                    .withMessageContaining("expected 3 weights, found 2");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> k.extendBase(new double[2][128], 2, new double[2], targets, out))
                    .withMessageContaining("equal length");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> k.innerProductPair(
                            new double[2][64],
                            new double[1][64],
                            new double[2][64],
                            2,
                            a,
                            new double[64],
                            Modulus.of(17)));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> k.permute(a, new int[64], a))
                    .withMessageContaining("the same array");
        });
    }

    @Test
    void assertionsCatchResiduesOutOfRange() {
        double[] a = new double[64];
        a[3] = 9;
        double[] b = new double[64];
        b[5] = 0.5;
        Implementations.all()
                .forEach(k -> org.assertj.core.api.Assertions.assertThatExceptionOfType(AssertionError.class)
                        .isThrownBy(() -> k.add(a, new double[64], new double[64], Modulus.of(17)))
                        .withMessageContaining("add"));
        assertThat(RangeCheck.canonical(b, 17)).isFalse();
        b[5] = Double.NaN;
        assertThat(RangeCheck.canonical(b, 17)).isFalse();
    }

    private static BigInteger extended(double[][] terms, double[] weights, double[] reciprocals, int j) {
        int count = reciprocals.length;
        double e = terms[0][j] * reciprocals[0];
        for (int i = 1; i < count; i++) {
            e = Math.fma(terms[i][j], reciprocals[i], e);
        }
        return weighted(terms, weights, count, j).add(big(Math.rint(e)).multiply(big(weights[count])));
    }
}
