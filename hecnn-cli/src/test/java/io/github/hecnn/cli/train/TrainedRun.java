package io.github.hecnn.cli.train;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.hecnn.core.files.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The main job, run once role by role for all tests that look at its files. They put back what they change. */
final class TrainedRun {
    private static TrainedRun once;

    private final Path folder;
    private final JsonNode report;

    private TrainedRun() throws IOException {
        folder = Files.createTempDirectory("hecnn-trained");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
        succeed("--role", "owner-encrypt", "--out", out(), "--threads", 2);
        // The cloud works where the owner's folder is out of reach.
        Path cloud = Files.createDirectory(folder.resolve("cloud"));
        Files.move(exchange(), cloud.resolve("exchange"));
        succeed("--role", "cloud-train", "--out", cloud, "--threads", 2);
        Files.move(cloud.resolve("exchange"), exchange());
        succeed("--role", "owner-decrypt", "--out", out());
        report = new ObjectMapper().readTree(out().resolve("report.json").toFile());
    }

    static synchronized TrainedRun get() throws IOException {
        if (once == null) {
            once = new TrainedRun();
        }
        return once;
    }

    static void succeed(Object... args) {
        Cli run = Cli.run(args);
        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isZero();
    }

    Path out() {
        return folder.resolve("out");
    }

    Path exchange() {
        return out().resolve("exchange");
    }

    JsonNode report() {
        return report;
    }

    /** A role must fail with one line that has the words, and leave every other file as it is. */
    void refuses(String role, String what, String... words) throws IOException {
        Map<String, String> before = contents();
        Cli run = Cli.run("--role", role, "--out", out());
        assertThat(run.status()).as(what).isEqualTo(1);
        assertThat(run.err()).as(what).hasSize(1);
        assertThat(run.err().get(0)).as(what).startsWith("error: ").contains(words);
        assertThat(contents()).as(what).isEqualTo(before);
    }

    /** Checksums of everything but the evaluation keys, which are large and never written by a role that fails. */
    private Map<String, String> contents() throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(out())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.put(file.toString(), file.endsWith("evaluation-keys.bin") ? "" : Sha256.of(file));
            }
        }
        return contents;
    }

    private static void delete(Path tree) {
        try (Stream<Path> files = Files.walk(tree)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException leftBehind) {
            // A temporary folder; the system will clear it.
        }
    }
}
