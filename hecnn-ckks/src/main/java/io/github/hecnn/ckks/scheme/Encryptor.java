package io.github.hecnn.ckks.scheme;

import io.github.hecnn.ckks.error.LevelException;
import io.github.hecnn.ckks.internal.Seed;
import io.github.hecnn.ckks.internal.context.Rings;
import io.github.hecnn.ckks.internal.parts.CiphertextParts;
import io.github.hecnn.ckks.internal.parts.Keys;
import io.github.hecnn.ckks.internal.parts.Secrets;
import io.github.hecnn.ckks.keys.PublicKey;
import io.github.hecnn.ckks.keys.SecretKey;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.core.modular.Modulus;
import io.github.hecnn.core.rns.Domain;
import io.github.hecnn.core.rns.RnsArithmetic;
import io.github.hecnn.core.rns.RnsBasis;
import io.github.hecnn.core.rns.RnsPolynomial;
import io.github.hecnn.core.rns.RnsRescaler;
import io.github.hecnn.core.sampling.GaussianSampler;
import io.github.hecnn.core.sampling.RandomSource;
import io.github.hecnn.core.sampling.TernarySampler;
import java.util.List;

/**
 * Encrypts plaintexts, with the public key or (smaller noise yet, half the size on the wire) with the secret key. The result has
 * the plaintext's level and scale, and the key pair of the key. Thread-safe.
 *
 * <p>Noise of the real part of a slot, standard deviation in units of 1/scale: sigma*sqrt(N/2) with the secret key, sigma = 3.2. With the public
 * key about N/6 for a dense secret, that of one rounding: the encryption is made modulo one special prime more and divided by it. A public key
 * from a file of version 1 has no such prime, and sigma*N*sqrt(2/3).
 *
 * <p><b>Security considerations.</b> Two encryptions with the same randomness show the difference of their messages. Leave the
 * randomness to the platform. Under parameters with a security level only {@link RandomSource#secure}, its forks, and what is
 * {@link RandomSource#reproducible} by name are taken; two encryptors on reproducible sources of one seed protect nothing. After a clone of a virtual machine or a fork of the process make a new encryptor. Encryption is not authenticated: whoever can
 * change a ciphertext can change what it decrypts to.
 */
public final class Encryptor {
    private final CkksContext context;
    private final PublicKey publicKey;
    private final SecretKey secretKey;
    private final RandomSource random;
    private final GaussianSampler gaussian = new GaussianSampler(GaussianSampler.SIGMA);

    private Encryptor(CkksContext context, PublicKey publicKey, SecretKey secretKey, RandomSource random) {
        this.context = context;
        this.publicKey = publicKey;
        this.secretKey = secretKey;
        this.random = random;
    }

    /**
     * Encryption by anybody.
     *
     * @param context context of the keys
     * @param publicKey public key
     * @return an encryptor on the platform's secure randomness
     * @throws io.github.hecnn.ckks.error.MismatchException if the key has other parameters
     */
    public static Encryptor withPublicKey(CkksContext context, PublicKey publicKey) {
        return withPublicKey(context, publicKey, RandomSource.secure());
    }

    /**
     * Encryption by anybody, with given randomness.
     *
     * @param context context of the keys
     * @param publicKey public key
     * @param random source of all randomness, advanced by every call: secure, or {@link RandomSource#reproducible reproducible} by name
     * @return an encryptor
     * @throws io.github.hecnn.ckks.error.MismatchException if the key has other parameters
     * @throws io.github.hecnn.ckks.error.InvalidParametersException if the parameters have a security level and the source is one of
     *     {@link RandomSource#seeded}
     */
    public static Encryptor withPublicKey(CkksContext context, PublicKey publicKey, RandomSource random) {
        context.require(publicKey.parametersId(), "Encryptor");
        context.requireRandomness(random, "withPublicKey");
        return new Encryptor(context, publicKey, null, random);
    }

    /**
     * Encryption by the owner of the secret key.
     *
     * @param context context of the keys
     * @param secretKey secret key
     * @return an encryptor on the platform's secure randomness
     * @throws io.github.hecnn.ckks.error.MismatchException if the key has other parameters
     */
    public static Encryptor withSecretKey(CkksContext context, SecretKey secretKey) {
        return withSecretKey(context, secretKey, RandomSource.secure());
    }

    /**
     * Encryption by the owner of the secret key, with given randomness.
     *
     * @param context context of the keys
     * @param secretKey secret key
     * @param random source of all randomness, advanced by every call: secure, or {@link RandomSource#reproducible reproducible} by name
     * @return an encryptor
     * @throws io.github.hecnn.ckks.error.MismatchException if the key has other parameters
     * @throws io.github.hecnn.ckks.error.InvalidParametersException if the parameters have a security level and the source is one of
     *     {@link RandomSource#seeded}
     */
    public static Encryptor withSecretKey(CkksContext context, SecretKey secretKey, RandomSource random) {
        context.requireRoot(secretKey.parametersId(), "Encryptor");
        context.requireRandomness(random, "withSecretKey");
        return new Encryptor(context, null, secretKey, random);
    }

    /**
     * Encrypts.
     *
     * @param plaintext an encoded vector
     * @return a two-component ciphertext of the same level and scale
     * @throws io.github.hecnn.ckks.error.MismatchException if the plaintext has other parameters
     * @throws LevelException if the plaintext is above the user's top level and the key is the public one, which ends there
     */
    public Ciphertext encrypt(Plaintext plaintext) {
        context.requireRoot(plaintext.parametersId(), "encrypt");
        int top = context.parameters().maxLevel();
        if (secretKey == null && plaintext.level() > top) {
            throw new LevelException("encrypt: expected a plaintext of level 0.." + top + ", where the public key ends,"
                    + " found level " + plaintext.level() + "; encode it at level " + top);
        }
        RandomSource stream;
        Seed seed;
        synchronized (random) {
            stream = RandomSource.seeded(random.newSeed());
            seed = secretKey == null ? null : new Seed(random.newSeed());
        }
        return secretKey == null ? encryptPublic(plaintext, stream) : encryptSecret(plaintext, stream, seed);
    }

    private RnsPolynomial error(RnsBasis basis, RandomSource stream) {
        double[] e = new double[basis.degree()];
        gaussian.fill(stream, e);
        return Rings.of(context).arithmetic().toNtt(RnsPolynomial.ofSmall(basis, e));
    }

    /** (m + e - a*s, a), where a can be expanded from the seed. */
    private Ciphertext encryptSecret(Plaintext m, RandomSource stream, Seed seed) {
        RnsArithmetic ring = Rings.of(context).arithmetic();
        RnsBasis basis = Rings.of(context).basis(m.level());
        RnsPolynomial s =
                Secrets.polynomial(secretKey, SecretKey.Access.INTENDED).restrict(basis);
        RandomSource uniform = seed.source(0);
        double[] e = new double[basis.degree()];
        gaussian.fill(stream, e);
        double[][] b = new double[basis.size()][];
        double[][] a = new double[basis.size()][];
        ring.workers().forEach(basis.size(), i -> {
            Modulus q = basis.modulus(i);
            a[i] = new double[basis.degree()];
            RnsPolynomial.fillUniform(q, uniform, a[i]);
            b[i] = e.clone();
            basis.ntt(i).forwardInPlace(b[i]);
            ring.sampleLimbInPlace(b[i], a[i], s.limb(i), m.polynomial().limb(i), 1.0, q);
        });
        List<RnsPolynomial> c =
                List.of(RnsPolynomial.wrap(basis, Domain.NTT, b), RnsPolynomial.wrap(basis, Domain.NTT, a));
        return new Ciphertext(new CiphertextParts(
                context.parameters().rootId(), secretKey.keyPairId(), m.slots(), c, m.scale(), seed));
    }

    private Ciphertext encryptPublic(Plaintext m, RandomSource stream) {
        int n = context.parameters().ringDegree();
        double[] u = new double[n];
        TernarySampler.dense().fill(stream, u);
        if (Keys.b(publicKey)
                .basis()
                .equals(Rings.of(context).basis(context.parameters().maxLevel()))) {
            return encryptWithoutSpecialPrime(m, u, stream);
        }
        double[][] e = new double[2][n];
        gaussian.fill(stream, e[0]);
        gaussian.fill(stream, e[1]);
        RnsRescaler division = Rings.of(context).publicKeyRescaler(m.level());
        RnsBasis basis = division.basis();
        RnsPolynomial[] c = division.multiplySmallAndRescale(
                u,
                e,
                m.polynomial(),
                Keys.b(publicKey).select(basis),
                Keys.a(publicKey).select(basis));
        return new Ciphertext(new CiphertextParts(
                context.parameters().rootId(), publicKey.keyPairId(), m.slots(), List.of(c), m.scale(), null));
    }

    /** With a key of version 1. */
    private Ciphertext encryptWithoutSpecialPrime(Plaintext m, double[] v, RandomSource stream) {
        RnsArithmetic ring = Rings.of(context).arithmetic();
        RnsBasis basis = Rings.of(context).basis(m.level());
        RnsPolynomial u = ring.toNtt(RnsPolynomial.ofSmall(basis, v));
        RnsPolynomial c0 = error(basis, stream);
        ring.addInPlace(c0, m.polynomial());
        ring.multiplyAddInPlace(c0, Keys.b(publicKey).restrict(basis), u);
        RnsPolynomial c1 = error(basis, stream);
        ring.multiplyAddInPlace(c1, Keys.a(publicKey).restrict(basis), u);
        return new Ciphertext(new CiphertextParts(
                context.parameters().rootId(), publicKey.keyPairId(), m.slots(), List.of(c0, c1), m.scale(), null));
    }
}
