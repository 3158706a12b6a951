package io.github.hecnn.mlr;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** No training code can reach a secret key: no class of this module names one, or anything that takes one, but the owner's own. */
class NoSecretKeyTest {
    @Test
    void noClassNamesASecretKey() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("target", "classes"))) {
            List<Path> classes = files.filter(p -> p.toString().endsWith(".class"))
                    .filter(p -> !p.endsWith(Path.of("mlr", "OwnerKeys.class")))
                    .toList();
            assertThat(classes).hasSizeGreaterThan(10);
            for (Path f : classes) {
                assertThat(Files.readString(f, StandardCharsets.ISO_8859_1))
                        .as(f.toString())
                        .doesNotContain("keys/SecretKey", "scheme/Decryptor", "keys/KeyGenerator");
            }
        }
    }
}
