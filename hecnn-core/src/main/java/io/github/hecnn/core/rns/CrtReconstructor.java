package io.github.hecnn.core.rns;

import io.github.hecnn.core.modular.Modulus;
import java.math.BigInteger;

/**
 * From residues back to the centred integers they stand for, by balanced mixed radix digits (Garner): x = d_0 + q_0*(d_1 +
 * q_1*(d_2 + ...)) with every digit balanced, so the sum is centred by itself and leading digits of small values are 0.
 * Immutable and thread-safe.
 */
public final class CrtReconstructor {
    private final RnsBasis basis;
    private final double[][] inverse; // [i][k] = (q_k)^-1 mod q_i, k < i

    /**
     * Precomputes the inverses.
     *
     * @param basis basis of the polynomials to reconstruct
     */
    public CrtReconstructor(RnsBasis basis) {
        this.basis = basis;
        inverse = new double[basis.size()][];
        for (int i = 0; i < inverse.length; i++) {
            Modulus q = basis.modulus(i);
            inverse[i] = new double[i];
            for (int k = 0; k < i; k++) {
                inverse[i][k] = q.invert(q.balance(basis.modulus(k).value()));
            }
        }
    }

    private void digits(RnsPolynomial x, int coefficient, double[] d) {
        for (int i = 0; i < d.length; i++) {
            Modulus q = basis.modulus(i);
            double r = x.limb(i)[coefficient];
            for (int k = 0; k < i; k++) {
                r = q.multiply(q.subtract(r, q.reduceExact(d[k])), inverse[i][k]);
            }
            d[i] = r;
        }
    }

    private void check(RnsPolynomial x) {
        x.requireDomain(Domain.COEFFICIENT, "CrtReconstructor");
        if (!x.basis().equals(basis)) {
            throw new IllegalArgumentException("CrtReconstructor: expected " + basis + ", found " + x.basis());
        }
    }

    /**
     * Exact centred coefficients.
     *
     * @param x polynomial in the coefficient domain
     * @return N integers in (-Q/2, Q/2)
     * @throws IllegalArgumentException if x is on another basis or in the NTT domain
     */
    public BigInteger[] toBigIntegers(RnsPolynomial x) {
        check(x);
        BigInteger[] out = new BigInteger[basis.degree()];
        double[] d = new double[basis.size()];
        for (int j = 0; j < out.length; j++) {
            digits(x, j, d);
            BigInteger v = BigInteger.ZERO;
            for (int i = d.length - 1; i >= 0; i--) {
                v = v.multiply(BigInteger.valueOf(basis.modulus(i).value())).add(BigInteger.valueOf((long) d[i]));
            }
            out[j] = v;
        }
        return out;
    }

    /**
     * Centred coefficients divided by a scale, in doubles. For one and two limbs, correctly rounded up to one rounding in the
     * recombination and one in the division; for more limbs each further limb adds at most one rounding of the partial sum.
     *
     * @param x polynomial in the coefficient domain
     * @param scale divisor, positive
     * @return N values
     * @throws IllegalArgumentException if x is on another basis or in the NTT domain
     */
    public double[] toDoubles(RnsPolynomial x, double scale) {
        check(x);
        double[] out = new double[basis.degree()];
        double[] d = new double[basis.size()];
        for (int j = 0; j < out.length; j++) {
            digits(x, j, d);
            double v = d[d.length - 1];
            for (int i = d.length - 2; i >= 0; i--) {
                v = Math.fma(v, basis.modulus(i).asDouble(), d[i]);
            }
            out[j] = v / scale;
        }
        return out;
    }
}
