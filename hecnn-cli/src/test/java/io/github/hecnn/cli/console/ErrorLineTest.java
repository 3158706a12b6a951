package io.github.hecnn.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hecnn.ckks.error.LevelException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

class ErrorLineTest {
    @Test
    void isOneLineWithTheMessage() {
        assertThat(ErrorLine.of(new UserError("read x: expected a,\n  found b")))
                .isEqualTo("read x: expected a, found b");
        assertThat(ErrorLine.of(new LevelException("rescale: level 0"))).isEqualTo("rescale: level 0");
        assertThat(ErrorLine.of(new IllegalArgumentException("plan: too big"))).isEqualTo("plan: too big");
    }

    @Test
    void namesTheFileOfAFileError() {
        assertThat(ErrorLine.of(new UncheckedIOException(new NoSuchFileException("/a/b"))))
                .isEqualTo("/a/b: no such file or folder");
        assertThat(ErrorLine.of(new AccessDeniedException("/a/b"))).isEqualTo("/a/b: permission denied");
    }

    @Test
    void saysWhatToDoAboutMemoryAndTheUnexpected() {
        assertThat(ErrorLine.of(new OutOfMemoryError("Java heap space")))
                .contains("heap")
                .contains("-Xmx");
        assertThat(ErrorLine.of(new NullPointerException("oops")))
                .contains("NullPointerException")
                .contains("--verbose-errors");
    }
}
