package io.github.hecnn.ckks.scheme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.hecnn.ckks.circuit.linear.LinearTransform;
import io.github.hecnn.ckks.error.LevelException;
import io.github.hecnn.ckks.error.MismatchException;
import io.github.hecnn.ckks.error.MissingKeyException;
import io.github.hecnn.ckks.error.ScaleException;
import io.github.hecnn.ckks.keys.RotationSteps;
import io.github.hecnn.ckks.slots.CkksSlotAlgebra;
import io.github.hecnn.ckks.slots.OperationCounts;
import io.github.hecnn.ckks.slots.PlainVector;
import io.github.hecnn.ckks.slots.SlotAlgebra;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Horner's rule over rotated sums does what the single operations do. */
class GiantStepSumsTest {
    private static final CkksFixture F = new CkksFixture(CkksFixture.small(3, 2), RotationSteps.of(1, 2, 3, 6));
    private static final int[] BABIES = {0, 1, 2};
    private static final int[] GIANTS = {6, 3, 0, 3};

    private static List<List<ExtendedPlaintext>> factors(int level, double scale, List<List<double[]>> values) {
        List<List<ExtendedPlaintext>> p = new ArrayList<>();
        for (int o = 0; o < GIANTS.length; o++) {
            List<ExtendedPlaintext> row = new ArrayList<>();
            values.add(new ArrayList<>());
            for (int i = 0; i < BABIES.length; i++) {
                double[] v = o == 1 && i == 2 ? null : F.random(10 * o + i);
                values.get(o).add(v);
                row.add(v == null ? null : F.encoder.encodeExtended(v, null, level, scale));
            }
            p.add(row);
        }
        return p;
    }

    @Test
    void theResultIsThatOfRotationsAndAdditions() {
        List<List<double[]>> v = new ArrayList<>();
        double scale = F.context.parameters().scale(3);
        List<List<ExtendedPlaintext>> p = factors(3, scale, v);
        double[] x = F.random(99);
        Ciphertext c = F.encrypt(x);
        Ciphertext out = new GiantStepSums(F.evaluator).apply(c, BABIES, p, GIANTS);
        assertThat(out.scale()).isEqualTo(c.scale() * scale);
        assertThat(out.level()).isEqualTo(3);
        assertThat(out.keyPairId()).isEqualTo(c.keyPairId());
        List<Ciphertext> sums = F.evaluator.sumsOfRotatedPlainProducts(c, BABIES, p);
        Ciphertext single = F.evaluator.rotate(sums.get(3), GIANTS[3]);
        for (int o = 2; o >= 0; o--) {
            single = F.evaluator.rotate(F.evaluator.add(single, sums.get(o)), GIANTS[o]);
        }
        int n = x.length;
        double[] expected = new double[n];
        for (int o = 3; o >= 0; o--) {
            double[] next = new double[n];
            for (int i = 0; i < BABIES.length; i++) {
                double[] f = v.get(o).get(i);
                for (int k = 0; f != null && k < n; k++) {
                    next[k] += f[k] * x[(k + BABIES[i]) % n];
                }
            }
            double[] rotated = new double[n];
            for (int k = 0; k < n; k++) {
                int from = (k + GIANTS[o]) % n;
                rotated[k] = expected[from] + next[from];
            }
            expected = rotated;
        }
        double[] found = F.decrypt(F.evaluator.rescale(out));
        double[] other = F.decrypt(F.evaluator.rescale(single));
        for (int k = 0; k < n; k++) {
            assertThat(found[k]).isCloseTo(expected[k], within(1e-6));
            assertThat(found[k]).isCloseTo(other[k], within(1e-6));
        }
    }

    /** The books of an algebra are those of the single operations, whichever way they are done. */
    @Test
    void theBooksAreThoseOfTheSingleOperations() {
        double[][] matrix = new double[7][7];
        Random r = new Random(1);
        for (double[] row : matrix) {
            Arrays.setAll(row, i -> r.nextDouble());
        }
        LinearTransform t = LinearTransform.of(F.slots(), matrix);
        CkksFixture f = new CkksFixture(CkksFixture.small(2, 2), RotationSteps.of(t.rotationSteps()));
        CkksSlotAlgebra algebra = new CkksSlotAlgebra(f.context, f.keys);
        List<PlainVector> row = List.of(PlainVector.real(f.random(1)), PlainVector.real(f.random(2)));
        int step = t.rotationSteps().first();
        int[] babies = {0, step};
        int[] giants = {step, 0, step};
        Ciphertext c = f.encrypt(f.random(3));
        OperationCounts before = algebra.counts();
        algebra.giantStepSums(c, babies, List.of(row, row, row), giants);
        OperationCounts whole = algebra.counts();
        CkksSlotAlgebra single = new CkksSlotAlgebra(f.context, f.keys);
        List<Ciphertext> sums = single.sumsOfRotatedPlainProducts(c, babies, List.of(row, row, row));
        Ciphertext out = single.rotate(sums.get(2), step);
        out = single.rotate(single.add(out, sums.get(1)), 0);
        single.rotate(single.add(out, sums.get(0)), step);
        assertThat(whole).isEqualTo(single.counts()).isNotEqualTo(before);
        SlotAlgebra<Ciphertext> a = algebra;
        assertThatThrownBy(() -> a.giantStepSums(c, babies, List.of(row), giants))
                .isInstanceOf(MismatchException.class)
                .hasMessageContaining("found 1 sums and 3 giant steps");
    }

    @Test
    void refusesWhatDoesNotFit() {
        double scale = F.context.parameters().scale(3);
        List<List<ExtendedPlaintext>> p = factors(3, scale, new ArrayList<>());
        GiantStepSums sums = new GiantStepSums(F.evaluator);
        Ciphertext c = F.encrypt(F.random(1));
        assertThatThrownBy(() -> sums.apply(c, BABIES, p, new int[] {6, 3, 0, 5}))
                .isInstanceOf(MissingKeyException.class)
                .hasMessageStartingWith("giantStepSums: no key for 5 steps");
        assertThatThrownBy(() -> sums.apply(c, new int[] {0, 1, 7}, p, GIANTS)).isInstanceOf(MissingKeyException.class);
        assertThatThrownBy(() -> sums.apply(c, BABIES, p, new int[] {6, 3})).isInstanceOf(MismatchException.class);
        assertThatThrownBy(() -> sums.apply(c, new int[] {0, 1}, p, GIANTS)).isInstanceOf(MismatchException.class);
        assertThatThrownBy(() -> sums.apply(c, BABIES, List.of(), new int[0])).isInstanceOf(MismatchException.class);
        assertThatThrownBy(() -> sums.apply(F.evaluator.multiplyNoRelin(c, c), BABIES, p, GIANTS))
                .isInstanceOf(MismatchException.class);
        assertThatThrownBy(() -> sums.apply(F.evaluator.dropToLevel(c, 2), BABIES, p, GIANTS))
                .isInstanceOf(LevelException.class);
        List<List<ExtendedPlaintext>> mixed = new ArrayList<>(p);
        mixed.set(1, factors(3, 2 * scale, new ArrayList<>()).get(1));
        assertThatThrownBy(() -> sums.apply(c, BABIES, mixed, GIANTS)).isInstanceOf(ScaleException.class);
    }
}
