package io.github.hecnn.ckks.internal;

import io.github.hecnn.ckks.error.LevelException;
import io.github.hecnn.core.parallel.WorkerPool;
import io.github.hecnn.core.rns.CrtReconstructor;
import io.github.hecnn.core.rns.HybridKeySwitch;
import io.github.hecnn.core.rns.RnsArithmetic;
import io.github.hecnn.core.rns.RnsBasis;
import io.github.hecnn.core.rns.RnsRescaler;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/** The ring side of a context: bases with NTT tables, rescalers, key switching. Immutable and thread-safe. */
public final class RingContext {
    private final RnsArithmetic arithmetic;
    private final RnsBasis[] levels;
    private final RnsBasis special;
    private final RnsBasis extended;
    private final RnsBasis[] extendedLevels;
    private final RnsRescaler[] rescalers;
    private final HybridKeySwitch keySwitch;
    private final ConcurrentHashMap<Integer, RnsRescaler> publicKeyRescalers = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<Integer, CrtReconstructor> reconstructors = new ConcurrentHashMap<>();

    /**
     * Computes all tables.
     *
     * @param n log2 of the ring degree
     * @param dataPrimes q(0)..q(chainLevel)
     * @param specialPrimes P
     * @param digitSize data primes of a key-switching digit
     * @param workers where limbs are spread
     */
    public RingContext(int n, List<Long> dataPrimes, List<Long> specialPrimes, int digitSize, WorkerPool workers) {
        List<Long> all = new ArrayList<>(dataPrimes);
        all.addAll(specialPrimes);
        int limbs = dataPrimes.size();
        this.extended = RnsBasis.of(n, all);
        this.special = extended.range(limbs, all.size());
        this.arithmetic = new RnsArithmetic(n, workers);
        this.levels = new RnsBasis[limbs];
        this.extendedLevels = new RnsBasis[limbs];
        this.rescalers = new RnsRescaler[limbs];
        for (int l = 0; l < limbs; l++) {
            levels[l] = extended.prefix(l + 1);
            extendedLevels[l] = levels[l].concat(special);
            if (l > 0) {
                rescalers[l] = new RnsRescaler(levels[l], levels[l - 1], arithmetic);
            }
        }
        this.keySwitch = new HybridKeySwitch(levels[limbs - 1], special, digitSize, arithmetic);
    }

    /** Part of another one: everything shared but the special primes and digits. */
    private RingContext(RingContext whole, int limbs, int specialPrimes, int digitSize) {
        this.arithmetic = whole.arithmetic;
        this.special = whole.special.prefix(specialPrimes);
        this.levels = Arrays.copyOf(whole.levels, limbs);
        this.rescalers = Arrays.copyOf(whole.rescalers, limbs);
        this.extendedLevels = new RnsBasis[limbs];
        for (int l = 0; l < limbs; l++) {
            extendedLevels[l] = levels[l].concat(special);
        }
        this.extended = extendedLevels[limbs - 1];
        this.keySwitch = new HybridKeySwitch(levels[limbs - 1], special, digitSize, arithmetic);
    }

    /** The same, results in recycled arrays. */
    private RingContext(RingContext other) {
        this.arithmetic = other.arithmetic.recycling();
        this.special = other.special;
        this.levels = other.levels;
        this.extendedLevels = other.extendedLevels;
        this.extended = other.extended;
        this.rescalers = new RnsRescaler[levels.length];
        for (int l = 1; l < levels.length; l++) {
            rescalers[l] = other.rescalers[l].recycling();
        }
        this.keySwitch = other.keySwitch.recycling();
    }

    /** The same with results in recycled arrays; this one if it does so already. */
    public RingContext recycling() {
        return arithmetic.isRecycling() ? this : new RingContext(this);
    }

    /**
     * The lower end with fewer special primes, tables shared.
     *
     * @param limbs data primes, from the first
     * @param specialPrimes how many of the special ones, from the first
     * @param digitSize data primes of a key-switching digit
     */
    public RingContext part(int limbs, int specialPrimes, int digitSize) {
        return new RingContext(this, limbs, specialPrimes, digitSize);
    }

    /** {@return limb-wise arithmetic on this context's workers} */
    public RnsArithmetic arithmetic() {
        return arithmetic;
    }

    /**
     * Data primes of a level.
     *
     * @param level 0..chainLevel
     * @return q(0)..q(level)
     * @throws LevelException if there is no such level
     */
    public RnsBasis basis(int level) {
        return levels[checked("basis", level, 0)];
    }

    /** {@return all data primes and the special ones, Q and P: the basis of keys} */
    public RnsBasis extendedBasis() {
        return extended;
    }

    /**
     * The data primes of a level followed by the special ones.
     *
     * @param level 0..chainLevel
     * @return q(0)..q(level) and P
     * @throws LevelException if there is no such level
     */
    public RnsBasis extendedBasis(int level) {
        return extendedLevels[checked("extendedBasis", level, 0)];
    }

    /** {@return the special primes, P} */
    public RnsBasis specialBasis() {
        return special;
    }

    /**
     * Division by q(level).
     *
     * @param level 1..chainLevel
     * @return the rescaler from that level to the one below
     * @throws LevelException if there is no such level, or none below it
     */
    public RnsRescaler rescaler(int level) {
        return rescalers[checked("rescaler", level, 1)];
    }

    /**
     * The data primes of a level followed by the first special one: the basis of public encryption keys.
     *
     * @param level 0..chainLevel
     * @return q(0)..q(level) and p(0)
     * @throws LevelException if there is no such level
     */
    public RnsBasis publicKeyBasis(int level) {
        return publicKeyRescaler(level).basis();
    }

    /**
     * Division by the first special prime, the end of an encryption with the public key.
     *
     * @param level 0..chainLevel
     * @return the rescaler from {@link #publicKeyBasis} to {@link #basis} of that level
     * @throws LevelException if there is no such level
     */
    public RnsRescaler publicKeyRescaler(int level) {
        RnsBasis data = levels[checked("publicKeyRescaler", level, 0)];
        RnsRescaler known = publicKeyRescalers.get(level);
        return known != null
                ? known
                : publicKeyRescalers.computeIfAbsent(
                        level, l -> new RnsRescaler(data.concat(special.prefix(1)), data, arithmetic));
    }

    /** {@return the ring side of hybrid key switching} */
    public HybridKeySwitch keySwitch() {
        return keySwitch;
    }

    /**
     * Reconstruction of centred integers from the first limbs.
     *
     * @param limbs number of limbs, 1..chainLevel + 1
     * @return the reconstructor
     * @throws LevelException if there are not so many limbs
     */
    public CrtReconstructor reconstructor(int limbs) {
        checked("reconstructor", limbs - 1, 0);
        return reconstructors.computeIfAbsent(limbs, n -> new CrtReconstructor(levels[n - 1]));
    }

    private int checked(String operation, int level, int lowest) {
        if (level < lowest || level >= levels.length) {
            throw new LevelException(operation + ": expected a level in " + lowest + ".." + (levels.length - 1)
                    + ", found " + level + "; use parameters with more levels");
        }
        return level;
    }
}
