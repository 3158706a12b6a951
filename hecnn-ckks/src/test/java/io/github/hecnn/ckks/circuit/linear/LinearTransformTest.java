package io.github.hecnn.ckks.circuit.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.hecnn.ckks.error.InvalidParametersException;
import io.github.hecnn.ckks.error.TransparentCiphertextException;
import io.github.hecnn.ckks.slots.OperationCounts;
import io.github.hecnn.ckks.slots.PlainVector;
import io.github.hecnn.ckks.slots.SimulatedSlotAlgebra;
import io.github.hecnn.ckks.slots.SimulatedVector;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Transforms against plain matrix products, and their announced work against the books. */
class LinearTransformTest {
    private static final int SLOTS = 256;
    private static final Offset<Double> EXACT = Offset.offset(1e-9);
    private static final int NO_LIMIT = Integer.MAX_VALUE;

    private static double[][] matrix(int rows, int columns, Random r) {
        double[][] m = new double[rows][columns];
        for (double[] row : m) {
            for (int i = 0; i < columns; i++) {
                row[i] = r.nextGaussian();
            }
        }
        return m;
    }

    private static double[] times(double[][] m, double[] x) {
        double[] y = new double[m.length];
        for (int i = 0; i < y.length; i++) {
            for (int j = 0; j < x.length; j++) {
                y[i] += m[i][j] * x[j];
            }
        }
        return y;
    }

    /** Runs a transform with just its keys and one level, and holds it to its word. */
    private static double[] run(LinearTransform t, double[] slots) {
        SimulatedSlotAlgebra algebra = SimulatedSlotAlgebra.builder(t.slots(), t.levels())
                .rotationSteps(t.rotationSteps())
                .build();
        SimulatedVector y = t.apply(algebra, algebra.encrypt(slots));
        assertThat(y.level()).isZero();
        assertThat(y.scaleDegree()).isEqualTo(1);
        OperationCounts c = algebra.counts();
        assertThat(c.rotationSteps()).isEqualTo(t.rotationSteps());
        assertThat(c.hoistedRotations()).isEqualTo(t.hoistedRotations());
        assertThat(c.rotations()).isEqualTo(t.rotations());
        assertThat(c.plainMultiplications()).isEqualTo(t.plainProducts());
        assertThat(c.hoistings()).isLessThanOrEqualTo(1);
        assertThat(c.rescales()).isEqualTo(1);
        assertThat(c.relinearizations() + c.constantMultiplications() + c.alignments())
                .isZero();
        return algebra.decrypt(y);
    }

    @ParameterizedTest
    @CsvSource({
        "1,1", "1,2", "2,1", "2,2", "3,5", "5,3", "16,16", "17,16", "10,100", "100,10", "1,256", "256,1", "64,64",
        "100,128", "256,256"
    })
    void agreesWithThePlainProduct(int rows, int columns) {
        Random r = new Random(31L * rows + columns);
        double[][] m = matrix(rows, columns, r);
        for (int width = SLOTS; width >= Math.max(rows, columns); width /= 4) {
            for (int keys : new int[] {NO_LIMIT, 12}) {
                LinearTransform t = LinearTransform.builder(SLOTS)
                        .matrix(m)
                        .blockWidth(width)
                        .maxRotationKeys(keys)
                        .build();
                assertThat(t.blocks()).isEqualTo(SLOTS / width);
                assertThat(t.rotationSteps()).hasSizeLessThanOrEqualTo(keys);
                double[][] x = matrix(t.blocks(), columns, r);
                double[] y = run(t, t.pack(x));
                double[][] unpacked = t.unpack(y);
                int r2 = padded(rows);
                int c2 = padded(columns);
                int valid = t.blocks() == 1 ? width : Math.min(width, width - c2 + r2);
                for (int b = 0; b < t.blocks(); b++) {
                    double[] expected = times(m, x[b]);
                    assertThat(unpacked[b]).containsExactly(expected, EXACT);
                    double worst = 0;
                    for (int i = 0; i < valid; i++) {
                        double e = i % r2 < rows ? expected[i % r2] : 0;
                        worst = Math.max(worst, Math.abs(y[b * width + i] - e));
                    }
                    assertThat(worst).isLessThan(1e-9);
                }
            }
        }
    }

    private static int padded(int n) {
        int p = 1;
        while (p < n) {
            p *= 2;
        }
        return p;
    }

    @Test
    void whatIsBeyondTheColumnsDoesNotMatter() {
        Random r = new Random(5);
        double[][] m = matrix(4, 5, r);
        LinearTransform t = LinearTransform.of(SLOTS, m);
        double[][] x = matrix(1, 5, r);
        double[] slots = t.pack(x);
        for (int i = 0; i < SLOTS; i++) {
            if (i % 8 >= 5) {
                slots[i] = 1000 * r.nextDouble();
            }
        }
        assertThat(t.unpack(run(t, slots))[0]).containsExactly(times(m, x[0]), EXACT);
    }

    @Test
    void missingVectorsAreZero() {
        LinearTransform t = LinearTransform.builder(8)
                .matrix(new double[][] {{2}})
                .blockWidth(2)
                .build();
        assertThat(t.pack(new double[][] {{3}})).containsExactly(3, 3, 0, 0, 0, 0, 0, 0);
    }

    @Test
    void complexMatrices() {
        Random r = new Random(6);
        double[][] re = matrix(8, 8, r);
        double[][] im = matrix(8, 8, r);
        double[][] x = matrix(2, 8, r);
        LinearTransform t = LinearTransform.builder(SLOTS).matrix(re, im).build();
        SimulatedSlotAlgebra algebra = new SimulatedSlotAlgebra(SLOTS, 1);
        SimulatedVector y =
                t.apply(algebra, algebra.encrypt(t.pack(new double[][] {x[0]}), t.pack(new double[][] {x[1]})));
        double[] yRe = t.unpack(algebra.decrypt(y))[0];
        double[] yIm = t.unpack(algebra.decryptImaginary(y))[0];
        for (int i = 0; i < 8; i++) {
            assertThat(yRe[i]).isCloseTo(times(re, x[0])[i] - times(im, x[1])[i], EXACT);
            assertThat(yIm[i]).isCloseTo(times(re, x[1])[i] + times(im, x[0])[i], EXACT);
        }
    }

    /** Random sets of diagonals, near each other or strided or neither, within random limits. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void givenDiagonals(long seed) {
        Random r = new Random(seed);
        int slots = 64;
        for (int round = 0; round < 20; round++) {
            Map<Integer, PlainVector> p = new HashMap<>();
            int stride = 1 << r.nextInt(4);
            int shift = r.nextInt(slots);
            int count = 1 + r.nextInt(12);
            for (int i = 0; i < count; i++) {
                int k = r.nextInt(3) == 0 ? r.nextInt(slots) : shift + stride * i;
                p.put(Math.floorMod(k, slots) - (r.nextBoolean() ? slots : 0), null);
            }
            p.keySet().removeIf(k -> k < 0 && p.containsKey(k + slots));
            double[] expected = new double[slots];
            double[] x = matrix(1, slots, r)[0];
            p.replaceAll((k, v) -> {
                double[] values = matrix(1, slots, r)[0];
                for (int i = 0; i < slots; i++) {
                    expected[i] += values[i] * x[Math.floorMod(i + k, slots)];
                }
                return PlainVector.real(values);
            });
            LinearTransform.Builder builder = LinearTransform.builder(slots).diagonals(p);
            assertThat(run(builder.build(), x)).containsExactly(expected, EXACT);
            assertThat(run(builder.maxRotationKeys(fewest(builder)).build(), x)).containsExactly(expected, EXACT);
            for (int keys : new int[] {1, 2, 5}) {
                LinearTransform even = LinearTransform.builder(slots)
                        .diagonals(p)
                        .maxRotationKeys(keys)
                        .evenSteps()
                        .build();
                assertThat(even.rotationSteps()).hasSizeLessThanOrEqualTo(keys);
                assertThat(run(even, x)).containsExactly(expected, EXACT);
            }
            LinearTransform flat =
                    builder.maxRotationKeys(NO_LIMIT).withoutGiantSteps().build();
            assertThat(run(flat, x)).containsExactly(expected, EXACT);
            assertThat(flat.rotations()).isZero();
        }
    }

    /** The number the refusal names must do, and one less must not. */
    private static int fewest(LinearTransform.Builder builder) {
        int keys = 0;
        while (true) {
            try {
                builder.maxRotationKeys(keys).build();
                return keys;
            } catch (InvalidParametersException e) {
                Matcher m = Pattern.compile("at least (\\d+) rotation keys").matcher(e.getMessage());
                assertThat(m.find()).isTrue();
                assertThat(keys).isZero();
                keys = Integer.parseInt(m.group(1));
                int less = keys - 1;
                assertThatThrownBy(() -> builder.maxRotationKeys(less).build())
                        .isInstanceOf(InvalidParametersException.class);
            }
        }
    }

    @Test
    void emptyDiagonalsCostNothing() {
        double[][] band = new double[64][64];
        double[][] identity = new double[64][64];
        for (int i = 0; i < 64; i++) {
            identity[i][i] = 1;
            for (int j = Math.max(0, i - 1); j <= Math.min(63, i + 1); j++) {
                band[i][j] = (1 + i + j) / 128.0;
            }
        }
        LinearTransform i = LinearTransform.of(64, identity);
        assertThat(i.plainProducts()).isEqualTo(1);
        assertThat(i.rotationSteps()).isEmpty();
        LinearTransform b = LinearTransform.of(64, band);
        assertThat(b.plainProducts()).isEqualTo(3);
        assertThat(b.rotationSteps()).containsExactly(-1, 1);
        double[] x = matrix(1, 64, new Random(7))[0];
        assertThat(run(b, x)).containsExactly(times(band, x), EXACT);
        LinearTransform nothing = LinearTransform.of(64, new double[3][5]);
        assertThatThrownBy(() -> run(nothing, x)).isInstanceOf(TransparentCiphertextException.class);
    }

    /** The numbers of the documentation. */
    @Test
    void keysForTime() {
        double[][] m = matrix(512, 512, new Random(8));
        LinearTransform.Builder b = LinearTransform.builder(512).matrix(m);
        assertWork(b.build(), 63, 7, 64);
        assertWork(b.maxRotationKeys(16).build(), 15, 31, 16);
        assertWork(b.maxRotationKeys(1).build(), 0, 511, 1);
        assertWork(b.maxRotationKeys(NO_LIMIT).withoutGiantSteps().build(), 511, 0, 511);
        assertWork(LinearTransform.of(512, matrix(10, 400, new Random(9))), 7, 6, 13);
    }

    private static void assertWork(LinearTransform t, int hoisted, int single, int keys) {
        assertThat(t.hoistedRotations()).isEqualTo(hoisted);
        assertThat(t.rotations()).isEqualTo(single);
        assertThat(t.rotationSteps()).hasSize(keys);
        assertThat(t).asString().contains(hoisted + " hoisted and " + single + " single rotations, " + keys);
    }

    @Test
    void sumsOfProductsShareARescaling() {
        Random r = new Random(10);
        double[][] a = matrix(8, 8, r);
        double[][] b = matrix(8, 8, r);
        double[][] x = matrix(2, 8, r);
        LinearTransform s = LinearTransform.of(SLOTS, a);
        LinearTransform t = LinearTransform.of(SLOTS, b);
        SimulatedSlotAlgebra g = new SimulatedSlotAlgebra(SLOTS, 1);
        SimulatedVector sum = g.rescale(g.add(
                s.applyWithoutRescale(g, g.encrypt(s.pack(x[0]))), t.applyWithoutRescale(g, g.encrypt(t.pack(x[1])))));
        double[] y = s.unpack(g.decrypt(sum))[0];
        for (int i = 0; i < 8; i++) {
            assertThat(y[i]).isCloseTo(times(a, x[0])[i] + times(b, x[1])[i], EXACT);
        }
        assertThat(g.counts().rescales()).isEqualTo(1);
    }
}
