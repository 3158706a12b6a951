package io.github.hecnn.ckks.error;

import java.util.Locale;

/** Slots lie outside of the interval that a polynomial, or another approximation, was made for. */
public final class IntervalException extends HeException {
    private static final long serialVersionUID = 1L;

    /** What was asked for. */
    private final String operation;

    /** Smallest slot found. */
    private final double smallest;

    /** Largest slot found. */
    private final double largest;

    /** Left end of the interval. */
    private final double low;

    /** Right end of the interval. */
    private final double high;

    /**
     * Slots outside of an interval.
     *
     * @param operation what was asked for
     * @param smallest smallest slot found
     * @param largest largest slot found
     * @param low left end of the interval
     * @param high right end of the interval
     */
    public IntervalException(String operation, double smallest, double largest, double low, double high) {
        this(
                operation,
                "for which the polynomial holds",
                smallest,
                largest,
                low,
                high,
                "scale the input down, or take a polynomial of a wider interval");
    }

    /**
     * Slots outside of an interval.
     *
     * @param operation what was asked for
     * @param reason what the interval is for
     * @param smallest smallest slot found
     * @param largest largest slot found
     * @param low left end of the interval
     * @param high right end of the interval
     * @param remedy what to do
     */
    public IntervalException(
            String operation, String reason, double smallest, double largest, double low, double high, String remedy) {
        super(String.format(
                Locale.ROOT,
                "%s: expected slots in [%s, %s], %s, found %s to %s; %s",
                operation,
                text(low),
                text(high),
                reason,
                text(smallest),
                text(largest),
                remedy));
        this.operation = operation;
        this.smallest = smallest;
        this.largest = largest;
        this.low = low;
        this.high = high;
    }

    private static String text(double x) {
        return x == Math.rint(x) && Math.abs(x) < 1e6
                ? String.format(Locale.ROOT, "%.0f", x)
                : String.format(Locale.ROOT, "%.5g", x);
    }

    /** {@return what was asked for, the name of the operation} */
    public String operation() {
        return operation;
    }

    /** {@return the smallest slot} */
    public double smallest() {
        return smallest;
    }

    /** {@return the largest slot} */
    public double largest() {
        return largest;
    }

    /** {@return left end of the interval, the smallest value that would do} */
    public double low() {
        return low;
    }

    /** {@return right end of the interval, the largest value that would do} */
    public double high() {
        return high;
    }
}
