package io.github.hecnn.ckks.volley;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.hecnn.ckks.error.MismatchException;
import io.github.hecnn.ckks.slots.OperationCounts;
import io.github.hecnn.ckks.slots.PlainVector;
import io.github.hecnn.ckks.slots.SimulatedSlotAlgebra;
import io.github.hecnn.ckks.slots.SimulatedVector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
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
        assertClose(decodeRight(algebra, decoder, right), b, what + ", B");
        assertClose(decodeProduct(algebra, decoder, error), e, what + ", E");

        RevolvedMatrix<SimulatedVector> revolved = revolver.revolve(left);
        VolleyMatrix<SimulatedVector> product = revolver.product(revolver.revolve(left, -2.5), right);
        double[][] ab = times(a, b);
        assertThat(product.values()).allMatch(v -> v.level() == 5 && v.scaleDegree() == 1);
        double[][] got = decodeProduct(algebra, decoder, product);
        assertClose(got, scaled(ab, -2.5), what + ", product");

        VolleyMatrix<SimulatedVector> gradient = revolver.transposedProduct(revolved, error);
        assertThat(gradient.values()).allMatch(v -> v.level() == 6);
        double[][] ea = times(transposed(e), transposed(a));
        assertClose(decodeRight(algebra, decoder, gradient), ea, what + ", transposed product");

        VolleyMatrix<SimulatedVector> sums = revolver.sums(revolved, right);
        assertThat(sums.values()).allMatch(v -> v.level() == 6 && v.scaleDegree() == 1);
        assertClose(decodeProduct(algebra, decoder, sums), ab, what + ", sums");
        PlainVector mask = revolver.firstColumns(3);
        VolleyMatrix<SimulatedVector> masked = VolleyMatrix.sparse(
                layout,
                sums.values().stream().map(v -> algebra.multiplyPlain(v, mask)).toList());
        double[][] aba = scaled(times(transposed(ab), transposed(a)), 3);
        assertClose(
                decodeRight(algebra, decoder, revolver.transposedProduct(revolved, masked)),
                aba,
                what + ", transposed product of masked sums");
        VolleyMatrix<SimulatedVector> sparse = VolleyMatrix.sparse(layout, encrypt(algebra, encoder.sparse(e)));
        assertClose(
                decodeRight(algebra, decoder, revolver.transposedProduct(revolved, sparse)),
                ea,
                what + ", transposed product of a sparse matrix");

        List<SimulatedVector> raw = new ArrayList<>();
        for (int i = 0; i < product.values().size(); i++) {
            raw.add(algebra.multiplyNoRelin(
                    product.values().get(i), error.values().get(i)));
        }
        VolleyMatrix<SimulatedVector> next = revolver.transposedProduct(revolved, VolleyMatrix.product(layout, raw));
        assertThat(next.values()).allMatch(v -> v.level() == 3);
        double[][] h = scaled(ab, -2.5);
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < p; j++) {
                h[i][j] *= e[i][j];
            }
        }
        double[][] ha = times(transposed(h), transposed(a));
        double[][] gotHa = decodeRight(algebra, decoder, next);
        assertClose(gotHa, ha, what + ", transposed product of a raw product");
        assertClose(
                decodeProduct(algebra, decoder, revolver.product(revolved, next)),
                times(a, gotHa),
                what + ", next product");
    }

    private static double[][] decodeRight(
            SimulatedSlotAlgebra algebra, VolleyDecoder decoder, VolleyMatrix<SimulatedVector> right) {
        return decoder.right(
                right.values().stream().map(v -> decrypt(algebra, v)).toList());
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

    @ParameterizedTest
    @CsvSource({
        "2, 1, 2, 2",
        "2, 3, 5, 3",
        "4, 9, 1, 7",
        "8, 1, 9, 1",
        "8, 1, 1, 9",
        "8, 30, 1, 5",
        "16, 1, 40, 1",
        "16, 5, 17, 3",
        "16, 33, 3, 19",
        "16, 50, 50, 50",
        "32, 7, 100, 12",
        "64, 3, 65, 2",
        "64, 100, 9, 9",
        "64, 65, 63, 33",
        "128, 12, 130, 11",
        "256, 41, 300, 3"
    })
    void agreesWithPlainProductsWhereNoMatrixFitsInAVector(int slots, int m, int n, int p) {
        VolleyLayout layout = VolleyLayout.of(slots, m, n, p);
        assertThat(layout.rightVectors()).isGreaterThan(1);
        check(slots, m, n, p, 37L * m + n);
    }

    @Test
    void agreesWithPlainProductsForRandomShapesOfAnySize() {
        Random random = new Random(21);
        int tiled = 0;
        for (int round = 0; round < 80; round++) {
            int slots = 2 << random.nextInt(6);
            int m = 1 + random.nextInt(40);
            int n = 1 + random.nextInt(40);
            int p = 1 + random.nextInt(round % 3 == 0 ? 40 : 8);
            check(slots, m, n, p, round);
            tiled += VolleyLayout.of(slots, m, n, p).rightVectors() > 1 ? 1 : 0;
        }
        assertThat(tiled).isBetween(30, 79);
    }

    @Test
    void termsOfTransposedProductsAddUpBeforeTheSumOverRows() {
        Random random = new Random(4);
        VolleyLayout layout = VolleyLayout.of(32, 7, 20, 6);
        assertThat(layout.rightVectors()).isGreaterThan(1);
        SimulatedSlotAlgebra algebra = new SimulatedSlotAlgebra(32, 4);
        VolleyRevolver<SimulatedVector> revolver = new VolleyRevolver<>(algebra, layout);
        VolleyEncoder encoder = new VolleyEncoder(layout);
        double[][] expected = new double[6][20];
        List<SimulatedVector> sum = null;
        for (int part = 0; part < 3; part++) {
            double[][] a = random(random, 7, 20);
            double[][] e = random(random, 7, 6);
            double[][] ea = times(transposed(e), transposed(a));
            for (int j = 0; j < 6; j++) {
                for (int k = 0; k < 20; k++) {
                    expected[j][k] += ea[j][k];
                }
            }
            List<SimulatedVector> terms = revolver.transposedTerms(
                    revolver.revolve(VolleyMatrix.left(layout, encrypt(algebra, encoder.left(a)))),
                    VolleyMatrix.product(layout, encrypt(algebra, encoder.product(e))));
            assertThat(terms).hasSize(layout.rightVectors());
            List<SimulatedVector> earlier = sum;
            sum = earlier == null
                    ? terms
                    : IntStream.range(0, terms.size())
                            .mapToObj(i -> algebra.add(earlier.get(i), terms.get(i)))
                            .toList();
        }
        assertClose(decodeRight(algebra, new VolleyDecoder(layout), revolver.sumOverRows(sum)), expected, "sum");
        List<SimulatedVector> tooFew = sum.subList(1, sum.size());
        assertThatThrownBy(() -> revolver.sumOverRows(tooFew))
                .isInstanceOf(MismatchException.class)
                .hasMessageContaining("expected " + layout.rightVectors() + " values for RIGHT");
    }

    @Test
    void productsOfInnerTilesAreAddedBeforeTheirRowsAreSummed() {
        // Twice the columns: sums take the rotations of B twice, and everything after the products of slots once.
        VolleyLayout one = VolleyLayout.of(256, 40, 16, 16);
        VolleyLayout two = new VolleyLayout(256, new MatrixShape(40, 32), 16, 16, 16);
        assertThat(two.innerTiles()).isEqualTo(2);
        OperationCounts first = countsOfSums(one);
        OperationCounts second = countsOfSums(two);
        assertThat(second.hoistedRotations()).isEqualTo(2 * first.hoistedRotations());
        assertThat(second.relinearizations()).isEqualTo(first.relinearizations());
        assertThat(second.rotations()).isEqualTo(first.rotations());
        assertThat(second.rescales()).isEqualTo(first.rescales());
    }

    private static OperationCounts countsOfSums(VolleyLayout layout) {
        SimulatedSlotAlgebra books =
                SimulatedSlotAlgebra.builder(layout.slots(), 4).booksOnly().build();
        VolleyRevolver<SimulatedVector> revolver = new VolleyRevolver<>(books, layout);
        RevolvedMatrix<SimulatedVector> a =
                revolver.revolve(VolleyMatrix.left(layout, Collections.nCopies(layout.pairs(), books.fresh())));
        assertThat(a.ciphertexts()).isLessThanOrEqualTo(layout.revolvedCiphertexts());
        OperationCounts before = books.counts();
        revolver.sums(a, VolleyMatrix.right(layout, Collections.nCopies(layout.rightVectors(), books.fresh())));
        return books.counts().since(before);
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
        VolleyMatrix<SimulatedVector> product = revolver.product(a, VolleyMatrix.right(layout, List.of(books.fresh())));
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
