package io.github.hecnn.ckks.circuit.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.hecnn.ckks.error.InvalidParametersException;
import io.github.hecnn.ckks.error.MismatchException;
import io.github.hecnn.ckks.error.MissingKeyException;
import io.github.hecnn.ckks.error.ScaleException;
import io.github.hecnn.ckks.slots.PlainVector;
import io.github.hecnn.ckks.slots.SimulatedSlotAlgebra;
import io.github.hecnn.ckks.slots.SimulatedVector;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlotSumsTest {
    private static final int SLOTS = 32;
    private static final Offset<Double> EXACT = Offset.offset(1e-12);

    private static double[] random(long seed) {
        return new Random(seed).doubles(SLOTS, -1, 1).toArray();
    }

    /** The sum of the group of slot i. */
    private static double groupSum(double[] x, int i, int width, int stride) {
        int block = i / (width * stride) * width * stride;
        double sum = 0;
        for (int m = 0; m < width; m++) {
            sum += x[block + i % stride + m * stride];
        }
        return sum;
    }

    @ParameterizedTest
    @CsvSource({"1,1", "2,1", "4,1", "32,1", "8,4", "4,8", "2,16", "2,2", "4,4", "1,32"})
    void sumsAndCopies(int width, int stride) {
        SlotSums sums = SlotSums.of(SLOTS, width, stride);
        SimulatedSlotAlgebra g = SimulatedSlotAlgebra.builder(SLOTS, 1)
                .rotationSteps(sums.rotationSteps())
                .build();
        int log = Integer.numberOfTrailingZeros(width);
        assertThat(sums.cyclic()).isEqualTo(width * stride == SLOTS);
        assertThat(sums.rotationSteps()).hasSize(sums.cyclic() ? log : 2 * log);
        double[] x = random(1);
        double[] y = random(2);
        double[] products = new double[SLOTS];
        for (int i = 0; i < SLOTS; i++) {
            products[i] = x[i] * y[i];
        }
        SimulatedVector a = g.encrypt(x);
        double[] sum = g.decrypt(sums.sum(g, a));
        assertThat(g.counts().rotations()).isEqualTo(log);
        SimulatedVector everywhere = sums.sumEverywhere(g, a);
        assertThat(everywhere.level()).isEqualTo(1 - sums.levelsOfSumEverywhere());
        double[] all = g.decrypt(everywhere);
        double[] copies = g.decrypt(sums.replicate(g, g.multiplyPlain(a, sums.firstMembers())));
        SimulatedVector inner = sums.innerProduct(g, a, g.encrypt(y));
        assertThat(inner.level()).isZero();
        double[] dot = g.decrypt(inner);
        double[] plainDot = g.decrypt(sums.innerProductPlain(g, a, PlainVector.real(y)));
        for (int i = 0; i < SLOTS; i++) {
            double expected = groupSum(x, i, width, stride);
            int first = i / (width * stride) * width * stride + i % stride;
            assertThat(all[i]).isCloseTo(expected, EXACT);
            assertThat(copies[i]).isEqualTo(x[first]);
            if (i == first || sums.cyclic()) {
                assertThat(sum[i]).isCloseTo(expected, EXACT);
                assertThat(dot[i]).isCloseTo(groupSum(products, i, width, stride), EXACT);
                assertThat(plainDot[i]).isEqualTo(dot[i]);
            }
        }
        assertThat(g.counts().relinearizations()).isEqualTo(1);
        assertThat(g.counts().rotationSteps()).isEqualTo(sums.rotationSteps());
    }

    @Test
    void refusals() {
        for (int[] shape : List.of(
                new int[] {32, 3, 1},
                new int[] {32, 4, 3},
                new int[] {33, 4, 1},
                new int[] {32, 16, 4},
                new int[] {32, 0, 1},
                new int[] {32, 4, -4},
                new int[] {32, 1 << 30, 1 << 30})) {
            assertThatThrownBy(() -> SlotSums.of(shape[0], shape[1], shape[2]))
                    .isInstanceOf(InvalidParametersException.class)
                    .hasMessageContaining("found slots " + shape[0] + ", width " + shape[1]);
        }
        SlotSums sums = SlotSums.of(SLOTS, 4);
        SimulatedSlotAlgebra other = new SimulatedSlotAlgebra(64, 1);
        SimulatedVector b = other.fresh();
        PlainVector p = PlainVector.constant(1, 64);
        assertThatThrownBy(() -> sums.sum(other, b)).isInstanceOf(MismatchException.class);
        assertThatThrownBy(() -> sums.replicate(other, b)).isInstanceOf(MismatchException.class);
        assertThatThrownBy(() -> sums.sumEverywhere(other, b)).isInstanceOf(MismatchException.class);
        assertThatThrownBy(() -> sums.innerProduct(other, b, b)).isInstanceOf(MismatchException.class);
        assertThatThrownBy(() -> sums.innerProductPlain(other, b, p))
                .isInstanceOf(MismatchException.class)
                .hasMessageContaining("expected an algebra of 32 slots, found one of 64");
        SimulatedSlotAlgebra g = SimulatedSlotAlgebra.builder(SLOTS, 0)
                .rotationSteps(List.of(1, 2, -1))
                .build();
        SimulatedVector a = g.fresh();
        assertThatThrownBy(() -> sums.innerProduct(g, a, a)).isInstanceOf(ScaleException.class);
        assertThatThrownBy(() -> sums.replicate(g, a))
                .isInstanceOf(MissingKeyException.class)
                .hasMessageContaining("no key for -2 steps");
        assertThatThrownBy(() -> sums.sumEverywhere(g, g.square(a))).isInstanceOf(ScaleException.class);
    }
}
