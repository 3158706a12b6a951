package io.github.hecnn.core.sampling;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/**
 * Cumulative probabilities of |x| for the discrete Gaussian, and sampling by them. Immutable.
 *
 * <p>One 64-bit word gives a sample: its high 63 bits are compared with every entry, the number of entries not above them is
 * |x|, the lowest bit is the sign.
 */
final class GaussianTable {
    private static final MathContext PRECISION = new MathContext(60, RoundingMode.HALF_EVEN);
    private static final BigDecimal SCALE = BigDecimal.valueOf(2).pow(63);
    private static final double TAIL = 9.5;
    private static final int BLOCK = 512;

    // cumulative[k] = 2^63 * P(|x| <= k), rounded; the last one, of probability 1, is left out.
    private final long[] cumulative;

    private GaussianTable(long[] cumulative) {
        this.cumulative = cumulative;
    }

    static GaussianTable of(double sigma) {
        BigDecimal variance = new BigDecimal(sigma).pow(2);
        // exp(-k^2 / (2 sigma^2)) is this to the power of k^2. Math.exp would neither be precise enough nor the same
        // everywhere.
        BigDecimal base = exp(BigDecimal.ONE.negate().divide(variance.multiply(BigDecimal.valueOf(2)), PRECISION));
        int last = (int) Math.floor(TAIL * sigma);
        List<BigDecimal> sums = new ArrayList<>();
        BigDecimal sum = BigDecimal.ONE;
        sums.add(sum);
        for (int k = 1; k <= last; k++) {
            sum = sum.add(base.pow(k * k, PRECISION).multiply(BigDecimal.valueOf(2)), PRECISION);
            sums.add(sum);
        }
        long[] cumulative = new long[last];
        for (int k = 0; k < last; k++) {
            cumulative[k] = sums.get(k)
                    .multiply(SCALE)
                    .divide(sum, PRECISION)
                    .setScale(0, RoundingMode.HALF_EVEN)
                    .min(SCALE.subtract(BigDecimal.ONE))
                    .longValueExact();
        }
        return new GaussianTable(cumulative);
    }

    void fill(RandomSource r, double[] out) {
        long[] words = new long[Math.min(BLOCK, out.length)];
        long[] magnitudes = new long[words.length];
        for (int done = 0; done < out.length; done += words.length) {
            int count = Math.min(words.length, out.length - done);
            r.nextLongs(words, count);
            countEntries(words, magnitudes, count);
            applySigns(words, magnitudes, count, out, done);
        }
    }

    // Sample by sample in the inner loop, so that the compiler can vectorise it. The operands have 63 bits, so the sign
    // of
    // their difference is right.
    private void countEntries(long[] words, long[] magnitudes, int count) {
        for (int i = 0; i < count; i++) {
            magnitudes[i] = 0;
        }
        int k = 0;
        for (; k + 3 < cumulative.length; k += 4) {
            addFourEntries(words, magnitudes, count, k);
        }
        for (; k < cumulative.length; k++) {
            long c = cumulative[k] - 1;
            for (int i = 0; i < count; i++) {
                magnitudes[i] += (c - (words[i] >>> 1)) >>> 63;
            }
        }
    }

    private void addFourEntries(long[] words, long[] magnitudes, int count, int k) {
        long c0 = cumulative[k] - 1;
        long c1 = cumulative[k + 1] - 1;
        long c2 = cumulative[k + 2] - 1;
        long c3 = cumulative[k + 3] - 1;
        for (int i = 0; i < count; i++) {
            long u = words[i] >>> 1;
            magnitudes[i] += ((c0 - u) >>> 63) + ((c1 - u) >>> 63) + ((c2 - u) >>> 63) + ((c3 - u) >>> 63);
        }
    }

    private static void applySigns(long[] words, long[] magnitudes, int count, double[] out, int from) {
        for (int i = 0; i < count; i++) {
            long sign = -(words[i] & 1); // 0 or -1
            out[from + i] = (double) ((magnitudes[i] ^ sign) - sign);
        }
    }

    // exp(x) for -2 <= x <= 0 by its series.
    private static BigDecimal exp(BigDecimal x) {
        BigDecimal sum = BigDecimal.ONE;
        BigDecimal term = BigDecimal.ONE;
        for (int n = 1; n <= 100; n++) {
            term = term.multiply(x, PRECISION).divide(BigDecimal.valueOf(n), PRECISION);
            sum = sum.add(term, PRECISION);
        }
        return sum;
    }
}
