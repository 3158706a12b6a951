package io.github.hecnn.mlr.transfer.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class TransferPageTest {
    private static final String PAGE = TransferPage.text(TransferPages.report());

    @Test
    void theFirstScreenAnswersFourQuestionsInPlainWords() {
        String first = PAGE.substring(PAGE.indexOf("<h1>"), PAGE.indexOf("<section>"));
        assertThat(first)
                .contains("What was trained?", "100 texts", "How good is it?", "85.0 %", "right for 55.0 %")
                .contains("-1.00 points against the same without encryption")
                .contains("How long did it take?", "7.1 s", "4.5 s", "0.10 s a text")
                .contains("How safe is the data?", "2^128 steps", "made-up &lt;texts&gt;")
                .doesNotContain("CKKS", "ring degree", "ciphertext", "modulus");
    }

    @Test
    void itHasConfusionTimesTrafficAndMemory() {
        List<String> titles = new ArrayList<>();
        Matcher matcher = Pattern.compile("<section><h2>([^<]+)").matcher(PAGE);
        while (matcher.find()) {
            titles.add(matcher.group(1));
        }
        assertThat(titles)
                .containsSubsequence(
                        "Accuracy of the heads",
                        "Which classes are taken for which",
                        "Where the time went",
                        "Traffic and memory",
                        "Words");
        assertThat(PAGE).contains(">45</td>", ">10</td>", ">40</td>", "81.82 %", "92 MB", "25 MB", "5.0 MB", "700 MB");
    }
}
