package io.github.hecnn.benchmarks;

import io.github.hecnn.benchmarks.PriceMeasurement.Found;
import io.github.hecnn.ckks.cost.UnitPrices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.QRDecomposition;
import org.apache.commons.math3.linear.RealVector;
import org.apache.commons.math3.linear.SingularMatrixException;

/**
 * Makes the price list of {@link io.github.hecnn.ckks.cost.OperationPrices}: operations are timed on one thread at ring degrees 2^12
 * to 2^16, and the five unit prices fitted to their times, least squares of relative deviations, none negative.
 */
final class PriceList {
    private static final int LEAST_LOG_RING_DEGREE = 12;
    private static final int LARGEST_LOG_RING_DEGREE = 16;
    private static final int UNITS = 5;

    private PriceList() {}

    /** Levels and digits that are measured: small and large digits, so that terms and transforms can be told apart. */
    private static final int[][] SETS = {{5, 6}, {8, 3}, {11, 2}};

    /**
     * Measures and writes.
     *
     * @param args the file to write, then perhaps the least and the largest log2 of a ring degree
     */
    public static void main(String[] args) throws IOException {
        int least = args.length > 1 ? Integer.parseInt(args[1]) : LEAST_LOG_RING_DEGREE;
        int largest = args.length > 2 ? Integer.parseInt(args[2]) : LARGEST_LOG_RING_DEGREE;
        List<String> lines = new ArrayList<>();
        lines.add("# Nanoseconds a coefficient on one thread; made by: java -jar benchmarks.jar --prices FILE");
        lines.add("# Java " + Runtime.version().feature() + ", "
                + (ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent() ? "vector" : "portable")
                + " kernels");
        lines.add("# log ring degree,transform,extension term,key term,product,moved");
        for (int log = least; log <= largest; log++) {
            List<Found> all = new ArrayList<>();
            for (int[] set : SETS) {
                all.addAll(PriceMeasurement.of(log, set[0], set[1]));
            }
            UnitPrices prices = fit(log, all);
            report(log, all, prices);
            lines.add(prices.line());
        }
        Files.write(Path.of(args[0]), lines);
    }

    private static void report(int log, List<Found> all, UnitPrices prices) {
        System.out.println(prices.line());
        for (Found f : all) {
            double price = dot(f.work(), new double[] {
                prices.transform(), prices.extensionTerm(), prices.keyTerm(), prices.product(), prices.moved()
            });
            System.out.printf(
                    Locale.ROOT,
                    "  N = 2^%d %-46s %9.1f us, price %+5.1f %%%n",
                    log,
                    f.what(),
                    f.nanoseconds() * (1 << log) / 1e3,
                    100 * (price / f.nanoseconds() - 1));
        }
    }

    /** Every choice of units that have a price is tried, and the best without a negative one is taken. */
    private static UnitPrices fit(int log, List<Found> all) {
        double[] best = null;
        double least = Double.POSITIVE_INFINITY;
        for (int chosen = 1; chosen < 1 << UNITS; chosen++) {
            double[] prices = solve(all, chosen);
            double error = 0;
            for (Found f : all) {
                double relative = prices == null ? Double.NaN : dot(f.work(), prices) / f.nanoseconds() - 1;
                error += relative * relative;
            }
            if (error < least) { // false for NaN
                least = error;
                best = prices;
            }
        }
        if (best == null) {
            throw new IllegalStateException("prices: expected times that fit some prices, found none; measure again");
        }
        return new UnitPrices(log, best[0], best[1], best[2], best[3], best[4]);
    }

    /** Least squares in the chosen units; null if there is no solution, or one with a negative price. */
    private static double[] solve(List<Found> all, int chosen) {
        int columns = Integer.bitCount(chosen);
        double[][] rows = new double[all.size()][columns];
        for (int i = 0; i < rows.length; i++) {
            int c = 0;
            for (int u = 0; u < UNITS; u++) {
                if ((chosen >> u & 1) == 1) {
                    rows[i][c++] = all.get(i).work()[u] / all.get(i).nanoseconds();
                }
            }
        }
        RealVector x;
        try {
            x = new QRDecomposition(new Array2DRowRealMatrix(rows), 1e-9)
                    .getSolver()
                    .solve(new ArrayRealVector(rows.length, 1.0));
        } catch (SingularMatrixException e) {
            return null;
        }
        double[] out = new double[UNITS];
        int c = 0;
        for (int u = 0; u < UNITS; u++) {
            out[u] = (chosen >> u & 1) == 1 ? x.getEntry(c++) : 0;
        }
        return x.getMinValue() < 0 ? null : out;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
