package io.github.hecnn.ckks.cost;

import java.util.Locale;

/**
 * Prices of the units of {@link OperationWork} at one ring degree, in nanoseconds a coefficient, on one thread.
 *
 * @param logRingDegree log2 of the ring degree they were measured at
 * @param transform of a transform
 * @param extensionTerm of a term of a base extension
 * @param keyTerm of a term of a product with a switching key
 * @param product of another product
 * @param moved of a residue read or written
 */
public record UnitPrices(
        int logRingDegree, double transform, double extensionTerm, double keyTerm, double product, double moved) {
    private static final int FIELDS = 6;

    /**
     * Nanoseconds of some work for one coefficient.
     *
     * @param work what is done
     * @return sum of its units times their prices
     */
    public double nanoseconds(OperationWork work) {
        return work.transforms() * transform
                + work.extensionTerms() * extensionTerm
                + work.keyTerms() * keyTerm
                + work.products() * product
                + work.moved() * moved;
    }

    /** These prices at another ring degree: transforms grow with its logarithm, all else stays. */
    UnitPrices at(int log) {
        return new UnitPrices(log, transform * log / logRingDegree, extensionTerm, keyTerm, product, moved);
    }

    /** {@return the line of the price list in which {@link OperationPrices} finds it: all numbers, separated by commas} */
    public String line() {
        return String.format(
                Locale.ROOT,
                "%d,%.4f,%.4f,%.4f,%.4f,%.4f",
                logRingDegree,
                transform,
                extensionTerm,
                keyTerm,
                product,
                moved);
    }

    static UnitPrices parse(String line) {
        String[] f = line.split(",", -1);
        if (f.length != FIELDS) {
            throw new IllegalStateException("price list: expected " + FIELDS + " numbers in a line, found '" + line
                    + "'; measure the prices again");
        }
        return new UnitPrices(
                Integer.parseInt(f[0]),
                Double.parseDouble(f[1]),
                Double.parseDouble(f[2]),
                Double.parseDouble(f[3]),
                Double.parseDouble(f[4]),
                Double.parseDouble(f[5]));
    }
}
