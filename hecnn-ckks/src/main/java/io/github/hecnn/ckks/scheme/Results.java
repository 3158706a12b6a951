package io.github.hecnn.ckks.scheme;

import io.github.hecnn.ckks.error.ScaleException;
import io.github.hecnn.ckks.error.TransparentCiphertextException;
import io.github.hecnn.ckks.internal.parts.CiphertextParts;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.ckks.params.ModulusCapacity;
import io.github.hecnn.core.rns.RnsPolynomial;
import java.util.List;

/**
 * What every result of {@link Evaluator} goes through: it must fit under the modulus by its scale and known operands, and hide its
 * slots. Immutable and thread-safe.
 */
record Results(CkksContext context, ModulusCapacity capacity, boolean transparentAllowed) {
    Ciphertext of(String operation, Origin origin, RnsPolynomial[] components, double scale) {
        return of(operation, origin, List.of(components), scale);
    }

    Ciphertext of(String operation, Origin origin, List<RnsPolynomial> components, double scale) {
        requireFits(operation, 1, scale, components.get(0).size() - 1);
        requireHidden(operation, components);
        return new Ciphertext(new CiphertextParts(
                context.parameters().rootId(), origin.pair(), origin.slots(), components, scale, null));
    }

    /** By scale, where known operands let slots grow by a factor; a factor that is not a number is unknown. */
    void requireFits(String operation, double factor, double scale, int level) {
        capacity.requireUnknown(operation, Double.isNaN(factor) ? 1 : factor, scale, level);
    }

    /** A plain operand of known slots must fit by itself. */
    void requireOperand(String operation, double bound, double scale, int level) {
        if (!Double.isNaN(bound)) {
            capacity.requireKnown(operation, bound, scale, level);
        }
    }

    /** A constant as the integer it is encoded as. */
    double scaledConstant(String operation, double c, double scale, int level) {
        if (!Double.isFinite(c)) {
            throw new ScaleException(
                    operation + ": expected a finite constant, found " + c + "; check where it was computed");
        }
        ModulusCapacity.requireNotRoundedToZero(operation, c, scale);
        capacity.requireKnown(operation, Math.abs(c), scale, level);
        return Math.rint(c * scale);
    }

    /** Looks at one residue of a component, unless it is zero. */
    private void requireHidden(String operation, List<RnsPolynomial> components) {
        if (transparentAllowed) {
            return;
        }
        for (int i = 1; i < components.size(); i++) {
            if (!isZero(components.get(i))) {
                return;
            }
        }
        throw new TransparentCiphertextException(operation);
    }

    private static boolean isZero(RnsPolynomial p) {
        for (int i = 0; i < p.size(); i++) {
            for (double r : p.limb(i)) {
                if (r != 0) {
                    return false;
                }
            }
        }
        return true;
    }
}
