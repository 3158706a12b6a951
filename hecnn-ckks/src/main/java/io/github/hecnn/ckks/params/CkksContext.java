package io.github.hecnn.ckks.params;

import io.github.hecnn.ckks.error.InvalidParametersException;
import io.github.hecnn.ckks.error.LevelException;
import io.github.hecnn.ckks.error.MismatchException;
import io.github.hecnn.core.ntt.KernelInfo;
import io.github.hecnn.core.parallel.WorkerPool;
import io.github.hecnn.core.rns.CrtReconstructor;
import io.github.hecnn.core.rns.HybridKeySwitch;
import io.github.hecnn.core.rns.RnsArithmetic;
import io.github.hecnn.core.rns.RnsBasis;
import io.github.hecnn.core.rns.RnsRescaler;
import io.github.hecnn.core.sampling.RandomSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Everything precomputed from a parameter set: bases with NTT tables, rescalers, key switching, and the workers that limbs
 * are spread over. Immutable and thread-safe; make one per parameter set and share it.
 */
public final class CkksContext {
    private final CkksParameters parameters;
    private final CkksContext root;
    private final ModulusCapacity capacity;
    private final RnsArithmetic arithmetic;
    private final RnsBasis[] levels;
    private final RnsBasis special;
    private final RnsBasis extended;
    private final RnsBasis[] extendedLevels;
    private final RnsRescaler[] rescalers;
    private final HybridKeySwitch keySwitch;
    private volatile CkksContext encapsulation;
    private final ConcurrentHashMap<Integer, RnsRescaler> publicKeyRescalers = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<Integer, CrtReconstructor> reconstructors = new ConcurrentHashMap<>();

    private CkksContext(CkksParameters parameters, WorkerPool workers) {
        this.parameters = parameters;
        this.root = this;
        this.capacity = ModulusCapacity.of(parameters);
        int n = parameters.logRingDegree();
        List<Long> all = new ArrayList<>(parameters.chain().dataPrimes());
        all.addAll(parameters.chain().specialPrimes());
        int limbs = parameters.chainLevel() + 1;
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
        this.keySwitch = new HybridKeySwitch(levels[limbs - 1], special, parameters.digitSize(), arithmetic);
    }

    /** A sub-context: everything shared but the special primes and digits. */
    private CkksContext(CkksContext root, CkksParameters parameters) {
        this.parameters = parameters;
        this.root = root;
        this.capacity = ModulusCapacity.of(parameters);
        this.arithmetic = root.arithmetic;
        int limbs = parameters.chainLevel() + 1;
        this.special = root.special.prefix(parameters.chain().specialPrimes().size());
        this.levels = Arrays.copyOf(root.levels, limbs);
        this.rescalers = Arrays.copyOf(root.rescalers, limbs);
        this.extendedLevels = new RnsBasis[limbs];
        for (int l = 0; l < limbs; l++) {
            extendedLevels[l] = levels[l].concat(special);
        }
        this.extended = extendedLevels[limbs - 1];
        this.keySwitch = new HybridKeySwitch(levels[limbs - 1], special, parameters.digitSize(), arithmetic);
    }

    /** The same context, results in recycled arrays. */
    private CkksContext(CkksContext other) {
        this.parameters = other.parameters;
        this.root = other.root;
        this.capacity = other.capacity;
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

    /**
     * The same context for results that are used up quickly: what an {@link io.github.hecnn.ckks.scheme.Evaluator} on it returns lies in
     * arrays that are lent, until {@link io.github.hecnn.ckks.scheme.Ciphertext#release} gives them back for the next result. That saves
     * allocating and clearing them. Whoever forgets to release a ciphertext loses the gain and nothing else; one that is used after its
     * release is refused. Tables, workers and buffers are shared with this context, and so is all that belongs to the parameters.
     *
     * @return this context if it recycles already, else one that costs next to nothing
     */
    public CkksContext recycling() {
        return arithmetic.isRecycling() ? this : new CkksContext(this);
    }

    /**
     * A context for low levels only, with fewer special primes: its keys are smaller and its key switches cheaper, and it works with the
     * secret keys, plaintexts and ciphertexts of this context. It shares primes and tables, so it costs next to nothing. Make its keys
     * with a {@link io.github.hecnn.ckks.keys.KeyGenerator} of its own, from the same secret key; they carry the id of its parameters
     * and are refused elsewhere. As its modulus divides that of this context, it is as secure.
     *
     * @param level highest level of its ciphertexts, 0..chainLevel
     * @param specialPrimes how many of this context's special primes, from the first
     * @param digits key-switching digits at that level, 1..level + 1; each must be smaller than the product of the special primes
     * @return the sub-context; on a sub-context, one of the same root
     * @throws InvalidParametersException if a number is out of range, or the special primes do not hold the digits
     */
    public CkksContext subContext(int level, int specialPrimes, int digits) {
        return new CkksContext(root, parameters.part(level, specialPrimes, digits));
    }

    /**
     * The smallest sub-context there is, q(0) and one special prime: that of the key to a sparse secret.
     *
     * @return the same object each time
     * @throws InvalidParametersException if the special prime is smaller than q(0), as in sets without
     *     {@link CkksParameters.Builder#upperLevels}
     */
    public CkksContext encapsulationContext() {
        CkksContext c = root.encapsulation;
        if (c == null) {
            c = root.subContext(0, 1, 1);
            root.encapsulation = c;
        }
        return c;
    }

    /**
     * The context that this one is a part of.
     *
     * @return the context that {@link #subContext} was called on at first; itself for any other
     */
    public CkksContext root() {
        return root;
    }

    /**
     * A context on the shared default workers, one for every processor.
     *
     * @param parameters parameter set
     * @return its context
     */
    public static CkksContext create(CkksParameters parameters) {
        return new CkksContext(parameters, WorkerPool.common());
    }

    /**
     * A context on given workers. The pool is the caller's: closing it is not the context's affair.
     *
     * @param parameters parameter set
     * @param workers where limbs are spread; {@link WorkerPool#single()} for the calling thread alone
     * @return its context
     */
    public static CkksContext create(CkksParameters parameters, WorkerPool workers) {
        return new CkksContext(parameters, workers);
    }

    /**
     * The parameters.
     *
     * @return parameter set
     */
    public CkksParameters parameters() {
        return parameters;
    }

    /**
     * What the modulus of each level can hold.
     *
     * @return the rule that values are refused by
     */
    public ModulusCapacity capacity() {
        return capacity;
    }

    /**
     * The arithmetic kernels that this context computes with, for logs and bug reports: one choice for the whole JVM.
     *
     * @return their name, vector width, and why they were chosen
     */
    public KernelInfo kernels() {
        return KernelInfo.active();
    }

    /**
     * Limb-wise arithmetic.
     *
     * @return arithmetic with this context's workers
     */
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

    /**
     * All data primes and the special ones: the basis of keys.
     *
     * @return Q and P
     */
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

    /**
     * The special primes.
     *
     * @return P
     */
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

    /**
     * Hybrid key switching.
     *
     * @return its ring side
     */
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

    /**
     * Refuses a secret key, plaintext or ciphertext of other parameters.
     *
     * @param rootId {@link CkksParameters#rootId()} of the object
     * @param operation name of the operation, for the message
     * @throws MismatchException if the ids differ
     */
    public void requireRoot(long rootId, String operation) {
        root.require(rootId, operation);
    }

    /**
     * Refuses an object made with other parameters.
     *
     * @param id {@link CkksParameters#id()} of the object
     * @param operation name of the operation, for the message
     * @throws MismatchException if the ids differ
     */
    public void require(long id, String operation) {
        if (id != parameters.id()) {
            throw new MismatchException(String.format(
                    "%s: expected an object of parameter set %016x, found one of %016x; use one context for keys and"
                            + " ciphertexts",
                    operation, parameters.id(), id));
        }
    }

    /**
     * Refuses randomness that a security level does not allow: with one, keys and ciphertexts come from the operating system's
     * randomness, or from what the caller calls reproducible. With {@link SecurityLevel#NONE} every source is good.
     *
     * @param random source that keys, noise or ciphertexts shall come from
     * @param operation name of the operation, for the message
     * @throws InvalidParametersException if the parameters have a security level and the source is one of {@link RandomSource#seeded}
     */
    public void requireRandomness(RandomSource random, String operation) {
        if (random.origin() == RandomSource.Origin.SEED && parameters.securityLevel() != SecurityLevel.NONE) {
            throw new InvalidParametersException(
                    operation + ": expected RandomSource.secure() or a fork of it under parameters"
                            + " with a security level, found a source of RandomSource.seeded; leave the source out, or take"
                            + " RandomSource.reproducible(seed) for a run that protects nothing");
        }
    }
}
