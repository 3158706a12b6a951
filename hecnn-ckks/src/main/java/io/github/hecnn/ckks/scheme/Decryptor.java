package io.github.hecnn.ckks.scheme;

import io.github.hecnn.ckks.keys.SecretKey;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.core.rns.RnsArithmetic;
import io.github.hecnn.core.rns.RnsPolynomial;

/**
 * Decrypts with the secret key. Thread-safe. The result carries the noise of the computation: whoever shares it with others
 * than the key's owner gives away information on the key (Li and Micciancio, ia.cr/2020/1533).
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
        context.require(secretKey.parametersId(), "Decryptor");
        this.context = context;
        this.secretKey = secretKey;
    }

    /**
     * Decrypts a ciphertext of two or three components.
     *
     * @param ciphertext a ciphertext of the same parameters
     * @return the plaintext, same level and scale
     * @throws io.github.hecnn.ckks.error.MismatchException if the ciphertext has other parameters
     */
    public Plaintext decrypt(Ciphertext ciphertext) {
        context.require(ciphertext.parametersId(), "decrypt");
        RnsArithmetic ring = context.arithmetic();
        RnsPolynomial s = secretKey.polynomial().restrict(context.basis(ciphertext.level()));
        RnsPolynomial m = ciphertext.component(0).copy();
        if (ciphertext.size() == 3) {
            RnsPolynomial c = ciphertext.component(1).copy();
            ring.multiplyAddInPlace(c, ciphertext.component(2), s);
            ring.multiplyAddInPlace(m, c, s);
        } else {
            ring.multiplyAddInPlace(m, ciphertext.component(1), s);
        }
        return new Plaintext(context.parameters().id(), m, ciphertext.scale());
    }
}
