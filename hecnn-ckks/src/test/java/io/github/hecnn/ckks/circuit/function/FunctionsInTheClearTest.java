package io.github.hecnn.ckks.circuit.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.hecnn.ckks.error.InvalidParametersException;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The functions in doubles: what they promise of their errors, on a grid that they have not seen. */
class FunctionsInTheClearTest {
    private static final int POINTS = 100_003;

    private static List<SlotFunction> functions() {
        return List.of(
                SmoothFunction.sigmoid(8, 20),
                SmoothFunction.sigmoid(2, 12),
                SmoothFunction.tanh(4, 20),
                SmoothFunction.exp(-4, 4, 20),
                SmoothFunction.exp(-1, 1, 30),
                SmoothFunction.squareRoot(1.0 / 16, 1, 20),
                SmoothFunction.squareRoot(0.001, 1, 15),
                SmoothFunction.inverseSquareRoot(1.0 / 16, 1, 20),
                SmoothFunction.of("sine", Math::sin, -1, 3, 25),
                Inverse.of(0.5, 2, 20),
                Inverse.of(1.0 / 16, 1, 20),
                Inverse.of(1.0 / 64, 1, 15),
                Inverse.of(0.9, 1, 10),
                Sign.of(1, 1.0 / 16, 10),
                Sign.of(1, 1.0 / 64, 20),
                Sign.of(8, 0.1, 12));
    }

    private static double largestError(SlotFunction f) {
        double from = f instanceof Sign s ? s.resolution() : f.low();
        double worst = 0;
        for (int i = 0; i <= POINTS; i++) {
            double x = from + (f.high() - from) * i / POINTS;
            worst = Math.max(worst, Math.abs(f.valueAt(x) - f.exactAt(x)));
        }
        return worst;
    }

    @ParameterizedTest
    @MethodSource("functions")
    void noErrorIsAboveTheBoundAndTheBoundIsNotFarAbove(SlotFunction f) {
        double worst = largestError(f);
        assertThat(worst).isLessThanOrEqualTo(f.errorBound());
        assertThat(worst).isGreaterThan(0.5 * f.errorBound());
    }

    @Test
    void theDegreeIsTheSmallestThatDoes() {
        SmoothFunction f = SmoothFunction.exp(-4, 4, 20);
        assertThat(f.errorBound()).isLessThanOrEqualTo(0x1p-20);
        SmoothFunction less =
                SmoothFunction.ofDegree("exp", Math::exp, -4, 4, f.polynomial().degree() - 1);
        assertThat(less.errorBound()).isGreaterThan(0x1p-20);
    }

    @ParameterizedTest
    @CsvSource({
        "sigmoid, -8, 8, 35, 7",
        "tanh, -4, 4, 37, 7",
        "exp, -4, 4, 13, 5",
        "squareRoot, 0.0625, 1, 18, 5",
        "inverseSquareRoot, 0.0625, 1, 28, 5"
    })
    void degreesAndLevelsAreThoseOfTheDocumentation(String name, double low, double high, int degree, int levels) {
        SmoothFunction f = switch (name) {
            case "sigmoid" -> SmoothFunction.sigmoid(high, 20);
            case "tanh" -> SmoothFunction.tanh(high, 20);
            case "exp" -> SmoothFunction.exp(low, high, 20);
            case "squareRoot" -> SmoothFunction.squareRoot(low, high, 20);
            default -> SmoothFunction.inverseSquareRoot(low, high, 20);
        };
        assertThat(f.degree()).isEqualTo(degree);
        assertThat(f.levels()).isEqualTo(levels);
    }

    @ParameterizedTest
    @CsvSource({
        "4, 3-7-7, 8, 10",
        "6, 15-31, 9, 17",
        "8, 7-15-31, 12, 21",
        "10, 7-7-7-31, 14, 22",
        "12, 7-7-31-31, 16, 28"
    })
    void signsHaveTheDegreesOfTheDocumentation(int bits, String degrees, int levels, int relinearizations) {
        Sign sign = Sign.of(1, Math.scalb(1.0, -bits), 10);
        assertThat(sign.degrees().toString().replaceAll("[\\[\\]]", "").replace(", ", "-"))
                .isEqualTo(degrees);
        assertThat(sign.levels()).isEqualTo(levels);
        assertThat(sign.relinearizations()).isEqualTo(relinearizations);
        assertThat(sign.errorBound()).isLessThanOrEqualTo(0x1p-10);
    }

    @Test
    void aSignOfSomethingSmallHasTheRightSignAndIsNotTooLarge() {
        Sign sign = Sign.of(1, 1.0 / 16, 10);
        double last = 0;
        for (int i = 1; i <= 1000; i++) {
            double y = sign.valueAt(sign.resolution() * i / 1000);
            assertThat(y).isGreaterThan(last).isLessThan(1 + sign.errorBound());
            assertThat(sign.valueAt(-sign.resolution() * i / 1000)).isCloseTo(-y, Offset.offset(1e-12));
            last = y;
        }
    }

    /** Degree 1: c x with c (1 + low) = 2 has errors of one size at both ends. */
    @ParameterizedTest
    @CsvSource({"0.5", "0.1", "0.001"})
    void theNearestLineIsKnown(double low) {
        OddMinimax line = OddMinimax.of(1, low);
        assertThat(line.error()).isBetween((1 - low) / (1 + low), (1 - low) / (1 + low) * 1.0011);
        assertThat(line.polynomial().valueAt(1)).isCloseTo(2 / (1 + low), Offset.offset(1e-9));
    }

    /** Chebyshev's criterion: as many largest errors of alternating sign as there are coefficients, and one. */
    @ParameterizedTest
    @CsvSource({"3, 0.1", "7, 0.1", "7, 0.001", "15, 0.01", "31, 0.01", "31, 0.0001"})
    void minimaxErrorsAlternate(int degree, double low) {
        OddMinimax p = OddMinimax.of(degree, low);
        int alternations = 0;
        int last = 0;
        double worst = 0;
        for (int i = 0; i <= POINTS; i++) {
            double x = low + (1 - low) * i / POINTS;
            double e = p.polynomial().valueAt(x) - 1;
            worst = Math.max(worst, Math.abs(e));
            if (Math.abs(e) > 0.99 * p.error() && Math.signum(e) != last) {
                alternations++;
                last = (int) Math.signum(e);
            }
        }
        assertThat(worst).isLessThanOrEqualTo(p.error());
        assertThat(alternations).isEqualTo((degree + 1) / 2 + 1);
    }

    @Test
    void anInverseTakesIterationsWhereTheySaveProducts() {
        Inverse f = Inverse.of(1.0 / 16, 1, 20);
        assertThat(f.iterations()).isEqualTo(1);
        assertThat(f.startDegree()).isEqualTo(17);
        assertThat(f.levels()).isEqualTo(7);
        assertThat(f.degree()).isEqualTo(35);
        assertThat(Inverse.of(0.5, 2, 20).iterations()).isZero();
        double worst = 0;
        for (int i = 0; i <= POINTS; i++) {
            double x = f.low() + (1 - f.low()) * i / POINTS;
            worst = Math.max(worst, Math.abs(1 - x * f.valueAt(x)));
        }
        assertThat(worst).isBetween(0.9 * f.relativeErrorBound(), f.relativeErrorBound());
    }

    @Test
    void whatCannotBeIsRefused() {
        refused(() -> SmoothFunction.sigmoid(8, 41), "sigmoid: expected precisionBits in 1..40, found 41");
        refused(() -> SmoothFunction.sigmoid(-8, 20), "interval from lo to hi");
        refused(
                () -> SmoothFunction.squareRoot(0, 1, 20),
                "squareRoot: expected an interval 0 < low < high, found 0 to 1");
        refused(() -> SmoothFunction.inverseSquareRoot(2, 1, 20), "0 < low < high");
        refused(() -> SmoothFunction.of("step", Math::signum, -1, 1, 4), "step: expected a function that degree 1023");
        refused(() -> SmoothFunction.exp(0, 8, 4), "exp: expected values up to about 2^8, found 2981");
        refused(() -> Inverse.of(-1, 1, 20), "inverse: expected an interval 0 < low < high, found -1 to 1");
        refused(() -> Inverse.of(1e-12, 1, 40), "inverse: expected an interval that degree 1023");
        refused(() -> Sign.of(1, 1, 10), "sign: expected an interval");
        refused(() -> Sign.of(1, 1e-5, 10), "sign: expected a resolution of at least 2^-16");
    }

    private static void refused(ThrowingCallable call, String text) {
        assertThatThrownBy(call).isInstanceOf(InvalidParametersException.class).hasMessageContaining(text);
    }
}
