package io.github.hecnn.mlr.report.row;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.hecnn.mlr.report.JsonReport;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class LongPageTest {
    private static final LongReport REPORT = LongPages.report(12, List.of("cat", "<dog>", "cow"));
    private static final String PAGE = LongPage.text(REPORT);

    private static List<String> found(String regex) {
        List<String> out = new ArrayList<>();
        Matcher matcher = Pattern.compile(regex).matcher(PAGE);
        while (matcher.find()) {
            out.add(matcher.group(1));
        }
        return out;
    }

    @Test
    void aLongTrainingTellsAllThatAShortOneTells() {
        assertThat(found("<section><h2>([^<]+)"))
                .containsExactly(
                        "Accuracy",
                        "Which classes are taken for which",
                        "Scores against the interval",
                        "Levels and scale",
                        "Where the time went",
                        "Traffic and memory",
                        "Words");
        assertThat(PAGE)
                .contains("<th>cat</th>", "<th>&lt;dog&gt;</th>", "synthetic &lt;digits&gt;")
                .doesNotContain("<dog>");
    }

    @Test
    void timesOfOperationsAreMeasuredAndSaySo() {
        String time = PAGE.substring(PAGE.indexOf("Where the time went"), PAGE.indexOf("Traffic and memory"));
        assertThat(time)
                .contains("as measured", "refreshing (bootstrapping)", "60 s", "21 s", "under 0.01 s")
                .contains("81 s in all, in a training of 99 s on 2 threads")
                .doesNotContain("predicted");
    }

    @Test
    void levelsFallAndRiseAgain() {
        String levels = PAGE.substring(PAGE.indexOf("Levels and scale"), PAGE.indexOf("Where the time went"));
        assertThat(levels)
                .contains("level during the first 3 iterations", "9 levels", "7 levels", "3 levels", "2 levels")
                .contains("2^40", "about 12 decimal places");
        assertThat(levels.split("<circle", -1)).hasSize(1 + 3 * 4 + 1);
    }

    @Test
    void theJsonIsExact() throws Exception {
        JsonNode json = new ObjectMapper().readTree(JsonReport.text(REPORT));
        assertThat(json.path("secondsByOperation").path("refresh").asDouble()).isEqualTo(60.123456789);
        assertThat(json.path("classes").path("confusionMatrix").path(1).path(2).asInt())
                .isEqualTo(9);
        assertThat(json.path("levels").path("gradients").asInt()).isEqualTo(2);
    }
}
