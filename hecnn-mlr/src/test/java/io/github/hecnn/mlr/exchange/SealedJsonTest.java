package io.github.hecnn.mlr.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.hecnn.mlr.data.DataFormatException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealedJsonTest {
    record Note(String text, int number, double fraction, Long maybe, List<Double> more) {}

    private static final Note NOTE = new Note("uml\u00e4ut", 7, 0.1, null, List.of(1e-300, -0.5, 3.0));

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void writes() throws IOException {
        file = Files.writeString(folder.resolve("note.json"), SealedJson.text(NOTE));
    }

    @Test
    void readsBackWhatWasWritten() throws IOException {
        assertThat(SealedJson.read(file, Note.class, "fix")).isEqualTo(NOTE);
    }

    @Test
    void refusesFlippedBits() throws IOException {
        byte[] good = Files.readAllBytes(file);
        int accepted = 0;
        for (int bit = 0; bit < 8 * good.length; bit += 5) {
            byte[] bad = good.clone();
            bad[bit / 8] ^= (byte) (1 << (bit % 8));
            Files.write(file, bad);
            try {
                // White space between the fields means nothing: what is read is then still what was written.
                assertThat(SealedJson.read(file, Note.class, "fix")).isEqualTo(NOTE);
                accepted++;
            } catch (DataFormatException refused) {
                assertThat(refused).hasMessageContaining(file.toString()).hasMessageEndingWith("fix");
            }
        }
        assertThat(accepted).isLessThan(8);
    }

    @Test
    void refusesEveryTruncation() throws IOException {
        byte[] good = SealedJson.text(NOTE).strip().getBytes(StandardCharsets.UTF_8);
        for (int length = 0; length < good.length; length++) {
            Files.write(file, java.util.Arrays.copyOf(good, length));
            assertThatThrownBy(() -> SealedJson.read(file, Note.class, "fix")).isInstanceOf(DataFormatException.class);
        }
    }

    @Test
    void refusesAnotherRecordAndAMissingFile() throws IOException {
        record Other(String text) {}
        Files.writeString(file, SealedJson.text(new Other("x")));
        assertThatThrownBy(() -> SealedJson.read(file, Note.class, "write it again"))
                .isInstanceOf(DataFormatException.class)
                .hasMessageContaining("expected the fields of Note")
                .hasMessageEndingWith("write it again");
        Files.delete(file);
        assertThatThrownBy(() -> SealedJson.read(file, Note.class, "write it again"))
                .isInstanceOf(DataFormatException.class)
                .hasMessageContaining("expected a file, found none");
    }
}
