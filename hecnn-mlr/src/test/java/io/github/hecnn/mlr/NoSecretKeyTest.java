package io.github.hecnn.mlr;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * No training or evaluation code can reach a secret key: no class of this module names one, or anything that takes one, but those that
 * hold an owner's.
 */
class NoSecretKeyTest {
    private static final Set<String> OWNERS = Set.of(
            "secret/OwnerSecret.class",
            "row/LongOwnerKeys.class",
            "serving/OwnerFolder.class",
            "serving/OwnerFolder$Content.class",
            "serving/ServingOwner.class",
            "transfer/TransferClient.class",
            "inference/InferenceClient.class");

    @Test
    void noClassNamesASecretKey() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("target", "classes"))) {
            List<Path> classes = files.filter(p -> p.toString().endsWith(".class"))
                    .filter(p -> !OWNERS.contains(p.getParent().getFileName() + "/" + p.getFileName()))
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
