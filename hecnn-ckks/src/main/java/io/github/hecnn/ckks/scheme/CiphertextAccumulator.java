package io.github.hecnn.ckks.scheme;

import io.github.hecnn.ckks.error.LevelException;
import io.github.hecnn.ckks.error.MismatchException;
import io.github.hecnn.ckks.error.ScaleException;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.core.rns.RnsArithmetic;
import io.github.hecnn.core.rns.RnsPolynomial;
import java.util.ArrayList;
import java.util.List;

/**
 * A running sum of ciphertexts that is changed in place, for long sums without a new ciphertext a term. Starts as a copy of
 * its first term; every later one must have the same key pair, level, scale and number of components. Not thread-safe.
 */
public final class CiphertextAccumulator {
    private final CkksContext context;
    private final RnsPolynomial[] sum;
    private final double scale;
    private Origin origin;
    private boolean transparentAllowed;

    /**
     * Starts a sum.
     *
     * @param context context of the ciphertexts
     * @param first first term; copied
     * @throws MismatchException if the ciphertext has other parameters
     * @throws ScaleException if slots up to 1 do not fit at its scale and level
     */
    public CiphertextAccumulator(CkksContext context, Ciphertext first) {
        context.requireRoot(first.parametersId(), "accumulate");
        this.context = context;
        context.capacity().requireUnknown("accumulate", 1, first.scale(), first.level());
        this.scale = first.scale();
        this.origin = Origin.of(first);
        this.sum = new RnsPolynomial[first.size()];
        for (int i = 0; i < sum.length; i++) {
            sum[i] = first.component(i).copy();
        }
    }

    /**
     * Allows a sum that anybody can read, because its second component is zero.
     *
     * @return this
     */
    public CiphertextAccumulator allowingTransparent() {
        transparentAllowed = true;
        return this;
    }

    private Results results() {
        return new Results(context, context.capacity(), transparentAllowed);
    }

    private Origin check(Ciphertext term, double termScale) {
        context.requireRoot(term.parametersId(), "accumulate");
        Origin sumOrigin = origin.with(Origin.of(term), "accumulate");
        if (term.size() != sum.length || term.level() != sum[0].size() - 1) {
            throw new MismatchException("accumulate: expected a term of level " + (sum[0].size() - 1) + " with "
                    + sum.length + " components, found level " + term.level() + " with " + term.size()
                    + "; drop it to that level, or relinearize it");
        }
        if (!OperandChecks.sameScale(scale, termScale)) {
            throw new ScaleException(
                    "accumulate: expected a term of scale " + scale + ", found " + termScale + "; rescale it first");
        }
        return sumOrigin;
    }

    /**
     * Adds a ciphertext.
     *
     * @param term same level, scale and components as the sum
     * @return this
     * @throws MismatchException if parameters, key pair, level or components differ
     * @throws ScaleException if the scale differs
     */
    public CiphertextAccumulator addInPlace(Ciphertext term) {
        origin = check(term, term.scale());
        for (int i = 0; i < sum.length; i++) {
            context.arithmetic().addInPlace(sum[i], term.component(i));
        }
        return this;
    }

    /**
     * Adds a product with a plaintext.
     *
     * @param term same level and components as the sum
     * @param factor plaintext of at least that level; the product of the scales must be the sum's
     * @return this
     * @throws MismatchException if parameters, key pair, level or components differ
     * @throws LevelException if the plaintext's level is lower
     * @throws ScaleException if the product's scale differs, or the product with slots up to 1 does not fit
     */
    public CiphertextAccumulator addProductInPlace(Ciphertext term, Plaintext factor) {
        Origin sumOrigin = check(term, term.scale() * factor.scale()).withPlain(factor.slots());
        RnsPolynomial m = OperandChecks.restrict(context, "accumulate", term, factor);
        results().requireOperand("accumulate", factor.bound(), factor.scale(), term.level());
        results().requireFits("accumulate", factor.bound(), scale, term.level());
        origin = sumOrigin;
        RnsArithmetic ring = context.arithmetic();
        for (int i = 0; i < sum.length; i++) {
            ring.multiplyAddInPlace(sum[i], term.component(i), m);
        }
        return this;
    }

    /**
     * The sum so far.
     *
     * @return a copy that later additions do not change
     * @throws io.github.hecnn.ckks.error.TransparentCiphertextException if its second component is zero, unless allowed
     */
    public Ciphertext toCiphertext() {
        List<RnsPolynomial> out = new ArrayList<>(sum.length);
        for (RnsPolynomial p : sum) {
            out.add(p.copy());
        }
        return results().of("accumulate", origin, out, scale);
    }
}
