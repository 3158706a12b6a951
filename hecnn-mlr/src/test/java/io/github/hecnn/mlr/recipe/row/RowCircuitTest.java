package io.github.hecnn.mlr.recipe.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.hecnn.ckks.slots.OperationCounts;
import io.github.hecnn.ckks.slots.PlainVector;
import io.github.hecnn.ckks.slots.SimulatedSlotAlgebra;
import io.github.hecnn.ckks.slots.SimulatedVector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowCircuitTest {
    private static final double EXACT = 1e-11;

    private static double[][] random(int rows, int columns, double deviation, long seed) {
        Random random = new Random(seed);
        double[][] out = new double[rows][columns];
        for (double[] row : out) {
            for (int k = 0; k < columns; k++) {
                row[k] = deviation * random.nextGaussian();
            }
        }
        return out;
    }

    private static SimulatedVector encrypt(SimulatedSlotAlgebra algebra, PlainVector p) {
        double[] re = new double[p.size()];
        double[] im = new double[p.size()];
        for (int s = 0; s < re.length; s++) {
            re[s] = p.re(s);
            im[s] = p.im(s);
        }
        return algebra.encrypt(re, im);
    }

    private static List<SimulatedVector> encrypt(SimulatedSlotAlgebra algebra, List<PlainVector> p) {
        List<SimulatedVector> out = new ArrayList<>();
        p.forEach(v -> out.add(encrypt(algebra, v)));
        return out;
    }

    private static PlainVector decrypt(SimulatedSlotAlgebra algebra, SimulatedVector v) {
        return PlainVector.complex(algebra.decrypt(v), algebra.decryptImaginary(v));
    }

    private static double product(double[] a, double[] b) {
        double sum = 0;
        for (int k = 0; k < a.length; k++) {
            sum += a[k] * b[k];
        }
        return sum;
    }

    /** The shapes of the reference: one and several groups, groups that do not fill up, one block and two, empty rows at the end. */
    @ParameterizedTest
    @CsvSource({
        "64, 4, 3, 7, 1, 2",
        "256, 4, 10, 13, 2, 4",
        "512, 16, 10, 31, 1, 4",
        "1024, 2, 10, 60, 2, 8",
        "1024, 1, 10, 64, 1, 8",
        "256, 4, 10, 13, 1, 1",
        "256, 4, 10, 13, 1, 8",
        "32, 2, 2, 2, 1, 1",
        "4096, 16, 10, 201, 1, 16"
    })
    void computesScoresAndGradientsSlotBySlot(
            int slots, int rho, int classes, int features, int blocks, int babySteps) {
        RowLayout layout = new RowLayout(slots, rho, classes, features, babySteps);
        SimulatedSlotAlgebra algebra = SimulatedSlotAlgebra.builder(slots, 3)
                .rotationSteps(layout.rotationSteps())
                .build();
        RowEncoder encoder = new RowEncoder(layout);
        RowCircuit<SimulatedVector> circuit = new RowCircuit<>(layout, algebra);
        int samples = layout.rows() * blocks - 3;
        double[][] x = random(samples, features, 0.1, 1);
        double[][] w = random(classes, features, 0.3, 2);
        double[][] errors = random(samples, classes, 0.3, 3);

        List<List<SimulatedVector>> turned = circuit.turned(encrypt(algebra, encoder.weights(w)));
        double[][] gradient = new double[classes][features];
        List<SimulatedVector> sum = null;
        for (int m = 0; m < blocks; m++) {
            int from = m * layout.rows();
            int to = Math.min(samples, from + layout.rows());
            double[][] xs = Arrays.copyOfRange(x, from, to);
            double[][] es = Arrays.copyOfRange(errors, from, to);
            RowBlock<SimulatedVector> block = RowBlock.inMemory(
                    layout, encrypt(algebra, encoder.features(xs)), encrypt(algebra, encoder.targets(es, 0.5)));
            List<SimulatedVector> scores = circuit.doubledScores(block, turned);
            for (int c = 0; c < classes; c++) {
                double[] z = algebra.decrypt(scores.get(c / rho));
                double[] zero = algebra.decryptImaginary(scores.get(c / rho));
                for (int i = 0; i < layout.rows(); i++) {
                    double expected = i < xs.length ? 2 * product(xs[i], w[c]) : 0;
                    assertThat(z[i * rho + c % rho]).isCloseTo(expected, within(EXACT));
                    assertThat(zero[i * rho + c % rho]).isCloseTo(0, within(EXACT));
                }
            }
            List<SimulatedVector> e = block.targets(); // where nothing is, features are zero
            List<SimulatedVector> products = circuit.products(block, e);
            List<SimulatedVector> total = new ArrayList<>();
            for (int k = 0; k < products.size(); k++) {
                total.add(sum == null ? products.get(k) : algebra.add(sum.get(k), products.get(k)));
            }
            sum = total;
            for (int i = 0; i < xs.length; i++) {
                for (int c = 0; c < classes; c++) {
                    for (int k = 0; k < features; k++) {
                        gradient[c][k] += es[i][c] * xs[i][k];
                    }
                }
            }
        }
        List<SimulatedVector> groups = circuit.gradient(sum);
        assertClose(
                encoder.decodeWeights(
                        groups.stream().map(g -> decrypt(algebra, g)).toList()),
                gradient,
                1);

        SimulatedVector merged = circuit.merge(groups);
        assertRepeats(decrypt(algebra, merged), layout.mergedPeriod());
        assertClose(encoder.decodeMerged(decrypt(algebra, merged)), gradient, 1);
        List<PlainVector> apart = circuit.splitScaled(merged).stream()
                .map(g -> decrypt(algebra, g))
                .toList();
        apart.forEach(g -> assertRepeats(g, layout.period()));
        assertClose(encoder.decodeWeights(apart), gradient, (double) layout.mergedPeriod() / layout.period());
    }

    private static void assertRepeats(PlainVector v, int period) {
        for (int s = 0; s < v.size(); s++) {
            assertThat(v.re(s)).isCloseTo(v.re(s % period), within(EXACT));
            assertThat(v.im(s)).isCloseTo(v.im(s % period), within(EXACT));
        }
    }

    private static void assertClose(double[][] found, double[][] expected, double factor) {
        for (int c = 0; c < expected.length; c++) {
            for (int k = 0; k < expected[c].length; k++) {
                assertThat(found[c][k]).isCloseTo(factor * expected[c][k], within(EXACT));
            }
        }
    }

    private static OperationCounts counts(RowLayout layout) {
        SimulatedSlotAlgebra algebra =
                SimulatedSlotAlgebra.builder(layout.slots(), 6).booksOnly().build();
        RowCircuit<SimulatedVector> circuit = new RowCircuit<>(layout, algebra);
        List<SimulatedVector> x = new ArrayList<>();
        for (int k = 0; k < layout.complexFeatures(); k++) {
            x.add(algebra.fresh());
        }
        RowBlock<SimulatedVector> block =
                RowBlock.inMemory(layout, x, Collections.nCopies(layout.groups(), algebra.fresh()));
        List<SimulatedVector> w = circuit.splitScaled(algebra.fresh());
        List<SimulatedVector> scores = circuit.doubledScores(block, circuit.turned(w));
        circuit.merge(circuit.gradient(circuit.products(block, scores)));
        return algebra.counts();
    }

    /** 201 features of 10 classes at N = 2^15: 79 key switches an iteration, six of them in the sigmoid polynomial. */
    @Test
    void switchesAsOftenAsDesigned() {
        OperationCounts one = counts(new RowLayout(16384, 16, 10, 201, 16));
        assertThat(one.keySwitches()).isEqualTo(79 - 6);
        assertThat(one.hoistedRotations()).isEqualTo(22);
        assertThat(one.multiplications()).isEqualTo(256);
        assertThat(one.plainMultiplications()).isZero();
        assertThat(one.constantMultiplications()).isZero();
        OperationCounts four = counts(new RowLayout(16384, 4, 10, 201, 16));
        assertThat(four.multiplications()).isEqualTo(768);
        assertThat(four.rotationSteps()).isEqualTo(new RowLayout(16384, 4, 10, 201, 16).rotationSteps());
        assertThat(four.usesConjugation()).isTrue();
    }

    @Test
    void refusesAnAlgebraOfAnotherSize() {
        RowLayout layout = new RowLayout(64, 4, 3, 7, 2);
        assertThatThrownBy(() -> new RowCircuit<>(layout, new SimulatedSlotAlgebra(128, 2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected an algebra of 64 slots, found one of 128");
    }
}
