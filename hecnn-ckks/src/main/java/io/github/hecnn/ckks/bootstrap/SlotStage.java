package io.github.hecnn.ckks.bootstrap;

import io.github.hecnn.ckks.internal.cipher.Encoders;
import io.github.hecnn.ckks.internal.context.Rings;
import io.github.hecnn.ckks.internal.parts.Keys;
import io.github.hecnn.ckks.keys.EvaluationKeys;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.ckks.scheme.CkksEncoder;
import io.github.hecnn.core.rns.Automorphism;
import io.github.hecnn.core.rns.HybridKeySwitch;
import io.github.hecnn.core.rns.KeyHalves;
import io.github.hecnn.core.rns.KeyedAutomorphism;
import io.github.hecnn.core.rns.PeriodicPolynomial;
import io.github.hecnn.core.rns.RnsPolynomial;
import java.util.NavigableMap;

/** A stage with its encoded diagonals and keys. Immutable and thread-safe. */
final class SlotStage {
    private final CkksContext context;
    private final double outScale;
    private final double plainScale;
    private final KeyedAutomorphism[] babies;
    private final KeyedAutomorphism[] giants;
    private final PeriodicPolynomial[][] plain; // [giant][baby]

    /**
     * Encodes a stage.
     *
     * @param context context of the keys
     * @param encoder of that context
     * @param plan the stage
     * @param keys with those of its rotations
     * @param factor all entries are multiplied by it
     * @param inScale scale of the input
     * @param outScale scale of the rescaled result
     */
    SlotStage(
            CkksContext context,
            CkksEncoder encoder,
            StagePlan plan,
            EvaluationKeys keys,
            double factor,
            double inScale,
            double outScale) {
        this.context = context.recycling();
        this.outScale = outScale;
        this.plainScale = outScale
                * Rings.of(context).basis(plan.level()).modulus(plan.level()).asDouble()
                / inScale;
        babies = new KeyedAutomorphism[plan.babies()];
        for (int j = 0; j < babies.length; j++) {
            babies[j] = rotation(context, keys, j * plan.unit());
        }
        giants = new KeyedAutomorphism[plan.giants()];
        for (int g = 1; g < giants.length; g++) {
            giants[g] = rotation(context, keys, plan.giantStep());
        }
        NavigableMap<Integer, double[][]> diagonals =
                SlotDiagonals.of(plan.low(), plan.butterflies(), plan.logSlots(), plan.inverse());
        int period = plan.period();
        plain = new PeriodicPolynomial[giants.length][babies.length];
        context.workers().forEach(plan.diagonals(), t -> {
            int giant = t / babies.length;
            double[][] v = diagonals.get((plan.first() + t) * plan.unit());
            // the giant step and what the input is short of are taken back here
            int shift = (plan.first() + giant * babies.length) * plan.unit() + plan.pending();
            double[] re = new double[period];
            double[] im = new double[period];
            for (int i = 0; i < period; i++) {
                int from = i - shift & (period - 1);
                re[i] = v[0][from] * factor;
                im[i] = v[1][from] * factor;
            }
            plain[giant][t % babies.length] = Encoders.periodic(encoder, re, im, plan.level(), plainScale);
        });
    }

    /** The automorphism of a rotation with its key, which has to be there. */
    static KeyedAutomorphism rotation(CkksContext context, EvaluationKeys keys, int stepsLeft) {
        return keyed(
                context,
                keys,
                Automorphism.galoisElementOfRotation(context.parameters().logRingDegree(), stepsLeft));
    }

    static KeyedAutomorphism keyed(CkksContext context, EvaluationKeys keys, int galoisElement) {
        if (galoisElement == 1) {
            return KeyedAutomorphism.IDENTITY;
        }
        KeyHalves key =
                Keys.halves(keys.rotationKey(galoisElement).orElseThrow().key());
        return new KeyedAutomorphism(Rings.of(context).arithmetic().automorphism(galoisElement), key);
    }

    /** The stage and a rescale; the result is in borrowed limbs. */
    ScaledCiphertext applyAndRescale(ScaledCiphertext a) {
        return apply(a, true);
    }

    /** The stage alone: the rescale is the caller's, after which the scale is {@link #outScale}. */
    ScaledCiphertext apply(ScaledCiphertext a) {
        return apply(a, false);
    }

    private ScaledCiphertext apply(ScaledCiphertext a, boolean rescale) {
        HybridKeySwitch keySwitch = Rings.of(context).keySwitch();
        try (HybridKeySwitch.Digits digits = keySwitch.decompose(a.c1())) {
            RnsPolynomial[] c = keySwitch.hornerOfPlainProducts(a.c0(), digits, a.c1(), babies, plain, giants, rescale);
            return new ScaledCiphertext(c[0], c[1], rescale ? outScale : a.scale() * plainScale);
        }
    }

    /** Memory of the encoded diagonals. */
    long memoryBytes() {
        long sum = 0;
        for (PeriodicPolynomial[] row : plain) {
            for (PeriodicPolynomial p : row) {
                sum += p == null ? 0 : p.memoryBytes();
            }
        }
        return sum;
    }
}
