package io.github.hecnn.ckks.bootstrap;

import io.github.hecnn.ckks.params.CkksParameters;
import java.util.List;
import java.util.Random;

/**
 * {@link ScaledAlgebra} on real slots in doubles, with the noise that rescaling adds on ciphertexts: what predicts the error of a modular
 * reduction.
 *
 * <p>A rescale rounds both components. In a slot that is e0 + e1 s, e0 and e1 complex Gaussian of mean square N/12, s the secret's slot, complex
 * Gaussian of mean square h, 2N/3 for a dense ternary secret. The secret's slot is the same in every rescale, so noise is larger in some slots
 * than in others: that is drawn once for each slot. Key switching adds little to it, as it is divided by the same prime. Not thread-safe.
 */
final class SimulatedSlots implements ScaledAlgebra<SimulatedSlots.Slots> {
    private final List<Long> primes;
    private final double[] deviation; // [slot] of the real part after a rescale, in units of 1/scale
    private final Random random;

    /** Slots with their level and scale. */
    @SuppressWarnings("ArrayRecordComponent") // package-private, and nobody writes into them
    record Slots(double[] values, int level, double scale) {}

    SimulatedSlots(CkksParameters p, double[] secretSquares, Random random) {
        this.primes = p.chain().dataPrimes();
        this.random = random;
        this.deviation = new double[secretSquares.length];
        for (int i = 0; i < deviation.length; i++) {
            deviation[i] = Math.sqrt(p.ringDegree() / 24.0 * (1 + secretSquares[i]));
        }
    }

    /** [slot] squares of the magnitude of the secret's slots: exponential, as those of a complex Gaussian are. */
    static double[] secretSquares(CkksParameters p, int slots, Random random) {
        double h = p.secretHammingWeight() == 0 ? p.ringDegree() * 2.0 / 3 : p.secretHammingWeight();
        double[] out = new double[slots];
        for (int i = 0; i < slots; i++) {
            out[i] = -h * Math.log1p(-random.nextDouble());
        }
        return out;
    }

    /** Values with the noise of a rescale to this scale. */
    Slots noisy(double[] values, int level, double scale) {
        double[] out = new double[values.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = values[i] + deviation[i] / scale * random.nextGaussian();
        }
        return new Slots(out, level, scale);
    }

    @Override
    public double scale(Slots a) {
        return a.scale();
    }

    @Override
    public double prime(int level) {
        return primes.get(level);
    }

    @Override
    public Slots declare(Slots a, double scale) {
        double f = a.scale() / scale;
        double[] out = new double[a.values().length];
        for (int i = 0; i < out.length; i++) {
            out[i] = a.values()[i] * f;
        }
        return new Slots(out, a.level(), scale);
    }

    @Override
    public Slots sum(int level, double scale, double constant, double[] factors, List<Slots> terms) {
        double[] out = new double[terms.get(0).values().length];
        double first = Math.rint(constant * scale) / scale;
        for (int i = 0; i < out.length; i++) {
            out[i] = first;
        }
        for (int k = 0; k < factors.length; k++) {
            Slots x = terms.get(k);
            double f = Math.rint(factors[k] * scale / x.scale()) * x.scale() / scale;
            for (int i = 0; i < out.length; i++) {
                out[i] += f * x.values()[i];
            }
        }
        return new Slots(out, level, scale);
    }

    @Override
    public Slots multiply(List<Slots> a, List<Slots> b, Slots plus) {
        int level = Integer.MAX_VALUE;
        double[] out =
                plus == null ? new double[deviation.length] : plus.values().clone();
        for (int k = 0; k < a.size(); k++) {
            level = Math.min(level, Math.min(a.get(k).level(), b.get(k).level()));
            for (int i = 0; i < out.length; i++) {
                out[i] += a.get(k).values()[i] * b.get(k).values()[i];
            }
        }
        return noisy(out, level - 1, a.get(0).scale() * b.get(0).scale() / prime(level));
    }

    @Override
    public Slots rescale(Slots a) {
        return noisy(a.values(), a.level() - 1, a.scale() / prime(a.level()));
    }

    @Override
    public Slots addConstant(Slots a, double c) {
        double k = Math.rint(c * a.scale()) / a.scale();
        double[] out = new double[a.values().length];
        for (int i = 0; i < out.length; i++) {
            out[i] = a.values()[i] + k;
        }
        return new Slots(out, a.level(), a.scale());
    }

    @Override
    public void release(Slots a) {}
}
