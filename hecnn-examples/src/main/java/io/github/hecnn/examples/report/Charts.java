package io.github.hecnn.examples.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.io.IOException;
import java.util.Base64;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.CategoryStyler;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Line plots of percentages, of other numbers or, logarithmically, of errors, and bars, as HTML images, one for light and one for dark
 * pages. Where nothing can be drawn (a Java without fonts, no numbers) a note takes their place: the tables of the report have the same
 * numbers.
 */
public final class Charts {
    private static final Color[] COLORS = {new Color(0x2F6FDE), new Color(0xE0862B), new Color(0x2E9E6B)};
    private static final int WIDTH = 620;
    private static final int HEIGHT = 320;

    private Charts() {}

    /** One line of a plot; values at 1, 2, ... */
    public record Line(String name, List<Double> values) {}

    /** How the vertical axis goes. */
    public enum Scale {
        /** From 0 to 100. */
        PERCENT,
        /** From 0 up. */
        LINEAR,
        /** Whole powers of 10; numbers above 0 only. */
        LOGARITHMIC
    }

    /** Something that draws itself for light or dark pages. */
    private interface Picture {
        String png(boolean dark) throws IOException;
    }

    /** A plot of lines. */
    public static String plot(String title, String along, String axis, Scale scale, List<Line> lines) {
        return picture(title, dark -> image(title, along, axis, scale, lines, dark));
    }

    /** Bars of percentages. */
    public static String bars(String title, List<String> names, List<Double> percents) {
        return picture(title, dark -> {
            CategoryChart chart = new CategoryChartBuilder()
                    .width(2 * WIDTH)
                    .height(2 * HEIGHT)
                    .title(title)
                    .yAxisTitle("%")
                    .build();
            CategoryStyler styler = chart.getStyler();
            style(styler, Scale.PERCENT, dark, 1);
            styler.setAvailableSpaceFill(0.5);
            styler.setLabelsVisible(true);
            styler.setLabelsFontColor(Color.WHITE);
            styler.setLabelsFont(styler.getLabelsFont().deriveFont(22f));
            chart.addSeries("accuracy", names, percents).setFillColor(COLORS[0]);
            return encoded(chart);
        });
    }

    private static String picture(String title, Picture picture) {
        try {
            return "<picture><source media=\"(prefers-color-scheme: dark)\" srcset=\""
                    + picture.png(true) + "\"><img width=\"" + WIDTH + "\" height=\""
                    + HEIGHT
                    + "\" alt=\"" + Html.escape(title) + "\" src=\"" + picture.png(false)
                    + "\"></picture>";
        } catch (IOException | RuntimeException | LinkageError | InternalError reason) {
            return "<p class=\"note\">No plot (" + Html.escape(reason.toString())
                    + "): there is nothing to draw, or this Java has no fonts. The tables have the numbers.</p>";
        }
    }

    private static String image(String title, String along, String axis, Scale scale, List<Line> lines, boolean dark)
            throws IOException {
        XYChart chart = new XYChartBuilder()
                .width(2 * WIDTH)
                .height(2 * HEIGHT)
                .title(title)
                .xAxisTitle(along)
                .yAxisTitle(axis)
                .build();
        style(chart.getStyler(), scale, dark, lines.size());
        chart.getStyler().setMarkerSize(14);
        chart.getStyler().setXAxisDecimalPattern("#");
        if (scale == Scale.LOGARITHMIC) {
            double[] range = decades(lines);
            chart.getStyler().setYAxisMin(range[0]);
            chart.getStyler().setYAxisMax(range[1]);
        }
        int color = 0;
        for (Line line : lines) {
            double[] x = new double[line.values().size()];
            for (int i = 0; i < x.length; i++) {
                x[i] = i + 1;
            }
            double[] y = line.values().stream().mapToDouble(v -> v).toArray();
            chart.addSeries(line.name(), x, y)
                    .setMarker(SeriesMarkers.CIRCLE)
                    .setMarkerColor(COLORS[color % COLORS.length])
                    .setLineColor(COLORS[color % COLORS.length])
                    .setLineStyle(
                            color == 0
                                    ? new BasicStroke(5f)
                                    : new BasicStroke(
                                            4f,
                                            BasicStroke.CAP_ROUND,
                                            BasicStroke.JOIN_ROUND,
                                            1f,
                                            new float[] {12f, 10f},
                                            0f));
            color++;
        }
        return encoded(chart);
    }

    /** Ends of an axis of at least one whole power of 10: within one, ticks would be labelled with rounded numbers. */
    static double[] decades(List<Line> lines) {
        DoubleSummaryStatistics exponents = lines.stream()
                .flatMap(line -> line.values().stream())
                .filter(v -> v > 0)
                .mapToDouble(Math::log10)
                .summaryStatistics();
        if (exponents.getCount() == 0) {
            throw new IllegalArgumentException("nothing above 0 for a logarithmic axis");
        }
        double lo = Math.floor(exponents.getMin());
        return new double[] {Math.pow(10, lo), Math.pow(10, Math.max(lo + 1, Math.ceil(exponents.getMax())))};
    }

    private static String encoded(Chart<?, ?> chart) throws IOException {
        byte[] png = ChartEncoder.getBytes(chart, "png");
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(png);
    }

    private static void style(AxesChartStyler styler, Scale scale, boolean dark, int lines) {
        Color paper = dark ? new Color(0x1B1F27) : Color.WHITE;
        Color ink = dark ? new Color(0xD8DEE9) : new Color(0x24292F);
        Color grid = dark ? new Color(0x39404D) : new Color(0xDDE2E8);
        styler.setChartBackgroundColor(paper);
        styler.setPlotBackgroundColor(paper);
        styler.setChartFontColor(ink);
        styler.setAxisTickLabelsColor(ink);
        styler.setXAxisTitleColor(ink);
        styler.setYAxisTitleColor(ink);
        styler.setPlotGridLinesColor(grid);
        styler.setPlotBorderVisible(false);
        styler.setAxisTickMarksColor(grid);
        styler.setLegendBackgroundColor(paper);
        styler.setLegendBorderColor(paper);
        styler.setLegendVisible(lines > 1);
        styler.setLegendPosition(LegendPosition.OutsideS);
        styler.setYAxisLogarithmic(scale == Scale.LOGARITHMIC);
        if (scale != Scale.LOGARITHMIC) {
            styler.setYAxisMin(0.0);
        }
        if (scale == Scale.PERCENT) {
            styler.setYAxisMax(100.0);
        }
        styler.setChartTitleFont(styler.getChartTitleFont().deriveFont(28f));
        styler.setAxisTitleFont(styler.getAxisTitleFont().deriveFont(22f));
        styler.setAxisTickLabelsFont(styler.getAxisTickLabelsFont().deriveFont(20f));
        styler.setLegendFont(styler.getLegendFont().deriveFont(20f));
    }
}
