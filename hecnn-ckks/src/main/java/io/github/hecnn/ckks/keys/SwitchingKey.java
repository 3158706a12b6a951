package io.github.hecnn.ckks.keys;

import io.github.hecnn.ckks.internal.Door;
import io.github.hecnn.ckks.internal.SwitchingKeyParts;
import io.github.hecnn.core.rns.KeyHalves;
import io.github.hecnn.core.rns.RnsPolynomial;

/**
 * A hybrid key-switching key (ia.cr/2019/688, section 3): for digit j the pair (b_j, a_j) modulo Q and P in the NTT domain
 * with b_j = -a_j*target + e_j + P*1_j*source, where 1_j is 1 modulo the primes of digit j and 0 modulo the other data
 * primes. Immutable and thread-safe. A key of d digits on n limbs takes 2*d*n*N*8 bytes in memory.
 */
public final class SwitchingKey {
    private final SwitchingKeyParts parts;

    static {
        Door.open(SwitchingKey.class, SwitchingKeyParts.class, k -> k.parts, SwitchingKey::new);
    }

    SwitchingKey(SwitchingKeyParts parts) {
        this.parts = parts;
    }

    /** {@return bytes of the residues in memory} */
    public long memoryBytes() {
        KeyHalves halves = parts.halves();
        RnsPolynomial p = halves.b().get(0);
        return 2L * halves.b().size() * p.size() * p.basis().degree() * Double.BYTES;
    }
}
