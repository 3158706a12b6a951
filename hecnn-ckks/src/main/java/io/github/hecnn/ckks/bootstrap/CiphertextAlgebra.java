package io.github.hecnn.ckks.bootstrap;

import io.github.hecnn.ckks.internal.context.Rings;
import io.github.hecnn.ckks.internal.parts.Keys;
import io.github.hecnn.ckks.keys.SwitchingKey;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.core.rns.KeyHalves;
import io.github.hecnn.core.rns.RnsArithmetic;
import io.github.hecnn.core.rns.RnsBasis;
import io.github.hecnn.core.rns.RnsPolynomial;
import java.util.List;

/** {@link ScaledAlgebra} on ciphertexts in borrowed limbs. Unlike the evaluator it keeps no canonical scales. Immutable and thread-safe. */
final class CiphertextAlgebra implements ScaledAlgebra<ScaledCiphertext> {
    private final CkksContext context;
    private final RnsArithmetic ring;
    private final KeyHalves relinearization;

    CiphertextAlgebra(CkksContext context, SwitchingKey relinearization) {
        this.context = context.recycling();
        this.ring = Rings.of(this.context).arithmetic();
        this.relinearization = Keys.halves(relinearization);
    }

    @Override
    public double scale(ScaledCiphertext a) {
        return a.scale();
    }

    @Override
    public double prime(int level) {
        return Rings.of(context).basis(level).modulus(level).asDouble();
    }

    @Override
    public ScaledCiphertext declare(ScaledCiphertext a, double scale) {
        return a.withScale(scale);
    }

    @Override
    public ScaledCiphertext sum(
            int level, double scale, double constant, double[] factors, List<ScaledCiphertext> terms) {
        RnsBasis basis = Rings.of(context).basis(level);
        ScaledCiphertext first = terms.get(0);
        double[] factor = residues(Math.rint(factors[0] * scale / first.scale()), basis);
        RnsPolynomial c0 = ring.multiplyScalar(first.c0().restrict(basis), factor);
        RnsPolynomial c1 = ring.multiplyScalar(first.c1().restrict(basis), factor);
        for (int i = 1; i < factors.length; i++) {
            ScaledCiphertext x = terms.get(i);
            factor = residues(Math.rint(factors[i] * scale / x.scale()), basis);
            ring.multiplyScalarAddInPlace(c0, x.c0(), factor);
            ring.multiplyScalarAddInPlace(c1, x.c1(), factor);
        }
        ring.into(c0).addScalar(c0, residues(Math.rint(constant * scale), basis));
        return new ScaledCiphertext(c0, c1, scale);
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
        RnsBasis basis = Rings.of(context).basis(level);
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
            plus.release();
        }
        RnsPolynomial[] c = Rings.of(context)
                .keySwitch()
                .switchKeyAndRescale(d[2], relinearization, KeyHalves.After.adding(d[0], d[1]));
        for (RnsPolynomial p : d) {
            p.release();
        }
        return new ScaledCiphertext(c[0], c[1], a.get(0).scale() * b.get(0).scale() / prime(level));
    }

    private static RnsPolynomial[] pair(ScaledCiphertext a, RnsBasis basis) {
        return new RnsPolynomial[] {a.c0().restrict(basis), a.c1().restrict(basis)};
    }

    @Override
    public ScaledCiphertext rescale(ScaledCiphertext a) {
        RnsPolynomial[] c = Rings.of(context).rescaler(a.level()).rescale(new RnsPolynomial[] {a.c0(), a.c1()});
        return new ScaledCiphertext(c[0], c[1], a.scale() / prime(a.level()));
    }

    @Override
    public ScaledCiphertext addConstant(ScaledCiphertext a, double c) {
        ring.into(a.c0()).addScalar(a.c0(), residues(Math.rint(c * a.scale()), a.c0().basis()));
        return a;
    }

    @Override
    public void release(ScaledCiphertext a) {
        a.release();
    }

    /** a + b of one level and scale. */
    ScaledCiphertext add(ScaledCiphertext a, ScaledCiphertext b) {
        return new ScaledCiphertext(ring.add(a.c0(), b.c0()), ring.add(a.c1(), b.c1()), a.scale());
    }

    /** a, which is used up, plus b of its level and scale. */
    ScaledCiphertext addInPlace(ScaledCiphertext a, ScaledCiphertext b) {
        ring.into(a.c0()).add(a.c0(), b.c0());
        ring.into(a.c1()).add(a.c1(), b.c1());
        return a;
    }

    /** a, which is used up, minus b of its level and scale. */
    ScaledCiphertext subtractInPlace(ScaledCiphertext a, ScaledCiphertext b) {
        ring.into(a.c0()).subtract(a.c0(), b.c0());
        ring.into(a.c1()).subtract(a.c1(), b.c1());
        return a;
    }

    /** Both components of a, which is used up, times a polynomial whose basis begins with the ciphertext's. */
    ScaledCiphertext multiplyInPlace(ScaledCiphertext a, RnsPolynomial p) {
        RnsPolynomial m = p.restrict(a.c0().basis());
        ring.into(a.c0()).multiply(a.c0(), m);
        ring.into(a.c1()).multiply(a.c1(), m);
        return a;
    }
}
