package io.github.hecnn.ckks.scheme;

import io.github.hecnn.ckks.error.LevelException;
import io.github.hecnn.ckks.error.ScaleException;
import io.github.hecnn.ckks.internal.context.Rings;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.core.rns.RnsPolynomial;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The operations of {@link Evaluator} that keep the books of level and scale. */
final class LevelOperations {
    private final CkksContext context;
    private final Results results;
    private final PairChecks pairs;

    LevelOperations(Results results, PairChecks pairs) {
        this.context = results.context();
        this.results = results;
        this.pairs = pairs;
    }

    Ciphertext rescale(Ciphertext a) {
        requireDegreeTwo("rescale", a);
        return rescaleAnyScale("rescale", a);
    }

    /** Refuses what is not a product. */
    void requireDegreeTwo(String operation, Ciphertext a) {
        pairs.require(operation, a);
        int degree = scaleDegree(a);
        if (degree != 2) {
            throw new ScaleException(operation + ": expected a value of scale degree 2, found " + degree
                    + "; multiply first, or use dropToLevel to give up levels, or rescaleAnyScale for other scales");
        }
    }

    Ciphertext rescaleAnyScale(String operation, Ciphertext a) {
        double scale = rescaledScale(operation, a);
        return results.of(
                operation, Origin.of(a), Rings.of(context).rescaler(a.level()).rescale(a.array()), scale);
    }

    /** The scale after a rescale, which has to be possible. */
    double rescaledScale(String operation, Ciphertext a) {
        pairs.require(operation, a);
        int level = a.level();
        if (level == 0) {
            throw new LevelException(operation + ": expected a ciphertext of level 1 or more, found level 0;"
                    + " use parameters with more levels");
        }
        double scale = a.scale() / Rings.of(context).basis(level).modulus(level).asDouble();
        if (!(scale >= 1)) {
            throw new ScaleException(String.format(
                    Locale.ROOT,
                    "%s: expected a scale of at least the last prime, 2^%.1f, found 2^%.1f; multiply first, or use"
                            + " dropLimbs to give up levels",
                    operation,
                    OperandChecks.log2(
                            Rings.of(context).basis(level).modulus(level).asDouble()),
                    OperandChecks.log2(a.scale())));
        }
        return snap(scale, level - 1);
    }

    /** Exactly the canonical scale, or its square, where rounding alone made the difference. */
    private double snap(double scale, int level) {
        if (level > context.parameters().maxLevel()) {
            return scale;
        }
        double canonical = context.parameters().scale(level);
        if (OperandChecks.sameScale(canonical, scale)) {
            return canonical;
        }
        return OperandChecks.sameScale(canonical * canonical, scale) ? canonical * canonical : scale;
    }

    int scaleDegree(Ciphertext a) {
        if (a.level() > context.parameters().maxLevel()) {
            return 0; // levels above the user's have no canonical scale
        }
        double s = context.parameters().scale(a.level());
        if (OperandChecks.sameScale(s, a.scale())) {
            return 1;
        }
        return OperandChecks.sameScale(s * s, a.scale()) ? 2 : 0;
    }

    Ciphertext dropToLevel(Ciphertext a, int level) {
        Origin origin = pairs.require("dropToLevel", a);
        if (level == a.level()) {
            return a;
        }
        OperandChecks.requireLevelBelow("dropToLevel", a, level);
        int degree = scaleDegree(a);
        if (degree == 0) {
            throw new ScaleException(String.format(
                    Locale.ROOT,
                    "dropToLevel: expected the canonical scale of level %d or its square, found 2^%.3f; rescale first",
                    a.level(),
                    OperandChecks.log2(a.scale())));
        }
        double canonical = context.parameters().scale(level);
        double target = degree == 1 ? canonical : canonical * canonical;
        results.requireFits("dropToLevel", 1, target, level);
        RnsPolynomial[] above = a.array();
        for (int i = 0; i < above.length; i++) {
            above[i] = above[i].restrict(Rings.of(context).basis(level + 1));
        }
        double q = Rings.of(context).basis(level + 1).modulus(level + 1).asDouble();
        double[] k = OperandChecks.residues(context, "dropToLevel", Math.rint(target * q / a.scale()), level + 1);
        return results.of(
                "dropToLevel", origin, Rings.of(context).rescaler(level + 1).multiplyAndRescale(k, above), target);
    }

    /** What {@link #dropToLevel} made for an operation alone has had its use. */
    static void releaseDropped(Ciphertext a, Ciphertext dropped) {
        if (dropped != a) {
            dropped.release();
        }
    }

    Ciphertext dropLimbs(Ciphertext a, int level) {
        Origin origin = pairs.require("dropLimbs", a);
        OperandChecks.requireLevelBelow("dropLimbs", a, level);
        List<RnsPolynomial> lower = new ArrayList<>(a.size());
        for (RnsPolynomial p : a.components()) {
            lower.add(p.restrict(Rings.of(context).basis(level)));
        }
        return results.of("dropLimbs", origin, lower, a.scale()); // a multiple of the lower primes is hidden no more
    }
}
