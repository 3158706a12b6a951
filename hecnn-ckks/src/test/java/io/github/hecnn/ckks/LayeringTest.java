package io.github.hecnn.ckks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The borders between layers: packages depend up the list only, and what computes on ciphertexts never names the secret key. */
class LayeringTest {
    private static final Path CLASSES = Path.of("target", "classes");
    private static final List<String> ORDER = List.of(
            "error",
            "internal",
            "params",
            "internal.context",
            "cost",
            "noise",
            "keys",
            "internal.parts",
            "scheme",
            "internal.cipher",
            "inplace",
            "slots",
            "circuit.polynomial",
            "circuit.function",
            "circuit.linear",
            "bootstrap",
            "volley",
            "serial",
            "proposal");

    @Test
    void packagesDependUpTheListOnly() {
        ToolProvider jdeps = ToolProvider.findFirst("jdeps").orElseThrow();
        StringWriter out = new StringWriter();
        int status = jdeps.run(
                new PrintWriter(out),
                new PrintWriter(out),
                "--multi-release",
                "base",
                "--ignore-missing-deps",
                "-verbose:package",
                "-filter:none",
                "--module-path",
                Path.of("..", "hecnn-core", "target", "classes").toString(),
                CLASSES.toString());
        assertThat(status).as(out.toString()).isZero();
        Pattern from = Pattern.compile(
                "^\\s+io\\.github\\.hecnn\\.ckks\\.([\\w.]+)\\s+->\\s+io\\.github\\.hecnn\\.ckks\\.([\\w.]+).*");
        Pattern source = Pattern.compile("^\\s{3}io\\.github\\.hecnn\\.ckks\\.([\\w.]+)\\s.*");
        Pattern target = Pattern.compile("^\\s{6}-> io\\.github\\.hecnn\\.ckks\\.([\\w.]+)\\s.*");
        String current = null;
        int edges = 0;
        for (String line : out.toString().lines().toList()) {
            Matcher both = from.matcher(line);
            Matcher s = source.matcher(line);
            Matcher t = target.matcher(line);
            String to = null;
            if (both.matches()) {
                current = both.group(1);
                to = both.group(2);
            } else if (t.matches()) {
                to = t.group(1);
            } else if (s.matches()) {
                current = s.group(1);
            }
            if (to != null) {
                edges++;
                assertThat(ORDER).contains(current, to);
                assertThat(ORDER.indexOf(to)).as(current + " -> " + to).isLessThanOrEqualTo(ORDER.indexOf(current));
            }
        }
        assertThat(edges).isGreaterThan(5);
    }

    @Test
    void nothingThatComputesOnCiphertextsNamesTheSecretKey() throws IOException {
        int seen = 0;
        for (String place : List.of("slots", "circuit", "inplace", "volley")) {
            try (Stream<Path> files = Files.walk(CLASSES.resolve("io/github/hecnn/ckks/" + place))) {
                for (Path f : files.filter(p -> p.toString().endsWith(".class")).toList()) {
                    assertNoSecret(f);
                    seen++;
                }
            }
        }
        for (String c : List.of(
                "Evaluator",
                "OperandChecks",
                "LevelOperations",
                "AdditiveOperations",
                "ProductOperations",
                "KeySwitchingOperations",
                "Results")) {
            assertNoSecret(CLASSES.resolve("io/github/hecnn/ckks/scheme/" + c + ".class"));
        }
        assertNoSecret(CLASSES.resolve("io/github/hecnn/ckks/keys/EvaluationKeys.class"));
        assertThat(seen).isGreaterThan(10);
        // the check itself works: the decryptor does name it
        assertThat(Files.readString(
                        CLASSES.resolve("io/github/hecnn/ckks/scheme/Decryptor.class"), StandardCharsets.ISO_8859_1))
                .contains("keys/SecretKey");
    }

    private static void assertNoSecret(Path file) throws IOException {
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                .as(file.toString())
                .doesNotContain("keys/SecretKey", "scheme/Decryptor", "keys/KeyGenerator");
    }
}
