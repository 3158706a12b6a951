package io.github.hecnn.ckks.noise;

import io.github.hecnn.ckks.error.InvalidParametersException;
import io.github.hecnn.ckks.error.LevelException;
import io.github.hecnn.ckks.params.CkksParameters;
import io.github.hecnn.core.sampling.GaussianSampler;
import java.util.List;

/**
 * The noise of CKKS operations to first order: standard deviations of slots, from the parameters alone.
 *
 * <p><b>What the numbers are.</b> Every deviation is that of the real part of a slot, in units of the slot: it is divided by the scale. The
 * imaginary part has the same deviation; the complex modulus of the error has sqrt(2) times that as its root mean square. An error polynomial with
 * independent coefficients of variance v is N/2 v in the real part of every slot, as slots are values at primitive 2N-th roots of unity, and it is
 * independent in different slots. The mean is over keys as well: a rounding error that meets the secret is larger in the slots where the secret
 * is, so errors have longer tails than a Gaussian. {@link #bound} is not exceeded in practice.
 *
 * <p><b>Formulas</b>, with h the squared norm of the secret (2N/3, or its fixed Hamming weight), sigma the deviation of errors (3.2), and the
 * results in coefficients, so to be multiplied by N/2 and divided by the squared scale:
 *
 * <ul>
 *   <li>a uniform rounding has 1/12; c0 + c1 s + c2 s^2 of rounded components 1/12 (1 + h + 2 h^2), as a slot of s is nearly a complex
 *       Gaussian of mean square h (Cheon, Kim, Kim, Song, ia.cr/2016/421, section 3.4, with expected norms in place of bounds);
 *   <li>secret-key encryption has sigma^2; public-key encryption, c0 = b u + e0, c1 = a u + e1 with b = e - a s, both
 *       divided by a special prime p, has sigma^2 (1 + h + 2N/3) / p^2 from e0 + e1 s + e u, and the rounding of two components;
 *   <li>the product of a key with digits, which are uniform below Q(d)/2, divided by P, has N sigma^2 sum over d of (Q(d)/P)^2 / 12, and the
 *       rounding of that division is a rounding of two components (Han and Ki, ia.cr/2019/688, section 3).
 * </ul>
 *
 * <p>Errors of different origin are taken as independent. Operands that share an error, as the powers of one value do, are beyond such
 * formulas; {@code SimulatedSlotAlgebra} follows them. Immutable and thread-safe.
 */
public final class NoiseModel {
    /** No slot of a result has an error of more than this many deviations in practice. */
    public static final double MAX_DEVIATIONS = 12;

    /**
     * The same for an unrelinearised product that was rescaled or brought to a lower level: its third component's rounding meets the square of
     * the secret, a slot of which is far above its mean now and then.
     */
    public static final double MAX_DEVIATIONS_OF_THREE = 30;

    private static final double ROUNDING = 1.0 / 12;

    private final CkksParameters parameters;
    private final boolean publicKey;
    private final double slots;
    private final double secret; // expected squared norm
    private final double errors; // variance of a coefficient

    private NoiseModel(CkksParameters parameters, boolean publicKey) {
        this.parameters = parameters;
        this.publicKey = publicKey;
        slots = parameters.slots();
        secret = parameters.secretHammingWeight() == 0
                ? parameters.ringDegree() * 2.0 / 3
                : parameters.secretHammingWeight();
        errors = GaussianSampler.SIGMA * GaussianSampler.SIGMA;
    }

    /**
     * The model for values that are encrypted with the secret key.
     *
     * @param parameters parameter set
     * @return its model
     */
    public static NoiseModel ofSecretKeyEncryption(CkksParameters parameters) {
        return new NoiseModel(parameters, false);
    }

    /**
     * The model for values that are encrypted with the public key, one with a special prime as all are that do not come from files of version 1.
     *
     * @param parameters parameter set
     * @return its model
     */
    public static NoiseModel ofPublicKeyEncryption(CkksParameters parameters) {
        return new NoiseModel(parameters, true);
    }

    /** {@return the parameter set} */
    public CkksParameters parameters() {
        return parameters;
    }

    /** {@return whether fresh values are encrypted with the public key} */
    public boolean publicKey() {
        return publicKey;
    }

    private double scale(int level) {
        if (level < 0 || level > parameters.maxLevel()) {
            throw new LevelException("NoiseModel: expected a level in 0.." + parameters.maxLevel() + ", found " + level
                    + "; use parameters with more levels");
        }
        return parameters.scale(level);
    }

    private double scale(int level, int scaleDegree) {
        double s = scale(level);
        if (scaleDegree != 1 && scaleDegree != 2) {
            throw new InvalidParametersException("NoiseModel: expected scale degree 1 or 2, found " + scaleDegree
                    + "; take 1 for the canonical scale of the level and 2 for a product");
        }
        return scaleDegree == 1 ? s : s * s;
    }

    /** Deviation of a slot, from the variance of a coefficient. */
    private double slot(double coefficientVariance, double scale) {
        return Math.sqrt(slots * coefficientVariance) / scale;
    }

    /**
     * What rounding the coefficients of an encoded vector does to its slots. A vector that repeats itself, or has one number in all slots, has fewer
     * coefficients that are rounded, and less of it.
     *
     * @param level level of the plaintext
     * @param scaleDegree 1 for the canonical scale, 2 for the square of it
     * @return deviation sqrt(N/2 / 12) / scale
     * @throws LevelException if there is no such level
     * @throws InvalidParametersException for another scale degree
     */
    public double encoding(int level, int scaleDegree) {
        return slot(ROUNDING, scale(level, scaleDegree));
    }

    /**
     * What encryption adds.
     *
     * @param level level of the plaintext, which has its canonical scale
     * @return deviation with the kind of key that this model is for
     * @throws LevelException if there is no such level
     */
    public double encryption(int level) {
        return slot(publicKey ? publicKeyVariance() : errors, scale(level));
    }

    /** Of a coefficient: (e0 + e1 s + e u) / p, u ternary, and a rounding of two components. */
    private double publicKeyVariance() {
        double p = parameters.chain().specialPrimes().get(0);
        return errors * (1 + secret + parameters.ringDegree() * 2.0 / 3) / (p * p) + ROUNDING * (1 + secret);
    }

    /**
     * A fresh encryption of an encoded vector: {@link #encoding} and {@link #encryption}.
     *
     * @param level level of the plaintext, which has its canonical scale
     * @return deviation
     * @throws LevelException if there is no such level
     */
    public double fresh(int level) {
        return sum(encoding(level, 1), encryption(level));
    }

    /**
     * A sum or difference of values, or whatever adds up independent errors.
     *
     * @param deviations of the terms
     * @return root of the sum of their squares
     */
    public static double sum(double... deviations) {
        double squares = 0;
        for (double d : deviations) {
            squares += d * d;
        }
        return Math.sqrt(squares);
    }

    /**
     * A product of two values with independent errors, before relinearisation: a*eb + b*ea + ea*eb.
     *
     * @param a magnitude of the slot of the first factor
     * @param deviationA of the first factor
     * @param b magnitude of the slot of the second factor
     * @param deviationB of the second factor
     * @return deviation
     */
    public static double product(double a, double deviationA, double b, double deviationB) {
        // The last term twice: its modulus has the product of the squared moduli, of 2 variances each.
        return sum(a * deviationB, b * deviationA, Math.sqrt(2) * deviationA * deviationB);
    }

    /**
     * The square of a value, before relinearisation: 2*a*ea + ea^2.
     *
     * @param a magnitude of the slot
     * @param deviation of the value
     * @return deviation
     */
    public static double square(double a, double deviation) {
        return sum(2 * a * deviation, 2 * deviation * deviation);
    }

    /**
     * A product with a plain vector, the rounding of its encoding included.
     *
     * @param a magnitude of the slot of the value
     * @param deviation of the value
     * @param p magnitude of the plain slot
     * @param level level of the product
     * @return deviation
     * @throws LevelException if there is no such level
     */
    public double plainProduct(double a, double deviation, double p, int level) {
        return product(a, deviation, p, encoding(level, 1));
    }

    /**
     * A constant as it is encoded, minus the constant: known, and the same in every slot.
     *
     * @param c a finite number
     * @param level level
     * @param scaleDegree 1 for the canonical scale, 2 for the square of it
     * @return (c times scale, rounded) / scale - c
     * @throws LevelException if there is no such level
     * @throws InvalidParametersException for another scale degree
     */
    public double constantError(double c, int level, int scaleDegree) {
        double scaled = c * scale(level, scaleDegree);
        return (Math.rint(scaled) - scaled) / scale(level, scaleDegree);
    }

    /**
     * A product with a constant, the rounding of the constant included: c*ea + a times {@link #constantError}.
     *
     * @param a magnitude of the slot of the value
     * @param deviation of the value
     * @param c a finite number
     * @param level level of the product
     * @return deviation
     * @throws LevelException if there is no such level
     */
    public double constantProduct(double a, double deviation, double c, int level) {
        return sum(c * deviation, a * constantError(c, level, 1));
    }

    /**
     * Rounding every component of a ciphertext to integers, as a division of it does.
     *
     * @param level level of the result
     * @param scaleDegree scale degree of the result
     * @param components 2, or 3 for an unrelinearised product
     * @return deviation
     * @throws LevelException if there is no such level
     * @throws InvalidParametersException for another scale degree or number of components
     */
    public double rounding(int level, int scaleDegree, int components) {
        if (components != 2 && components != 3) {
            throw new InvalidParametersException("NoiseModel: expected 2 or 3 components, found " + components
                    + "; take 3 for an unrelinearised product");
        }
        double meets = components == 2 ? 1 + secret : 1 + secret + 2 * secret * secret;
        return slot(ROUNDING * meets, scale(level, scaleDegree));
    }

    /**
     * A rescale: the slot keeps its error and gets a rounding.
     *
     * @param deviation of the value
     * @param level level of the value, 1 or more
     * @param components 2, or 3 for an unrelinearised product
     * @return deviation one level down
     * @throws LevelException if there is no such level, or none below it
     * @throws InvalidParametersException for another number of components
     */
    public double rescale(double deviation, int level, int components) {
        return sum(deviation, rounding(level - 1, 1, components));
    }

    /**
     * What key switching adds without its rounding: the digits' product with the errors of the key, divided by P.
     *
     * @param level level of the value
     * @param scaleDegree scale degree of the value
     * @return deviation
     * @throws LevelException if there is no such level
     * @throws InvalidParametersException for another scale degree
     */
    public double keyProduct(int level, int scaleDegree) {
        double scale = scale(level, scaleDegree);
        List<Long> primes = parameters.chain().dataPrimes();
        double sum = 0;
        for (int from = 0; from <= level; from += parameters.digitSize()) {
            double logDigit = log2(primes.subList(from, Math.min(level + 1, from + parameters.digitSize())));
            sum += Math.pow(2, 2 * (logDigit - parameters.chain().logP()));
        }
        return slot(parameters.ringDegree() * errors * ROUNDING * sum, scale);
    }

    private static double log2(List<Long> primes) {
        return primes.stream().mapToDouble(p -> Math.log(p) / Math.log(2)).sum();
    }

    /**
     * What a key switch adds: {@link #keyProduct} and a rounding. It is the same for relinearisation, rotation and conjugation.
     *
     * @param level level of the value
     * @param scaleDegree scale degree of the value
     * @return deviation
     * @throws LevelException if there is no such level
     * @throws InvalidParametersException for another scale degree
     */
    public double keySwitch(int level, int scaleDegree) {
        return sum(keyProduct(level, scaleDegree), rounding(level, scaleDegree, 2));
    }

    /**
     * A relinearised product.
     *
     * @param deviation of the product
     * @param level its level
     * @return deviation
     * @throws LevelException if there is no such level
     */
    public double relinearization(double deviation, int level) {
        return sum(deviation, keySwitch(level, 2));
    }

    /**
     * A product that is relinearised and rescaled at once, with one rounding.
     *
     * @param deviation of the product
     * @param level its level, 1 or more
     * @return deviation one level down
     * @throws LevelException if there is no such level, or none below it
     */
    public double relinearizationAndRescale(double deviation, int level) {
        return sum(deviation, keyProduct(level, 2), rounding(level - 1, 1, 2));
    }

    /**
     * A rotated value; one of several hoisted rotations has the same.
     *
     * @param deviation of the slot of the value that comes to this place
     * @param level its level
     * @param scaleDegree its scale degree
     * @return deviation
     * @throws LevelException if there is no such level
     * @throws InvalidParametersException for another scale degree
     */
    public double rotation(double deviation, int level, int scaleDegree) {
        return sum(deviation, keySwitch(level, scaleDegree));
    }

    /**
     * A conjugated value.
     *
     * @param deviation of the value
     * @param level its level
     * @param scaleDegree its scale degree
     * @return deviation
     * @throws LevelException if there is no such level
     * @throws InvalidParametersException for another scale degree
     */
    public double conjugation(double deviation, int level, int scaleDegree) {
        return sum(deviation, keySwitch(level, scaleDegree));
    }

    /**
     * A sum of plain products of rotations of one value, which are divided by P once, after they are added up.
     *
     * @param a [i] magnitude of the slot that rotation i brings to this place
     * @param deviation of these slots, independent of each other
     * @param p [i] magnitude of the plain slot
     * @param level level of the value
     * @return deviation of the sum, which has scale degree 2
     * @throws LevelException if there is no such level
     * @throws InvalidParametersException if there are not as many plain slots as rotations
     */
    public double rotatedPlainProducts(double[] a, double deviation, double[] p, int level) {
        if (a.length != p.length) {
            throw new InvalidParametersException("NoiseModel: expected as many plain slots as rotations (" + a.length
                    + "), found " + p.length + "; give one for each");
        }
        double noisy = sum(deviation, keyProduct(level, 1));
        double squares = 0;
        for (int i = 0; i < a.length; i++) {
            double d = plainProduct(a[i], noisy, p[i], level);
            squares += d * d;
        }
        return sum(Math.sqrt(squares), rounding(level, 2, 2));
    }

    /**
     * Relative error of a value that is brought down to a level, because the integer that takes it from one scale to the other is rounded: known, and
     * the same in every slot.
     *
     * @param fromLevel level of the value
     * @param toLevel the lower level
     * @param scaleDegree scale degree of the value
     * @return the factor that a slot is multiplied with, minus 1
     * @throws LevelException if there are no such levels, or the second one is not lower
     * @throws InvalidParametersException for another scale degree
     */
    public double alignmentError(int fromLevel, int toLevel, int scaleDegree) {
        if (toLevel >= fromLevel) {
            throw new LevelException(
                    "NoiseModel: expected a level below " + fromLevel + ", found " + toLevel + "; levels only go down");
        }
        double factor = scale(toLevel, scaleDegree)
                * parameters.chain().dataPrimes().get(toLevel + 1)
                / scale(fromLevel, scaleDegree);
        return (Math.rint(factor) - factor) / factor;
    }

    /**
     * A value that is brought down to a level, by itself or as an operand of something with less levels.
     *
     * @param a magnitude of the slot
     * @param deviation of the value
     * @param fromLevel its level
     * @param toLevel the lower level
     * @param scaleDegree its scale degree
     * @param components 2, or 3 for an unrelinearised product
     * @return deviation
     * @throws LevelException if there are no such levels, or the second one is not lower
     * @throws InvalidParametersException for another scale degree or number of components
     */
    public double dropToLevel(double a, double deviation, int fromLevel, int toLevel, int scaleDegree, int components) {
        return sum(
                deviation,
                a * alignmentError(fromLevel, toLevel, scaleDegree),
                rounding(toLevel, scaleDegree, components));
    }

    /**
     * Where an error ends in practice.
     *
     * @param deviation of a slot
     * @return {@value #MAX_DEVIATIONS} deviations
     */
    public static double bound(double deviation) {
        return MAX_DEVIATIONS * deviation;
    }
}
