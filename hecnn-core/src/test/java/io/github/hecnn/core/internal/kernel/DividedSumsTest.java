package io.github.hecnn.core.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.hecnn.core.internal.kernel.vector.sums.SpecialLoops;
import io.github.hecnn.core.modular.Factor;
import io.github.hecnn.core.modular.Modulus;
import io.github.hecnn.core.rns.Automorphism;
import java.math.BigInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Sums of products with their division, against BigInteger. */
class DividedSumsTest {
    private static final int LOG_N = 11; // four blocks

    private static BigInteger big(double v) {
        return BigInteger.valueOf((long) v);
    }

    /** Which position goes where. */
    private static int[] permutation(int logDegree, int galoisElement) {
        double[] positions = IntStream.range(0, 1 << logDegree).asDoubleStream().toArray();
        double[] out = new double[positions.length];
        Automorphism.of(logDegree, galoisElement).permuteNtt(positions, out);
        return IntStream.range(0, out.length).map(i -> (int) out[i]).toArray();
    }

    private static final Factor ONE = Modulus.of(17).factor(1);

    @ParameterizedTest
    @MethodSource("io.github.hecnn.core.internal.kernel.Implementations#all")
    void isExactWithAndWithoutAddendsAndPermutation(RingKernels k) {
        for (Modulus q : new Modulus[] {KernelCases.BIG, KernelCases.SMALL}) {
            for (int log : new int[] {10, LOG_N}) {
                for (int galoisElement : new int[] {0, 5, (2 << log) - 1}) {
                    int[] index = galoisElement == 0 ? null : permutation(log, galoisElement);
                    for (int count : new int[] {1, 3, 9}) {
                        for (int share : KernelCases.SHARES) {
                            SpecialLoops.forceShare(share);
                            check(k, q, 1 << log, count, index, 1.0);
                            check(k, q, 1 << log, count, index, (q.asDouble() - 1) / 2);
                        }
                        SpecialLoops.unforce();
                    }
                }
            }
        }
    }

    private static void check(RingKernels k, Modulus modulus, int n, int count, int[] index, double factor) {
        double q = modulus.asDouble();
        double w = (1 - q) / 2;
        double[][] digits = KernelCases.rows(modulus, 1, count, n);
        double[][] k0 = KernelCases.rows(modulus, 20, count, n);
        double[][] k1 = KernelCases.rows(modulus, 40, count, n);
        double[][] b = KernelCases.rows(modulus, 60, 2, n);
        double[][] addends = {KernelCases.residues(modulus, 70, n), null};
        double[][] out = new double[2][n];
        LimbDivision division = new LimbDivision(b, modulus.factor(w), addends, modulus.factor(factor), index);
        k.dividedInnerProductPair(digits, k0, k1, count, division, out[0], out[1], modulus);
        for (int half = 0; half < 2; half++) {
            for (int j = 0; j < n; j++) {
                int from = index == null ? j : index[j];
                BigInteger sum = big(b[half][from]).negate();
                for (int i = 0; i < count; i++) {
                    sum = sum.add(big(digits[i][from]).multiply(big((half == 0 ? k0 : k1)[i][from])));
                }
                BigInteger value = sum.multiply(big(w));
                if (addends[half] != null) {
                    value = value.add(big(addends[half][from]).multiply(big(factor)));
                }
                double want = modulus.balance(value) + 0.0;
                if (Double.doubleToRawLongBits(out[half][j]) != Double.doubleToRawLongBits(want)) {
                    assertThat(out[half][j])
                            .as("%s: half %d, position %d", k.name(), half, j)
                            .isEqualTo(want);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("io.github.hecnn.core.internal.kernel.Implementations#all")
    void refusesWhatDoesNotFit(RingKernels k) {
        double[][] x = new double[2][192];
        LimbDivision odd = new LimbDivision(x, ONE, new double[2][], ONE, new int[192]);
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        k.dividedInnerProductPair(x, x, x, 2, odd, new double[192], new double[192], Modulus.of(17)))
                .withMessageContaining("a power of two, found 192 and 192");
        double[][] y = new double[2][64];
        LimbDivision other = new LimbDivision(x, ONE, new double[2][], ONE, null);
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        k.dividedInnerProductPair(y, y, y, 2, other, new double[64], new double[64], Modulus.of(17)))
                .withMessageContaining("equal length, found 64 and 192");
        double[][] z = new double[2][1024];
        int[] reversed = IntStream.range(0, 1024).map(i -> i * 5 + 3 & 1023).toArray(); // leaves its block
        LimbDivision scattered = new LimbDivision(z, ONE, new double[2][], ONE, reversed);
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> k.dividedInnerProductPair(
                        z, z, z, 2, scattered, new double[1024], new double[1024], Modulus.of(17)))
                .withMessageContaining("dividedInnerProductPair");
    }
}
