package io.github.hecnn.mlr.recipe.packed;

import io.github.hecnn.mlr.approx.ArgumentInterval;
import io.github.hecnn.mlr.approx.SigmoidApproximation;
import io.github.hecnn.mlr.recipe.ColumnScaling;
import io.github.hecnn.mlr.recipe.MlrConfig;
import java.util.Arrays;

/**
 * The public numbers the packed recipe folds into masks, so that they cost no level.
 *
 * <p>With features x'' = rho sqrt(b) x (see {@link ColumnScaling}) the expanded features hold s x'', where s makes the argument of
 * the sigmoid polynomial about 1 at the end of its interval: its coefficients then stay well above the noise for any degree. The
 * error E = Y - P carries everything the gradient has to be multiplied by: the factor of the step, 1/(s rho^2), and one half for two
 * blocks of samples that are taken apart by a conjugation.
 */
final class PackedConstants {
    private final double inputFactor;
    private final double gradientFactor;
    private final double[] sigmoid;
    private final SigmoidApproximation approximation;

    PackedConstants(MlrConfig config) {
        double halfWidth = Math.max(
                Math.abs(config.sigmoid().lo()), Math.abs(config.sigmoid().hi()));
        double rho = ColumnScaling.balance(config.samples(), config.features());
        inputFactor = 1 / (4 * halfWidth);
        gradientFactor = 1 / (inputFactor * rho * rho);
        approximation = config.sigmoid();
        sigmoid = trimmed(config.sigmoid().coefficients());
        if (sigmoid.length < 2) {
            throw new IllegalArgumentException("PackedRecipe: expected a sigmoid polynomial of degree 1 or more, found "
                    + config.sigmoid() + "; give it a linear term");
        }
    }

    private static double[] trimmed(double[] coefficients) {
        int length = coefficients.length;
        while (length > 1 && coefficients[length - 1] == 0) {
            length--;
        }
        return Arrays.copyOf(coefficients, length);
    }

    /** s, the factor of the expanded features. */
    double inputFactor() {
        return inputFactor;
    }

    int degree() {
        return sigmoid.length - 1;
    }

    double constantTerm() {
        return sigmoid[0];
    }

    /** What the error is multiplied by, so that the gradient gets a factor. */
    double errorFactor(double factor, boolean loneBlock) {
        return factor * gradientFactor * (loneBlock ? 1 : 0.5);
    }

    /** Factor from a score z to the sums that are real z + i z of two blocks, or twice the real part of one. */
    double sumFactor() {
        return 2 * inputFactor;
    }

    /**
     * Coefficients of -P in terms of the argument, times the factor of the error. The argument is one half of a pair of sums taken
     * apart, which doubles it once more.
     */
    double[] errorPolynomial(double factor, boolean loneBlock) {
        double argument = argumentFactor(loneBlock);
        double[] out = new double[sigmoid.length];
        for (int k = 0; k < out.length; k++) {
            out[k] = -sigmoid[k] * errorFactor(factor, loneBlock) / Math.pow(argument, k);
        }
        return out;
    }

    private double argumentFactor(boolean loneBlock) {
        return sumFactor() * (loneBlock ? 1 : 2);
    }

    /** Where the argument of {@link #errorPolynomial} has to be. */
    ArgumentInterval argumentInterval(boolean loneBlock) {
        return ArgumentInterval.of(approximation, argumentFactor(loneBlock));
    }

    /** Where the sums that {@link #errorSlope} multiplies have to be. */
    ArgumentInterval sumInterval() {
        return ArgumentInterval.of(approximation, sumFactor());
    }

    /** Coefficient of the sums in -P, times the factor of the error. */
    double errorSlope(double factor, boolean loneBlock) {
        return -sigmoid[1] * errorFactor(factor, loneBlock) / sumFactor();
    }
}
