package io.github.hecnn.mlr.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What a page needs to be read on a phone and by night; {@code ReportBrowserTest} looks at it where there is a browser. */
class ReportLayoutTest {
    private static final int PHONE = 420;
    private static final Pattern PIXELS =
            Pattern.compile("(?:^|[;{ \"])(?:min-)?width[:=] ?\"?(\\d+(?:\\.\\d+)?)(px|rem|\")");
    private static final Pattern VARIABLE = Pattern.compile("--(\\w+): ([^;}]+)");
    private static final String PAGE =
            HtmlReport.text(ReportTest.report("encrypted", "digits"), List.of(sample("1", "1"), sample("7", "1")));

    private static HtmlReport.Sample sample(String label, String answer) {
        return new HtmlReport.Sample(new byte[4], 2, 2, label, answer);
    }

    private static List<String> found(String regex) {
        List<String> out = new ArrayList<>();
        Matcher matcher = Pattern.compile(regex).matcher(PAGE);
        while (matcher.find()) {
            out.add(matcher.group(1));
        }
        return out;
    }

    @Test
    void theFirstScreenAnswersFiveQuestionsInPlainWords() {
        String first = PAGE.substring(PAGE.indexOf("<h1>"), PAGE.indexOf("<section>"));
        assertThat(first)
                .contains("digits", "66.7 %", "What was trained?", "2 classes", "128 samples", "How good is it?")
                .contains(
                        "How long did it take?", "10 s in all, of which 3.0 s were the training and 1.0 s making keys")
                .contains("How safe is the data?", "2^128 steps")
                .doesNotContain("CKKS", "ring degree", "ciphertext", "log2", "modulus");
        assertThat(found("<div class=\"card\"><h2>([^<]+)")).hasSize(4);
    }

    @Test
    void aRunThatIsNotSafeSaysSoOnTheFirstScreen() {
        String rehearsal = HtmlReport.text(ReportTest.report("rehearsal", "digits"), List.of());
        assertThat(rehearsal.substring(0, rehearsal.indexOf("<section>")))
                .contains("Nothing was encrypted: this run only rehearsed.")
                .doesNotContain("out of reach");
    }

    @Test
    void partsStandInTheOrderTheyAreAskedFor() {
        assertThat(found("<section><h2>([^<]+)"))
                .containsSubsequence(
                        "Accuracy",
                        "Which classes are taken for which",
                        "Scores against the interval",
                        "Levels and scale",
                        "Where the time went",
                        "Traffic and memory",
                        "Words");
        assertThat(PAGE.lastIndexOf("<section>")).isEqualTo(PAGE.indexOf("<section><h2>Words"));
        assertThat(found("<th>(?:cat|dog)(</th>)")).isNotEmpty();
    }

    @Test
    void everyWordThatIsExplainedIsUsed() {
        String text = PAGE.substring(0, PAGE.indexOf("<h2>Words"))
                .replaceAll("<[^>]*>", " ")
                .toLowerCase(Locale.ROOT);
        List<String> words = found("<dt>([^<]+)");
        assertThat(words).hasSizeGreaterThan(10).isSorted();
        assertThat(text).contains("level", "scale", "score", "recall", "evaluation keys", "rehearsal");
        assertThatThrownBy(() -> Html.glossary(List.of("entropy"))).hasMessageContaining("found entropy");
    }

    @Test
    void nothingIsWiderThanAPhone() {
        assertThat(PAGE).contains("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
        Matcher widths = PIXELS.matcher(PAGE);
        int seen = 0;
        while (widths.find()) {
            double pixels =
                    Double.parseDouble(widths.group(1)) * (widths.group(2).equals("rem") ? 16 : 1);
            assertThat(pixels).as(widths.group()).isLessThanOrEqualTo(PHONE);
            seen++;
        }
        assertThat(seen).isPositive();
        assertThat(found("<svg ([^>]*)>"))
                .isNotEmpty()
                .allSatisfy(svg -> assertThat(svg).contains("viewBox=").doesNotContain("width="));
        assertThat(PAGE).contains(".chart { display: block; width: 100%; max-width: 620px;");
        // What can be wide scrolls by itself: no table stands outside of such a box or a folded part.
        for (String part : PAGE.split("<section>", -1)) {
            if (part.contains("<table")) {
                assertThat(part).containsAnyOf("<div class=\"wide\">", "<details>");
            }
        }
    }

    @Test
    void lightAndDarkHaveTheSameColoursAndEnoughContrast() {
        String css = Html.css();
        Matcher roots = Pattern.compile(":root \\{([^}]*)}").matcher(css);
        List<Map<String, String>> schemes = new ArrayList<>();
        while (roots.find()) {
            Map<String, String> scheme = new LinkedHashMap<>();
            Matcher variables = VARIABLE.matcher(roots.group(1));
            while (variables.find()) {
                scheme.put(variables.group(1), variables.group(2).trim());
            }
            schemes.add(scheme);
        }
        assertThat(schemes).hasSize(2);
        assertThat(schemes.get(0).keySet()).isEqualTo(schemes.get(1).keySet());
        for (Map<String, String> scheme : schemes) {
            for (String ground : List.of("paper", "card")) {
                for (String ink : List.of("ink", "soft")) {
                    double light = luminance(scheme.get(ground));
                    double dark = luminance(scheme.get(ink));
                    double contrast = (Math.max(light, dark) + 0.05) / (Math.min(light, dark) + 0.05);
                    assertThat(contrast)
                            .as("%s on %s of %s", ink, ground, scheme)
                            .isGreaterThan(4.5);
                }
            }
        }
    }

    /** Relative luminance of a colour such as {@code #24292f}, as WCAG 2 defines it. */
    private static double luminance(String colour) {
        double sum = 0;
        double[] weights = {0.2126, 0.7152, 0.0722};
        for (int i = 0; i < 3; i++) {
            double v = Integer.parseInt(colour.substring(1 + 2 * i, 3 + 2 * i), 16) / 255.0;
            sum += weights[i] * (v <= 0.04045 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4));
        }
        return sum;
    }

    @Test
    void numbersAreRoundedForPeopleAndExactInTheJson() {
        assertThat(List.of(Html.seconds(0.001), Html.seconds(0.123), Html.seconds(1.26), Html.seconds(9.96)))
                .containsExactly("under 0.01 s", "0.12 s", "1.3 s", "10 s");
        assertThat(List.of(Html.seconds(119.4), Html.seconds(119.6), Html.seconds(754)))
                .containsExactly("119 s", "2 min 0 s", "12 min 34 s");
        assertThat(List.of(Html.bytes(999), Html.bytes(1500), Html.bytes(999_600), Html.bytes(110_500_000)))
                .containsExactly("999 bytes", "1.5 kB", "1.0 MB", "111 MB");
        assertThat(List.of(Html.bytes(2_370_000_000L), Html.bytes(5_000_000_000_000_000L)))
                .containsExactly("2.4 GB", "5000 TB");
        assertThat(JsonReport.text(ReportTest.report("encrypted", "digits"))).contains("0.6666666666666666");
    }
}
