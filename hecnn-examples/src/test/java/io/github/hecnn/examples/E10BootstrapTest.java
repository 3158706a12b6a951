package io.github.hecnn.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hecnn.ckks.bootstrap.BootstrapPreset;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The example of bootstrapping runs on its small ring, is as exact as it says, and prints the line that the README shows of it. */
class E10BootstrapTest {
    @Test
    void theMapRunsOverMoreStepsThanThereAreLevels() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        double worst = E10Bootstrap.run(BootstrapPreset.TEST_12, new PrintStream(bytes, true, StandardCharsets.UTF_8));
        assertThat(worst).isBetween(1e-9, 1e-5);
        String text = bytes.toString(StandardCharsets.UTF_8);
        assertThat(text).contains("encrypted: 5 refreshes");
        String row = Files.readAllLines(Path.of("..", "README.md")).stream()
                .filter(l -> l.contains("`E10Bootstrap`"))
                .findFirst()
                .orElseThrow();
        String shown = row.substring(row.lastIndexOf('|', row.length() - 2) + 1, row.lastIndexOf('|'))
                .strip()
                .replace("`", "");
        assertThat(text.lines()).contains(shown);
    }
}
