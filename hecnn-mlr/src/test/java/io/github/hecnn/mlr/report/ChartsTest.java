package io.github.hecnn.mlr.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hecnn.mlr.report.Charts.Line;
import io.github.hecnn.mlr.report.Charts.Scale;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class ChartsTest {
    private static List<Element> elements(String svg, String name) throws Exception {
        NodeList found = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(svg)))
                .getElementsByTagName(name);
        List<Element> out = new ArrayList<>();
        IntStream.range(0, found.getLength()).forEach(i -> out.add((Element) found.item(i)));
        return out;
    }

    private static List<String> texts(String svg) throws Exception {
        return elements(svg, "text").stream().map(Element::getTextContent).toList();
    }

    private static List<Element> ofSeries(String svg, String name, int series) throws Exception {
        return elements(svg, name).stream()
                .filter(e -> e.getAttribute("class").equals("series-" + series))
                .toList();
    }

    @Test
    void everyLineStandsWhereItsNumbersSay() throws Exception {
        List<Line> lines = List.of(new Line("a", List.of(20.0, 80.0)), new Line("b < c", List.of(100.0, 0.0)));
        String svg = Charts.plot("t & u", "x", "%", Scale.PERCENT, lines);
        assertThat(ofSeries(svg, "path", 0).get(0).getAttribute("d")).isEqualTo("M76.0 216.4L588.0 79.6");
        assertThat(ofSeries(svg, "path", 1).get(0).getAttribute("d")).isEqualTo("M76.0 34.0L588.0 262.0");
        assertThat(ofSeries(svg, "circle", 0)).hasSize(2);
        assertThat(elements(svg, "span").stream().map(Element::getTextContent)).containsExactly("a", "b < c");
        assertThat(texts(svg)).containsExactly("%", "0", "20", "40", "60", "80", "100", "1", "2", "x");
        assertThat(elements(svg, "title").get(0).getTextContent()).isEqualTo("t & u");
    }

    @Test
    void barsAreAsHighAsTheirNumbers() throws Exception {
        String svg = Charts.bars("t", List.of("a", "b"), List.of(25.0, 100.0));
        assertThat(ofSeries(svg, "rect", 0).stream().map(r -> r.getAttribute("height")))
                .containsExactly("57.0", "228.0");
        assertThat(texts(svg)).contains("a", "b", "25.0", "100.0");
    }

    @Test
    void aSingleNumberAndEqualOnesAreDrawnOnEveryScale() throws Exception {
        for (Scale scale : Scale.values()) {
            for (List<Double> values : List.of(List.of(2e-8), List.of(2e-8, 2e-8))) {
                String svg = Charts.plot("t", "x", "y", scale, List.of(new Line("a", values)));
                assertThat(ofSeries(svg, "circle", 0)).hasSize(values.size());
                assertThat(svg).doesNotContain("NaN", "Infinity");
            }
        }
        assertThat(Charts.plot("t", "x", "y", Scale.LINEAR, List.of(new Line("a", List.of(0.0)))))
                .contains("<circle");
    }

    @Test
    void logarithmicAxesHaveWholePowersOfTen() {
        assertRange(List.of(1.2e-8, 2.3e-8), 1e-8, 1e-7);
        assertRange(List.of(3e-18, 2e-8), 1e-18, 1e-7);
        assertRange(List.of(1e-8), 1e-8, 1e-7);
        assertRange(List.of(0.5, 200.0), 0.1, 1000);
        ChartAxis axis = ChartAxis.of(true, List.of(1e-3, 1.0));
        assertThat(axis.ticks().stream().map(axis::label)).containsExactly("0.001", "0.01", "0.1", "1");
        assertThat(axis.position(1e-2)).isBetween(0.333, 0.334);
    }

    private static void assertRange(List<Double> values, double lo, double hi) {
        ChartAxis axis = ChartAxis.of(true, values);
        assertThat(axis.lo()).isEqualTo(lo);
        assertThat(axis.hi()).isEqualTo(hi);
        assertThat(axis.ticks()).hasSizeLessThanOrEqualTo(9).first().isEqualTo(lo);
    }

    @Test
    void linearAxesHaveRoundStepsUpToTheLargestNumber() {
        assertThat(labels(0.7)).containsExactly("0", "0.2", "0.4", "0.6", "0.8");
        assertThat(labels(12)).containsExactly("0", "5", "10", "15");
        assertThat(labels(100)).containsExactly("0", "20", "40", "60", "80", "100");
        assertThat(labels(2.4e6)).containsExactly("0", "500000", "1000000", "1500000", "2000000", "2500000");
        assertThat(labels(3e-9)).containsExactly("0", "1e-9", "2e-9", "3e-9");
    }

    private static List<String> labels(double largest) {
        ChartAxis axis = ChartAxis.of(false, List.of(largest / 3, largest));
        return axis.ticks().stream().map(axis::label).toList();
    }

    @Test
    void fittedAxesShowWhatDiffers() {
        ChartAxis close = ChartAxis.fitted(List.of(91.21, 91.52));
        assertThat(close.ticks().stream().map(close::label)).containsExactly("91.2", "91.3", "91.4", "91.5", "91.6");
        assertThat(close.position(91.52) - close.position(91.21)).isGreaterThan(0.7);
        ChartAxis signs = ChartAxis.fitted(List.of(-8.0, 0.6, 8.0));
        assertThat(signs.ticks().stream().map(signs::label)).containsExactly("-10", "-5", "0", "5", "10");
        ChartAxis one = ChartAxis.fitted(List.of(50.0));
        assertThat(one.lo()).isLessThanOrEqualTo(50);
        assertThat(one.hi()).isGreaterThanOrEqualTo(50);
    }

    @Test
    void percentagesStayBetween0And100() {
        ChartAxis best = ChartAxis.fittedPercent(List.of(100.0, 100.0));
        assertThat(best.ticks().stream().map(best::label)).containsExactly("98", "100");
        ChartAxis worst = ChartAxis.fittedPercent(List.of(0.0));
        assertThat(worst.lo()).isZero();
        assertThat(worst.hi()).isPositive();
        ChartAxis high = ChartAxis.fittedPercent(List.of(81.13, 99.09));
        assertThat(high.ticks().stream().map(high::label)).containsExactly("80", "85", "90", "95", "100");
        ChartAxis middle = ChartAxis.fittedPercent(List.of(50.0));
        assertThat(middle.ticks()).hasSizeGreaterThan(1);
    }

    @Test
    void whatCannotBeDrawnIsANoteWithTheReason() {
        assertThat(Charts.plot("t", "x", "y", Scale.LINEAR, List.of(new Line("<a>", List.of()))))
                .startsWith("<p class=\"note\">No plot (chart: expected numbers from 0 up, found none;")
                .doesNotContain("<a>", "<svg");
        assertThat(Charts.plot("t", "x", "y", Scale.LOGARITHMIC, List.of(new Line("a", List.of(0.0)))))
                .contains("No plot (chart: expected numbers above 0, found 0.0 to 0.0");
        assertThat(Charts.plot("t", "x", "y", Scale.LINEAR, List.of(new Line("a", List.of(1.0, Double.NaN)))))
                .contains("No plot (");
        assertThat(Charts.bars("t", List.of(), List.of())).contains("No plot (");
    }
}
