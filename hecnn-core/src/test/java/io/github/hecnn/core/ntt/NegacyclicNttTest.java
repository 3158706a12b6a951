package io.github.hecnn.core.ntt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.hecnn.core.modular.Modulus;
import io.github.hecnn.core.modular.NttPrimes;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NegacyclicNttTest {
    private static final Modulus Q =
            Modulus.of(NttPrimes.descending(49, 10, 1, Set.of()).get(0));

    private static double[] random(Modulus q, int n, long seed) {
        Random random = new Random(seed);
        double[] a = new double[n];
        Arrays.setAll(a, i -> q.balance(random.nextLong()));
        return a;
    }

    @Test
    void productsOfValuesAreNegacyclicConvolutions() {
        int n = 1024;
        NegacyclicNtt ntt = NegacyclicNtt.of(10, Q);
        double[] a = random(Q, n, 1);
        double[] b = random(Q, n, 2);
        double[] expected = new double[n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                double p = Q.multiply(a[i], b[j]);
                int k = (i + j) % n;
                expected[k] = i + j < n ? Q.add(expected[k], p) : Q.subtract(expected[k], p);
            }
        }
        ntt.forwardInPlace(a);
        ntt.forwardInPlace(b);
        double[] c = new double[n];
        Arrays.setAll(c, i -> Q.multiply(a[i], b[i]));
        ntt.inverseInPlace(c);
        assertThat(c).isEqualTo(expected);
    }

    @Test
    void monomialsHaveTheirPowersAsValues() {
        NegacyclicNtt ntt = NegacyclicNtt.of(10, Q);
        double[] x = new double[1024];
        x[1] = 1;
        ntt.forwardInPlace(x);
        double psi = x[NegacyclicNtt.positionOf(10, 1)];
        for (int p = 0; p < 1024; p++) {
            assertThat(x[p]).isEqualTo(Q.pow(psi, NegacyclicNtt.exponentAt(10, p)));
        }
    }

    @Test
    void positionsAndExponentsAreInverse() {
        for (int log = 10; log <= 17; log++) {
            for (int p = 0; p < 1 << log; p++) {
                int exponent = NegacyclicNtt.exponentAt(log, p);
                if (exponent % 2 != 1 || NegacyclicNtt.positionOf(log, exponent) != p) {
                    assertThat(NegacyclicNtt.positionOf(log, exponent)).isEqualTo(p);
                }
            }
        }
    }

    /** Ciphertexts are written in this order: if this changes, every stored ciphertext becomes unreadable. Hashes by Python. */
    @Test
    void theOrderNeverChanges() {
        int[] first = new int[20];
        Arrays.setAll(first, p -> NegacyclicNtt.exponentAt(10, p));
        assertThat(first)
                .containsExactly(
                        1, 129, 65, 193, 33, 161, 97, 225, 1025, 1153, 1089, 1217, 1057, 1185, 1121, 1249, 513, 641,
                        577, 705);
        int[] hashes = new int[8];
        for (int log = 10; log <= 17; log++) {
            int bits = log;
            int[] order = new int[1 << log];
            Arrays.setAll(order, p -> NegacyclicNtt.exponentAt(bits, p));
            hashes[log - 10] = Arrays.hashCode(order);
        }
        assertThat(hashes)
                .containsExactly(
                        -1459060735,
                        -1875705855,
                        1491992577,
                        -1812201471,
                        -1334312959,
                        -2098200575,
                        -1914699775,
                        1002438657);
    }

    /** The same for the values: a change of the root of unity would show here. Known answer from direct evaluation in Python integers. */
    @Test
    void theValuesNeverChange() {
        Modulus q = Modulus.of(NttPrimes.descending(45, 12, 1, Set.of()).get(0));
        double[] a = new double[4096];
        Arrays.setAll(a, i -> i % 100 - 50);
        NegacyclicNtt.of(12, q).forwardInPlace(a);
        assertThat(q.value()).isEqualTo(35184371884033L);
        assertThat(Arrays.hashCode(Arrays.stream(a).mapToLong(v -> (long) v).toArray()))
                .isEqualTo(461463869);
    }

    @Test
    void refuses() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NegacyclicNtt.of(9, Q))
                .withMessageContaining("2^9");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NegacyclicNtt.of(10, Modulus.of(1_000_003)))
                .withMessageContaining("1 mod 2N");
        NegacyclicNtt ntt = NegacyclicNtt.of(10, Q);
        assertThat(ntt.degree()).isEqualTo(1024);
        assertThat(ntt.logRingDegree()).isEqualTo(10);
        assertThat(ntt.modulus()).isEqualTo(Q);
        assertThatIllegalArgumentException().isThrownBy(() -> ntt.forwardInPlace(new double[512]));
        assertThatIllegalArgumentException().isThrownBy(() -> ntt.inverseInPlace(new double[512]));
        assertThatIllegalArgumentException().isThrownBy(() -> NegacyclicNtt.exponentAt(10, 1024));
        assertThatIllegalArgumentException().isThrownBy(() -> NegacyclicNtt.exponentAt(10, -1));
        assertThatIllegalArgumentException().isThrownBy(() -> NegacyclicNtt.exponentAt(18, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> NegacyclicNtt.positionOf(10, 2));
        assertThatIllegalArgumentException().isThrownBy(() -> NegacyclicNtt.positionOf(10, 2049));
        assertThatIllegalArgumentException().isThrownBy(() -> NegacyclicNtt.positionOf(9, 1));
    }
}
