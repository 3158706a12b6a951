package io.github.hecnn.mlr.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * Line plots of percentages, of other numbers or, logarithmically, of errors, and bars, as SVG within a page that has the style sheet of
 * {@link Html#css}, which colours them for light and for dark. Where nothing can be drawn a note takes their place: the tables of a
 * report have the same numbers.
 */
public final class Charts {
    private static final int WIDTH = 620;
    private static final int LEFT = 64;
    private static final int RIGHT = 600;
    private static final int TOP = 34;
    private static final int BOTTOM = 262;
    /** Width of a letter, and height of a line, in the larger print of a phone. */
    private static final int LETTER = 11;

    private static final int LINE = 22;
    private static final int COLORS = 3;
    private static final int MOST_LABELS = 12;

    private Charts() {}

    /**
     * One line of a plot; values at 1, 2, ... Lines of one name look the same.
     *
     * @param name in the legend
     * @param values at 1, 2, ...
     */
    public record Line(String name, List<Double> values) {}

    /** How the vertical axis goes. */
    public enum Scale {
        /** From 0 to 100. */
        PERCENT,
        /** From 0 up. */
        LINEAR,
        /** From a bit below the least to a bit above the largest, so that differences show. */
        FITTED,
        /** The same for percentages, within 0 and 100. */
        FITTED_PERCENT,
        /** Whole powers of 10; numbers above 0 only. */
        LOGARITHMIC
    }

    /**
     * {@return a plot of lines}
     *
     * @param title heading
     * @param along what 1, 2, ... count
     * @param axis what the values are
     * @param scale of the vertical axis
     * @param lines at least one
     */
    public static String plot(String title, String along, String axis, Scale scale, List<Line> lines) {
        return orNote(() -> {
            ChartAxis vertical = axis(
                    scale,
                    lines.stream().flatMap(line -> line.values().stream()).toList());
            int most =
                    lines.stream().mapToInt(line -> line.values().size()).max().orElse(1);
            StringBuilder svg = frame(title, axis, vertical);
            int step = (most - 1) / MOST_LABELS + 1;
            for (int i = 1; i <= most; i += step) {
                text(svg, "middle", along(i, most), BOTTOM + 18, Integer.toString(i));
            }
            text(svg, "middle", (LEFT + RIGHT) / 2.0, BOTTOM + 42, along);
            List<String> names = lines.stream().map(Line::name).distinct().toList();
            for (Line some : lines) {
                line(svg, some, most, vertical, "series-" + names.indexOf(some.name()) % COLORS);
            }
            return svg.append("</svg>") + legend(names) + "</div>";
        });
    }

    /**
     * {@return bars of percentages}
     *
     * @param title heading
     * @param names one for each bar
     * @param percents 0..100
     */
    public static String bars(String title, List<String> names, List<Double> percents) {
        return orNote(() -> {
            ChartAxis vertical = axis(Scale.PERCENT, percents);
            StringBuilder svg = frame(title, "%", vertical);
            double room = (double) (RIGHT - LEFT) / names.size();
            for (int i = 0; i < names.size(); i++) {
                double middle = LEFT + (i + 0.5) * room;
                double top = height(vertical, percents.get(i));
                svg.append(String.format(
                        Locale.ROOT,
                        "<rect class=\"series-0\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>",
                        middle - room / 4,
                        top,
                        room / 2,
                        BOTTOM - top));
                text(svg, "middle", middle, top - 5, String.format(Locale.ROOT, "%.1f", percents.get(i)));
                List<String> lines = lines(names.get(i), (int) (room / LETTER));
                for (int k = 0; k < lines.size(); k++) {
                    text(svg, "middle", middle, BOTTOM + 18 + k * LINE, lines.get(k));
                }
            }
            return svg.append("</svg></div>").toString();
        });
    }

    /** A name over as many lines as it needs; a word stays whole. */
    private static List<String> lines(String name, int letters) {
        List<String> out = new ArrayList<>();
        for (String word : name.split(" ", -1)) {
            int last = out.size() - 1;
            if (last >= 0 && out.get(last).length() + 1 + word.length() <= letters) {
                out.set(last, out.get(last) + " " + word);
            } else {
                out.add(word);
            }
        }
        return out;
    }

    private static String legend(List<String> names) {
        StringBuilder out = new StringBuilder();
        for (int k = 0; names.size() > 1 && k < names.size(); k++) {
            out.append(k == 0 ? "<p class=\"legend\">" : "")
                    .append("<span><i class=\"series-")
                    .append(k % COLORS)
                    .append("\"></i>")
                    .append(Html.escape(names.get(k)))
                    .append("</span> ");
        }
        return out.isEmpty() ? "" : out.append("</p>").toString();
    }

    private static ChartAxis axis(Scale scale, List<Double> values) {
        if (scale == Scale.FITTED) {
            return ChartAxis.fitted(values);
        }
        if (scale == Scale.FITTED_PERCENT) {
            return ChartAxis.fittedPercent(values);
        }
        ChartAxis fitted = ChartAxis.of(scale == Scale.LOGARITHMIC, values);
        return scale == Scale.PERCENT ? ChartAxis.PERCENT : fitted;
    }

    private static String orNote(Supplier<String> picture) {
        try {
            return picture.get();
        } catch (IllegalArgumentException reason) {
            return "<p class=\"note\">No plot (" + Html.escape(reason.getMessage()) + ").</p>";
        }
    }

    /** Title, and the lines of the vertical axis with their labels. */
    private static StringBuilder frame(String title, String axis, ChartAxis vertical) {
        StringBuilder svg = new StringBuilder("<div class=\"plot\"><p class=\"over\">" + Html.escape(title)
                + "</p><svg class=\"chart\" viewBox=\"0 0 " + WIDTH
                + " 312\" role=\"img\"><title>" + Html.escape(title) + "</title>");
        text(svg, "start", 2, TOP - 16, axis);
        for (double tick : vertical.ticks()) {
            double y = height(vertical, tick);
            svg.append(String.format(Locale.ROOT, "<path class=\"grid\" d=\"M%d %.1fH%d\"/>", LEFT, y, RIGHT));
            text(svg, "end", LEFT - 8, y + 4, vertical.label(tick));
        }
        return svg;
    }

    private static void line(StringBuilder svg, Line line, int most, ChartAxis vertical, String style) {
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < line.values().size(); i++) {
            double x = along(i + 1, most);
            double y = height(vertical, line.values().get(i));
            path.append(String.format(Locale.ROOT, "%s%.1f %.1f", i == 0 ? "M" : "L", x, y));
            svg.append(
                    String.format(Locale.ROOT, "<circle class=\"%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"4\"/>", style, x, y));
        }
        svg.append("<path class=\"")
                .append(style)
                .append("\" d=\"")
                .append(path)
                .append("\"/>");
    }

    private static double along(int i, int most) {
        return most == 1 ? (LEFT + RIGHT) / 2.0 : LEFT + 12 + (double) (i - 1) / (most - 1) * (RIGHT - LEFT - 24);
    }

    private static double height(ChartAxis vertical, double value) {
        return BOTTOM - vertical.position(value) * (BOTTOM - TOP);
    }

    private static void text(StringBuilder svg, String anchor, double x, double y, String text) {
        svg.append(String.format(Locale.ROOT, "<text text-anchor=\"%s\" x=\"%.1f\" y=\"%.1f\">", anchor, x, y))
                .append(Html.escape(text))
                .append("</text>");
    }
}
