package io.github.hecnn.docs.diagrams;

import java.util.Locale;

/** A drawing with boxes, arrows and text, on a ground of its own, with colours for light and dark pages. Refuses text that does not fit. */
final class Svg {
    /** Colours of boxes. */
    enum Fill {
        PLAIN,
        BLUE,
        GREEN,
        AMBER,
        RED
    }

    private static final double CHARACTER = 0.6; // of the size of the font: its widest average
    private static final int TEXT = 13;
    private static final int SMALL = 11;
    private static final int LINE_HEIGHT = 17;

    private static final String STYLE = """
            <style>
            svg { --ink: #1b2733; --soft: #51606f; --line: #6b7a89; --page: #ffffff;
              --plain: #f1f4f7; --blue: #dbe9fb; --green: #dcf3e1; --amber: #fdf0cf; --red: #fbe0de; }
            @media (prefers-color-scheme: dark) {
              svg { --ink: #e8eef4; --soft: #a9b7c4; --line: #8796a5; --page: #12181f;
                --plain: #222c36; --blue: #1d3b5f; --green: #1d4a2c; --amber: #574213; --red: #5c2723; } }
            text { font: 13px system-ui, sans-serif; fill: var(--ink); }
            .small { font-size: 11px; fill: var(--soft); }
            .bold { font-weight: 600; }
            .plain { fill: var(--plain); } .blue { fill: var(--blue); } .green { fill: var(--green); }
            .amber { fill: var(--amber); } .red { fill: var(--red); }
            .box { stroke: var(--line); }
            .arrow { stroke: var(--line); stroke-width: 1.5; fill: none; marker-end: url(#head); }
            .grid { stroke: var(--line); stroke-dasharray: 3 4; opacity: 0.6; }
            .page { fill: var(--page); } .head { fill: var(--line); }
            </style>
            """;

    private final int width;
    private final int height;
    private final StringBuilder body = new StringBuilder();

    Svg(int width, int height, String title, String description) {
        this.width = width;
        this.height = height;
        body.append(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\">%n",
                width,
                height,
                width,
                height));
        body.append("<title>").append(escaped(title)).append("</title>\n");
        body.append("<desc>").append(escaped(description)).append("</desc>\n").append(STYLE);
        body.append(
                "<defs><marker id=\"head\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"8\" markerHeight=\"8\" orient=\"auto\">"
                        + "<path class=\"head\" d=\"M0 0 L8 4 L0 8 z\"/></marker></defs>\n");
        body.append(String.format(
                Locale.ROOT, "<rect class=\"page\" width=\"%d\" height=\"%d\" rx=\"8\"/>%n", width, height));
    }

    /** A box with lines of text in its middle. */
    Svg box(int x, int y, int w, int h, Fill fill, String... lines) {
        frame(x, y, w, h, fill);
        int top = y + h / 2 - (lines.length - 1) * LINE_HEIGHT / 2 + 4;
        for (int i = 0; i < lines.length; i++) {
            require(lines[i], w - 6, i == 0 ? TEXT : SMALL);
            write(x + w / 2, top + i * LINE_HEIGHT, "middle", i == 0 ? "" : "small", lines[i]);
        }
        return this;
    }

    /** A box whose text begins at its upper left corner, the first line bold. */
    Svg panel(int x, int y, int w, int h, Fill fill, String... lines) {
        frame(x, y, w, h, fill);
        for (int i = 0; i < lines.length; i++) {
            require(lines[i], w - 20, i == 0 ? TEXT : SMALL);
            write(x + 10, y + 20 + i * LINE_HEIGHT, "start", i == 0 ? "bold" : "small", lines[i]);
        }
        if (20 + (lines.length - 1) * LINE_HEIGHT > h - 4) {
            throw new IllegalStateException("diagram: expected lines that fit into a panel of height " + h + ", found "
                    + lines.length + "; make it higher");
        }
        return this;
    }

    private void frame(int x, int y, int w, int h, Fill fill) {
        requireInside(x, y);
        requireInside(x + w, y + h);
        body.append(String.format(
                Locale.ROOT,
                "<rect class=\"box %s\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"5\"/>%n",
                fill.name().toLowerCase(Locale.ROOT),
                x,
                y,
                w,
                h));
    }

    /** Text that begins at a point. */
    Svg text(int x, int y, String text) {
        require(text, width - x, TEXT);
        write(x, y, "start", "", text);
        return this;
    }

    /** Small text around a point. */
    Svg note(int x, int y, String text) {
        require(text, 2 * Math.min(x, width - x), SMALL);
        write(x, y, "middle", "small", text);
        return this;
    }

    /** Small text that ends at a point. */
    Svg label(int x, int y, String text) {
        require(text, x, SMALL);
        write(x, y, "end", "small", text);
        return this;
    }

    /** An arrow through points x, y, x, y and so on. */
    Svg arrow(int... points) {
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < points.length; i += 2) {
            requireInside(points[i], points[i + 1]);
            path.append(i == 0 ? "M" : " L").append(points[i]).append(' ').append(points[i + 1]);
        }
        body.append("<path class=\"arrow\" d=\"").append(path).append("\"/>\n");
        return this;
    }

    /** A dashed line. */
    Svg grid(int x1, int y1, int x2, int y2) {
        requireInside(x1, y1);
        requireInside(x2, y2);
        body.append(String.format(
                Locale.ROOT, "<line class=\"grid\" x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>%n", x1, y1, x2, y2));
        return this;
    }

    private void write(int x, int y, String anchor, String style, String text) {
        requireInside(x, y);
        body.append(String.format(
                Locale.ROOT,
                "<text%s x=\"%d\" y=\"%d\" text-anchor=\"%s\">%s</text>%n",
                style.isEmpty() ? "" : " class=\"" + style + "\"",
                x,
                y,
                anchor,
                escaped(text)));
    }

    private void requireInside(int x, int y) {
        if (x < 0 || y < 0 || x > width || y > height) {
            throw new IllegalStateException("diagram: expected points inside of " + width + " x " + height + ", found "
                    + x + ", " + y + "; move it or make the drawing larger");
        }
    }

    private static void require(String text, int most, int size) {
        if (text.length() * size * CHARACTER > most) {
            throw new IllegalStateException(
                    "diagram: expected text of at most " + most + " pixels, found '" + text + "'; shorten it");
        }
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /** The file's content. */
    String content() {
        return (body + "</svg>\n").replace(System.lineSeparator(), "\n");
    }
}
