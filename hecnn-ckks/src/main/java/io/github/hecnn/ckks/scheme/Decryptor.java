package io.github.hecnn.ckks.scheme;

import io.github.hecnn.ckks.error.InvalidParametersException;
import io.github.hecnn.ckks.keys.SecretKey;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.core.rns.Domain;
import io.github.hecnn.core.rns.RnsArithmetic;
import io.github.hecnn.core.rns.RnsBasis;
import io.github.hecnn.core.rns.RnsPolynomial;
import io.github.hecnn.core.sampling.GaussianSampler;
import io.github.hecnn.core.sampling.RandomSource;

/**
 * Decrypts with the secret key. Thread-safe. The result carries the noise of the computation: whoever shares it with others
 * than the key's owner gives away information on the key (Li and Micciancio, ia.cr/2020/1533), unless it is flooded with noise:
 * {@link #decryptFlooded}.
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
        RnsArithmetic ring = context.arithmetic();
        RnsPolynomial s = secretKey.polynomial(SecretKey.Access.INTENDED).restrict(context.basis(ciphertext.level()));
        RnsPolynomial m = ciphertext.component(0).copy();
        if (ciphertext.size() == 3) {
            RnsPolynomial c = ciphertext.component(1).copy();
            ring.multiplyAddInPlace(c, ciphertext.component(2), s);
            ring.multiplyAddInPlace(m, c, s);
        } else {
            ring.multiplyAddInPlace(m, ciphertext.component(1), s);
        }
        return new Plaintext(context.parameters().rootId(), m, ciphertext.scale());
    }

    /**
     * Decrypts a result that others than the key's owner will see, with noise flooding: Gaussian noise is added to every
     * coefficient, so that what the computation's own noise says about the key is drowned. For k shared results and s bits of
     * statistical security take a deviation of at least sqrt(12 k) * 2^(s/2) times the coefficient noise of the computation
     * (Li, Micciancio, Schultz, Sorrell, ia.cr/2022/816, theorem 3); that noise is what {@link PrecisionStats} measures in a
     * rehearsal, times scale / sqrt(N). Not needed for results that stay with the key's owner.
     *
     * @param ciphertext a ciphertext of the same parameters
     * @param floodingBits log2 of the deviation of the added noise, 1..44; a slot's error grows by about sqrt(N) *
     *     2^floodingBits / scale
     * @param random source of the noise, advanced; not shared between threads
     * @return the plaintext with noise, same level and scale
     * @throws io.github.hecnn.ckks.error.MismatchException if the ciphertext has other parameters or another key pair
     * @throws InvalidParametersException if floodingBits is out of range
     */
    public Plaintext decryptFlooded(Ciphertext ciphertext, int floodingBits, RandomSource random) {
        if (floodingBits < 1 || floodingBits > 44) {
            throw new InvalidParametersException(
                    "decryptFlooded: expected floodingBits in 1..44, found " + floodingBits + "; see its derivation");
        }
        Plaintext m = decrypt(ciphertext);
        RnsBasis basis = context.basis(ciphertext.level());
        double[] noise = new double[basis.degree()];
        new GaussianSampler(Math.scalb(1.0, floodingBits)).fill(random, noise);
        double[][] limbs = new double[basis.size()][noise.length];
        for (int i = 0; i < limbs.length; i++) {
            RnsPolynomial.reduce(noise, basis.modulus(i), limbs[i]);
        }
        RnsArithmetic ring = context.arithmetic();
        RnsPolynomial flooded =
                ring.add(m.polynomial(), ring.toNtt(RnsPolynomial.wrap(basis, Domain.COEFFICIENT, limbs)));
        return new Plaintext(m.parametersId(), flooded, m.scale());
    }
}
