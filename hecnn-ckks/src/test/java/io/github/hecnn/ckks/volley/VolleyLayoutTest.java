package io.github.hecnn.ckks.volley;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.hecnn.ckks.error.InvalidParametersException;
import io.github.hecnn.ckks.error.MismatchException;
import io.github.hecnn.ckks.error.MissingKeyException;
import io.github.hecnn.ckks.error.ScaleException;
import io.github.hecnn.ckks.slots.PlainVector;
import io.github.hecnn.ckks.slots.SimulatedSlotAlgebra;
import io.github.hecnn.ckks.slots.SimulatedVector;
import java.util.Collections;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class VolleyLayoutTest {
    @Test
    void paperAtTwoRingSizes() {
        VolleyLayout one = VolleyLayout.of(1 << 15, 128, 401, 10);
        assertThat(one.stride()).isEqualTo(512);
        assertThat(one.rowsPerVector()).isEqualTo(64);
        assertThat(one.period()).isEqualTo(16);
        assertThat(one.leftVectors()).isEqualTo(2);
        assertThat(one.paired()).isTrue();
        assertThat(one.pairs()).isEqualTo(1);
        assertThat(one.groups()).isEqualTo(1);
        assertThat(one.productVectors()).isEqualTo(2);
        assertThat(one.blocks()).isEqualTo(16);
        assertThat(one.blockWidth()).isEqualTo(32);
        VolleyLayout two = VolleyLayout.of(1 << 14, 128, 401, 10);
        assertThat(two.leftVectors()).isEqualTo(4);
        assertThat(two.pairs()).isEqualTo(2);
        assertThat(two.groups()).isEqualTo(1);
        assertThat(two.blocks()).isEqualTo(32);
        assertThat(two.blockWidth()).isEqualTo(16);
    }

    @Test
    void manyRowsAndFewColumnsTakeSeveralGroups() {
        VolleyLayout layout = VolleyLayout.of(16, 40, 4, 2);
        assertThat(layout.leftVectors()).isEqualTo(10);
        assertThat(layout.pairs()).isEqualTo(5);
        assertThat(layout.pairsPerGroup()).isEqualTo(2);
        assertThat(layout.groups()).isEqualTo(3);
        assertThat(layout.productVectors()).isEqualTo(6);
        assertThat(layout.blockWidth()).isEqualTo(1);
    }

    @Test
    void strideMakesRoomForManyColumnsOfB() {
        assertThat(VolleyLayout.of(64, 5, 2, 5).stride()).isEqualTo(8);
        assertThat(VolleyLayout.of(64, 5, 2, 5).right()).isEqualTo(new MatrixShape(5, 2));
        assertThat(VolleyLayout.of(64, 5, 2, 5).product()).hasToString("5 x 5");
    }

    @Test
    void encodesRowByRow() {
        VolleyEncoder encoder = new VolleyEncoder(VolleyLayout.of(8, 3, 2, 2));
        double[][] a = {{1, 2}, {3, 4}, {5, 6}};
        assertThat(encoder.left(a)).hasSize(1);
        assertThat(slots(encoder.left(a).get(0))).containsExactly(1, 2, 3, 4, 5, 6, 0, 0);
        assertThat(slots(encoder.right(new double[][] {{1, 2}, {3, 4}}).get(0)))
                .containsExactly(1, 2, 3, 4, 1, 2, 3, 4);
        double[][] e = {{11, 12}, {21, 22}, {31, 32}};
        // Row i, block r: row (i - r) mod 4 of A, column i mod 2 of B.
        assertThat(slots(encoder.product(e).get(0))).containsExactly(11, 0, 22, 12, 31, 21, 0, 32);
        VolleyEncoder wide = new VolleyEncoder(VolleyLayout.of(8, 2, 4, 2));
        double[][] f = {{11, 12}, {21, 22}};
        assertThat(slots(wide.product(f).get(0))).containsExactly(11, 11, 21, 21, 22, 22, 12, 12);
        assertThat(slots(wide.sparse(f).get(0))).containsExactly(11, 0, 21, 0, 22, 0, 12, 0);
    }

    private static double[] slots(PlainVector p) {
        double[] out = new double[p.size()];
        for (int i = 0; i < out.length; i++) {
            out[i] = p.re(i);
        }
        return out;
    }

    @Test
    void refusesWhatDoesNotFit() {
        assertThatThrownBy(() -> VolleyLayout.of(12, 1, 1, 1))
                .isInstanceOf(InvalidParametersException.class)
                .hasMessageContaining("power of two of slots, found 12");
        assertThatThrownBy(() -> VolleyLayout.of(8, 1, 1, 0))
                .isInstanceOf(InvalidParametersException.class)
                .hasMessageContaining("at least 1 column of B, found 0");
        assertThatThrownBy(() -> VolleyLayout.of(8, 0, 1, 1))
                .isInstanceOf(InvalidParametersException.class)
                .hasMessageContaining("found 0 x 1");
        MatrixShape left = new MatrixShape(4, 20);
        for (int[] tile : new int[][] {{3, 1}, {4, 3}, {2, 4}, {8, 4}, {0, 1}, {4, 0}}) {
            assertThatThrownBy(() -> new VolleyLayout(16, left, 5, tile[0], tile[1]))
                    .isInstanceOf(InvalidParametersException.class)
                    .hasMessageContaining("found stride " + tile[0] + " and period " + tile[1]);
        }
        assertThatThrownBy(() -> VolleyLayout.of(16, 1 << 30, 1 << 30, 1 << 30))
                .isInstanceOf(InvalidParametersException.class)
                .hasMessageContaining("at most 1048576 ciphertexts of 16 slots")
                .hasMessageContaining("use a larger ring or smaller matrices");
        assertThatThrownBy(() -> VolleyLayout.of(16, 1 << 30, 1, 1))
                .isInstanceOf(InvalidParametersException.class)
                .hasMessageContaining("for 1073741824 x 1 times 1 x 1");
    }

    @Test
    void whatDoesNotFitInAVectorIsCutIntoTiles() {
        VolleyLayout layout = VolleyLayout.of(1 << 13, 128, 1000, 100);
        assertThat(layout.stride() * layout.period()).isLessThanOrEqualTo(1 << 13);
        assertThat(layout.rightVectors()).isEqualTo(layout.innerTiles() * layout.columnTiles());
        assertThat(layout.innerTiles()).isEqualTo((999 / layout.stride()) + 1);
        assertThat(layout.columnTiles()).isEqualTo((99 / layout.period()) + 1);
        assertThat(layout.leftVectors()).isEqualTo(layout.innerTiles() * ((127 / layout.rowsPerVector()) + 1));
        assertThat(layout.groups() % layout.columnTiles()).isZero();
        assertThat(layout.productVectors()).isEqualTo((layout.paired() ? 2 : 1) * layout.groups());
    }

    @Test
    void whatFitsInAVectorIsNotCut() {
        for (int n = 1; n <= 64; n++) {
            for (int p = 1; p <= 8; p++) {
                assertThat(VolleyLayout.of(512, 3, n, p).rightVectors()).isEqualTo(1);
            }
        }
    }

    @Test
    void encodesTileByTile() {
        VolleyLayout layout = new VolleyLayout(8, new MatrixShape(3, 3), 3, 2, 2);
        VolleyEncoder encoder = new VolleyEncoder(layout);
        List<PlainVector> left = encoder.left(new double[][] {{1, 2, 3}, {4, 5, 6}, {7, 8, 9}});
        assertThat(left).hasSize(2);
        assertThat(slots(left.get(0))).containsExactly(1, 2, 4, 5, 7, 8, 0, 0);
        assertThat(slots(left.get(1))).containsExactly(3, 0, 6, 0, 9, 0, 0, 0);
        List<PlainVector> right = encoder.right(new double[][] {{1, 2, 3}, {4, 5, 6}, {7, 8, 9}});
        assertThat(right).hasSize(4);
        assertThat(slots(right.get(0))).containsExactly(1, 2, 4, 5, 1, 2, 4, 5);
        assertThat(slots(right.get(1))).containsExactly(3, 0, 6, 0, 3, 0, 6, 0);
        assertThat(slots(right.get(2))).containsExactly(7, 8, 0, 0, 7, 8, 0, 0);
        assertThat(slots(right.get(3))).containsExactly(9, 0, 0, 0, 9, 0, 0, 0);
        double[][] e = {{11, 12, 13}, {21, 22, 23}, {31, 32, 33}};
        assertThat(encoder.product(e)).hasSize(2);
        assertThat(slots(encoder.product(e).get(0))).containsExactly(11, 0, 22, 12, 31, 21, 0, 32);
        assertThat(slots(encoder.product(e).get(1))).containsExactly(13, 0, 0, 0, 33, 23, 0, 0);
        assertThat(new VolleyDecoder(layout).product(encoder.product(e))).isDeepEqualTo(e);
        assertThat(new VolleyDecoder(layout).right(right)[2]).containsExactly(7, 8, 9);
    }

    @Test
    void refusesMatricesOfOtherShapes() {
        VolleyLayout layout = VolleyLayout.of(8, 3, 2, 2);
        VolleyEncoder encoder = new VolleyEncoder(layout);
        VolleyDecoder decoder = new VolleyDecoder(layout);
        assertThatThrownBy(() -> encoder.left(new double[2][2]))
                .isInstanceOf(MismatchException.class)
                .hasMessageContaining("expected a matrix of 3 x 2, found 2 rows");
        assertThatThrownBy(() -> encoder.right(new double[][] {{1, 2}, {3}}))
                .isInstanceOf(MismatchException.class)
                .hasMessageContaining("found 1 columns in row 1");
        assertThatThrownBy(() -> encoder.product(new double[3][3])).isInstanceOf(MismatchException.class);
        assertThatThrownBy(() -> encoder.sparse(new double[4][2])).isInstanceOf(MismatchException.class);
        assertThatThrownBy(() -> encoder.left(new double[][] {{1, 2}, {3, 4}, {5, Double.NaN}}))
                .isInstanceOf(InvalidParametersException.class);
        assertThatThrownBy(() -> decoder.right(List.of(PlainVector.constant(1, 4))))
                .isInstanceOf(MismatchException.class)
                .hasMessageContaining("8 slots, found 4");
        assertThatThrownBy(() -> decoder.right(List.of()))
                .isInstanceOf(MismatchException.class)
                .hasMessageContaining("right: expected 1 vectors, found 0");
        assertThatThrownBy(() -> decoder.product(List.of()))
                .isInstanceOf(MismatchException.class)
                .hasMessageContaining("expected 1 vectors, found 0");
        assertThatThrownBy(() -> VolleyMatrix.left(layout, List.of("a", "b")))
                .isInstanceOf(MismatchException.class)
                .hasMessageContaining("expected 1 values for LEFT, found 2");
        assertThatThrownBy(() -> VolleyMatrix.right(layout, List.of("a", "b")))
                .isInstanceOf(MismatchException.class)
                .hasMessageContaining("expected 1 values for RIGHT, found 2");
    }

    @Test
    void refusesMixedLayoutsAndRoles() {
        VolleyLayout layout = VolleyLayout.of(8, 3, 2, 2);
        VolleyLayout other = VolleyLayout.of(8, 4, 2, 2);
        SimulatedSlotAlgebra algebra = new SimulatedSlotAlgebra(8, 4);
        VolleyRevolver<SimulatedVector> revolver = new VolleyRevolver<>(algebra, layout);
        VolleyMatrix<SimulatedVector> left = VolleyMatrix.left(layout, List.of(algebra.fresh()));
        VolleyMatrix<SimulatedVector> right = VolleyMatrix.right(layout, List.of(algebra.fresh()));
        RevolvedMatrix<SimulatedVector> a = revolver.revolve(left);
        assertThatThrownBy(() -> new VolleyRevolver<>(new SimulatedSlotAlgebra(16, 4), layout))
                .isInstanceOf(MismatchException.class)
                .hasMessageContaining("layout for 16 slots, found one for 8");
        assertThatThrownBy(() -> revolver.revolve(right))
                .isInstanceOf(MismatchException.class)
                .hasMessageContaining("expected a matrix of role [LEFT]");
        assertThatThrownBy(() -> revolver.product(a, left)).isInstanceOf(MismatchException.class);
        assertThatThrownBy(() -> revolver.transposedProduct(a, right)).isInstanceOf(MismatchException.class);
        RevolvedMatrix<SimulatedVector> foreign =
                new VolleyRevolver<>(algebra, other).revolve(VolleyMatrix.left(other, List.of(algebra.fresh())));
        assertThatThrownBy(() -> revolver.product(foreign, right))
                .isInstanceOf(MismatchException.class)
                .hasMessageContaining("revolve it with a revolver of this layout");
        assertThatThrownBy(() -> revolver.transposedProduct(foreign, revolver.product(a, right)))
                .isInstanceOf(MismatchException.class);
        assertThatThrownBy(() -> revolver.product(a, VolleyMatrix.right(other, List.of(algebra.fresh()))))
                .isInstanceOf(MismatchException.class);
        assertThatThrownBy(() -> revolver.transposedProduct(a, revolver.sums(a, right)))
                .isInstanceOf(MismatchException.class)
                .hasMessageContaining("role [PRODUCT, SPARSE]");
        assertThatThrownBy(() -> revolver.revolve(left, Double.NaN)).isInstanceOf(InvalidParametersException.class);
        assertThatThrownBy(() -> revolver.firstColumns(Double.NaN)).isInstanceOf(InvalidParametersException.class);
    }

    @Test
    void everyRotationStepIsNeededAndTooFewLevelsAreSaid() {
        needsItsStepsAndLevels(VolleyLayout.of(64, 16, 7, 3));
        needsItsStepsAndLevels(VolleyLayout.of(64, 16, 40, 5));
    }

    private static void needsItsStepsAndLevels(VolleyLayout layout) {
        NavigableSet<Integer> steps = VolleyRevolver.rotationSteps(layout);
        run(layout, steps, 3);
        assertThatThrownBy(() -> run(layout, steps, 2))
                .isInstanceOf(ScaleException.class)
                .hasMessageContaining("multiply at level 1 or more");
        for (int step : steps) {
            NavigableSet<Integer> fewer = new TreeSet<>(steps);
            fewer.remove(step);
            assertThatThrownBy(() -> run(layout, fewer, 3))
                    .isInstanceOf(MissingKeyException.class)
                    .hasMessageContaining("no key for " + step + " steps");
        }
    }

    private static void run(VolleyLayout layout, NavigableSet<Integer> steps, int levels) {
        SimulatedSlotAlgebra algebra = SimulatedSlotAlgebra.builder(layout.slots(), levels)
                .rotationSteps(steps)
                .build();
        VolleyRevolver<SimulatedVector> revolver = new VolleyRevolver<>(algebra, layout);
        RevolvedMatrix<SimulatedVector> a =
                revolver.revolve(VolleyMatrix.left(layout, Collections.nCopies(layout.pairs(), algebra.fresh())));
        VolleyMatrix<SimulatedVector> e =
                VolleyMatrix.product(layout, Collections.nCopies(layout.productVectors(), algebra.fresh()));
        revolver.transposedProduct(a, e);
        revolver.product(a, VolleyMatrix.right(layout, Collections.nCopies(layout.rightVectors(), algebra.fresh())));
    }
}
