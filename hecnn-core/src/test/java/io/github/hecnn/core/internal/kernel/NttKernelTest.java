package io.github.hecnn.core.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.hecnn.core.internal.kernel.portable.PortableKernels;
import io.github.hecnn.core.modular.ModularMath;
import io.github.hecnn.core.modular.Modulus;
import io.github.hecnn.core.modular.NttPrimes;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class NttKernelTest {
    static Stream<Arguments> kernelsAndDegrees() {
        return Implementations.all().flatMap(k -> IntStream.rangeClosed(10, 17).mapToObj(log -> Arguments.of(k, log)));
    }

    private static Modulus largest(int log) {
        return Modulus.of(NttPrimes.descending(49, log, 1, Set.of()).get(0));
    }

    @ParameterizedTest
    @MethodSource("kernelsAndDegrees")
    void agreesWithTheTextbook(RingKernels k, int log) {
        for (Modulus q : List.of(
                largest(log),
                Modulus.of(NttPrimes.descending(40, log, 1, Set.of()).get(0)))) {
            double[] a = KernelCases.residues(q, log, 1 << log);
            double[] expected = new ReferenceNtt(log, q).forwardInOrder(a);
            NttTables t = NttTables.of(log, q);
            double[] x = a.clone();
            k.forwardNtt(t, x);
            assertThat(Bits.of(x)).isEqualTo(Bits.of(expected));
            k.inverseNtt(t, x);
            assertThat(Bits.of(x)).isEqualTo(Bits.of(a));
        }
    }

    /** On the way to one leaf every step adds its maximum, q/2: bounds that do not hold show up here, not with random values. */
    @ParameterizedTest
    @MethodSource("kernelsAndDegrees")
    void staysExactAtTheSteepestGrowth(RingKernels k, int log) {
        Modulus q = largest(log);
        ReferenceNtt reference = new ReferenceNtt(log, q);
        NttTables t = NttTables.of(log, q);
        int n = 1 << log;
        for (int leaf : new int[] {0, n - 1, n / 2, n / 3, 5 * n / 7}) {
            double[] a = reference.steepest(leaf);
            double[] x = a.clone();
            k.forwardNtt(t, x);
            assertThat(Bits.of(x)).isEqualTo(Bits.of(reference.forwardInOrder(a)));
            k.inverseNtt(t, x);
            assertThat(Bits.of(x)).isEqualTo(Bits.of(a));
        }
    }

    /** All values equal and extreme: the sums of the inverse are as large as they get, and the result is a constant. */
    @ParameterizedTest
    @MethodSource("kernelsAndDegrees")
    void invertsConstantsOfEitherSign(RingKernels k, int log) {
        Modulus q = largest(log);
        NttTables t = NttTables.of(log, q);
        double top = (q.asDouble() - 1) / 2;
        for (double c : new double[] {top, -top, 1, -1, 0}) {
            double[] x = new double[1 << log];
            java.util.Arrays.fill(x, c);
            k.inverseNtt(t, x);
            assertThat(x[0]).isEqualTo(c);
            assertThat(java.util.Arrays.stream(x).skip(1).filter(v -> Double.doubleToRawLongBits(v) != 0))
                    .isEmpty();
        }
    }

    /** Of the values whose signs alternate with each possible period. */
    @ParameterizedTest
    @MethodSource("kernelsAndDegrees")
    void invertsAlternatingExtremes(RingKernels k, int log) {
        Modulus q = largest(log);
        ReferenceNtt reference = new ReferenceNtt(log, q);
        NttTables t = NttTables.of(log, q);
        int n = 1 << log;
        double top = (q.asDouble() - 1) / 2;
        for (int period = 1; period < n; period *= 8) {
            double[] a = new double[n];
            for (int i = 0; i < n; i++) {
                a[i] = (i / period) % 2 == 0 ? top : -top;
            }
            double[] x = a.clone();
            k.inverseNtt(t, x);
            assertThat(RangeCheck.canonical(x, q.asDouble())).isTrue();
            assertThat(Bits.of(reference.forwardInOrder(x))).isEqualTo(Bits.of(a));
            double[] y = a.clone();
            k.forwardNtt(t, y);
            assertThat(Bits.of(y)).isEqualTo(Bits.of(reference.forwardInOrder(a)));
        }
    }

    @ParameterizedTest
    @MethodSource("kernelsAndDegrees")
    void invertsOutOfPlaceAndTimesAFactor(RingKernels k, int log) {
        Modulus q = largest(log);
        NttTables t = NttTables.of(log, q);
        double[] values = KernelCases.residues(q, log, 1 << log);
        double[] before = values.clone();
        double[] expected = values.clone();
        k.inverseNtt(t, expected);
        double[] x = new double[1 << log];
        k.inverseNtt(t, values, x);
        assertThat(Bits.of(x)).isEqualTo(Bits.of(expected));
        assertThat(Bits.of(values)).isEqualTo(Bits.of(before));
        for (double factor : new double[] {1, -1, 12345, (q.asDouble() - 1) / 2, (1 - q.asDouble()) / 2}) {
            double[] scaled = new double[1 << log];
            for (int i = 0; i < scaled.length; i++) {
                scaled[i] = q.multiply(expected[i], factor);
            }
            k.inverseNtt(t.withInverseFactor(7).withInverseFactor(factor), values, x);
            assertThat(Bits.of(x)).isEqualTo(Bits.of(scaled));
        }
        double[] y = values.clone();
        k.forwardNtt(t.withInverseFactor(7), y);
        double[] z = values.clone();
        k.forwardNtt(t, z);
        assertThat(Bits.of(y)).isEqualTo(Bits.of(z));
    }

    /** Zeros are +0.0 also when the input has -0.0. */
    @ParameterizedTest
    @MethodSource("kernelsAndDegrees")
    void neverGivesMinusZero(RingKernels k, int log) {
        NttTables t = NttTables.of(log, largest(log));
        double[] x = new double[1 << log];
        java.util.Arrays.fill(x, -0.0);
        k.forwardNtt(t, x);
        assertThat(Bits.of(x)).containsOnly(0L);
        java.util.Arrays.fill(x, -0.0);
        k.inverseNtt(t, x);
        assertThat(Bits.of(x)).containsOnly(0L);
    }

    @Test
    void holdsTheValuesWhereExponentAtSays() {
        int log = 10;
        int n = 1 << log;
        Modulus q = largest(log);
        double[] a = KernelCases.residues(q, 3, n);
        double[] x = a.clone();
        new PortableKernels().forwardNtt(NttTables.of(log, q), x);
        long psi = ModularMath.primitiveRoot2N(q.value(), log);
        for (int position = 0; position < n; position += 7) {
            double point = q.balance(ModularMath.pow(psi, NttTables.exponentAt(log, position), q.value()));
            double value = 0;
            for (int i = n - 1; i >= 0; i--) {
                value = q.add(q.multiply(value, point), a[i]);
            }
            assertThat(x[position]).isEqualTo(value);
        }
    }

    @Test
    void refusesForeignArraysAndModuli() {
        NttTables t = NttTables.of(10, largest(10));
        Implementations.all().forEach(k -> {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> k.forwardNtt(t, new double[2048]))
                    .withMessageContaining("expected 1024 coefficients, found 2048");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> k.forwardNttLazy(t, new double[2048]))
                    .withMessageContaining("forwardNttLazy: expected 1024 coefficients, found 2048");
            assertThatIllegalArgumentException().isThrownBy(() -> k.inverseNtt(t, new double[512]));
        });
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NttTables.of(9, largest(10)))
                .withMessageContaining("2^9");
        assertThatIllegalArgumentException().isThrownBy(() -> NttTables.of(18, largest(17)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NttTables.of(11, Modulus.of(1_000_003)))
                .withMessageContaining("1 mod 2N");
    }
}
