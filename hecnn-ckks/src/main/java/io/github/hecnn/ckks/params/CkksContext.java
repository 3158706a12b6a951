package io.github.hecnn.ckks.params;

import io.github.hecnn.ckks.error.InvalidParametersException;
import io.github.hecnn.ckks.error.MismatchException;
import io.github.hecnn.ckks.internal.Door;
import io.github.hecnn.ckks.internal.RingContext;
import io.github.hecnn.core.kernels.KernelInfo;
import io.github.hecnn.core.parallel.WorkerPool;
import io.github.hecnn.core.sampling.RandomSource;

/**
 * Everything precomputed from a parameter set: bases with NTT tables, rescalers, key switching, and the workers that limbs
 * are spread over. Immutable and thread-safe; make one per parameter set and share it.
 */
public final class CkksContext {
    private final CkksParameters parameters;
    private final CkksContext root;
    private final ModulusCapacity capacity;
    private final RingContext ring;
    private volatile CkksContext encapsulation;

    static {
        Door.open(CkksContext.class, RingContext.class, c -> c.ring, null);
    }

    private CkksContext(CkksParameters parameters, WorkerPool workers) {
        this.parameters = parameters;
        this.root = this;
        this.capacity = ModulusCapacity.of(parameters);
        ModulusChain chain = parameters.chain();
        this.ring = new RingContext(
                parameters.logRingDegree(), chain.dataPrimes(), chain.specialPrimes(), parameters.digitSize(), workers);
    }

    /** A sub-context: everything shared but the special primes and digits. */
    private CkksContext(CkksContext root, CkksParameters parameters) {
        this.parameters = parameters;
        this.root = root;
        this.capacity = ModulusCapacity.of(parameters);
        this.ring = root.ring.part(
                parameters.chainLevel() + 1, parameters.chain().specialPrimes().size(), parameters.digitSize());
    }

    /** The same context, results in recycled arrays. */
    private CkksContext(CkksContext other, RingContext recycling) {
        this.parameters = other.parameters;
        this.root = other.root;
        this.capacity = other.capacity;
        this.ring = recycling;
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
        RingContext recycling = ring.recycling();
        return recycling == ring ? this : new CkksContext(this, recycling);
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

    /** {@return the context that this one is a part of, on which {@link #subContext} was called at first; itself for any other} */
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

    /** {@return the parameters} */
    public CkksParameters parameters() {
        return parameters;
    }

    /** {@return what the modulus of each level can hold: the rule that values are refused by} */
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

    /** {@return the pool on whose threads limbs are spread} */
    public WorkerPool workers() {
        return ring.arithmetic().workers();
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
