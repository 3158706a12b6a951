package io.github.hecnn.ckks.serial;

import io.github.hecnn.ckks.error.MismatchException;
import io.github.hecnn.ckks.error.ScaleException;
import io.github.hecnn.ckks.internal.Seed;
import io.github.hecnn.core.rns.Domain;
import io.github.hecnn.core.rns.RnsBasis;
import io.github.hecnn.core.rns.RnsPolynomial;

/** Checks on objects before their first byte is written, so that a stream never ends half-way for their sake. */
final class WireShapes {
    private WireShapes() {}

    static void require(RnsPolynomial p, RnsBasis basis, String what) {
        if (p.domain() != Domain.NTT) {
            throw new MismatchException("write: expected " + what
                    + " in the NTT domain, found one in the coefficient domain; transform it");
        }
        if (!p.basis().equals(basis)) {
            throw new MismatchException("write: expected " + what + " on " + basis + ", found one on " + p.basis()
                    + "; use the serializer of its context");
        }
    }

    static void require(Seed seed, String what) {
        if (seed == null) {
            throw new MismatchException("write: expected " + what
                    + " with the seed of its uniform half, found none; make keys with KeyGenerator");
        }
    }

    static void requireScale(double scale) {
        if (!validScale(scale)) {
            throw new ScaleException(
                    "write: expected a positive finite scale, found " + scale + "; rescale the products");
        }
    }

    static boolean validScale(double scale) {
        return scale > 0 && scale <= Double.MAX_VALUE;
    }
}
