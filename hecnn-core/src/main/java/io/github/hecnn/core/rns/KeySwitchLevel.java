package io.github.hecnn.core.rns;

import io.github.hecnn.core.internal.kernel.RingKernels;
import io.github.hecnn.core.internal.kernel.choice.KernelProvider;
import io.github.hecnn.core.modular.Modulus;
import java.util.List;

/** Constants of a key switch for one number of data limbs, and the product of digits with a key modulo one prime. Immutable and thread-safe. */
final class KeySwitchLevel {
    /** The data primes in use. */
    final RnsBasis data;

    final DigitExtension up;
    final SpecialPrimeDivision down;
    final SpecialPrimeDivision downAndRescale; // null for a single limb

    private final int keyDataLimbs;
    private final int specialPrimes;
    private final RingKernels kernels = KernelProvider.kernels();

    KeySwitchLevel(RnsBasis data, RnsBasis special, int keyDataLimbs, int digitSize, RnsArithmetic arithmetic) {
        this.data = data;
        this.keyDataLimbs = keyDataLimbs;
        this.specialPrimes = special.size();
        up = new DigitExtension(data, special, digitSize, arithmetic);
        down = SpecialPrimeDivision.by(special, data, arithmetic);
        downAndRescale = data.size() < 2 ? null : SpecialPrimeDivision.byLastAnd(special, data, arithmetic);
    }

    /** Data primes in use, then special ones. */
    int targets() {
        return data.size() + specialPrimes;
    }

    /** [digit] limb of one half of a key for a target. */
    double[][] keyLimbs(int target, List<RnsPolynomial> key) {
        int limb = target < data.size() ? target : keyDataLimbs + target - data.size();
        double[][] out = new double[up.digits()][];
        for (int k = 0; k < out.length; k++) {
            out[k] = key.get(k).limb(limb);
        }
        return out;
    }

    /** Digits times both halves of a key, modulo one target. */
    void keyProduct(int target, double[][] digits, KeyHalves key, double[] out0, double[] out1) {
        Modulus q = up.modulus(target);
        kernels.innerProductPair(
                digits, keyLimbs(target, key.b()), keyLimbs(target, key.a()), up.digits(), out0, out1, q);
    }
}
