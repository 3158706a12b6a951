package io.github.hecnn.mlr.transfer.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.hecnn.mlr.data.DataFormatException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WordPieceTokenizerTest {
    private static final List<String> PIECES = List.of(
            "[PAD]", "[UNK]", "[CLS]", "[SEP]", "un", "##aff", "##able", "cafe", "!", "free", "call", "##s", "\u4e2d",
            "Cafe");

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void writes() throws IOException {
        file = Files.write(folder.resolve("vocab.txt"), PIECES);
    }

    @Test
    void cutsWordsIntoTheLongestPieces() {
        WordPieceTokenizer t = WordPieceTokenizer.read(file, true, 64);
        assertThat(t.tokens("unaffable  FREE calls!!"))
                .containsExactly("[CLS]", "un", "##aff", "##able", "free", "call", "##s", "!", "!", "[SEP]");
        assertThat(t.ids("free")).containsExactly(2, 9, 3);
    }

    @Test
    void lowersAndDropsAccentsIfAsked() {
        assertThat(WordPieceTokenizer.read(file, true, 64).tokens("Caf\u00e9"))
                .containsExactly("[CLS]", "cafe", "[SEP]");
        assertThat(WordPieceTokenizer.read(file, false, 64).tokens("Cafe Caf\u00e9"))
                .containsExactly("[CLS]", "Cafe", "[UNK]", "[SEP]");
    }

    @Test
    void ideographsStandAloneAndControlsVanish() {
        assertThat(WordPieceTokenizer.read(file, true, 64).tokens("free\u4e2dca\u0007ll\ufffd\u4e2d"))
                .containsExactly("[CLS]", "free", "\u4e2d", "call", "\u4e2d", "[SEP]");
    }

    @Test
    void unknownAndEndlessWordsAreOneMark() {
        WordPieceTokenizer t = WordPieceTokenizer.read(file, true, 64);
        assertThat(t.tokens("xyz unx " + "free".repeat(26) + " \ud83d\ude00"))
                .containsExactly("[CLS]", "[UNK]", "[UNK]", "[UNK]", "[UNK]", "[SEP]");
        assertThat(t.tokens("")).containsExactly("[CLS]", "[SEP]");
    }

    @Test
    void longTextsAreCutOff() {
        assertThat(WordPieceTokenizer.read(file, true, 4).tokens("unaffable free free"))
                .containsExactly("[CLS]", "un", "##aff", "[SEP]");
        assertThatThrownBy(() -> WordPieceTokenizer.read(file, true, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least 3 tokens");
    }

    @Test
    void refusesOtherFiles() throws IOException {
        assertThatThrownBy(() -> WordPieceTokenizer.read(folder.resolve("none"), true, 64))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("expected a file, found none");
        Path other = Files.writeString(folder.resolve("other"), "just\na\ntext\n");
        assertThatThrownBy(() -> WordPieceTokenizer.read(other, true, 64))
                .isInstanceOf(DataFormatException.class)
                .hasMessageContaining("expected a line [UNK]");
        Path twice = Files.writeString(folder.resolve("twice"), "[UNK]\na\na\n");
        assertThatThrownBy(() -> WordPieceTokenizer.read(twice, true, 64))
                .isInstanceOf(DataFormatException.class)
                .hasMessageContaining("line 3");
        Path bytes = Files.write(folder.resolve("bytes"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        assertThatThrownBy(() -> WordPieceTokenizer.read(bytes, true, 64))
                .isInstanceOf(DataFormatException.class)
                .hasMessageContaining("UTF-8");
    }
}
