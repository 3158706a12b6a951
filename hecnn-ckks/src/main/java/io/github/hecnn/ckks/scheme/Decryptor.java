package io.github.hecnn.ckks.scheme;

import io.github.hecnn.ckks.error.InvalidParametersException;
import io.github.hecnn.ckks.internal.context.Rings;
import io.github.hecnn.ckks.internal.parts.PlaintextParts;
import io.github.hecnn.ckks.internal.parts.Secrets;
import io.github.hecnn.ckks.keys.SecretKey;
import io.github.hecnn.ckks.noise.NoiseFlooding;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.core.rns.Domain;
import io.github.hecnn.core.rns.RnsArithmetic;
import io.github.hecnn.core.rns.RnsBasis;
import io.github.hecnn.core.rns.RnsPolynomial;
import io.github.hecnn.core.sampling.GaussianSampler;
import io.github.hecnn.core.sampling.RandomSource;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Decrypts with the secret key. Thread-safe. The result carries the noise of the computation: whoever shares it with others
 * than the key's owner gives away information on the key (Li and Micciancio, ia.cr/2020/1533), unless it is flooded with noise:
 * {@link #forSharing}.
 *
 * <p><b>Security considerations.</b> CKKS is secure against chosen plaintexts (IND-CPA) as long as decryptions stay with the owner; with
 * shared ones that takes flooding (IND-CPA-D). Never decrypt for others what they may have made themselves: no scheme of this family
 * stands chosen ciphertexts, and a few answers, or even the news whether a decryption made sense, can show the key. Ciphertexts are not
 * authenticated. The key and the results stay in memory until they are collected; nothing is wiped, and a heap dump or a snapshot of
 * a virtual machine holds them. Decryption is not hardened against somebody who measures time on the same machine.
 */
public final class Decryptor {
    private final CkksContext context;
    private final SecretKey secretKey;

    /**
     * A decryptor.
     *
     * @param context context of the key
     * @param secretKey secret key
     * @throws io.github.hecnn.ckks.error.MismatchException if the key has other parameters
     */
    public Decryptor(CkksContext context, SecretKey secretKey) {
        context.requireRoot(secretKey.parametersId(), "Decryptor");
        this.context = context;
        this.secretKey = secretKey;
    }

    /**
     * Decrypts a ciphertext of two or three components.
     *
     * @param ciphertext a ciphertext of the same parameters
     * @return the plaintext, same level and scale
     * @throws io.github.hecnn.ckks.error.MismatchException if the ciphertext has other parameters or another key pair
     */
    public Plaintext decrypt(Ciphertext ciphertext) {
        context.requireRoot(ciphertext.parametersId(), "decrypt");
        secretKey.keyPairId().with(ciphertext.keyPairId(), "decrypt");
        RnsArithmetic ring = Rings.of(context).arithmetic();
        RnsPolynomial s = Secrets.polynomial(secretKey, SecretKey.Access.INTENDED)
                .restrict(Rings.of(context).basis(ciphertext.level()));
        RnsPolynomial m = ciphertext.component(0).copy();
        if (ciphertext.size() == 3) {
            RnsPolynomial c = ciphertext.component(1).copy();
            ring.multiplyAddInPlace(c, ciphertext.component(2), s);
            ring.multiplyAddInPlace(m, c, s);
        } else {
            ring.multiplyAddInPlace(m, ciphertext.component(1), s);
        }
        return new Plaintext(new PlaintextParts(
                context.parameters().rootId(), m, ciphertext.scale(), Double.NaN, ciphertext.slots()));
    }

    /**
     * Decrypts a result that others than the key's owner will see, with noise from the system's secure source. Not needed for results that stay
     * with the key's owner. Nothing here counts: {@link #forSharing} does.
     *
     * @param ciphertext a ciphertext of the same parameters
     * @param flooding how much noise; this is one of the queries it promises
     * @return the plaintext with noise, same level and scale; {@link NoiseFlooding#slotDeviation} is added to every slot
     * @throws io.github.hecnn.ckks.error.MismatchException if the ciphertext has other parameters or another key pair
     * @throws io.github.hecnn.ckks.error.ScaleException if the noise does not fit below half of the modulus of the level, or leaves no precision
     * @throws io.github.hecnn.ckks.error.InvalidParametersException if the flooding is for a smaller error than any ciphertext has
     */
    public Plaintext decryptFlooded(Ciphertext ciphertext, NoiseFlooding flooding) {
        return decryptFlooded(ciphertext, flooding, RandomSource.secure());
    }

    /**
     * Decrypts a result that others than the key's owner will see, with a given source of noise, which must be secret except in tests.
     *
     * @param ciphertext a ciphertext of the same parameters
     * @param flooding how much noise; this is one of the queries it promises
     * @param random source of the noise, advanced; not shared between threads
     * @return the plaintext with noise, same level and scale; {@link NoiseFlooding#slotDeviation} is added to every slot
     * @throws io.github.hecnn.ckks.error.MismatchException if the ciphertext has other parameters or another key pair
     * @throws io.github.hecnn.ckks.error.ScaleException if the noise does not fit below half of the modulus of the level, or leaves no precision
     * @throws io.github.hecnn.ckks.error.InvalidParametersException if the flooding is for a smaller error than any ciphertext has, or
     *     parameters with a security level meet a source of {@link RandomSource#seeded}
     */
    public Plaintext decryptFlooded(Ciphertext ciphertext, NoiseFlooding flooding, RandomSource random) {
        context.requireRandomness(random, "decryptFlooded");
        double deviation = requireFlooding(ciphertext, flooding);
        double[] noise = new double[Rings.of(context).basis(ciphertext.level()).degree()];
        new GaussianSampler(deviation).fill(random, noise);
        return withNoise(decrypt(ciphertext), noise);
    }

    /** Checks all that can be wrong with a flooded decryption, and gives the deviation of a coefficient. */
    private double requireFlooding(Ciphertext ciphertext, NoiseFlooding flooding) {
        context.requireRoot(ciphertext.parametersId(), "decryptFlooded");
        secretKey.keyPairId().with(ciphertext.keyPairId(), "decryptFlooded");
        return flooding.requireFits(
                "decryptFlooded",
                context.capacity(),
                context.parameters().ringDegree(),
                ciphertext.level(),
                ciphertext.scale());
    }

    private Plaintext withNoise(Plaintext m, double[] noise) {
        RnsBasis basis = Rings.of(context).basis(m.level());
        double[][] limbs = new double[basis.size()][noise.length];
        for (int i = 0; i < limbs.length; i++) {
            RnsPolynomial.reduce(noise, basis.modulus(i), limbs[i]);
        }
        RnsArithmetic ring = Rings.of(context).arithmetic();
        RnsPolynomial flooded =
                ring.add(m.polynomial(), ring.toNtt(RnsPolynomial.wrap(basis, Domain.COEFFICIENT, limbs)));
        return new Plaintext(new PlaintextParts(m.parametersId(), flooded, m.scale(), Double.NaN, m.slots()));
    }

    /**
     * A decryptor of results for others: it floods every one of them, and stops after as many as were promised. With noise from the system's
     * secure source.
     *
     * @param flooding how much noise, for how many results
     * @return the decryptor of results for others
     */
    public Sharing forSharing(NoiseFlooding flooding) {
        return forSharing(flooding, RandomSource.secure());
    }

    /**
     * A decryptor of results for others, with a given source of noise, which must be secret except in tests.
     *
     * @param flooding how much noise, for how many results
     * @param random source of the noise; not used by others meanwhile
     * @return the decryptor of results for others
     * @throws io.github.hecnn.ckks.error.InvalidParametersException if parameters with a security level meet a source of
     *     {@link RandomSource#seeded}
     */
    public Sharing forSharing(NoiseFlooding flooding, RandomSource random) {
        context.requireRandomness(random, "forSharing");
        return new Sharing(this, flooding, random);
    }

    /**
     * Decrypts results that others than the key's owner will see: with flooding, and not more of them than the flooding is for. The count is of this
     * object alone, so make one for all results under a key, and keep count over restarts. Thread-safe.
     */
    public static final class Sharing {
        private final Decryptor decryptor;
        private final NoiseFlooding flooding;
        private final RandomSource random; // guarded by itself
        private final AtomicInteger queriesLeft;

        private Sharing(Decryptor decryptor, NoiseFlooding flooding, RandomSource random) {
            this.decryptor = decryptor;
            this.flooding = flooding;
            this.random = Objects.requireNonNull(random, "random");
            queriesLeft = new AtomicInteger(flooding.queries());
        }

        /** {@return how much noise is added} */
        public NoiseFlooding flooding() {
            return flooding;
        }

        /** {@return how many more results there can be} */
        public int queriesLeft() {
            return queriesLeft.get();
        }

        /**
         * Decrypts a result; one query, also if the ciphertext was decrypted before. What is refused is not counted.
         *
         * @param ciphertext a ciphertext of the same parameters
         * @return the plaintext with noise, same level and scale
         * @throws io.github.hecnn.ckks.error.MismatchException if the ciphertext has other parameters or another key pair
         * @throws io.github.hecnn.ckks.error.ScaleException if the noise does not fit below half of the modulus of the level, or leaves no precision
         * @throws InvalidParametersException if all promised queries are used up, or the flooding is for a smaller error than any ciphertext has
         */
        public Plaintext decrypt(Ciphertext ciphertext) {
            double deviation = decryptor.requireFlooding(ciphertext, flooding);
            if (queriesLeft.getAndUpdate(left -> Math.max(0, left - 1)) == 0) {
                throw new InvalidParametersException("decrypt: expected at most " + flooding.queries()
                        + " queries, as was promised, found one more; use new keys, with NoiseFlooding.of(slotError, queries)"
                        + " of more queries from the start");
            }
            double[] noise = new double[decryptor.context.parameters().ringDegree()];
            GaussianSampler sampler = new GaussianSampler(deviation);
            synchronized (random) {
                sampler.fill(random, noise);
            }
            return decryptor.withNoise(decryptor.decrypt(ciphertext), noise);
        }
    }
}
