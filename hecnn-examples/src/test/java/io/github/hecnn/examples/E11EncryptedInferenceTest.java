package io.github.hecnn.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The example of a network on encrypted images runs with real keys, is as exact as the flooding leaves it, and prints what the README shows. */
class E11EncryptedInferenceTest {
    @Test
    void encryptedDigitsAreToldAsInTheClear() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        E11EncryptedInference.Outcome outcome =
                E11EncryptedInference.run(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        assertThat(outcome.images()).isEqualTo(20);
        assertThat(outcome.right()).isGreaterThanOrEqualTo(18);
        assertThat(outcome.error()).isBetween(1e-4, 0.02); // 200 scores with a deviation of 0.002
        String text = bytes.toString(StandardCharsets.UTF_8);
        assertThat(text).contains("one query more is refused: ", "at most 5");
        String row = Files.readAllLines(Path.of("..", "README.md")).stream()
                .filter(l -> l.contains("`E11EncryptedInference`"))
                .findFirst()
                .orElseThrow();
        String shown = row.substring(row.lastIndexOf('|', row.length() - 2) + 1, row.lastIndexOf('|'))
                .strip()
                .replace("`", "");
        assertThat(text.lines()).contains(shown);
    }
}
