package io.github.hecnn.mlr.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;

/**
 * The vertical axis of a chart: its ends and where its labels stand.
 *
 * @param logarithmic whether equal distances are equal factors
 * @param ticks values that get a line and a label, from below
 */
record ChartAxis(double lo, double hi, boolean logarithmic, List<Double> ticks) {
    private static final int MOST_LABELS = 8;

    /** 0 to 100. */
    static final ChartAxis PERCENT = linear(100);

    /**
     * The axis for some values.
     *
     * @throws IllegalArgumentException if there are none, or one cannot stand on such an axis
     */
    static ChartAxis of(boolean logarithmic, List<Double> values) {
        DoubleSummaryStatistics range = values.stream().mapToDouble(v -> v).summaryStatistics();
        if (values.isEmpty() || !values.stream().allMatch(v -> Double.isFinite(v) && (logarithmic ? v > 0 : v >= 0))) {
            throw new IllegalArgumentException(
                    "chart: expected numbers " + (logarithmic ? "above 0" : "from 0 up") + ", found "
                            + (values.isEmpty() ? "none" : range.getMin() + " to " + range.getMax())
                            + "; the tables of the report have them");
        }
        return logarithmic ? decades(range.getMin(), range.getMax()) : linear(range.getMax());
    }

    /**
     * The axis on which values differ most: in steps of 1, 2 or 5 times a power of 10 from below the least to above the largest.
     *
     * @throws IllegalArgumentException if there are none, or one is not finite
     */
    static ChartAxis fitted(List<Double> values) {
        if (values.isEmpty() || !values.stream().allMatch(Double::isFinite)) {
            throw new IllegalArgumentException("chart: expected finite numbers, found "
                    + (values.isEmpty() ? "none" : values) + "; the tables of the report have them");
        }
        DoubleSummaryStatistics range = values.stream().mapToDouble(v -> v).summaryStatistics();
        double span = range.getMax() - range.getMin();
        double step = step(span > 0 ? span : Math.max(Math.abs(range.getMax()), 1) / 10);
        double lo = Math.floor(range.getMin() / step) * step;
        List<Double> ticks = new ArrayList<>();
        for (int i = 0; i < 2 || lo + (i - 1) * step < range.getMax(); i++) {
            ticks.add(lo + i * step);
        }
        return new ChartAxis(lo, ticks.get(ticks.size() - 1), false, ticks);
    }

    /** The same for percentages: no label says more than 100, or less than 0. */
    static ChartAxis fittedPercent(List<Double> values) {
        ChartAxis axis = fitted(values);
        double step = axis.ticks().get(1) - axis.ticks().get(0);
        List<Double> ticks = new ArrayList<>(axis.ticks());
        ticks.removeIf(tick -> tick > 100 + step / 2 || tick < -step / 2);
        if (ticks.size() == 1) {
            ticks.add(ticks.get(0) < 50 ? 1 : 0, ticks.get(0) + (ticks.get(0) < 50 ? step : -step));
        }
        return new ChartAxis(ticks.get(0), ticks.get(ticks.size() - 1), false, ticks);
    }

    private static double step(double span) {
        double wanted = span / 5;
        double power = Math.pow(10, Math.floor(Math.log10(wanted)));
        return power * (wanted / power > 5 ? 10 : wanted / power > 2 ? 5 : wanted / power > 1 ? 2 : 1);
    }

    /** From 0 up, in steps of 1, 2 or 5 times a power of 10. */
    private static ChartAxis linear(double largest) {
        double step = step(largest == 0 ? 1 : largest);
        List<Double> ticks = new ArrayList<>();
        for (int i = 0; i == 0 || (i - 1) * step < largest * (1 - 1e-9); i++) {
            ticks.add(i * step);
        }
        return new ChartAxis(0, ticks.get(ticks.size() - 1), false, ticks);
    }

    /** Whole powers of 10, at least one apart. */
    private static ChartAxis decades(double smallest, double largest) {
        int lo = (int) Math.floor(Math.log10(smallest));
        int hi = Math.max(lo + 1, (int) Math.ceil(Math.log10(largest)));
        int step = (hi - lo) / MOST_LABELS + 1;
        List<Double> ticks = new ArrayList<>();
        for (int e = lo; e <= hi; e += step) {
            ticks.add(power(e));
        }
        return new ChartAxis(power(lo), power(hi), true, ticks);
    }

    private static double power(int exponent) {
        return Double.parseDouble("1e" + exponent);
    }

    /** Where a value stands, 0 at the lower end and 1 at the upper one. */
    double position(double value) {
        return logarithmic ? Math.log10(value / lo) / Math.log10(hi / lo) : (value - lo) / (hi - lo);
    }

    /** A tick in a few characters, such as 0.25 or 1e-8. */
    String label(double tick) {
        BigDecimal value = new BigDecimal(tick).round(new MathContext(4)).stripTrailingZeros();
        return tick == 0 || (Math.abs(tick) >= 1e-3 && Math.abs(tick) < 1e7)
                ? value.toPlainString()
                : Double.toString(value.doubleValue()).replace(".0E", "e").replace('E', 'e');
    }
}
