package io.github.hecnn.ckks.keys;

import io.github.hecnn.core.rns.RnsPolynomial;
import java.util.List;

/**
 * A hybrid key-switching key (ia.cr/2019/688, section 3): for digit j the pair (b_j, a_j) modulo Q and P in the NTT domain
 * with b_j = -a_j*target + e_j + P*1_j*source, where 1_j is 1 modulo the primes of digit j and 0 modulo the other data
 * primes. Immutable and thread-safe. A key of d digits on n limbs takes 2*d*n*N*8 bytes in memory.
 *
 * @param b [digit] first halves
 * @param a [digit] uniform halves
 * @param seed what the uniform halves were expanded from
 */
public record SwitchingKey(List<RnsPolynomial> b, List<RnsPolynomial> a, Seed seed) {
    /** Copies the lists. */
    public SwitchingKey {
        b = List.copyOf(b);
        a = List.copyOf(a);
    }

    /**
     * Memory of the residues.
     *
     * @return bytes held
     */
    public long memoryBytes() {
        RnsPolynomial p = b.get(0);
        return 2L * b.size() * p.size() * p.basis().degree() * Double.BYTES;
    }
}
