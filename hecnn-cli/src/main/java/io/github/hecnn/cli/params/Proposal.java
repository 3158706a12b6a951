package io.github.hecnn.cli.params;

import io.github.hecnn.ckks.cost.Operation;
import io.github.hecnn.ckks.cost.OperationPrices;
import io.github.hecnn.ckks.error.InvalidParametersException;
import io.github.hecnn.ckks.noise.NoiseModel;
import io.github.hecnn.ckks.params.CkksParameters;
import java.util.Optional;

/**
 * Parameters for a chain of products of numbers up to 1 in magnitude, each with a freshly encrypted one: the smallest ring that is secure
 * with enough levels and scale, and of the ways to divide its key switches the quickest. Encryption is with the public key.
 *
 * @param parameters 128-bit secure
 * @param errors [products: 0..depth] largest error of a slot in practice
 * @param errorOfSquarings the same after as many squarings of 1, each of which doubles the error that there is
 */
record Proposal(CkksParameters parameters, double[] errors, double errorOfSquarings) {
    private static final int LEAST_LOG_RING_DEGREE = 10;
    private static final int MOST_LOG_RING_DEGREE = 17;
    private static final int LEAST_SCALE_BITS = 20;
    private static final int MOST_SCALE_BITS = 47;
    private static final int MOST_DIGITS = 8;

    /** Bits of the first prime above the scale: numbers up to 2 in magnitude, and room for their errors. */
    private static final int ROOM_BITS = 2;

    private static final int MOST_FIRST_PRIME_BITS = 49;

    /**
     * The proposal.
     *
     * @param depth products one after another
     * @param precision bits: errors are below 2^-precision
     * @param slots at least so many numbers in a ciphertext
     * @return nothing if no ring is large enough
     */
    static Optional<Proposal> of(int depth, int precision, int slots) {
        for (int log = LEAST_LOG_RING_DEGREE; log <= MOST_LOG_RING_DEGREE; log++) {
            if (1L << (log - 1) < slots) {
                continue;
            }
            for (int scale = Math.max(LEAST_SCALE_BITS, log + 8); scale <= MOST_SCALE_BITS; scale++) {
                Optional<CkksParameters> found = quickest(log, depth, scale);
                if (found.isEmpty()) {
                    break; // a larger scale needs a larger modulus
                }
                Proposal proposal = of(found.get());
                if (proposal.errors()[depth] < Math.pow(2, -precision)) {
                    return Optional.of(proposal);
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<CkksParameters> quickest(int log, int depth, int scale) {
        CkksParameters best = null;
        double seconds = 0;
        for (int digits = 1; digits <= Math.min(depth + 1, MOST_DIGITS); digits++) {
            try {
                CkksParameters p = CkksParameters.builder()
                        .logRingDegree(log)
                        .levels(depth)
                        .scaleBits(scale)
                        .firstPrimeBits(Math.min(MOST_FIRST_PRIME_BITS, scale + ROOM_BITS))
                        .digits(digits)
                        .build();
                double price = OperationPrices.of(p).seconds(Operation.RELINEARIZATION, depth);
                if (best == null || price < seconds) {
                    best = p;
                    seconds = price;
                }
            } catch (InvalidParametersException notSecure) {
                // More digits need a smaller modulus.
            }
        }
        return Optional.ofNullable(best);
    }

    private static Proposal of(CkksParameters p) {
        NoiseModel model = NoiseModel.ofPublicKeyEncryption(p);
        int depth = p.maxLevel();
        double[] errors = new double[depth + 1];
        double product = model.fresh(depth);
        double square = product;
        errors[0] = NoiseModel.bound(product);
        for (int used = 1; used <= depth; used++) {
            int level = depth - used + 1;
            product = model.relinearizationAndRescale(
                    NoiseModel.product(1, product, 1, model.fresh(level)), level);
            square = model.relinearizationAndRescale(NoiseModel.square(1, square), level);
            errors[used] = NoiseModel.bound(product);
        }
        return new Proposal(p, errors, NoiseModel.bound(square));
    }
}
