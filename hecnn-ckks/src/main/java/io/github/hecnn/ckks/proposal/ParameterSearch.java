package io.github.hecnn.ckks.proposal;

import io.github.hecnn.ckks.cost.Operation;
import io.github.hecnn.ckks.cost.OperationPrices;
import io.github.hecnn.ckks.error.InvalidParametersException;
import io.github.hecnn.ckks.noise.NoiseModel;
import io.github.hecnn.ckks.params.CkksParameters;
import io.github.hecnn.ckks.params.SecurityLevel;
import io.github.hecnn.core.modular.Modulus;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The search behind a proposal; used once, by one thread. */
final class ParameterSearch {
    private static final int LEAST_LOG_RING_DEGREE = 10;
    private static final int MOST_LOG_RING_DEGREE = 17;
    private static final int LEAST_SCALE_BITS = 20;
    private static final int MOST_SCALE_BITS = 48;
    /** The builder wants that many bits of scale more than log2 N. */
    private static final int SCALE_OVER_RING = 8;

    private static final int MOST_DIGITS = 12;
    private static final int USUAL_DIGITS = 3;

    private final ParameterRequest request;
    private final List<String> refused = new ArrayList<>();
    private final int valueBits;

    ParameterSearch(ParameterRequest request) {
        this.request = request;
        // magnitude * scale must stay below half of q(0), with a bit to spare for errors
        valueBits = 2 + Math.max(0, (int) Math.ceil(log2(request.magnitude())));
    }

    /**
     * What was found.
     *
     * @param parameters the parameters
     * @param predictedBits bits behind the point that are right in every slot
     * @param reasons why it is these
     */
    record Found(CkksParameters parameters, double predictedBits, List<String> reasons) {}

    Found found() {
        int least = Math.max(LEAST_LOG_RING_DEGREE, 33 - Integer.numberOfLeadingZeros(request.slots() - 1));
        for (int log = least; log <= MOST_LOG_RING_DEGREE; log++) {
            Found found = at(log);
            if (found != null) {
                return found;
            }
        }
        throw new InvalidParametersException(
                "parameter proposal: expected a depth and a precision that a ring degree up to 2^"
                        + MOST_LOG_RING_DEGREE + " has, found depth " + request.depth() + " and "
                        + request.precisionBits()
                        + " bits (" + String.join("; ", refused)
                        + "); ask for a smaller depth, fewer precisionBits, or a smaller magnitude");
    }

    /** The proposal for a ring degree, or null with the reason noted. */
    private Found at(int log) {
        int low = Math.max(LEAST_SCALE_BITS, log + SCALE_OVER_RING);
        int high = Math.min(MOST_SCALE_BITS, Modulus.MAX_BITS - valueBits);
        int scaleBits = leastScale(log, low, high);
        if (scaleBits > high) {
            return null;
        }
        double nearest = Double.POSITIVE_INFINITY;
        for (int first : new int[] {Modulus.MAX_BITS, scaleBits + valueBits}) {
            CkksParameters best = null;
            double least = Double.POSITIVE_INFINITY;
            for (int digits = 1; digits <= Math.min(MOST_DIGITS, request.depth() + 1); digits++) {
                CkksParameters p = built(log, scaleBits, first, digits);
                double modulus = p == null
                        ? Double.POSITIVE_INFINITY
                        : p.chain().logQ() + p.chain().logP();
                nearest = Math.min(nearest, modulus);
                if (modulus <= request.securityLevel().maxLogQP(log) && bits(p) >= request.precisionBits()) {
                    double seconds = OperationPrices.of(p).seconds(Operation.RELINEARIZATION, request.depth());
                    if (seconds < least) {
                        best = p;
                        least = seconds;
                    }
                }
            }
            if (best != null) {
                return described(best, low);
            }
        }
        refused.add(
                nearest == Double.POSITIVE_INFINITY
                        ? text("2^%d has too few primes of %d bits", log, scaleBits)
                        : text(
                                "2^%d needs %.0f bits of modulus and may have %.0f",
                                log, nearest, request.securityLevel().maxLogQP(log)));
        return null;
    }

    /** The smallest scale that is precise enough; above the highest if none is, with the reason noted. */
    private int leastScale(int log, int low, int high) {
        int digits = Math.min(USUAL_DIGITS, request.depth() + 1);
        CkksParameters finest = high < low ? null : built(log, high, Modulus.MAX_BITS, digits);
        if (finest == null || bits(finest) < request.precisionBits()) {
            refused.add(
                    finest == null
                            ? text("2^%d has too few primes of %d bits", log, high)
                            : text("2^%d has %.1f bits of precision at most", log, bits(finest)));
            return high + 1;
        }
        int s = low;
        while (s < high) {
            CkksParameters p = built(log, s, Modulus.MAX_BITS, digits);
            double missing = p == null ? 1 : request.precisionBits() - bits(p);
            if (missing <= 0) {
                return s;
            }
            s += Math.max(1, (int) missing); // a bit of scale is a bit of precision at most
        }
        return high;
    }

    /** Parameters without the check of security, or null if there are not enough primes. */
    private CkksParameters built(int log, int scaleBits, int firstPrimeBits, int digits) {
        return built(log, scaleBits, firstPrimeBits, digits, SecurityLevel.NONE);
    }

    private CkksParameters built(int log, int scaleBits, int firstPrimeBits, int digits, SecurityLevel security) {
        try {
            return CkksParameters.builder()
                    .logRingDegree(log)
                    .levels(request.depth())
                    .scaleBits(scaleBits)
                    .firstPrimeBits(firstPrimeBits)
                    .digits(digits)
                    .securityLevel(security)
                    .build();
        } catch (InvalidParametersException e) {
            return null;
        }
    }

    /** Bits that are right after all products. */
    private double bits(CkksParameters p) {
        NoiseModel noise = NoiseModel.ofPublicKeyEncryption(p);
        double deviation = noise.fresh(p.maxLevel());
        for (int l = p.maxLevel(); l > 0; l--) {
            deviation = noise.relinearizationAndRescale(request.growth() * deviation, l);
        }
        return -log2(NoiseModel.bound(deviation));
    }

    private Found described(CkksParameters found, int leastScale) {
        int firstBits =
                64 - Long.numberOfLeadingZeros(found.chain().dataPrimes().get(0));
        CkksParameters p =
                built(found.logRingDegree(), found.scaleBits(), firstBits, found.digits(), request.securityLevel());
        double bits = bits(p);
        List<String> reasons = new ArrayList<>();
        reasons.add(text(
                "scale 2^%d: %.1f bits are right after %d products, %d were asked for%s",
                p.scaleBits(),
                bits,
                request.depth(),
                request.precisionBits(),
                p.scaleBits() == leastScale ? "; no smaller scale is allowed" : ", and a bit less would not do"));
        double most = request.securityLevel().maxLogQP(p.logRingDegree());
        reasons.add(text(
                "N = 2^%d, %d slots: log2(Q*P) = %.1f of %s allowed%s",
                p.logRingDegree(),
                p.slots(),
                p.chain().logQ() + p.chain().logP(),
                Double.isInfinite(most) ? "any" : text("%.0f", most),
                refused.isEmpty() ? "" : "; " + String.join("; ", refused)));
        reasons.add(text("first prime of %d bits: at level 0 slots up to %.4g fit", firstBits, capacity(p)));
        reasons.add(text(
                "%d digits, %d special primes: the fastest relinearisation of those that fit",
                p.digits(), p.chain().specialPrimes().size()));
        return new Found(p, bits, reasons);
    }

    private static double capacity(CkksParameters p) {
        return p.chain().dataPrimes().get(0) / 2.0 / p.scale(0);
    }

    private static double log2(double x) {
        return Math.log(x) / Math.log(2);
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
