package io.github.hecnn.core.internal.kernel.vector.sums;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UnrolledLoopsTest {
    @Test
    void theFilesAreWhatTheGeneratorPrints() {
        Map<String, String> files = UnrolledLoops.files();
        assertThat(files).hasSize(3);
        Path folder = UnrolledLoops.folder();
        files.forEach((name, text) -> assertThat(folder.resolve(name))
                .as("run UnrolledLoops.main in hecnn-core")
                .hasContent(text));
    }
}
