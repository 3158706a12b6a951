package io.github.hecnn.cli.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Progress progress = Progress.lines(new PrintStream(bytes, true, StandardCharsets.UTF_8));

    private String text() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void printsPlainLinesWithQuarters() throws Exception {
        Progress.Timed<Integer> result = progress.run("training", () -> {
            for (int i = 1; i <= 100; i++) {
                progress.at("step", i / 100.0);
            }
            return 42;
        });
        assertThat(result.value()).isEqualTo(42);
        assertThat(result.seconds()).isNotNegative();
        assertThat(text().lines().map(String::strip).toList())
                .hasSize(5)
                .startsWith("training ...", "25 %: step", "50 %: step", "75 %: step")
                .last()
                .asString()
                .startsWith("training: done in");
        assertThat(text()).doesNotContain("\u001b").doesNotContain("\r");
    }

    @Test
    void aFailedPhaseIsNotDone() {
        assertThatThrownBy(() -> progress.run("keys", () -> {
                    throw new IOException("no");
                }))
                .isInstanceOf(IOException.class);
        assertThat(text()).doesNotContain("done");
    }
}
