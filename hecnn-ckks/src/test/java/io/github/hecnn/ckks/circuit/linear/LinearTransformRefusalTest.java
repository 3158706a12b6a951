package io.github.hecnn.ckks.circuit.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.hecnn.ckks.error.InvalidParametersException;
import io.github.hecnn.ckks.error.LevelException;
import io.github.hecnn.ckks.error.MismatchException;
import io.github.hecnn.ckks.error.MissingKeyException;
import io.github.hecnn.ckks.error.ScaleException;
import io.github.hecnn.ckks.slots.PlainVector;
import io.github.hecnn.ckks.slots.SimulatedSlotAlgebra;
import io.github.hecnn.ckks.slots.SimulatedVector;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class LinearTransformRefusalTest {
    private static final int SLOTS = 16;
    private static final PlainVector ONES = PlainVector.constant(1, SLOTS);
    private final LinearTransform transform = LinearTransform.of(SLOTS, ones(4, 4));

    private static double[][] ones(int rows, int columns) {
        double[][] m = new double[rows][columns];
        for (double[] row : m) {
            java.util.Arrays.fill(row, 1);
        }
        return m;
    }

    private static void refuses(Class<? extends Throwable> type, String text, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(type).hasMessageContaining(text);
    }

    @Test
    void shapes() {
        refuses(InvalidParametersException.class, "found 12", () -> LinearTransform.builder(12));
        refuses(
                InvalidParametersException.class,
                "found neither",
                () -> LinearTransform.builder(SLOTS).build());
        refuses(MismatchException.class, "found 0 x 0", () -> LinearTransform.of(SLOTS, new double[0][0]));
        refuses(MismatchException.class, "found 2 x 0", () -> LinearTransform.of(SLOTS, new double[2][0]));
        refuses(
                MismatchException.class,
                "expected rows of 2 entries, found 1 in row 1",
                () -> LinearTransform.of(SLOTS, new double[][] {{1, 2}, {3}}));
        refuses(
                InvalidParametersException.class,
                "found NaN in row 0",
                () -> LinearTransform.of(SLOTS, new double[][] {{1, Double.NaN}}));
        refuses(MismatchException.class, "at most 16 rows", () -> LinearTransform.of(SLOTS, ones(17, 1)));
        LinearTransform.Builder b = LinearTransform.builder(SLOTS).matrix(ones(3, 5));
        refuses(
                MismatchException.class,
                "at most 4 rows and columns, found 3 x 5",
                () -> b.blockWidth(4).build());
        refuses(
                InvalidParametersException.class,
                "power of two up to 16 as block width, found 12",
                () -> b.blockWidth(12).build());
        refuses(
                InvalidParametersException.class,
                "found 32",
                () -> b.blockWidth(32).build());
        refuses(
                InvalidParametersException.class,
                "found 0",
                () -> b.blockWidth(0).build());
        refuses(
                MismatchException.class,
                "imaginary parts of shape 3 x 5, found 3 x 4",
                () -> LinearTransform.builder(SLOTS)
                        .matrix(ones(3, 5), ones(3, 4))
                        .build());
    }

    @Test
    void diagonals() {
        LinearTransform.Builder b = LinearTransform.builder(SLOTS);
        refuses(
                MismatchException.class,
                "at least 1 diagonal",
                () -> b.diagonals(Map.of()).build());
        refuses(
                MismatchException.class,
                "vector of 16 slots, found 8",
                () -> b.diagonals(Map.of(0, PlainVector.constant(1, 8))).build());
        refuses(
                MismatchException.class,
                "found 15 again",
                () -> b.diagonals(Map.of(-1, ONES, 15, ONES)).build());
    }

    @Test
    void keyLimits() {
        LinearTransform.Builder b =
                LinearTransform.builder(SLOTS).matrix(ones(16, 16)).maxRotationKeys(0);
        refuses(InvalidParametersException.class, "at least 1 rotation keys", b::build);
        refuses(
                InvalidParametersException.class,
                "at least 15 rotation keys for these diagonals, found 14; raise maxRotationKeys or allow giant steps",
                () -> b.maxRotationKeys(14).withoutGiantSteps().build());
    }

    @Test
    void operands() {
        SimulatedSlotAlgebra g = new SimulatedSlotAlgebra(SLOTS, 1);
        refuses(
                LevelException.class,
                "level 1 or more, found level 0",
                () -> transform.apply(g, g.dropToLevel(g.fresh(), 0)));
        refuses(ScaleException.class, "found 2", () -> transform.apply(g, g.square(g.fresh())));
        SimulatedSlotAlgebra higher = new SimulatedSlotAlgebra(SLOTS, 2);
        SimulatedVector three = higher.rescale(higher.multiplyNoRelin(higher.fresh(), higher.fresh()));
        refuses(MismatchException.class, "2 components, found 3", () -> transform.apply(higher, three));
        SimulatedSlotAlgebra other = new SimulatedSlotAlgebra(32, 1);
        refuses(
                MismatchException.class,
                "algebra of 16 slots, found one of 32",
                () -> transform.apply(other, other.fresh()));
        refuses(MismatchException.class, "found one of 32", () -> transform.applyWithoutRescale(other, other.fresh()));
        SimulatedSlotAlgebra keyless = SimulatedSlotAlgebra.builder(SLOTS, 1)
                .rotationSteps(java.util.List.of())
                .build();
        assertThat(transform.rotationSteps()).isNotEmpty();
        assertThatThrownBy(() -> transform.apply(keyless, keyless.fresh())).isInstanceOf(MissingKeyException.class);
    }

    @Test
    void layout() {
        refuses(MismatchException.class, "from 1 to 1 vectors, found 2", () -> transform.pack(ones(2, 4)));
        refuses(MismatchException.class, "from 1 to 1 vectors, found 0", transform::pack);
        refuses(
                MismatchException.class,
                "vectors of 4 entries, found 3 in vector 0",
                () -> transform.pack(new double[3]));
        refuses(MismatchException.class, "vector of 16 slots, found 4", () -> transform.unpack(new double[4]));
    }
}
