package io.github.hecnn.ckks.bootstrap;

import io.github.hecnn.ckks.internal.context.Rings;
import io.github.hecnn.ckks.internal.parts.Keys;
import io.github.hecnn.ckks.keys.EncapsulationKeys;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.core.rns.Domain;
import io.github.hecnn.core.rns.KeyHalves.After;
import io.github.hecnn.core.rns.RnsArithmetic;
import io.github.hecnn.core.rns.RnsBasis;
import io.github.hecnn.core.rns.RnsPolynomial;
import java.util.List;

/** From level 0 to the top of the chain, by way of a sparse secret that keeps the multiples of q(0) small. Immutable and thread-safe. */
final class ModRaise {
    private final CkksContext context;
    private final CkksContext smallest;
    private final EncapsulationKeys keys;

    ModRaise(CkksContext context, EncapsulationKeys keys) {
        this.context = context.recycling();
        this.smallest = context.encapsulationContext().recycling();
        this.keys = keys;
    }

    /** Coefficients gain multiples of q(0); the result's scale is q(0), so these are integers in its slots. */
    ScaledCiphertext apply(ScaledCiphertext a) {
        RnsBasis q0 = Rings.of(smallest).basis(0);
        RnsPolynomial[] sparse = Rings.of(smallest)
                .keySwitch()
                .switchKey(a.c1().restrict(q0), Keys.halves(keys.toSparse()), After.adding(a.c0().restrict(q0)));
        RnsPolynomial c0 = raised(sparse[0]);
        RnsPolynomial c1 = raised(sparse[1]);
        RnsPolynomial[] out =
                Rings.of(context).keySwitch().switchKey(c1, Keys.halves(keys.toDense()), After.adding(c0));
        for (RnsPolynomial done : List.of(sparse[0], sparse[1])) {
            done.release();
        }
        for (int i = 0; i < c0.size(); i++) {
            Rings.of(context).arithmetic().buffers().release(c0.limb(i));
            Rings.of(context).arithmetic().buffers().release(c1.limb(i));
        }
        return new ScaledCiphertext(out[0], out[1], q0.modulus(0).asDouble());
    }

    /** The centred residues modulo every prime, in borrowed limbs. */
    private RnsPolynomial raised(RnsPolynomial c) {
        RnsArithmetic ring = Rings.of(context).arithmetic();
        RnsPolynomial centred = ring.toCoefficients(c);
        RnsBasis top = Rings.of(context).basis(context.parameters().chainLevel());
        double[][] limbs = ring.buffers().borrow(top.size());
        ring.workers().forEach(limbs.length, i -> {
            RnsPolynomial.reduce(centred.limb(0), top.modulus(i), limbs[i]);
            top.ntt(i).forwardInPlace(limbs[i]);
        });
        centred.release();
        return RnsPolynomial.wrap(top, Domain.NTT, limbs);
    }
}
