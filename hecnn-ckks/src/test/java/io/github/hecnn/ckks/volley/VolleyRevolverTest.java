package io.github.hecnn.ckks.volley;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hecnn.ckks.circuit.OperationCounts;
import io.github.hecnn.ckks.circuit.PlainVector;
import io.github.hecnn.ckks.circuit.SimulatedSlotAlgebra;
import io.github.hecnn.ckks.circuit.SimulatedVector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VolleyRevolverTest {
    private static SimulatedVector encrypt(SimulatedSlotAlgebra algebra, PlainVector p) {
        double[] re = new double[p.size()];
        double[] im = new double[p.size()];
        for (int i = 0; i < re.length; i++) {
            re[i] = p.re(i);
            im[i] = p.im(i);
        }
        return p.isReal() ? algebra.encrypt(re) : algebra.encrypt(re, im);
    }

    private static List<SimulatedVector> encrypt(SimulatedSlotAlgebra algebra, List<PlainVector> vectors) {
        return vectors.stream().map(p -> encrypt(algebra, p)).toList();
    }

    private static PlainVector decrypt(SimulatedSlotAlgebra algebra, SimulatedVector v) {
        double worst =
                Arrays.stream(algebra.decryptImaginary(v)).map(Math::abs).max().orElseThrow();
        assertThat(worst).as("imaginary part of a real value").isLessThan(1e-12);
        return PlainVector.real(algebra.decrypt(v));
    }

    private static double[][] random(Random random, int rows, int columns) {
        double[][] out = new double[rows][];
        for (int i = 0; i < rows; i++) {
            out[i] = random.doubles(columns, -1, 1).toArray();
        }
        return out;
    }

    /** a [m][n] times b [p][n] transposed. */
    private static double[][] times(double[][] a, double[][] b) {
        double[][] out = new double[a.length][b.length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < b.length; j++) {
                for (int k = 0; k < a[i].length; k++) {
                    out[i][j] += a[i][k] * b[j][k];
                }
            }
        }
        return out;
    }

    private static double[][] transposed(double[][] a) {
        double[][] out = new double[a[0].length][a.length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < a[i].length; j++) {
                out[j][i] = a[i][j];
            }
        }
        return out;
    }

    private static void assertClose(double[][] got, double[][] expected, String what) {
        double worst = 0;
        for (int i = 0; i < expected.length; i++) {
            assertThat(got[i]).as(what).hasSameSizeAs(expected[i]);
            for (int j = 0; j < expected[i].length; j++) {
                worst = Math.max(worst, Math.abs(got[i][j] - expected[i][j]) / (10 + Math.abs(expected[i][j])));
            }
        }
        assertThat(worst).as(what).isLessThan(1e-12);
        assertThat(got).as(what).hasDimensions(expected.length, expected[0].length);
    }

    /** Product, transposed product of fresh, of unrescaled and of computed errors, and a product of the result, with only the keys asked for. */
    private static void check(int slots, int m, int n, int p, long seed) {
        Random random = new Random(seed);
        VolleyLayout layout = VolleyLayout.of(slots, m, n, p);
        SimulatedSlotAlgebra algebra = SimulatedSlotAlgebra.builder(slots, 8)
                .rotationSteps(VolleyRevolver.rotationSteps(layout))
                .build();
        VolleyEncoder encoder = new VolleyEncoder(layout);
        VolleyDecoder decoder = new VolleyDecoder(layout);
        VolleyRevolver<SimulatedVector> revolver = new VolleyRevolver<>(algebra, layout);
        String what = slots + " slots, " + m + " x " + n + " x " + p;
        double[][] a = random(random, m, n);
        double[][] b = random(random, p, n);
        double[][] e = random(random, m, p);

        VolleyMatrix<SimulatedVector> left = VolleyMatrix.left(layout, encrypt(algebra, encoder.left(a)));
        VolleyMatrix<SimulatedVector> right = VolleyMatrix.right(layout, encrypt(algebra, encoder.right(b)));
        VolleyMatrix<SimulatedVector> error = VolleyMatrix.product(layout, encrypt(algebra, encoder.product(e)));
        assertClose(decoder.right(decrypt(algebra, right.values().get(0))), b, what + ", B");
        assertClose(decodeProduct(algebra, decoder, error), e, what + ", E");

        RevolvedMatrix<SimulatedVector> revolved = revolver.revolve(left);
        VolleyMatrix<SimulatedVector> product = revolver.product(revolver.revolve(left, -2.5), right);
        double[][] ab = times(a, b);
        assertThat(product.values()).allMatch(v -> v.level() == 5 && v.scaleDegree() == 1);
        double[][] got = decodeProduct(algebra, decoder, product);
        assertClose(got, scaled(ab, -2.5), what + ", product");

        VolleyMatrix<SimulatedVector> gradient = revolver.transposedProduct(revolved, error);
        assertThat(gradient.values().get(0).level()).isEqualTo(6);
        double[][] ea = times(transposed(e), transposed(a));
        assertClose(decoder.right(decrypt(algebra, gradient.values().get(0))), ea, what + ", transposed product");

        VolleyMatrix<SimulatedVector> sums = revolver.sums(revolved, right);
        assertThat(sums.values()).allMatch(v -> v.level() == 6 && v.scaleDegree() == 1);
        assertClose(decodeProduct(algebra, decoder, sums), ab, what + ", sums");
        PlainVector mask = revolver.firstColumns(3);
        VolleyMatrix<SimulatedVector> masked = VolleyMatrix.sparse(
                layout,
                sums.values().stream().map(v -> algebra.multiplyPlain(v, mask)).toList());
        double[][] aba = scaled(times(transposed(ab), transposed(a)), 3);
        assertClose(
                decoder.right(decrypt(
                        algebra,
                        revolver.transposedProduct(revolved, masked).values().get(0))),
                aba,
                what + ", transposed product of masked sums");
        VolleyMatrix<SimulatedVector> sparse = VolleyMatrix.sparse(layout, encrypt(algebra, encoder.sparse(e)));
        assertClose(
                decoder.right(decrypt(
                        algebra,
                        revolver.transposedProduct(revolved, sparse).values().get(0))),
                ea,
                what + ", transposed product of a sparse matrix");

        List<SimulatedVector> raw = new ArrayList<>();
        for (int i = 0; i < product.values().size(); i++) {
            raw.add(algebra.multiplyNoRelin(
                    product.values().get(i), error.values().get(i)));
        }
        VolleyMatrix<SimulatedVector> next = revolver.transposedProduct(revolved, VolleyMatrix.product(layout, raw));
        assertThat(next.values().get(0).level()).isEqualTo(3);
        double[][] h = scaled(ab, -2.5);
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < p; j++) {
                h[i][j] *= e[i][j];
            }
        }
        double[][] ha = times(transposed(h), transposed(a));
        double[][] gotHa = decoder.right(decrypt(algebra, next.values().get(0)));
        assertClose(gotHa, ha, what + ", transposed product of a raw product");
        assertClose(
                decodeProduct(algebra, decoder, revolver.product(revolved, next)),
                times(a, gotHa),
                what + ", next product");
    }

    private static double[][] decodeProduct(
            SimulatedSlotAlgebra algebra, VolleyDecoder decoder, VolleyMatrix<SimulatedVector> product) {
        return decoder.product(
                product.values().stream().map(v -> decrypt(algebra, v)).toList());
    }

    private static double[][] scaled(double[][] a, double factor) {
        double[][] out = new double[a.length][];
        for (int i = 0; i < a.length; i++) {
            out[i] = a[i].clone();
            for (int j = 0; j < out[i].length; j++) {
                out[i][j] *= factor;
            }
        }
        return out;
    }

    @ParameterizedTest
    @CsvSource({
        "2, 1, 1, 1",
        "2, 5, 1, 1",
        "2, 3, 2, 1",
        "16, 1, 1, 1",
        "16, 16, 1, 4",
        "16, 40, 4, 2",
        "16, 3, 3, 3",
        "16, 9, 1, 1",
        "64, 64, 1, 8",
        "64, 7, 8, 8",
        "64, 8, 8, 1",
        "64, 1, 64, 1",
        "64, 3, 64, 1",
        "64, 5, 2, 5",
        "128, 20, 5, 3",
        "128, 33, 9, 2",
        "256, 37, 13, 10",
        "256, 200, 3, 2",
        "256, 100, 2, 2",
        "1024, 128, 21, 10",
        "1024, 50, 60, 10",
        "2048, 17, 2, 20"
    })
    void agreesWithPlainProducts(int slots, int m, int n, int p) {
        check(slots, m, n, p, 31L * m + n);
    }

    @Test
    void agreesWithPlainProductsForRandomShapes() {
        Random random = new Random(20);
        for (int round = 0; round < 120; round++) {
            int logSlots = 1 + random.nextInt(8);
            int logP = random.nextInt(logSlots / 2 + 1);
            int p = Math.max(1, (1 << logP) - random.nextInt(1 << logP));
            int n = Math.max(1, (1 << (random.nextInt(logSlots - 2 * logP + 1) + logP)) - random.nextInt(3));
            int m = 1 + random.nextInt(3 << Math.max(0, logSlots - logP));
            check(1 << logSlots, m, n, p, round);
        }
    }

    @Test
    void workForTheShapeOfThePaper() {
        VolleyLayout layout = VolleyLayout.of(1 << 15, 128, 401, 10);
        SimulatedSlotAlgebra books =
                SimulatedSlotAlgebra.builder(1 << 15, 4).booksOnly().build();
        VolleyRevolver<SimulatedVector> revolver = new VolleyRevolver<>(books, layout);
        RevolvedMatrix<SimulatedVector> a = revolver.revolve(VolleyMatrix.left(layout, List.of(books.fresh())));
        OperationCounts prepared = books.counts();
        assertThat(prepared.keySwitches()).isEqualTo(42);
        assertThat(prepared.plainMultiplications()).isEqualTo(256);
        assertThat(a.ciphertexts()).isEqualTo(31);
        VolleyMatrix<SimulatedVector> product = revolver.product(a, VolleyMatrix.right(layout, books.fresh()));
        OperationCounts multiplied = books.counts();
        assertThat(multiplied.since(prepared).keySwitches()).isEqualTo(25);
        assertThat(multiplied.since(prepared).hoistedRotations()).isEqualTo(7);
        assertThat(multiplied.since(prepared).multiplications()).isEqualTo(31);
        revolver.transposedProduct(a, product);
        OperationCounts transposed = books.counts();
        assertThat(transposed.since(multiplied).keySwitches()).isEqualTo(21);
        assertThat(transposed.since(multiplied).hoistedRotations()).isEqualTo(3);
        assertThat(transposed.since(multiplied).multiplications()).isEqualTo(31);
        assertThat(transposed.lowestLevel()).isZero();
        assertThat(transposed.rotationSteps()).hasSize(23);
    }
}
