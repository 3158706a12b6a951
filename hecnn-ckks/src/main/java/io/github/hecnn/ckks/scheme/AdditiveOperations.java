package io.github.hecnn.ckks.scheme;

import io.github.hecnn.ckks.internal.context.Rings;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.core.rns.RnsArithmetic;
import io.github.hecnn.core.rns.RnsPolynomial;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/** The sums and differences of {@link Evaluator}. */
final class AdditiveOperations {
    private final CkksContext context;
    private final PairChecks pairs;
    private final RnsArithmetic ring;
    private final LevelOperations levels;
    private final Results results;

    AdditiveOperations(Results results, PairChecks pairs, LevelOperations levels) {
        this.context = results.context();
        this.results = results;
        this.pairs = pairs;
        this.ring = Rings.of(context).arithmetic();
        this.levels = levels;
    }

    Ciphertext add(Ciphertext a, Ciphertext b) {
        return combine("add", a, b, ring::add, p -> p);
    }

    Ciphertext subtract(Ciphertext a, Ciphertext b) {
        return combine("subtract", a, b, ring::subtract, ring::negate);
    }

    private Ciphertext combine(
            String operation,
            Ciphertext a,
            Ciphertext b,
            BinaryOperator<RnsPolynomial> both,
            UnaryOperator<RnsPolynomial> onlyB) {
        Origin origin = pairs.require(operation, a, b);
        int level = Math.min(a.level(), b.level());
        Ciphertext x = levels.dropToLevel(a, level);
        Ciphertext y = levels.dropToLevel(b, level);
        OperandChecks.requireScale(operation, x.scale(), y.scale());
        List<RnsPolynomial> out = new ArrayList<>(3);
        for (int i = 0; i < Math.max(x.size(), y.size()); i++) {
            if (i >= y.size()) {
                out.add(x.component(i));
            } else if (i >= x.size()) {
                out.add(onlyB.apply(y.component(i)));
            } else {
                out.add(both.apply(x.component(i), y.component(i)));
            }
        }
        Ciphertext result = results.of(operation, origin, out, x.scale());
        LevelOperations.releaseDropped(a, x);
        LevelOperations.releaseDropped(b, y);
        return result;
    }

    Ciphertext negate(Ciphertext a) {
        Origin origin = pairs.require("negate", a);
        List<RnsPolynomial> out = new ArrayList<>(a.size());
        for (RnsPolynomial p : a.components()) {
            out.add(ring.negate(p));
        }
        return results.of("negate", origin, out, a.scale());
    }

    Ciphertext addPlain(Ciphertext a, Plaintext p) {
        return combinePlain("addPlain", a, p, ring::add);
    }

    Ciphertext subtractPlain(Ciphertext a, Plaintext p) {
        return combinePlain("subtractPlain", a, p, ring::subtract);
    }

    private Ciphertext combinePlain(String operation, Ciphertext a, Plaintext p, BinaryOperator<RnsPolynomial> f) {
        Origin origin = pairs.require(operation, a).withPlain(p.slots());
        RnsPolynomial m = OperandChecks.restrict(context, operation, a, p);
        OperandChecks.requireScale(operation, a.scale(), p.scale());
        results.requireOperand(operation, p.bound(), a.scale(), a.level());
        return withFirst(operation, origin, a, f.apply(a.component(0), m));
    }

    Ciphertext addConstant(Ciphertext a, double c) {
        Origin origin = pairs.require("addConstant", a);
        double integer = results.scaledConstant("addConstant", c, a.scale(), a.level());
        double[] k = OperandChecks.residues(context, "addConstant", integer, a.level());
        return withFirst("addConstant", origin, a, ring.addScalar(a.component(0), k));
    }

    private Ciphertext withFirst(String operation, Origin origin, Ciphertext a, RnsPolynomial first) {
        List<RnsPolynomial> out = new ArrayList<>(a.components());
        out.set(0, first);
        return results.of(operation, origin, out, a.scale());
    }
}
