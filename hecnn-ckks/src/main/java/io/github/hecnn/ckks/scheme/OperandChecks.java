package io.github.hecnn.ckks.scheme;

import io.github.hecnn.ckks.error.LevelException;
import io.github.hecnn.ckks.error.MismatchException;
import io.github.hecnn.ckks.error.ScaleException;
import io.github.hecnn.ckks.internal.context.Rings;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.core.rns.RnsBasis;
import io.github.hecnn.core.rns.RnsPolynomial;
import java.util.Locale;

/** What the operations of {@link Evaluator} ask of their operands, with the texts of their refusals. */
final class OperandChecks {
    /** Scales this close to each other, relatively, are one scale. */
    private static final double SCALE_TOLERANCE = 1e-9;

    private OperandChecks() {}

    static boolean sameScale(double expected, double found) {
        return Math.abs(found / expected - 1) < SCALE_TOLERANCE;
    }

    static void requireScale(String operation, double expected, double found) {
        if (Math.abs(found / expected - 1) > SCALE_TOLERANCE) {
            throw new ScaleException(String.format(
                    Locale.ROOT,
                    "%s: expected operands of one scale, found 2^%.3f and 2^%.3f; rescale the product first",
                    operation,
                    log2(expected),
                    log2(found)));
        }
    }

    static double log2(double scale) {
        return Math.log(scale) / Math.log(2);
    }

    static void requireTwo(String operation, Ciphertext a) {
        if (a.size() != 2) {
            throw new MismatchException(operation + ": expected a ciphertext of 2 components, found " + a.size()
                    + "; relinearize it first");
        }
    }

    static void requireTerms(String operation, int a, int b) {
        if (a == 0 || a != b) {
            throw new MismatchException(operation + ": expected two equally long lists of at least one term, found " + a
                    + " and " + b + "; give one factor for each term");
        }
    }

    /** Refuses a level that a ciphertext cannot be brought down to. */
    static void requireLevelBelow(String operation, Ciphertext a, int level) {
        if (level < 0 || level > a.level()) {
            throw new LevelException(
                    operation + ": expected a level in 0.." + a.level() + ", found " + level + "; levels only go down");
        }
    }

    /** The plaintext's polynomial modulo the primes of the ciphertext. */
    static RnsPolynomial restrict(CkksContext context, String operation, Ciphertext a, Plaintext p) {
        context.requireRoot(a.parametersId(), operation);
        context.requireRoot(p.parametersId(), operation);
        if (p.level() < a.level()) {
            throw new LevelException(operation + ": expected a plaintext of level " + a.level() + " or more, found "
                    + p.level() + "; encode it at the ciphertext's level");
        }
        return p.polynomial().restrict(Rings.of(context).basis(a.level()));
    }

    /** A scaled and rounded constant modulo the primes of a level. */
    static double[] residues(CkksContext context, String operation, double integer, int level) {
        if (!Double.isFinite(integer)) {
            throw new ScaleException(operation + ": expected a finite constant, found " + integer
                    + " after scaling; check where it was computed");
        }
        RnsBasis basis = Rings.of(context).basis(level);
        double[] out = new double[basis.size()];
        for (int i = 0; i < out.length; i++) {
            out[i] = basis.modulus(i).reduceExact(integer);
        }
        return out;
    }
}
