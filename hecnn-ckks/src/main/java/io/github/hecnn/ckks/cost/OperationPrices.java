package io.github.hecnn.ckks.cost;

import io.github.hecnn.ckks.error.InvalidParametersException;
import io.github.hecnn.ckks.error.LevelException;
import io.github.hecnn.ckks.params.CkksParameters;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The one price list: seconds of every operation at every level, on one thread with vector kernels, from unit prices that were
 * measured on one machine ({@code operation-prices.csv}; the benchmarks' command {@code --prices} makes the file) times the
 * {@link OperationWork} of the operation. Ratios of prices choose between circuits, sums predict times: on another machine these are
 * off by its speed, which is nearly the same factor for all.
 *
 * <p>Immutable and thread-safe.
 */
public final class OperationPrices {
    private static final String LIST = "operation-prices.csv";
    private static final NavigableMap<Integer, UnitPrices> UNITS = read();
    private static final double NANO = 1e-9;

    /** Prices where parameters are not known: N = 2^14, nine limbs in three digits, as a middle of what is used. */
    private static final int TYPICAL_LOG_RING_DEGREE = 14;

    private static final int TYPICAL_LEVEL = 8;
    private static final int TYPICAL_DIGITS = 3;

    private final int digitSize;
    private final int specialPrimes;
    private final double refreshSeconds;
    private final UnitPrices units;

    private OperationPrices(int digitSize, int specialPrimes, double refreshSeconds, UnitPrices units) {
        this.digitSize = digitSize;
        this.specialPrimes = specialPrimes;
        this.refreshSeconds = refreshSeconds;
        this.units = units;
    }

    /**
     * The prices of a parameter set.
     *
     * @param parameters ring degree, digits and special primes
     * @return its prices, refreshes free
     */
    public static OperationPrices of(CkksParameters parameters) {
        return of(
                parameters.logRingDegree(),
                parameters.digitSize(),
                parameters.chain().specialPrimes().size());
    }

    /**
     * The prices of parameters that do not exist yet, or of keys that cover a part of the chain.
     *
     * @param logRingDegree log2 of the ring degree, 10..17
     * @param digitSize most limbs of a key-switching digit, from 1
     * @param specialPrimes number of special primes, from 1
     * @return prices, refreshes free
     * @throws InvalidParametersException if a number is out of range
     */
    public static OperationPrices of(int logRingDegree, int digitSize, int specialPrimes) {
        if (logRingDegree < 10 || logRingDegree > 17 || digitSize < 1 || specialPrimes < 1) {
            throw new InvalidParametersException("OperationPrices: expected log2 of a ring degree in 10..17, and 1 limb"
                    + " of a digit and special prime or more, found " + logRingDegree + ", " + digitSize + " and "
                    + specialPrimes + "; take those of a parameter set");
        }
        return new OperationPrices(digitSize, specialPrimes, 0, units(logRingDegree));
    }

    /**
     * The prices of a chain of so many levels with three digits and as many special primes as a digit has primes.
     *
     * @param logRingDegree log2 of the ring degree, 10..17
     * @param levels top level, from 0
     * @return prices, refreshes free
     * @throws InvalidParametersException if a number is out of range
     */
    public static OperationPrices ofLevels(int logRingDegree, int levels) {
        int digitSize = Math.max(1, (levels + TYPICAL_DIGITS) / TYPICAL_DIGITS);
        return of(logRingDegree, digitSize, digitSize);
    }

    /**
     * The price of an operation in thousandths of a rotation, for circuits that are planned before parameters are known: at N = 2^14,
     * nine limbs and three digits. The ratios change little with these.
     *
     * @param operation not a refresh
     * @return its price, rounded
     */
    public static int typical(Operation operation) {
        OperationPrices prices = ofLevels(TYPICAL_LOG_RING_DEGREE, TYPICAL_LEVEL);
        double unit = prices.seconds(Operation.ROTATION, TYPICAL_LEVEL);
        return (int) Math.round(1000 * prices.seconds(operation, TYPICAL_LEVEL) / unit);
    }

    /**
     * These prices with one for refreshes.
     *
     * @param seconds of a refresh, such as {@code BootstrapParameters.refreshSeconds()}; not negative
     * @return new prices
     * @throws InvalidParametersException if it is negative or not finite
     */
    public OperationPrices withRefresh(double seconds) {
        if (!(seconds >= 0) || Double.isInfinite(seconds)) {
            throw new InvalidParametersException("OperationPrices: expected 0 seconds of a refresh or more, found "
                    + seconds + "; take BootstrapParameters.refreshSeconds()");
        }
        return new OperationPrices(digitSize, specialPrimes, seconds, units);
    }

    /**
     * Seconds of an operation.
     *
     * @param operation what is done
     * @param level level of its operands; for an alignment, one above the target
     * @return seconds on one thread
     * @throws LevelException if the level is negative
     */
    public double seconds(Operation operation, int level) {
        if (level < 0) {
            throw new LevelException(
                    "OperationPrices: expected a level of 0 or more, found " + level + "; give that of the operands");
        }
        if (operation == Operation.REFRESH) {
            return refreshSeconds;
        }
        OperationWork work = OperationWork.of(operation, level + 1, digitSize, specialPrimes);
        return NANO * (1L << units.logRingDegree()) * units.nanoseconds(work);
    }

    /** Of the measured ring degrees the nearest. */
    private static UnitPrices units(int log) {
        Integer below = UNITS.floorKey(log);
        Integer above = UNITS.ceilingKey(log);
        boolean down = above == null || (below != null && log - below <= above - log);
        return UNITS.get(down ? below : above).at(log);
    }

    private static NavigableMap<Integer, UnitPrices> read() {
        TreeMap<Integer, UnitPrices> out = new TreeMap<>();
        try (InputStream in = OperationPrices.class.getResourceAsStream(LIST)) {
            if (in == null) {
                throw new IllegalStateException("price list: expected " + LIST
                        + " beside OperationPrices, found none; keep resources when classes are packed");
            }
            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(l -> !l.isBlank() && Character.isDigit(l.charAt(0)))
                    .map(UnitPrices::parse)
                    .forEach(u -> out.put(u.logRingDegree(), u));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out;
    }
}
