package io.github.hecnn.ckks.scheme;

import io.github.hecnn.ckks.internal.context.Rings;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.core.rns.RnsArithmetic;
import io.github.hecnn.core.rns.RnsBasis;
import io.github.hecnn.core.rns.RnsPolynomial;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** The products of {@link Evaluator} that need no key. */
final class ProductOperations {
    private final CkksContext context;
    private final PairChecks pairs;
    private final RnsArithmetic ring;
    private final LevelOperations levels;
    private final Results results;
    private final RnsPolynomial imaginaryUnit;

    ProductOperations(Results results, PairChecks pairs, LevelOperations levels) {
        this.context = results.context();
        this.results = results;
        this.pairs = pairs;
        this.ring = Rings.of(context).arithmetic();
        this.levels = levels;
        // X^(N/2) is i in every slot, since every slot's root has an exponent that is 1 modulo 4
        RnsBasis top = Rings.of(context).basis(context.parameters().chainLevel());
        double[] monomial = new double[top.degree()];
        monomial[top.degree() / 2] = 1;
        imaginaryUnit = ring.toNtt(RnsPolynomial.ofSmall(top, monomial));
    }

    private Ciphertext map(
            String operation, Origin origin, Ciphertext a, double scale, UnaryOperator<RnsPolynomial> f) {
        List<RnsPolynomial> out = new ArrayList<>(a.size());
        for (RnsPolynomial p : a.components()) {
            out.add(f.apply(p));
        }
        return results.of(operation, origin, out, scale);
    }

    /** A plain factor must fit by itself, and its product with slots of usual size must, too. */
    private void requireFits(String operation, Ciphertext a, Plaintext p) {
        results.requireOperand(operation, p.bound(), p.scale(), a.level());
        results.requireFits(operation, p.bound(), a.scale() * p.scale(), a.level());
    }

    Ciphertext multiplyPlain(Ciphertext a, Plaintext p) {
        Origin origin = pairs.require("multiplyPlain", a).withPlain(p.slots());
        RnsPolynomial m = OperandChecks.restrict(context, "multiplyPlain", a, p);
        requireFits("multiplyPlain", a, p);
        return map("multiplyPlain", origin, a, a.scale() * p.scale(), c -> ring.multiply(c, m));
    }

    Ciphertext multiplyConstant(Ciphertext a, double c) {
        Origin origin = pairs.require("multiplyConstant", a);
        double scale = context.parameters().scale(a.level());
        double integer = results.scaledConstant("multiplyConstant", c, scale, a.level());
        results.requireFits("multiplyConstant", Math.abs(c), a.scale() * scale, a.level());
        double[] k = OperandChecks.residues(context, "multiplyConstant", integer, a.level());
        return map("multiplyConstant", origin, a, a.scale() * scale, p -> ring.multiplyScalar(p, k));
    }

    Ciphertext multiplyInteger(Ciphertext a, long k) {
        Origin origin = pairs.require("multiplyInteger", a);
        results.requireFits("multiplyInteger", Math.abs((double) k), a.scale(), a.level());
        RnsBasis basis = Rings.of(context).basis(a.level());
        double[] r = new double[basis.size()];
        for (int i = 0; i < r.length; i++) {
            r[i] = basis.modulus(i).balance(k);
        }
        return map("multiplyInteger", origin, a, a.scale(), p -> ring.multiplyScalar(p, r));
    }

    Ciphertext multiplyByI(Ciphertext a) {
        Origin origin = pairs.require("multiplyByI", a);
        RnsPolynomial unit = imaginaryUnit.restrict(Rings.of(context).basis(a.level()));
        return map("multiplyByI", origin, a, a.scale(), p -> ring.multiply(p, unit));
    }

    Ciphertext multiplyByMonomial(Ciphertext a, int power) {
        Origin origin = pairs.require("multiplyByMonomial", a);
        RnsBasis basis = Rings.of(context).basis(a.level());
        int n = basis.degree();
        int exponent = Math.floorMod(power, 2 * n);
        if (exponent == 0) {
            return a;
        }
        double[] monomial = new double[n];
        monomial[exponent % n] = exponent < n ? 1 : -1;
        RnsPolynomial m = ring.toNtt(RnsPolynomial.ofSmall(basis, monomial));
        Origin all = exponent % (n / 2) == 0 ? origin : origin.withPlain(n / 2);
        Ciphertext out = map("multiplyByMonomial", all, a, a.scale(), p -> ring.multiply(p, m));
        m.release();
        return out;
    }

    Ciphertext sumOfPlainProducts(List<Ciphertext> a, List<Plaintext> p) {
        String operation = "sumOfPlainProducts";
        OperandChecks.requireTerms(operation, a.size(), p.size());
        Origin origin = pairs.require(operation, a);
        for (Plaintext factor : p) {
            origin = origin.withPlain(factor.slots());
        }
        List<Ciphertext> x = aligned(operation, a);
        RnsPolynomial[] m = new RnsPolynomial[x.size()];
        int components = 2;
        for (int i = 0; i < m.length; i++) {
            m[i] = OperandChecks.restrict(context, operation, x.get(i), p.get(i));
            OperandChecks.requireScale(operation, p.get(0).scale(), p.get(i).scale());
            requireFits(operation, x.get(i), p.get(i));
            components = Math.max(components, x.get(i).size());
        }
        RnsPolynomial[] first = new RnsPolynomial[m.length];
        RnsPolynomial[] second = new RnsPolynomial[m.length];
        for (int i = 0; i < m.length; i++) {
            first[i] = x.get(i).component(0);
            second[i] = x.get(i).component(1);
        }
        List<RnsPolynomial> out = new ArrayList<>(List.of(ring.sumsOfProducts(m, first, second)));
        if (components == 3) {
            out.add(sumOfProducts(x, m, 2));
        }
        Ciphertext result =
                results.of(operation, origin, out, x.get(0).scale() * p.get(0).scale());
        for (int i = 0; i < m.length; i++) {
            LevelOperations.releaseDropped(a.get(i), x.get(i));
        }
        return result;
    }

    /** One component of the sum: the terms that have it. */
    private RnsPolynomial sumOfProducts(List<Ciphertext> x, RnsPolynomial[] m, int component) {
        List<RnsPolynomial> terms = new ArrayList<>(m.length);
        List<RnsPolynomial> factors = new ArrayList<>(m.length);
        for (int i = 0; i < m.length; i++) {
            if (component < x.get(i).size()) {
                terms.add(x.get(i).component(component));
                factors.add(m[i]);
            }
        }
        return ring.sumOfProducts(terms.toArray(new RnsPolynomial[0]), factors.toArray(new RnsPolynomial[0]));
    }

    private List<Ciphertext> aligned(String operation, List<Ciphertext> a) {
        int level = Integer.MAX_VALUE;
        for (Ciphertext c : a) {
            level = Math.min(level, c.level());
        }
        List<Ciphertext> out = new ArrayList<>(a.size());
        for (Ciphertext c : a) {
            out.add(levels.dropToLevel(c, level));
            OperandChecks.requireScale(
                    operation, out.get(0).scale(), out.get(out.size() - 1).scale());
        }
        return out;
    }

    Ciphertext sumOfProducts(String operation, List<Ciphertext> a, List<Ciphertext> b) {
        OperandChecks.requireTerms(operation, a.size(), b.size());
        Origin origin = pairs.require(operation, a).with(pairs.require(operation, b), operation);
        int lowest = Integer.MAX_VALUE;
        for (List<Ciphertext> side : List.of(a, b)) {
            for (Ciphertext c : side) {
                OperandChecks.requireTwo(operation, c);
                lowest = Math.min(lowest, c.level());
            }
        }
        RnsPolynomial[][] x = new RnsPolynomial[a.size()][];
        RnsPolynomial[][] y = new RnsPolynomial[a.size()][];
        List<Ciphertext> dropped = new ArrayList<>();
        double scaleA = 0;
        double scaleB = 0;
        for (int i = 0; i < x.length; i++) {
            Ciphertext p = levels.dropToLevel(a.get(i), lowest);
            Ciphertext q = levels.dropToLevel(b.get(i), lowest);
            scaleA = i == 0 ? p.scale() : scaleA;
            scaleB = i == 0 ? q.scale() : scaleB;
            OperandChecks.requireScale(operation, scaleA, p.scale());
            OperandChecks.requireScale(operation, scaleB, q.scale());
            x[i] = p.array();
            y[i] = q.array();
            if (p != a.get(i)) {
                dropped.add(p);
            }
            if (q != b.get(i)) {
                dropped.add(q);
            }
        }
        results.requireFits(operation, 1, scaleA * scaleB, lowest);
        Ciphertext result = results.of(operation, origin, ring.sumOfTensors(x, y), scaleA * scaleB);
        dropped.forEach(Ciphertext::release);
        return result;
    }
}
