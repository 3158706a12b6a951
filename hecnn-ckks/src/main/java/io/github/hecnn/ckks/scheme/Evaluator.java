package io.github.hecnn.ckks.scheme;

import io.github.hecnn.ckks.error.LevelException;
import io.github.hecnn.ckks.error.MismatchException;
import io.github.hecnn.ckks.error.MissingKeyException;
import io.github.hecnn.ckks.error.ScaleException;
import io.github.hecnn.ckks.keys.EvaluationKeys;
import io.github.hecnn.ckks.keys.RotationKey;
import io.github.hecnn.ckks.keys.SwitchingKey;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.core.rns.Automorphism;
import io.github.hecnn.core.rns.HybridKeySwitch;
import io.github.hecnn.core.rns.RnsArithmetic;
import io.github.hecnn.core.rns.RnsBasis;
import io.github.hecnn.core.rns.RnsPolynomial;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/**
 * Computes on ciphertexts with evaluation keys, never with the secret key. Every operation returns a new ciphertext;
 * operands are not changed. Thread-safe; limbs are spread over the context's workers.
 *
 * <p>Ciphertexts of different levels: binary operations bring the higher one down to the lower on the canonical scale of that
 * level ({@link #dropToLevel}). Products multiply the scales and are not rescaled; {@link #rescale} is the caller's, who counts
 * levels. All operations throw {@link MismatchException} for ciphertexts of other parameters.
 */
public final class Evaluator {
    /** Scales this close to each other, relatively, are one scale. */
    private static final double SCALE_TOLERANCE = 1e-9;

    private final CkksContext context;
    private final EvaluationKeys keys;
    private final RnsArithmetic ring;
    private final RnsPolynomial imaginaryUnit;

    /**
     * An evaluator.
     *
     * @param context context of the keys
     * @param keys evaluation keys; {@link EvaluationKeys#none()} for additions and plaintext operands only
     * @throws MismatchException if a key has other parameters
     */
    public Evaluator(CkksContext context, EvaluationKeys keys) {
        this.context = context;
        this.keys = keys;
        this.ring = context.arithmetic();
        keys.relinearizationKey().ifPresent(k -> context.require(k.parametersId(), "Evaluator"));
        for (RotationKey k : keys.rotationKeys()) {
            context.require(k.parametersId(), "Evaluator");
        }
        // X^(N/2) is i in every slot, since every slot's root has an exponent that is 1 modulo 4
        RnsBasis top = context.basis(context.parameters().maxLevel());
        double[] monomial = new double[top.degree()];
        monomial[top.degree() / 2] = 1;
        imaginaryUnit = ring.toNtt(RnsPolynomial.ofSmall(top, monomial));
    }

    /**
     * The context.
     *
     * @return context of the keys
     */
    public CkksContext context() {
        return context;
    }

    /**
     * The keys.
     *
     * @return evaluation keys
     */
    public EvaluationKeys keys() {
        return keys;
    }

    private Ciphertext result(List<RnsPolynomial> components, double scale) {
        return new Ciphertext(context.parameters().id(), components, scale);
    }

    private Ciphertext map(Ciphertext a, UnaryOperator<RnsPolynomial> f) {
        List<RnsPolynomial> out = new ArrayList<>(a.size());
        for (RnsPolynomial p : a.components()) {
            out.add(f.apply(p));
        }
        return result(out, a.scale());
    }

    /**
     * a + b.
     *
     * @param a a ciphertext
     * @param b one of the same scale degree, any level, two or three components
     * @return the sum at the lower level
     * @throws ScaleException if the scales differ
     */
    public Ciphertext add(Ciphertext a, Ciphertext b) {
        return combine("add", a, b, ring::add, p -> p);
    }

    /**
     * a - b.
     *
     * @param a a ciphertext
     * @param b one of the same scale degree, any level, two or three components
     * @return the difference at the lower level
     * @throws ScaleException if the scales differ
     */
    public Ciphertext subtract(Ciphertext a, Ciphertext b) {
        return combine("subtract", a, b, ring::subtract, ring::negate);
    }

    private Ciphertext combine(
            String operation,
            Ciphertext a,
            Ciphertext b,
            BinaryOperator<RnsPolynomial> both,
            UnaryOperator<RnsPolynomial> onlyB) {
        context.require(a.parametersId(), operation);
        context.require(b.parametersId(), operation);
        int level = Math.min(a.level(), b.level());
        Ciphertext x = dropToLevel(a, level);
        Ciphertext y = dropToLevel(b, level);
        requireScale(operation, x.scale(), y.scale());
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
        return result(out, x.scale());
    }

    private static void requireScale(String operation, double expected, double found) {
        if (Math.abs(found / expected - 1) > SCALE_TOLERANCE) {
            throw new ScaleException(String.format(
                    Locale.ROOT,
                    "%s: expected operands of one scale, found 2^%.3f and 2^%.3f; rescale the product first",
                    operation,
                    Math.log(expected) / Math.log(2),
                    Math.log(found) / Math.log(2)));
        }
    }

    /**
     * -a.
     *
     * @param a a ciphertext
     * @return its negative
     */
    public Ciphertext negate(Ciphertext a) {
        context.require(a.parametersId(), "negate");
        return map(a, ring::negate);
    }

    /**
     * a + p.
     *
     * @param a a ciphertext
     * @param p a plaintext of the same scale and at least the same level
     * @return the sum
     * @throws ScaleException if the scales differ
     * @throws LevelException if the plaintext's level is lower
     */
    public Ciphertext addPlain(Ciphertext a, Plaintext p) {
        return combinePlain("addPlain", a, p, ring::add);
    }

    /**
     * a - p.
     *
     * @param a a ciphertext
     * @param p a plaintext of the same scale and at least the same level
     * @return the difference
     * @throws ScaleException if the scales differ
     * @throws LevelException if the plaintext's level is lower
     */
    public Ciphertext subtractPlain(Ciphertext a, Plaintext p) {
        return combinePlain("subtractPlain", a, p, ring::subtract);
    }

    private Ciphertext combinePlain(String operation, Ciphertext a, Plaintext p, BinaryOperator<RnsPolynomial> f) {
        RnsPolynomial m = restrict(operation, a, p);
        requireScale(operation, a.scale(), p.scale());
        List<RnsPolynomial> out = new ArrayList<>(a.components());
        out.set(0, f.apply(a.component(0), m));
        return result(out, a.scale());
    }

    private RnsPolynomial restrict(String operation, Ciphertext a, Plaintext p) {
        context.require(a.parametersId(), operation);
        context.require(p.parametersId(), operation);
        if (p.level() < a.level()) {
            throw new LevelException(operation + ": expected a plaintext of level " + a.level() + " or more, found "
                    + p.level() + "; encode it at the ciphertext's level");
        }
        return p.polynomial().restrict(context.basis(a.level()));
    }

    /**
     * a + c in every slot.
     *
     * @param a a ciphertext
     * @param c a finite number
     * @return the sum; the constant is rounded to a multiple of 1/scale
     * @throws ScaleException if c is not finite
     */
    public Ciphertext addConstant(Ciphertext a, double c) {
        context.require(a.parametersId(), "addConstant");
        List<RnsPolynomial> out = new ArrayList<>(a.components());
        out.set(0, ring.addScalar(a.component(0), residues("addConstant", Math.rint(c * a.scale()), a.level())));
        return result(out, a.scale());
    }

    private double[] residues(String operation, double integer, int level) {
        if (!Double.isFinite(integer)) {
            throw new ScaleException(operation + ": expected a finite constant, found " + integer);
        }
        RnsBasis basis = context.basis(level);
        double[] out = new double[basis.size()];
        for (int i = 0; i < out.length; i++) {
            out[i] = basis.modulus(i).reduceExact(integer);
        }
        return out;
    }

    /**
     * a * p, not rescaled.
     *
     * @param a a ciphertext
     * @param p a plaintext of at least the same level
     * @return the product; its scale is the product of the scales
     * @throws LevelException if the plaintext's level is lower
     */
    public Ciphertext multiplyPlain(Ciphertext a, Plaintext p) {
        RnsPolynomial m = restrict("multiplyPlain", a, p);
        List<RnsPolynomial> out = new ArrayList<>(a.size());
        for (RnsPolynomial c : a.components()) {
            out.add(ring.multiply(c, m));
        }
        return result(out, a.scale() * p.scale());
    }

    /**
     * sum of a[i] * p[i], accumulated while the sums stay in the cache; not rescaled.
     *
     * @param a ciphertexts of one scale, any levels, all of equal component count, at least one
     * @param p as many plaintexts of one scale, of at least the lowest level
     * @return the sum at the lowest level; its scale is the product of the scales
     * @throws ScaleException if scales differ
     * @throws LevelException if a plaintext's level is too low
     * @throws MismatchException if the lengths or component counts differ or there is nothing to add
     */
    public Ciphertext sumOfPlainProducts(List<Ciphertext> a, List<Plaintext> p) {
        requireTerms("sumOfPlainProducts", a.size(), p.size());
        List<Ciphertext> x = aligned("sumOfPlainProducts", a);
        RnsPolynomial[] m = new RnsPolynomial[x.size()];
        for (int i = 0; i < m.length; i++) {
            m[i] = restrict("sumOfPlainProducts", x.get(i), p.get(i));
            requireScale("sumOfPlainProducts", p.get(0).scale(), p.get(i).scale());
            if (x.get(i).size() != x.get(0).size()) {
                throw new MismatchException("sumOfPlainProducts: expected equal numbers of components, found "
                        + x.get(0).size() + " and " + x.get(i).size() + "; relinearize first");
            }
        }
        List<RnsPolynomial> out = new ArrayList<>();
        for (int c = 0; c < x.get(0).size(); c++) {
            RnsPolynomial[] terms = new RnsPolynomial[m.length];
            for (int i = 0; i < m.length; i++) {
                terms[i] = x.get(i).component(c);
            }
            out.add(ring.sumOfProducts(terms, m));
        }
        return result(out, x.get(0).scale() * p.get(0).scale());
    }

    private static void requireTerms(String operation, int a, int b) {
        if (a == 0 || a != b) {
            throw new MismatchException(
                    operation + ": expected two equally long lists of at least one term, found " + a + " and " + b);
        }
    }

    private List<Ciphertext> aligned(String operation, List<Ciphertext> a) {
        int level = Integer.MAX_VALUE;
        for (Ciphertext c : a) {
            context.require(c.parametersId(), operation);
            level = Math.min(level, c.level());
        }
        List<Ciphertext> out = new ArrayList<>(a.size());
        for (Ciphertext c : a) {
            out.add(dropToLevel(c, level));
            requireScale(operation, out.get(0).scale(), out.get(out.size() - 1).scale());
        }
        return out;
    }

    /**
     * a * c in every slot, not rescaled: c is rounded to a multiple of 1/S, S the canonical scale of a's level.
     *
     * @param a a ciphertext
     * @param c a finite number
     * @return the product at scale a.scale() * S
     * @throws ScaleException if c is not finite
     */
    public Ciphertext multiplyConstant(Ciphertext a, double c) {
        context.require(a.parametersId(), "multiplyConstant");
        double scale = context.parameters().scale(a.level());
        double[] k = residues("multiplyConstant", Math.rint(c * scale), a.level());
        Ciphertext product = map(a, p -> ring.multiplyScalar(p, k));
        return result(product.components(), a.scale() * scale);
    }

    /**
     * a * k, exactly; level and scale stay.
     *
     * @param a a ciphertext
     * @param k an integer, small enough for the product to stay below the modulus
     * @return the product
     */
    public Ciphertext multiplyInteger(Ciphertext a, long k) {
        context.require(a.parametersId(), "multiplyInteger");
        RnsBasis basis = context.basis(a.level());
        double[] r = new double[basis.size()];
        for (int i = 0; i < r.length; i++) {
            r[i] = basis.modulus(i).balance(k);
        }
        return map(a, p -> ring.multiplyScalar(p, r));
    }

    /**
     * a times the imaginary unit, exactly: a multiplication by X^(N/2).
     *
     * @param a a ciphertext
     * @return i*a, same level and scale
     */
    public Ciphertext multiplyByI(Ciphertext a) {
        context.require(a.parametersId(), "multiplyByI");
        RnsPolynomial unit = imaginaryUnit.restrict(context.basis(a.level()));
        return map(a, p -> ring.multiply(p, unit));
    }

    /**
     * a * b with three components, not rescaled.
     *
     * @param a a two-component ciphertext
     * @param b another, any level
     * @return the product at the lower level; its scale is the product of the scales
     * @throws MismatchException if an operand has three components
     */
    public Ciphertext multiplyNoRelin(Ciphertext a, Ciphertext b) {
        return sumOfProducts("multiply", List.of(a), List.of(b));
    }

    /**
     * sum of a[i] * b[i] with three components, not rescaled: one relinearisation is enough for all.
     *
     * @param a two-component ciphertexts of one scale, any levels, at least one
     * @param b as many, of one scale
     * @return the sum at the lowest level; its scale is the product of the scales
     * @throws MismatchException if an operand has three components or the lengths differ or are 0
     * @throws ScaleException if scales within a or within b differ
     */
    public Ciphertext sumOfProducts(List<Ciphertext> a, List<Ciphertext> b) {
        return sumOfProducts("sumOfProducts", a, b);
    }

    private Ciphertext sumOfProducts(String operation, List<Ciphertext> a, List<Ciphertext> b) {
        requireTerms(operation, a.size(), b.size());
        int lowest = Integer.MAX_VALUE;
        for (List<Ciphertext> side : List.of(a, b)) {
            for (Ciphertext c : side) {
                context.require(c.parametersId(), operation);
                requireTwo(operation, c);
                lowest = Math.min(lowest, c.level());
            }
        }
        RnsPolynomial[][] x = new RnsPolynomial[a.size()][];
        RnsPolynomial[][] y = new RnsPolynomial[a.size()][];
        double scaleA = 0;
        double scaleB = 0;
        for (int i = 0; i < x.length; i++) {
            Ciphertext p = dropToLevel(a.get(i), lowest);
            Ciphertext q = dropToLevel(b.get(i), lowest);
            scaleA = i == 0 ? p.scale() : scaleA;
            scaleB = i == 0 ? q.scale() : scaleB;
            requireScale(operation, scaleA, p.scale());
            requireScale(operation, scaleB, q.scale());
            x[i] = p.array();
            y[i] = q.array();
        }
        return result(List.of(ring.sumOfTensors(x, y)), scaleA * scaleB);
    }

    private static void requireTwo(String operation, Ciphertext a) {
        if (a.size() != 2) {
            throw new MismatchException(operation + ": expected a ciphertext of 2 components, found " + a.size()
                    + "; relinearize it first");
        }
    }

    /**
     * a * b, relinearised, not rescaled.
     *
     * @param a a two-component ciphertext
     * @param b another, any level
     * @return the product at the lower level; its scale is the product of the scales
     * @throws MissingKeyException without a relinearisation key
     * @throws MismatchException if an operand has three components
     */
    public Ciphertext multiply(Ciphertext a, Ciphertext b) {
        relinearizationKey("multiply");
        return relinearize(multiplyNoRelin(a, b));
    }

    /**
     * a * a, relinearised, not rescaled.
     *
     * @param a a two-component ciphertext
     * @return the square; its scale is the square of the scale
     * @throws MissingKeyException without a relinearisation key
     * @throws MismatchException if the operand has three components
     */
    public Ciphertext square(Ciphertext a) {
        return multiply(a, a);
    }

    private SwitchingKey relinearizationKey(String operation) {
        return keys.relinearizationKey()
                .orElseThrow(() -> MissingKeyException.relinearization(operation))
                .key();
    }

    /**
     * Three components back to two.
     *
     * @param a a ciphertext
     * @return the same with two components; a itself if it has two
     * @throws MissingKeyException without a relinearisation key, if there are three components
     */
    public Ciphertext relinearize(Ciphertext a) {
        context.require(a.parametersId(), "relinearize");
        if (a.size() == 2) {
            return a;
        }
        SwitchingKey key = relinearizationKey("relinearize");
        RnsPolynomial[] out =
                context.keySwitch().switchKey(a.component(2), key.b(), key.a(), a.component(0), a.component(1), null);
        return result(List.of(out), a.scale());
    }

    /**
     * Divides by the last prime: one level down, scale divided by that prime. A scale that comes out within 1e-9 of the
     * canonical one of the new level, or of its square, is set to it exactly.
     *
     * @param a a ciphertext of level 1 or more
     * @return the rescaled ciphertext; the rounding error of a slot is at most about sqrt(N/12)*(1 + sqrt(2N/3))/scale
     * @throws LevelException at level 0
     */
    public Ciphertext rescale(Ciphertext a) {
        context.require(a.parametersId(), "rescale");
        int level = a.level();
        if (level == 0) {
            throw new LevelException("rescale: expected a ciphertext of level 1 or more, found level 0;"
                    + " use parameters with more levels");
        }
        double scale = a.scale() / context.basis(level).modulus(level).asDouble();
        return result(List.of(context.rescaler(level).rescale(a.array())), snap(scale, level - 1));
    }

    private double snap(double scale, int level) {
        double canonical = context.parameters().scale(level);
        for (double s : new double[] {canonical, canonical * canonical}) {
            if (Math.abs(scale / s - 1) < SCALE_TOLERANCE) {
                return s;
            }
        }
        return scale;
    }

    /**
     * Whether a ciphertext has the canonical scale of its level or the square of it.
     *
     * @param a a ciphertext
     * @return 1, 2, or 0 for any other scale
     */
    public int scaleDegree(Ciphertext a) {
        double s = context.parameters().scale(a.level());
        if (Math.abs(a.scale() / s - 1) < SCALE_TOLERANCE) {
            return 1;
        }
        return Math.abs(a.scale() / (s * s) - 1) < SCALE_TOLERANCE ? 2 : 0;
    }

    /**
     * Brings a ciphertext down to a level and onto that level's canonical scale (squared, if it was squared): drops limbs,
     * multiplies by an integer near the scale and rescales, so the slots change by no more than a rescaling's rounding and
     * 2^-(scaleBits+1) relatively. No key is needed.
     *
     * @param a a ciphertext of canonical scale, or its square
     * @param level 0..a.level()
     * @return the ciphertext at that level; a itself if it is there
     * @throws LevelException if the level is higher than the ciphertext's or negative
     * @throws ScaleException if the ciphertext's scale is neither canonical nor the square of it
     */
    public Ciphertext dropToLevel(Ciphertext a, int level) {
        context.require(a.parametersId(), "dropToLevel");
        if (level == a.level()) {
            return a;
        }
        if (level < 0 || level > a.level()) {
            throw new LevelException(
                    "dropToLevel: expected a level in 0.." + a.level() + ", found " + level + "; levels only go down");
        }
        int degree = scaleDegree(a);
        if (degree == 0) {
            throw new ScaleException(String.format(
                    Locale.ROOT,
                    "dropToLevel: expected the canonical scale of level %d or its square, found 2^%.3f; rescale first",
                    a.level(),
                    Math.log(a.scale()) / Math.log(2)));
        }
        double canonical = context.parameters().scale(level);
        double target = degree == 1 ? canonical : canonical * canonical;
        Ciphertext above = dropLimbs(a, level + 1);
        double q = context.basis(level + 1).modulus(level + 1).asDouble();
        double[] k = residues("dropToLevel", Math.rint(target * q / a.scale()), level + 1);
        return result(List.of(context.rescaler(level + 1).multiplyAndRescale(k, above.array())), target);
    }

    /**
     * Forgets limbs: level down, slots and scale stay exactly as they are, so the scale is in general not canonical any more.
     *
     * @param a a ciphertext
     * @param level 0..a.level()
     * @return the ciphertext modulo fewer primes
     * @throws LevelException if the level is higher than the ciphertext's or negative
     */
    public Ciphertext dropLimbs(Ciphertext a, int level) {
        context.require(a.parametersId(), "dropLimbs");
        if (level < 0 || level > a.level()) {
            throw new LevelException(
                    "dropLimbs: expected a level in 0.." + a.level() + ", found " + level + "; levels only go down");
        }
        return map(a, p -> p.restrict(context.basis(level)));
    }

    /**
     * Rotates the slots.
     *
     * @param a a two-component ciphertext
     * @param stepsLeft slots to the left, any sign, taken modulo N/2
     * @return slot i of the result is slot i + stepsLeft of a; a itself for 0 steps
     * @throws MissingKeyException without the key of these steps
     * @throws MismatchException if the operand has three components
     */
    public Ciphertext rotate(Ciphertext a, int stepsLeft) {
        context.require(a.parametersId(), "rotate");
        requireTwo("rotate", a);
        int g = Automorphism.galoisElementOfRotation(context.parameters().logRingDegree(), stepsLeft);
        if (g == 1) {
            return a;
        }
        return automorphism(a, g, rotationKey("rotate", g, stepsLeft));
    }

    private SwitchingKey rotationKey(String operation, int g, int stepsLeft) {
        return keys.rotationKey(g)
                .orElseThrow(() -> MissingKeyException.rotation(
                        operation,
                        stepsLeft,
                        keys.availableSteps(context.parameters().logRingDegree())
                                .asSet()))
                .key();
    }

    private Ciphertext automorphism(Ciphertext a, int g, SwitchingKey key) {
        RnsPolynomial[] out = context.keySwitch()
                .switchKey(a.component(1), key.b(), key.a(), a.component(0), null, ring.automorphism(g));
        return result(List.of(out), a.scale());
    }

    /**
     * Several rotations of one ciphertext: it is decomposed and extended once (hoisting, ia.cr/2018/244).
     *
     * @param a a two-component ciphertext
     * @param stepsLeft slots to the left for every result
     * @return as many rotated ciphertexts
     * @throws MissingKeyException without one of the keys
     * @throws MismatchException if the operand has three components
     */
    public List<Ciphertext> rotateHoisted(Ciphertext a, int... stepsLeft) {
        context.require(a.parametersId(), "rotateHoisted");
        requireTwo("rotateHoisted", a);
        int[] elements = new int[stepsLeft.length];
        boolean any = false;
        for (int i = 0; i < elements.length; i++) {
            elements[i] =
                    Automorphism.galoisElementOfRotation(context.parameters().logRingDegree(), stepsLeft[i]);
            if (elements[i] != 1) {
                rotationKey("rotateHoisted", elements[i], stepsLeft[i]);
                any = true;
            }
        }
        List<Ciphertext> out = new ArrayList<>(elements.length);
        if (!any) {
            for (int i = 0; i < elements.length; i++) {
                out.add(a);
            }
            return out;
        }
        try (HybridKeySwitch.Digits digits = context.keySwitch().decompose(a.component(1))) {
            for (int i = 0; i < elements.length; i++) {
                if (elements[i] == 1) {
                    out.add(a);
                    continue;
                }
                SwitchingKey key = rotationKey("rotateHoisted", elements[i], stepsLeft[i]);
                RnsPolynomial[] c = context.keySwitch()
                        .product(digits, key.b(), key.a(), a.component(0), null, ring.automorphism(elements[i]));
                out.add(result(List.of(c), a.scale()));
            }
        }
        return out;
    }

    /**
     * Sums of plaintext products of rotations of one ciphertext: result o is the sum over i of p[o][i] * rotate(a, stepsLeft[i]).
     * The ciphertext is decomposed once, and every sum is divided by P once instead of every rotation (double hoisting,
     * ia.cr/2020/1203): the building block of linear transforms. Not rescaled.
     *
     * @param a a two-component ciphertext
     * @param stepsLeft [i] slots to the left
     * @param p [o][i] plaintexts of a's level, all of one scale; null where sum o leaves term i out
     * @return one ciphertext for every o; its scale is the product of the scales
     * @throws MissingKeyException without one of the keys
     * @throws MismatchException if the operand has three components or the lengths differ
     * @throws LevelException if a plaintext has another level
     * @throws ScaleException if plaintext scales differ
     */
    public List<Ciphertext> sumsOfRotatedPlainProducts(Ciphertext a, int[] stepsLeft, List<List<ExtendedPlaintext>> p) {
        String operation = "sumsOfRotatedPlainProducts";
        context.require(a.parametersId(), operation);
        requireTwo(operation, a);
        RnsPolynomial[][] plain = new RnsPolynomial[p.size()][stepsLeft.length];
        double scale = 0;
        for (int o = 0; o < plain.length; o++) {
            requireTerms(operation, stepsLeft.length, p.get(o).size());
            for (int i = 0; i < stepsLeft.length; i++) {
                ExtendedPlaintext m = p.get(o).get(i);
                if (m == null) {
                    continue;
                }
                context.require(m.parametersId(), operation);
                if (m.level() != a.level()) {
                    throw new LevelException(operation + ": expected plaintexts of level " + a.level() + ", found "
                            + m.level() + "; encode them at the ciphertext's level");
                }
                scale = scale == 0 ? m.scale() : scale;
                requireScale(operation, scale, m.scale());
                plain[o][i] = m.polynomial();
            }
        }
        Automorphism[] maps = new Automorphism[stepsLeft.length];
        List<List<RnsPolynomial>> keyB = new ArrayList<>();
        List<List<RnsPolynomial>> keyA = new ArrayList<>();
        for (int i = 0; i < maps.length; i++) {
            int g = Automorphism.galoisElementOfRotation(context.parameters().logRingDegree(), stepsLeft[i]);
            SwitchingKey key = g == 1 ? null : rotationKey("rotateHoisted", g, stepsLeft[i]);
            maps[i] = g == 1 ? null : ring.automorphism(g);
            keyB.add(key == null ? null : key.b());
            keyA.add(key == null ? null : key.a());
        }
        List<Ciphertext> out = new ArrayList<>(plain.length);
        try (HybridKeySwitch.Digits digits = context.keySwitch().decompose(a.component(1))) {
            for (RnsPolynomial[] c : context.keySwitch()
                    .sumsOfPlainProducts(a.component(0), digits, a.component(1), maps, keyB, keyA, plain)) {
                out.add(result(List.of(c), a.scale() * scale));
            }
        }
        return out;
    }

    /**
     * Complex conjugation of every slot.
     *
     * @param a a two-component ciphertext
     * @return the conjugate
     * @throws MissingKeyException without the conjugation key
     * @throws MismatchException if the operand has three components
     */
    public Ciphertext conjugate(Ciphertext a) {
        context.require(a.parametersId(), "conjugate");
        requireTwo("conjugate", a);
        int g = Automorphism.galoisElementOfConjugation(context.parameters().logRingDegree());
        SwitchingKey key = keys.rotationKey(g)
                .orElseThrow(() -> MissingKeyException.conjugation("conjugate"))
                .key();
        return automorphism(a, g, key);
    }
}
