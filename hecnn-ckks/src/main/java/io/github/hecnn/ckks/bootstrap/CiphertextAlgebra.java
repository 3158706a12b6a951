package io.github.hecnn.ckks.bootstrap;

import io.github.hecnn.ckks.keys.SwitchingKey;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.core.rns.Domain;
import io.github.hecnn.core.rns.RnsArithmetic;
import io.github.hecnn.core.rns.RnsBasis;
import io.github.hecnn.core.rns.RnsPolynomial;
import java.util.List;

/** {@link ScaledAlgebra} on ciphertexts. Unlike the evaluator it keeps no canonical scales. Immutable and thread-safe. */
final class CiphertextAlgebra implements ScaledAlgebra<ScaledCiphertext> {
    private final CkksContext context;
    private final RnsArithmetic ring;
    private final SwitchingKey relinearization;

    CiphertextAlgebra(CkksContext context, SwitchingKey relinearization) {
        this.context = context;
        this.ring = context.arithmetic();
        this.relinearization = relinearization;
    }

    @Override
    public int level(ScaledCiphertext a) {
        return a.level();
    }

    @Override
    public double scale(ScaledCiphertext a) {
        return a.scale();
    }

    @Override
    public double prime(int level) {
        return context.basis(level).modulus(level).asDouble();
    }

    @Override
    public ScaledCiphertext declare(ScaledCiphertext a, double scale) {
        return a.withScale(scale);
    }

    @Override
    public ScaledCiphertext sum(
            int level, double scale, double constant, double[] factors, List<ScaledCiphertext> terms) {
        RnsBasis basis = context.basis(level);
        RnsPolynomial[] out = {RnsPolynomial.zero(basis, Domain.NTT), RnsPolynomial.zero(basis, Domain.NTT)};
        for (int i = 0; i < factors.length; i++) {
            ScaledCiphertext x = terms.get(i);
            double[] factor = residues(Math.rint(factors[i] * scale / x.scale()), basis);
            ring.addInPlace(out[0], ring.multiplyScalar(x.c0().restrict(basis), factor));
            ring.addInPlace(out[1], ring.multiplyScalar(x.c1().restrict(basis), factor));
        }
        RnsPolynomial c0 = ring.addScalar(out[0], residues(Math.rint(constant * scale), basis));
        return new ScaledCiphertext(c0, out[1], scale);
    }

    private static double[] residues(double integer, RnsBasis basis) {
        double[] out = new double[basis.size()];
        for (int i = 0; i < out.length; i++) {
            out[i] = basis.modulus(i).reduceExact(integer);
        }
        return out;
    }

    @Override
    public ScaledCiphertext multiply(List<ScaledCiphertext> a, List<ScaledCiphertext> b, ScaledCiphertext plus) {
        int level = Integer.MAX_VALUE;
        for (int i = 0; i < a.size(); i++) {
            level = Math.min(level, Math.min(a.get(i).level(), b.get(i).level()));
        }
        RnsBasis basis = context.basis(level);
        RnsPolynomial[][] x = new RnsPolynomial[a.size()][];
        RnsPolynomial[][] y = new RnsPolynomial[a.size()][];
        for (int i = 0; i < x.length; i++) {
            x[i] = pair(a.get(i), basis);
            y[i] = pair(b.get(i), basis);
        }
        RnsPolynomial[] d = ring.sumOfTensors(x, y);
        if (plus != null) {
            ring.addInPlace(d[0], plus.c0());
            ring.addInPlace(d[1], plus.c1());
        }
        RnsPolynomial[] c =
                context.keySwitch().switchKeyAndRescale(d[2], relinearization.b(), relinearization.a(), d[0], d[1]);
        return new ScaledCiphertext(c[0], c[1], a.get(0).scale() * b.get(0).scale() / prime(level));
    }

    private static RnsPolynomial[] pair(ScaledCiphertext a, RnsBasis basis) {
        return new RnsPolynomial[] {a.c0().restrict(basis), a.c1().restrict(basis)};
    }

    @Override
    public ScaledCiphertext rescale(ScaledCiphertext a) {
        RnsPolynomial[] c = context.rescaler(a.level()).rescale(new RnsPolynomial[] {a.c0(), a.c1()});
        return new ScaledCiphertext(c[0], c[1], a.scale() / prime(a.level()));
    }

    @Override
    public ScaledCiphertext addConstant(ScaledCiphertext a, double c) {
        double[] k = residues(Math.rint(c * a.scale()), a.c0().basis());
        return new ScaledCiphertext(ring.addScalar(a.c0(), k), a.c1(), a.scale());
    }

    /** a + b of one level and scale. */
    ScaledCiphertext add(ScaledCiphertext a, ScaledCiphertext b) {
        return new ScaledCiphertext(ring.add(a.c0(), b.c0()), ring.add(a.c1(), b.c1()), a.scale());
    }

    /** a - b of one level and scale. */
    ScaledCiphertext subtract(ScaledCiphertext a, ScaledCiphertext b) {
        return new ScaledCiphertext(ring.subtract(a.c0(), b.c0()), ring.subtract(a.c1(), b.c1()), a.scale());
    }

    /** Both components times a polynomial whose basis begins with the ciphertext's. */
    ScaledCiphertext multiply(ScaledCiphertext a, RnsPolynomial p) {
        RnsPolynomial m = p.restrict(a.c0().basis());
        return new ScaledCiphertext(ring.multiply(a.c0(), m), ring.multiply(a.c1(), m), a.scale());
    }
}
