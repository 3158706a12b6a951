package io.github.hecnn.ckks.keys;

import io.github.hecnn.ckks.error.InvalidParametersException;
import io.github.hecnn.ckks.error.MismatchException;
import io.github.hecnn.ckks.internal.Seed;
import io.github.hecnn.ckks.internal.SwitchingKeyParts;
import io.github.hecnn.ckks.internal.context.Rings;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.ckks.params.CkksParameters;
import io.github.hecnn.ckks.params.SecurityLevel;
import io.github.hecnn.core.modular.Modulus;
import io.github.hecnn.core.rns.Automorphism;
import io.github.hecnn.core.rns.Domain;
import io.github.hecnn.core.rns.KeyHalves;
import io.github.hecnn.core.rns.RnsArithmetic;
import io.github.hecnn.core.rns.RnsBasis;
import io.github.hecnn.core.rns.RnsPolynomial;
import io.github.hecnn.core.sampling.GaussianSampler;
import io.github.hecnn.core.sampling.RandomSource;
import io.github.hecnn.core.sampling.TernarySampler;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.IntConsumer;

/**
 * Makes keys. Secrets are ternary, errors discrete Gaussian with deviation 3.2, uniform halves expanded from public seeds.
 * Thread-safe; the result depends only on the random source and the order of the calls, not on the number of threads.
 *
 * <p><b>Security considerations.</b> Relinearisation and rotation keys encrypt functions of the secret key under that key: like every
 * scheme of this family, this one is secure under the assumption that such a circle does no harm. Two generators on copies of one
 * random source, as after a clone of a virtual machine, make the same keys: make the generator after the clone.
 */
public final class KeyGenerator {
    private final CkksContext context;
    private final RandomSource random;
    private final GaussianSampler gaussian = new GaussianSampler(GaussianSampler.SIGMA);

    /**
     * Keys from the platform's secure randomness.
     *
     * @param context context of the keys
     */
    public KeyGenerator(CkksContext context) {
        this(context, RandomSource.secure());
    }

    /**
     * Keys from given randomness.
     *
     * @param context context of the keys
     * @param random source of all randomness, advanced by every call: secure, or {@link RandomSource#reproducible reproducible} by name
     * @throws io.github.hecnn.ckks.error.InvalidParametersException if the parameters have a security level and the source is one of
     *     {@link RandomSource#seeded}
     */
    public KeyGenerator(CkksContext context, RandomSource random) {
        context.requireRandomness(random, "KeyGenerator");
        this.context = context;
        this.random = random;
    }

    private RandomSource nextPrivateStream() {
        synchronized (random) {
            return RandomSource.seeded(random.newSeed());
        }
    }

    private Seed nextPublicSeed() {
        synchronized (random) {
            return new Seed(random.newSeed());
        }
    }

    /**
     * A new secret key.
     *
     * @return a uniform ternary secret, or one of the fixed Hamming weight the parameters ask for
     * @throws MismatchException if the random source is so broken that too few coefficients are not zero
     */
    public SecretKey secretKey() {
        CkksParameters p = context.parameters();
        double[] s = new double[p.ringDegree()];
        TernarySampler sampler = p.secretHammingWeight() == 0
                ? TernarySampler.dense()
                : TernarySampler.fixedWeight(p.secretHammingWeight());
        sampler.fill(nextPrivateStream(), s);
        byte[] c = new byte[s.length];
        for (int i = 0; i < c.length; i++) {
            c[i] = (byte) s[i];
        }
        return ofCoefficients(c);
    }

    /**
     * A secret key from its stored coefficients.
     *
     * @param coefficients N values -1, 0, 1
     * @param access {@link SecretKey.Access#INTENDED}
     * @return the key
     * @throws NullPointerException without the token
     * @throws MismatchException if there are not N values or one is out of range; if the key has another Hamming weight than the parameters
     *     ask for; or if a dense one has a weight that no sampler gives: below N/2 with a security level, none at all without
     */
    public SecretKey secretKey(byte[] coefficients, SecretKey.Access access) {
        SecretKey.require(access, "secretKey");
        return ofCoefficients(coefficients);
    }

    private SecretKey ofCoefficients(byte[] coefficients) {
        CkksParameters p = context.parameters();
        if (coefficients.length != p.ringDegree()) {
            throw new MismatchException("secretKey: expected " + p.ringDegree() + " ternary coefficients, found "
                    + coefficients.length + "; give those of SecretKey.coefficients");
        }
        double[] s = new double[coefficients.length];
        for (int i = 0; i < s.length; i++) {
            if (coefficients[i] < -1 || coefficients[i] > 1) {
                throw new MismatchException("secretKey: expected coefficients -1, 0 or 1, found " + coefficients[i]
                        + " at index " + i + "; give those of SecretKey.coefficients");
            }
            s[i] = coefficients[i];
        }
        requireWeight(coefficients);
        RnsPolynomial poly = RnsPolynomial.ofSmall(Rings.of(context.root()).extendedBasis(), s);
        return new SecretKey(
                p.rootId(), coefficients.clone(), Rings.of(context).arithmetic().toNtt(poly));
    }

    // A uniform ternary secret has 2N/3 coefficients that are not zero, with a deviation of sqrt(2N/9): from N = 2^10
    // on, N/2 is
    // 11 deviations away.
    private void requireWeight(byte[] coefficients) {
        CkksParameters p = context.parameters();
        int weight = 0;
        for (byte c : coefficients) {
            weight += c & 1;
        }
        int fixed = p.secretHammingWeight();
        int least = p.securityLevel() == SecurityLevel.NONE ? 1 : coefficients.length / 2;
        if (fixed != 0 ? weight != fixed : weight < least) {
            throw new MismatchException("secretKey: expected a secret "
                    + (fixed != 0
                            ? "of Hamming weight " + fixed
                            : "with at least " + least + " coefficients that are not zero")
                    + ", found another weight; make a key with KeyGenerator.secretKey()");
        }
    }

    /**
     * A public encryption key.
     *
     * @param secretKey the secret key
     * @return the matching public key, for plaintexts up to the user's top level
     * @throws MismatchException if the secret key has other parameters
     */
    public PublicKey publicKey(SecretKey secretKey) {
        context.requireRoot(secretKey.parametersId(), "publicKey");
        RnsArithmetic ring = Rings.of(context).arithmetic();
        RnsBasis q = Rings.of(context).publicKeyBasis(context.parameters().maxLevel());
        Seed seed = nextPublicSeed();
        RnsPolynomial a = seed.expand(q, 0);
        double[] e = new double[q.degree()];
        gaussian.fill(nextPrivateStream(), e);
        RnsPolynomial b = ring.subtract(
                ring.toNtt(RnsPolynomial.ofSmall(q, e)),
                ring.multiply(a, secretKey.polynomial().select(q)));
        KeyHalves halves = new KeyHalves(List.of(b), List.of(a));
        return new PublicKey(
                context.parameters().id(),
                secretKey.keyPairId(),
                new SwitchingKey(new SwitchingKeyParts(halves, seed)));
    }

    /**
     * The key that relinearises products.
     *
     * @param secretKey the secret key
     * @return a switching key from s^2 to s
     * @throws MismatchException if the secret key has other parameters
     */
    public RelinearizationKey relinearizationKey(SecretKey secretKey) {
        context.requireRoot(secretKey.parametersId(), "relinearizationKey");
        RnsPolynomial s = secretKey.polynomial().select(Rings.of(context).extendedBasis());
        return new RelinearizationKey(
                context.parameters().id(),
                secretKey.keyPairId(),
                switchingKey(Rings.of(context).arithmetic().multiply(s, s), s));
    }

    /**
     * The key of a rotation.
     *
     * @param secretKey the secret key
     * @param stepsLeft slots to the left
     * @return its rotation key
     * @throws MismatchException if the secret key has other parameters
     */
    public RotationKey rotationKey(SecretKey secretKey, int stepsLeft) {
        return galoisKey(
                secretKey,
                Automorphism.galoisElementOfRotation(context.parameters().logRingDegree(), stepsLeft));
    }

    /**
     * The key of complex conjugation.
     *
     * @param secretKey the secret key
     * @return its key
     * @throws MismatchException if the secret key has other parameters
     */
    public RotationKey conjugationKey(SecretKey secretKey) {
        return galoisKey(
                secretKey,
                Automorphism.galoisElementOfConjugation(context.parameters().logRingDegree()));
    }

    /**
     * The key of any automorphism.
     *
     * @param secretKey the secret key
     * @param galoisElement odd g below 2N
     * @return a switching key from s to phi^-1(s)
     * @throws MismatchException if the secret key has other parameters
     * @throws MismatchException if the Galois element is even or not below 2N
     */
    public RotationKey galoisKey(SecretKey secretKey, int galoisElement) {
        context.requireRoot(secretKey.parametersId(), "galoisKey");
        int most = 2 * context.parameters().ringDegree();
        if (galoisElement < 1 || galoisElement >= most || (galoisElement & 1) == 0) {
            throw new MismatchException("galoisKey: expected an odd Galois element below " + most + ", found "
                    + galoisElement + "; use rotationKey or conjugationKey");
        }
        RnsPolynomial s = secretKey.polynomial().select(Rings.of(context).extendedBasis());
        int inverse = Rings.of(context)
                .arithmetic()
                .automorphism(galoisElement)
                .inverse()
                .galoisElement();
        RnsPolynomial target = Rings.of(context).arithmetic().applyAutomorphism(s, inverse);
        return new RotationKey(
                context.parameters().id(), secretKey.keyPairId(), galoisElement, switchingKey(s, target));
    }

    /**
     * The key of a rotation and complex conjugation in one.
     *
     * @param secretKey the secret key
     * @param stepsLeft slots to the left
     * @return its key
     * @throws MismatchException if the secret key has other parameters
     */
    public RotationKey rotationAndConjugationKey(SecretKey secretKey, int stepsLeft) {
        return galoisKey(
                secretKey,
                Automorphism.galoisElementOfRotationAndConjugation(
                        context.parameters().logRingDegree(), stepsLeft));
    }

    /**
     * A key from one secret to another.
     *
     * @param from secret key of the ciphertexts there are
     * @param to secret key of the results
     * @return a switching key
     * @throws MismatchException if a secret key has other parameters
     */
    public SecretSwitchingKey switchingKey(SecretKey from, SecretKey to) {
        context.requireRoot(from.parametersId(), "switchingKey");
        context.requireRoot(to.parametersId(), "switchingKey");
        return new SecretSwitchingKey(
                context.parameters().id(),
                from.keyPairId(),
                to.keyPairId(),
                switchingKey(
                        from.polynomial().select(Rings.of(context).extendedBasis()),
                        to.polynomial().select(Rings.of(context).extendedBasis())));
    }

    /**
     * The keys of sparse-secret encapsulation. The sparse secret is sampled here and forgotten; the key to it is made modulo q(0) and one
     * special prime only.
     *
     * @param secretKey the secret key
     * @param hammingWeight entries of the sparse secret that are not zero, 1..N
     * @return both keys
     * @throws MismatchException if the secret key has other parameters
     * @throws InvalidParametersException if the weight is out of range, the special prime is smaller than q(0), or the parameters promise
     *     security and the weight is below 32, the ring degree below 2^16 or q(0) times the special prime above 2^121
     */
    public EncapsulationKeys encapsulationKeys(SecretKey secretKey, int hammingWeight) {
        context.requireRoot(secretKey.parametersId(), "encapsulationKeys");
        CkksContext small = context.encapsulationContext();
        requireSafe(small, hammingWeight);
        double[] sparse = new double[context.parameters().ringDegree()];
        TernarySampler.fixedWeight(hammingWeight).fill(nextPrivateStream(), sparse);
        RnsBasis whole = Rings.of(context).extendedBasis();
        RnsPolynomial everywhere = Rings.of(context).arithmetic().toNtt(RnsPolynomial.ofSmall(whole, sparse));
        RnsPolynomial dense = secretKey.polynomial();
        SwitchingKey toSparse = new KeyGenerator(small, random)
                .switchingKey(
                        dense.select(Rings.of(small).extendedBasis()),
                        everywhere.select(Rings.of(small).extendedBasis()));
        SwitchingKey toDense = switchingKey(everywhere, dense.select(whole));
        Arrays.fill(sparse, 0.0);
        for (int i = 0; i < everywhere.size(); i++) {
            Arrays.fill(everywhere.limb(i), 0.0);
        }
        return new EncapsulationKeys(
                context.parameters().id(), secretKey.keyPairId(), hammingWeight, toSparse, toDense);
    }

    private void requireSafe(CkksContext small, int hammingWeight) {
        CkksParameters p = context.parameters();
        boolean secure = p.securityLevel() != SecurityLevel.NONE;
        int least = secure ? EncapsulationKeys.LEAST_WEIGHT : 1;
        if (hammingWeight < least || hammingWeight > p.ringDegree()) {
            throw new InvalidParametersException("encapsulationKeys: expected a Hamming weight in " + least + ".."
                    + p.ringDegree() + ", found " + hammingWeight + "; use 32");
        }
        if (p.securityLevel().bits() > SecurityLevel.CLASSICAL_128.bits()) {
            throw new InvalidParametersException(
                    "encapsulationKeys: expected parameters of at most 128-bit security, which"
                            + " is what a sparse secret has, found "
                            + p.securityLevel().bits()
                            + "; use SecurityLevel.CLASSICAL_128");
        }
        double modulus = Rings.of(small).extendedBasis().log2Product();
        if (secure
                && (modulus > EncapsulationKeys.MOST_LOG_MODULUS
                        || p.logRingDegree() < EncapsulationKeys.LEAST_LOG_RING_DEGREE)) {
            throw new InvalidParametersException(String.format(
                    Locale.ROOT,
                    "encapsulationKeys: expected a ring degree of at least 2^%d and q(0) times a special prime of at most"
                            + " %.0f bits for a sparse secret, found 2^%d and %.1f; use logRingDegree(16), or"
                            + " SecurityLevel.NONE in tests",
                    EncapsulationKeys.LEAST_LOG_RING_DEGREE,
                    EncapsulationKeys.MOST_LOG_MODULUS,
                    p.logRingDegree(),
                    modulus));
        }
    }

    /**
     * All keys a server needs.
     *
     * @param secretKey the secret key
     * @param steps rotations to make keys for
     * @param conjugation whether to make the conjugation key too
     * @return relinearisation, rotation and conjugation keys
     * @throws MismatchException if the secret key has other parameters
     */
    public EvaluationKeys evaluationKeys(SecretKey secretKey, RotationSteps steps, boolean conjugation) {
        return evaluationKeys(secretKey, steps, conjugation, made -> {});
    }

    /**
     * {@return the same, telling how many keys are made}
     *
     * @param secretKey the secret key
     * @param steps rotations to make keys for
     * @param conjugation whether to make the conjugation key too
     * @param made hears 1, 2, and so on, after each key, in the thread of the caller
     * @throws MismatchException if the secret key has other parameters
     */
    public EvaluationKeys evaluationKeys(
            SecretKey secretKey, RotationSteps steps, boolean conjugation, IntConsumer made) {
        RelinearizationKey relin = relinearizationKey(secretKey);
        made.accept(1);
        Set<Integer> elements = new LinkedHashSet<>();
        for (int s : steps.asSet()) {
            elements.add(
                    Automorphism.galoisElementOfRotation(context.parameters().logRingDegree(), s));
        }
        elements.remove(1);
        if (conjugation) {
            elements.add(
                    Automorphism.galoisElementOfConjugation(context.parameters().logRingDegree()));
        }
        List<RotationKey> keys = new ArrayList<>();
        for (int g : elements) {
            keys.add(galoisKey(secretKey, g));
            made.accept(1 + keys.size());
        }
        return EvaluationKeys.of(relin, keys);
    }

    private SwitchingKey switchingKey(RnsPolynomial source, RnsPolynomial target) {
        RnsBasis basis = Rings.of(context).extendedBasis();
        int dataLimbs = context.parameters().chainLevel() + 1;
        int digitSize = context.parameters().digitSize();
        int digits = Rings.of(context).keySwitch().digits(dataLimbs);
        Seed seed = nextPublicSeed();
        RandomSource errors = nextPrivateStream();
        double[][] e = new double[digits][basis.degree()];
        double[][][] b = new double[digits][basis.size()][];
        double[][][] a = new double[digits][basis.size()][];
        RnsArithmetic ring = Rings.of(context).arithmetic();
        RandomSource[] uniform = new RandomSource[digits];
        for (int d = 0; d < digits; d++) {
            uniform[d] = seed.source(d);
        }
        ring.workers().forEach(digits, d -> gaussian.fill(errors.fork("digit " + d), e[d]));
        ring.workers().forEach(digits * basis.size(), task -> {
            int d = task / basis.size();
            int t = task % basis.size();
            Modulus q = basis.modulus(t);
            double[] limbA = new double[basis.degree()];
            RnsPolynomial.fillUniform(q, uniform[d], limbA);
            double[] limbB = e[d].clone();
            basis.ntt(t).forwardInPlace(limbB);
            boolean own = t < dataLimbs && t / digitSize == d;
            double p = own ? q.balance(Rings.of(context).specialBasis().product()) : 0.0;
            ring.sampleLimbInPlace(limbB, limbA, target.limb(t), source.limb(t), p, q);
            a[d][t] = limbA;
            b[d][t] = limbB;
        });
        List<RnsPolynomial> keyB = new ArrayList<>();
        List<RnsPolynomial> keyA = new ArrayList<>();
        for (int d = 0; d < digits; d++) {
            keyB.add(RnsPolynomial.wrap(basis, Domain.NTT, b[d]));
            keyA.add(RnsPolynomial.wrap(basis, Domain.NTT, a[d]));
        }
        return new SwitchingKey(new SwitchingKeyParts(new KeyHalves(keyB, keyA), seed));
    }
}
