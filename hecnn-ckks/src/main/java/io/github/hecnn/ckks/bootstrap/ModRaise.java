package io.github.hecnn.ckks.bootstrap;

import io.github.hecnn.ckks.keys.EncapsulationKeys;
import io.github.hecnn.ckks.keys.SwitchingKey;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.core.rns.Domain;
import io.github.hecnn.core.rns.RnsArithmetic;
import io.github.hecnn.core.rns.RnsBasis;
import io.github.hecnn.core.rns.RnsPolynomial;

/** From level 0 to the top of the chain, by way of a sparse secret that keeps the multiples of q(0) small. Immutable and thread-safe. */
final class ModRaise {
    private final CkksContext context;
    private final CkksContext smallest;
    private final EncapsulationKeys keys;

    ModRaise(CkksContext context, EncapsulationKeys keys) {
        this.context = context;
        this.smallest = context.encapsulationContext();
        this.keys = keys;
    }

    /** Coefficients gain multiples of q(0); the result's scale is q(0), so these are integers in its slots. */
    ScaledCiphertext apply(ScaledCiphertext a) {
        RnsBasis q0 = smallest.basis(0);
        SwitchingKey toSparse = keys.toSparse();
        RnsPolynomial[] sparse = smallest.keySwitch()
                .switchKey(a.c1().restrict(q0), toSparse.b(), toSparse.a(), a.c0().restrict(q0), null, null);
        SwitchingKey toDense = keys.toDense();
        RnsPolynomial[] raised = context.keySwitch()
                .switchKey(raised(sparse[1]), toDense.b(), toDense.a(), raised(sparse[0]), null, null);
        return new ScaledCiphertext(raised[0], raised[1], q0.modulus(0).asDouble());
    }

    private RnsPolynomial raised(RnsPolynomial c) {
        RnsArithmetic ring = context.arithmetic();
        double[] centred = ring.toCoefficients(c).limb(0);
        RnsBasis top = context.basis(context.parameters().chainLevel());
        double[][] limbs = new double[top.size()][];
        ring.workers().forEach(limbs.length, i -> {
            limbs[i] = new double[centred.length];
            RnsPolynomial.reduce(centred, top.modulus(i), limbs[i]);
            top.ntt(i).forwardInPlace(limbs[i]);
        });
        return RnsPolynomial.wrap(top, Domain.NTT, limbs);
    }
}
