package io.github.hecnn.cli.cryptotl;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hecnn.core.files.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The four roles on made-up texts, run once for all tests that look at their files: server and client in folders of their own, only
 * {@code exchange} carried between them. Tests put back what they change.
 */
final class TransferFixture {
    static final int SAMPLES = 6;
    static final int TESTS = 6;

    private static TransferFixture once;

    private final Path folder;

    private TransferFixture() throws IOException {
        folder = Files.createTempDirectory("hecnn-cryptotl");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
        TransferCli.succeed("--role", "server-train", "--sentences", "hashed", "--out", server());
        assertThat(names(server())).containsExactly("server");
        TransferCli.succeed(
                "--role",
                "client-keys",
                "--sentences",
                "hashed",
                "--fast",
                "--samples",
                SAMPLES,
                "--tests",
                TESTS,
                "--out",
                client());
        assertThat(names(client())).containsExactly("client", "exchange");
        Files.move(client().resolve("exchange"), server().resolve("exchange"));
        TransferCli.succeed("--role", "server-evaluate", "--out", server());
        assertThat(names(server())).containsExactly("exchange", "server");
        copyExchange(server(), client());
        TransferCli.succeed("--role", "client-train", "--dp-epsilon", 8, "--out", client());
    }

    static synchronized TransferFixture get() throws IOException {
        if (once == null) {
            once = new TransferFixture();
        }
        return once;
    }

    /** What the server has: its own folder and the exchange. */
    Path server() {
        return folder.resolve("at-the-server");
    }

    /** What the client has: its own folder, the exchange and the reports. */
    Path client() {
        return folder.resolve("at-the-client");
    }

    /** A role must fail with one line that has the words, and leave every file as it is. */
    void refuses(Path place, List<Object> role, String what, String... words) throws IOException {
        Map<String, String> before = contents(place);
        Object[] args = Stream.concat(Stream.of("--out", place, "--role"), role.stream())
                .toArray();
        TransferCli run = TransferCli.run(args);
        assertThat(run.status()).as(what).isEqualTo(1);
        assertThat(run.err()).as(what).hasSize(1);
        assertThat(run.err().get(0)).as(what).startsWith("error: ").contains(words);
        assertThat(contents(place)).as(what).isEqualTo(before);
    }

    static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(f -> f.getFileName().toString()).sorted().toList();
        }
    }

    private static void copyExchange(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from.resolve("exchange"))) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file)));
            }
        }
    }

    private static Map<String, String> contents(Path place) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(place)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.put(file.toString(), Sha256.of(file));
            }
        }
        return contents;
    }

    private static void delete(Path tree) {
        try (Stream<Path> files = Files.walk(tree)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException leftBehind) {
            // A temporary folder; the system will clear it.
        }
    }
}
