package io.github.hecnn.cli.cryptotl;

import io.github.hecnn.cli.console.VersionText;
import io.github.hecnn.cli.options.OutputArguments;
import io.github.hecnn.mlr.encoder.text.SentenceModel;
import io.github.hecnn.mlr.transfer.network.CryptoTlParameters;
import io.github.hecnn.mlr.transfer.text.TextTask;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line of {@link TransferRun}. */
@Command(
        name = "CryptoTlDemo",
        mixinStandardHelpOptions = true,
        versionProvider = VersionText.class,
        sortOptions = false,
        usageHelpWidth = 110,
        description = {
            "Transfer learning on encrypted texts: the server keeps its encoder, the client its texts.",
        })
final class TransferOptions {
    /** Roles by their names on the command line. */
    static final List<String> ROLES = List.of("all", "server-train", "client-keys", "server-evaluate", "client-train");

    @Spec
    private CommandSpec spec;

    @Option(names = "--source", paramLabel = "TASK", description = "Task of the server; with data (default: amazon).")
    private String source;

    @Option(names = "--target", paramLabel = "TASK", description = "Task of the client; with data (default: yelp).")
    private String target;

    @Option(
            names = "--samples",
            paramLabel = "N",
            defaultValue = "100",
            description = "Training texts of the client (default: 100).")
    private int samples;

    @Option(
            names = "--tests",
            paramLabel = "N",
            defaultValue = "200",
            description = "Most test texts of the client (default: 200).")
    private int tests;

    @Option(
            names = "--lanes",
            paramLabel = "1|2|4|8|16",
            description =
                    "Texts in a ciphertext (default: as many as fit: 16 of 384 numbers, 8 of 768; with --fast half of it).")
    private Integer lanes;

    @Option(
            names = "--fast",
            description =
                    "Smaller parameters: less time and fewer bytes for a single text, but nothing bounds what the noise of the"
                            + " answers says about the encoder's weights.")
    private boolean fast;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "Folder with the text data sets, or one with them in text/. Otherwise the folder in HECNN_DATA,"
                            + " otherwise made-up reviews.")
    private Path data;

    @Mixin
    private SentenceOptions sentences;

    @Option(
            names = "--dp-epsilon",
            paramLabel = "E",
            description = "Also train a differentially private linear head with this epsilon.")
    private Double epsilon;

    @Option(names = "--dp-delta", paramLabel = "D", defaultValue = "1e-5", description = "Its delta (default: 1e-5).")
    private double delta;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Of the choice of texts and of training; keys and noise are always secure (default: 1).")
    private long seed;

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "1",
            description = "Worker threads of encryption and evaluation (default: 1).")
    private int threads;

    @Option(
            names = "--max-queries",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Ciphertexts that the server is ready to answer (default: 1000).")
    private int maxQueries;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "target/cryptotl",
            description = "Outputs, and the files of the roles (default: ${DEFAULT-VALUE}).")
    private Path out;

    @Option(
            names = "--role",
            paramLabel = "ROLE",
            defaultValue = "all",
            description =
                    "Play one role in this process: server-train writes DIR/server; client-keys writes DIR/client and"
                            + " DIR/exchange; server-evaluate needs DIR/server and DIR/exchange; client-train needs DIR/client and"
                            + " DIR/exchange (default: all).")
    private String role;

    @Mixin
    private OutputArguments output = new OutputArguments();

    OutputArguments output() {
        return output;
    }

    /**
     * What the options mean.
     *
     * @param data folder of the texts, or null for made-up ones
     * @param choice of parameters
     * @param lanes texts in a ciphertext, null for as many as fit
     * @param epsilon null for no private head
     */
    record Settings(
            String role,
            Path data,
            String source,
            String target,
            SentenceModel sentences,
            int samples,
            int tests,
            CryptoTlParameters.Choice choice,
            Integer lanes,
            Double epsilon,
            double delta,
            long seed,
            int threads,
            int maxQueries,
            Path out) {
        ClientSettings client() {
            Path texts = data == null ? null : data.toAbsolutePath().normalize();
            return new ClientSettings(
                    out.resolve("client"), texts, target, sentences, samples, tests, choice, lanes, seed, threads);
        }
    }

    /**
     * The settings with all defaults worked out.
     *
     * @throws ParameterException if they do not make sense
     */
    Settings settings(Map<String, String> environment) {
        require(ROLES.contains(role), "--role: expected " + String.join("|", ROLES) + ", found '" + role + "'");
        require(samples >= 2 && samples <= 10_000, "--samples: expected 2..10000, found " + samples);
        require(tests >= 2 && tests <= 100_000, "--tests: expected 2..100000, found " + tests);
        require(
                lanes == null || List.of(1, 2, 4, 8, 16).contains(lanes),
                "--lanes: expected 1, 2, 4, 8 or 16, found " + lanes);
        require(
                epsilon == null || (epsilon > 0 && epsilon <= 1000),
                "--dp-epsilon: expected more than 0 and at most 1000, found " + epsilon);
        require(delta > 0 && delta < 1, "--dp-delta: expected a number between 0 and 1, found " + delta);
        require(threads >= 1 && threads <= 1024, "--threads: expected 1..1024, found " + threads);
        require(maxQueries >= 1, "--max-queries: expected at least 1, found " + maxQueries);
        Path folder = folder(environment);
        require(
                folder != null || (source == null && target == null),
                "--source, --target: expected --data beside them, found none");
        return new Settings(
                role,
                folder,
                folder == null ? Texts.HOTELS : task("--source", source, "amazon"),
                folder == null ? Texts.HEADPHONES : task("--target", target, "yelp"),
                sentences.sentences(!role.equals("server-evaluate") && !role.equals("client-train")),
                samples,
                tests,
                fast ? CryptoTlParameters.Choice.FAST : CryptoTlParameters.Choice.CIRCUIT_PRIVATE,
                lanes,
                epsilon,
                delta,
                seed,
                threads,
                maxQueries,
                out);
    }

    private Path folder(Map<String, String> environment) {
        String named = environment.get("HECNN_DATA");
        String option = data == null ? "HECNN_DATA" : "--data";
        Path folder = data != null || named == null || named.isBlank() ? data : Path.of(named);
        if (folder == null) {
            return null;
        }
        require(Files.isDirectory(folder), option + ": expected a folder, found none at " + folder);
        return Files.isDirectory(folder.resolve("text")) ? folder.resolve("text") : folder;
    }

    private String task(String option, String name, String otherwise) {
        try {
            return TextTask.of(name == null ? otherwise : name).id();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), option + ": " + e.getMessage(), e);
        }
    }

    private void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new ParameterException(spec.commandLine(), otherwise);
        }
    }
}
