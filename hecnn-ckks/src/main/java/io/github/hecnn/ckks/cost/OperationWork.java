package io.github.hecnn.ckks.cost;

import io.github.hecnn.ckks.error.InvalidParametersException;

/**
 * What an operation does, counted for one coefficient of the ring: number-theoretic transforms of a limb, terms of base extensions,
 * terms of products with switching keys, other products, and residues that are read or written. Counts follow the hybrid key switch
 * (ia.cr/2019/688): with p limbs, digits of up to a limbs and k special primes, a decomposition extends every digit to p + k primes.
 *
 * @param transforms limbs transformed, forward or inverse
 * @param extensionTerms products in base extensions
 * @param keyTerms products of a digit with half a key
 * @param products other products
 * @param moved residues read or written by what is not a transform
 */
public record OperationWork(double transforms, double extensionTerms, double keyTerms, double products, double moved) {
    private static final OperationWork NONE = new OperationWork(0, 0, 0, 0, 0);

    /**
     * The work of an operation.
     *
     * @param operation what is done; nothing is known of a refresh
     * @param limbs primes of the operands, level + 1
     * @param digitSize most limbs of a key-switching digit
     * @param specialPrimes number of special primes
     * @return its work; nothing for {@link Operation#REFRESH}
     * @throws InvalidParametersException if a number is below 1
     */
    public static OperationWork of(Operation operation, int limbs, int digitSize, int specialPrimes) {
        if (limbs < 1 || digitSize < 1 || specialPrimes < 1) {
            throw new InvalidParametersException(
                    "OperationWork: expected 1 limb, limb of a digit and special prime or more, found " + limbs + ", "
                            + digitSize + " and " + specialPrimes + "; take those of a parameter set");
        }
        return switch (operation) {
            case ROTATION, CONJUGATION, RELINEARIZATION ->
                decomposition(limbs, digitSize, specialPrimes)
                        .plus(keyProduct(limbs, digitSize, specialPrimes))
                        .plus(division(limbs, specialPrimes));
            case DECOMPOSITION -> decomposition(limbs, digitSize, specialPrimes);
            case HOISTED_ROTATION -> keyProduct(limbs, digitSize, specialPrimes).plus(division(limbs, specialPrimes));
            case KEY_PRODUCT -> keyProduct(limbs, digitSize, specialPrimes);
            case DIVISION -> division(limbs, specialPrimes);
            case MULTIPLICATION -> new OperationWork(0, 0, 0, 4.0 * limbs, 7.0 * limbs);
            case PRODUCT_TERM -> new OperationWork(0, 0, 0, 4.0 * limbs, 4.0 * limbs);
            case PLAIN_MULTIPLICATION -> new OperationWork(0, 0, 0, 2.0 * limbs, 5.0 * limbs);
            case PLAIN_TERM -> new OperationWork(0, 0, 0, 2.0 * limbs, 3.0 * limbs);
            case CONSTANT_MULTIPLICATION -> new OperationWork(0, 0, 0, 2.0 * limbs, 4.0 * limbs);
            case RESCALE, ALIGNMENT -> new OperationWork(2.0 * limbs, 0, 0, 2.0 * (limbs - 1), 4.0 * (limbs - 1));
            case ADDITION -> new OperationWork(0, 0, 0, 0, 6.0 * limbs);
            case REFRESH -> NONE;
        };
    }

    private static int digits(int limbs, int digitSize) {
        return (limbs + digitSize - 1) / digitSize;
    }

    /** Limbs back to coefficients, digits to all other primes, and those forward again. */
    private static OperationWork decomposition(int limbs, int digitSize, int special) {
        int all = limbs + special;
        double terms = 0;
        for (int from = 0; from < limbs; from += digitSize) {
            int own = Math.min(digitSize, limbs - from);
            terms += (double) own * (all - own);
        }
        double transforms = (double) digits(limbs, digitSize) * all;
        return new OperationWork(transforms, terms, 0, 0, 0);
    }

    private static OperationWork keyProduct(int limbs, int digitSize, int special) {
        return new OperationWork(0, 0, 2.0 * digits(limbs, digitSize) * (limbs + special), 0, 2.0 * (limbs + special));
    }

    /** Two polynomials: the special limbs back to coefficients, extended to the data primes, and those forward. */
    private static OperationWork division(int limbs, int special) {
        return new OperationWork(2.0 * (limbs + special), 2.0 * limbs * special, 0, 2.0 * limbs, 4.0 * limbs);
    }

    private OperationWork plus(OperationWork o) {
        return new OperationWork(
                transforms + o.transforms,
                extensionTerms + o.extensionTerms,
                keyTerms + o.keyTerms,
                products + o.products,
                moved + o.moved);
    }
}
