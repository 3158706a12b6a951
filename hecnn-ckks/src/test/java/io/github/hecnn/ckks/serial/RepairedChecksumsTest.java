package io.github.hecnn.ckks.serial;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Mutations behind repaired checksums, for every reader, in a JVM of 64 MB: a refusal of the library or an object that can be used, and
 * nothing else.
 */
class RepairedChecksumsTest {
    private static void run(int mutations, long seed) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:+UseSerialGC",
                        "-ea",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        RepairedFuzz.class.getName(),
                        Integer.toString(mutations),
                        Long.toString(seed))
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(output).endsWith("all readers done" + System.lineSeparator());
        // keys of bootstrapping are large, and made of parts that other files have, too: BootstrapKeyFileTest changes
        // them
        for (WireType type : EnumSet.complementOf(EnumSet.of(WireType.BOOTSTRAP_KEYS))) {
            assertThat(output).containsPattern(type + ": [1-9]\\d* valid, [1-9]\\d* of them used, [1-9]\\d* refused");
        }
    }

    @Test
    void twoThousandForEachReader() throws IOException {
        run(2_000, 1);
    }

    @Test
    @Tag("slow")
    void twentyThousandForEachReader() throws IOException {
        run(20_000, 2);
    }
}
