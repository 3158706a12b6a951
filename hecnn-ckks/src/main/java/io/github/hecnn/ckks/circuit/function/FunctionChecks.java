package io.github.hecnn.ckks.circuit.function;

import io.github.hecnn.ckks.circuit.polynomial.Polynomial;
import io.github.hecnn.ckks.circuit.polynomial.PolynomialEvaluator;
import io.github.hecnn.ckks.error.InvalidParametersException;
import io.github.hecnn.ckks.error.LevelException;
import io.github.hecnn.ckks.error.ScaleException;
import java.util.Locale;

/** What functions are asked for, with the texts of the refusals. */
final class FunctionChecks {
    static final int LEAST_BITS = 1;
    static final int MOST_BITS = 40;

    private FunctionChecks() {}

    static double error(String function, int precisionBits) {
        if (precisionBits < LEAST_BITS || precisionBits > MOST_BITS) {
            throw new InvalidParametersException(function + ": expected precisionBits in " + LEAST_BITS + ".."
                    + MOST_BITS + ", found " + precisionBits + "; ask for an error of 2^-20, which is 20, or so");
        }
        return Math.scalb(1.0, -precisionBits);
    }

    static void positive(String function, double low, double high) {
        if (!(low > 0 && high > low && Double.isFinite(high))) {
            throw new InvalidParametersException(function + ": expected an interval 0 < low < high, found " + text(low)
                    + " to " + text(high) + "; shift or scale the input away from zero");
        }
    }

    /** An evaluator, whose sums must fit under a first prime of 49 bits at a scale of 40. */
    static PolynomialEvaluator evaluator(String function, Polynomial p, double largest) {
        try {
            return PolynomialEvaluator.of(p);
        } catch (ScaleException e) {
            throw new InvalidParametersException(
                    function + ": expected values up to about 2^8, found " + text(largest)
                            + "; narrow the interval, or take a multiple of the function with SmoothFunction.of",
                    e);
        }
    }

    static void levels(String function, int found, int needed) {
        if (found < needed) {
            throw new LevelException(function + ": expected a value of level " + needed + " or more, found " + found
                    + "; evaluate it earlier in the circuit, or choose parameters with more levels");
        }
    }

    static String interval(double low, double high) {
        return "[" + text(low) + ", " + text(high) + "]";
    }

    static String text(double x) {
        return x == Math.rint(x) && Math.abs(x) < 1e6
                ? String.format(Locale.ROOT, "%.0f", x)
                : String.format(Locale.ROOT, "%.4g", x);
    }
}
