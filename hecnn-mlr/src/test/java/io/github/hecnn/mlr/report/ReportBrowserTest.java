package io.github.hecnn.mlr.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.hecnn.mlr.report.row.LongPage;
import io.github.hecnn.mlr.report.row.LongPages;
import io.github.hecnn.mlr.transfer.report.TransferPage;
import io.github.hecnn.mlr.transfer.report.TransferPages;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The report as a browser lays it out, at the width of a desk and of a phone. {@code ReportLayoutTest} holds what needs no browser. */
class ReportBrowserTest {
    private static final int HEIGHT = 760;
    private static final String PAGE =
            HtmlReport.text(ReportTest.report("encrypted", "digits that somebody wrote by hand"), List.of());

    /** What is wrong with a page, a line each. */
    private static final String COMPLAINTS = """
            (function () {
              var out = [], width = document.documentElement.clientWidth;
              function name(e) { return e.tagName + '.' + (e.getAttribute('class') || '') + ' "' + e.textContent.slice(0, 30) + '"'; }
              if (document.documentElement.scrollWidth > width) out.push('scrolls to ' + document.documentElement.scrollWidth);
              document.querySelectorAll('h1, h2, .lead, .card, section, svg, .legend, dt, dd, .amounts, footer').forEach(function (e) {
                var r = e.getBoundingClientRect();
                if (r.left < 0 || r.right > width + 1) out.push(name(e) + ' from ' + r.left + ' to ' + r.right);
              });
              document.querySelectorAll('svg').forEach(function (svg) {
                var box = svg.getBoundingClientRect(), texts = [].slice.call(svg.querySelectorAll('text'));
                texts.forEach(function (t, i) {
                  var r = t.getBoundingClientRect();
                  if (r.left < box.left - 1 || r.right > box.right + 1 || r.top < box.top - 1 || r.bottom > box.bottom + 1) out.push('cut: ' + name(t));
                  if (r.height < 10) out.push('small: ' + name(t) + ' ' + r.height);
                  texts.slice(i + 1).forEach(function (u) {
                    var q = u.getBoundingClientRect();
                    if (r.left < q.right - 1 && q.left < r.right - 1 && r.top < q.bottom - 3 && q.top < r.bottom - 3) out.push('overlap: ' + name(t) + name(u));
                  });
                });
              });
              return out.join('\\n');
            })()
            """;

    @TempDir
    private Path folder;

    @BeforeAll
    static void startsTheBrowser() {
        String missing = PageBrowser.missing();
        assumeTrue(
                missing.isEmpty(),
                () -> "no browser on this machine, so layout is held by ReportLayoutTest alone: " + missing);
    }

    @ParameterizedTest
    @CsvSource({"1280", "420"})
    void nothingIsCutOrOverlapsAtTheWidthOf(int width) {
        looksWell(PAGE, width);
    }

    @ParameterizedTest
    @CsvSource({"1280, 1", "420, 1", "420, 200"})
    void noPageOfALongTrainingIsCutOrOverlapsAtTheWidthOf(int width, int iterations) {
        List<String> names = List.of("a class with a name that is long", "b", "c", "d", "e", "f", "g", "h", "i", "j");
        looksWell(LongPage.text(LongPages.report(iterations, names)), width);
    }

    @ParameterizedTest
    @CsvSource({"1280", "420"})
    void noPageOfATransferIsCutOrOverlapsAtTheWidthOf(int width) {
        looksWell(TransferPage.text(TransferPages.report()), width);
    }

    private void looksWell(String page, int width) {
        PageBrowser.Seen seen = PageBrowser.look(page, width, HEIGHT, COMPLAINTS, folder);
        assertThat(seen.said()).isEmpty();
        assertThat(seen.colours())
                .as("text is smoothed, and charts have colours")
                .isGreaterThan(20);
    }

    @Test
    void theComplaintsSeeWhatIsCut() {
        String broken = PAGE.replace("max-width: 620px;", "width: 900px;")
                .replace("class=\"lead\"", "class=\"lead\" style=\"width:500px\"");
        assertThat(PageBrowser.look(broken, 420, HEIGHT, COMPLAINTS, folder).said())
                .contains("P.lead", "svg.chart", "from ");
    }

    @Test
    void theAnswersAreOnTheFirstScreenOfADesk() {
        String last = "String(Math.max.apply(null, [].map.call(document.querySelectorAll('.card'), function (c) {"
                + " return c.getBoundingClientRect().bottom; })))";
        assertThat(Double.parseDouble(
                        PageBrowser.look(PAGE, 1280, HEIGHT, last, folder).said()))
                .isBetween(100.0, (double) HEIGHT);
    }

    @Test
    void byNightThePaperIsDarkAndTheInkIsLight() {
        String night = PAGE.replace("@media (prefers-color-scheme: dark)", "@media all");
        String colours =
                "getComputedStyle(document.body).backgroundColor + ' ' + getComputedStyle(document.body).color";
        assertThat(PageBrowser.look(PAGE, 420, HEIGHT, colours, folder).said())
                .isEqualTo("rgb(255, 255, 255) rgb(36, 41, 47)");
        assertThat(PageBrowser.look(night, 420, HEIGHT, colours, folder).said())
                .isEqualTo("rgb(20, 23, 29) rgb(216, 222, 233)");
    }
}
