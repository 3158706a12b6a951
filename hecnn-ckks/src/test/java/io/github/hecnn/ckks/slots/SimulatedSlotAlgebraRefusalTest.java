package io.github.hecnn.ckks.slots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.hecnn.ckks.error.InvalidParametersException;
import io.github.hecnn.ckks.error.LevelException;
import io.github.hecnn.ckks.error.MismatchException;
import io.github.hecnn.ckks.error.MissingKeyException;
import io.github.hecnn.ckks.error.ScaleException;
import io.github.hecnn.ckks.params.ModulusCapacity;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class SimulatedSlotAlgebraRefusalTest {
    private static final int SLOTS = 8;
    private final SimulatedSlotAlgebra algebra = new SimulatedSlotAlgebra(SLOTS, 2);
    private final SimulatedVector a = algebra.encrypt(new double[SLOTS]);
    private final SimulatedVector square = algebra.square(a);
    private final SimulatedVector three = algebra.rescale(algebra.multiplyNoRelin(a, a));
    private final PlainVector p = PlainVector.constant(1, SLOTS);

    private static void refuses(Class<? extends Throwable> type, String text, ThrowingCallable... calls) {
        for (ThrowingCallable call : calls) {
            assertThatThrownBy(call).isInstanceOf(type).hasMessageContaining(text);
        }
    }

    @Test
    void scaleDegreesMustFit() {
        refuses(
                ScaleException.class,
                "found 2 and 1; rescale",
                () -> algebra.add(square, a),
                () -> algebra.subtract(square, a));
        refuses(
                ScaleException.class,
                "expected a value of scale degree 1, found 2",
                () -> algebra.multiply(a, square),
                () -> algebra.multiplyNoRelin(square, a),
                () -> algebra.square(square),
                () -> algebra.multiplyPlain(square, p),
                () -> algebra.multiplyConstant(square, 1),
                () -> algebra.sumOfPlainProducts(List.of(a, square), List.of(p, p)),
                () -> algebra.sumOfProducts(List.of(a, square), List.of(a, a)));
        refuses(ScaleException.class, "rescale: expected a value of scale degree 2, found 1", () -> algebra.rescale(a));
    }

    @Test
    void levelsRunOut() {
        SimulatedVector bottom = algebra.dropToLevel(a, 0);
        refuses(
                ScaleException.class,
                "multiply: expected a result below Q/2 = 2^48.0 at level 0, found scale 2^80.0; rescale the factors first, or"
                        + " multiply at level 1 or more",
                () -> algebra.multiply(bottom, bottom));
        SimulatedSlotAlgebra coarse = SimulatedSlotAlgebra.builder(SLOTS, 2)
                .capacity(ModulusCapacity.ofBits(2, 49, 20))
                .build();
        SimulatedVector low = coarse.dropToLevel(coarse.encrypt(new double[SLOTS]), 0);
        refuses(
                LevelException.class,
                "found level 0; the circuit needs at least 3 levels and the chain has 2",
                () -> coarse.rescale(coarse.square(low)));
        refuses(
                LevelException.class,
                "expected a level from 0 to 2, found",
                () -> algebra.dropToLevel(a, 3),
                () -> algebra.dropToLevel(a, -1));
    }

    @Test
    void threeComponentsOnlyWhereTheyMakeSense() {
        refuses(
                MismatchException.class,
                "expected a value of 2 components, found 3; relinearize it first",
                () -> algebra.multiply(three, a),
                () -> algebra.multiplyNoRelin(a, three),
                () -> algebra.square(three),
                () -> algebra.sumOfProducts(List.of(a), List.of(three)),
                () -> algebra.rotate(three, 1),
                () -> algebra.rotateHoisted(three, new int[] {1}),
                () -> algebra.conjugate(three));
    }

    @Test
    void keysMustBeThere() {
        SimulatedSlotAlgebra some = SimulatedSlotAlgebra.builder(SLOTS, 2)
                .rotationSteps(List.of(1, 6))
                .withoutConjugationKey()
                .withoutRelinearizationKey()
                .build();
        SimulatedVector v = some.fresh();
        some.rotate(v, -7);
        some.rotate(v, -2);
        assertThatExceptionOfType(MissingKeyException.class)
                .isThrownBy(() -> some.rotate(v, 11))
                .withMessage("rotate: no key for 3 steps; available steps: 1, -2; add it with"
                        + " KeyGenerator.evaluationKeys(secretKey, RotationSteps.of(3), conjugation)")
                .satisfies(e -> assertThat(e.available()).containsExactly(1, -2));
        refuses(
                MissingKeyException.class,
                "rotateHoisted: no key for 4 steps",
                () -> some.rotateHoisted(v, new int[] {1, 4}));
        refuses(MissingKeyException.class, "conjugate: expected a conjugation key", () -> some.conjugate(v));
        refuses(
                MissingKeyException.class,
                "expected a relinearisation key",
                () -> some.multiply(v, v),
                () -> some.square(v),
                () -> some.relinearize(some.multiplyNoRelin(v, v)));
        assertThat(some.relinearize(v)).isSameAs(v);
    }

    @Test
    void sizesMustFit() {
        PlainVector wrong = PlainVector.constant(1, SLOTS / 2);
        refuses(
                MismatchException.class,
                "expected a vector of 8 slots, found 4",
                () -> algebra.addPlain(a, wrong),
                () -> algebra.subtractPlain(a, wrong),
                () -> algebra.multiplyPlain(a, wrong),
                () -> algebra.sumOfPlainProducts(List.of(a), List.of(wrong)),
                () -> algebra.encrypt(new double[4]),
                () -> algebra.encrypt(new double[SLOTS], new double[4]));
        refuses(
                MismatchException.class,
                "expected two lists of one length",
                () -> algebra.sumOfProducts(List.of(), List.of()),
                () -> algebra.sumOfProducts(List.of(a), List.of(a, a)),
                () -> algebra.sumOfPlainProducts(List.of(a, a), List.of(p)));
        refuses(MismatchException.class, "expected at least 1 step", () -> algebra.rotateHoisted(a, new int[0]));
    }

    @Test
    void valuesBelongToOneAlgebra() {
        SimulatedVector other = new SimulatedSlotAlgebra(SLOTS, 2).fresh();
        refuses(
                MismatchException.class,
                "expected a value of this algebra",
                () -> algebra.add(a, other),
                () -> algebra.subtract(other, a),
                () -> algebra.negate(other),
                () -> algebra.addPlain(other, p),
                () -> algebra.addConstant(other, 1),
                () -> algebra.multiply(a, other),
                () -> algebra.multiplyPlain(other, p),
                () -> algebra.multiplyConstant(other, 1),
                () -> algebra.multiplyInteger(other, 1),
                () -> algebra.multiplyByI(other),
                () -> algebra.multiplyByMonomial(other, 1),
                () -> algebra.refresh(other),
                () -> algebra.relinearize(other),
                () -> algebra.rescale(other),
                () -> algebra.dropToLevel(other, 0),
                () -> algebra.rotate(other, 1),
                () -> algebra.rotateHoisted(other, new int[] {1}),
                () -> algebra.conjugate(other),
                () -> algebra.level(other),
                () -> algebra.scaleDegree(other),
                () -> algebra.decrypt(other));
    }

    @Test
    void numbersMustBeFinite() {
        refuses(
                InvalidParametersException.class,
                "expected a finite constant, found",
                () -> algebra.addConstant(a, Double.NaN),
                () -> algebra.multiplyConstant(a, Double.POSITIVE_INFINITY));
        refuses(
                InvalidParametersException.class,
                "expected finite numbers, found NaN in slot 1",
                () -> PlainVector.real(new double[] {0, Double.NaN}),
                () -> PlainVector.complex(new double[] {0, 0}, new double[] {0, Double.NaN}));
        refuses(
                InvalidParametersException.class,
                "expected at least 1 slot, found -1",
                () -> PlainVector.constant(1, -1));
        refuses(
                MismatchException.class,
                "expected as many imaginary as real parts (2), found 1",
                () -> PlainVector.complex(new double[2], new double[1]));
    }

    @Test
    void theAlgebraItself() {
        refuses(
                InvalidParametersException.class,
                "expected a power of two of slots",
                () -> SimulatedSlotAlgebra.builder(12, 1),
                () -> SimulatedSlotAlgebra.builder(1, 1));
        refuses(InvalidParametersException.class, "expected a top level", () -> new SimulatedSlotAlgebra(8, -1));
        SimulatedSlotAlgebra books =
                SimulatedSlotAlgebra.builder(SLOTS, 2).booksOnly().build();
        refuses(
                MismatchException.class,
                "found a books-only algebra",
                () -> books.decrypt(books.fresh()),
                () -> books.decryptImaginary(books.fresh()));
    }
}
