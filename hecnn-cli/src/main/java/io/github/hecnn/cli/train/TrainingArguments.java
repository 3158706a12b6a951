package io.github.hecnn.cli.train;

import io.github.hecnn.cli.options.CommonArguments;
import io.github.hecnn.mlr.approx.OutsideInterval;
import io.github.hecnn.mlr.features.Preconditioner;
import io.github.hecnn.mlr.features.ScalingKind;
import io.github.hecnn.mlr.training.RecipeKind;
import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** The options about the training itself, whatever the samples are. */
final class TrainingArguments {
    private static final int MAX_ITERATIONS = 50;

    /** Every weight before the first iteration: the published encrypted run starts from it, not from 0. */
    private static final double PUBLISHED_INITIAL_WEIGHT = 0.0128;

    @Option(
            names = "--iterations",
            paramLabel = "N",
            defaultValue = "2",
            description = "Iterations, all of them encrypted (default: 2).")
    private int iterations;

    @Option(
            names = "--scaling",
            paramLabel = "none|center|standardize|standardize-pooled|dct|whiten|whiten-standardized",
            description = "What the owner does to the features in the clear (default: dct for histograms; for other"
                    + " features standardize, none with --recipe paper). standardize and whiten-standardized suit columns"
                    + " of any units, standardize-pooled and whiten those of one unit. After whiten the first iteration"
                    + " is the ridge solution and the encrypted training adds little.")
    private ScalingKind scaling;

    @Option(
            names = "--preconditioner",
            paramLabel = "program-bound|algorithm-1",
            description =
                    "Diagonal of the quadratic gradient: the bound of the paper's program, or its Algorithm 1 with"
                            + " larger steps (default: program-bound with --recipe paper, otherwise chosen by rehearsal).")
    private Preconditioner preconditioner;

    @Option(
            names = "--outside-interval",
            paramLabel = "refuse|go-on",
            description = "What to do when the rehearsal finds scores outside of the interval of the sigmoid polynomial"
                    + " (default: refuse; with --recipe paper warn and go on, as published).")
    private OutsideInterval outsideInterval;

    @Option(names = "--rehearse", description = "Only simulate: no keys, no encryption.")
    private boolean rehearse;

    @Option(
            names = "--role",
            paramLabel = "owner-encrypt|cloud-train|owner-decrypt|all",
            defaultValue = "all",
            description = "Play one role in this process, with the files of --out. cloud-train reads and writes"
                    + " DIR/exchange only; owner-decrypt takes its settings from DIR/owner (default: all three).")
    private RoleChoice role;

    /** A command line parser for these options, lenient in the case of words. */
    static CommandLine parser(Object options) {
        CommandLine parser = new CommandLine(options).setCaseInsensitiveEnumValuesAllowed(true);
        parser.registerConverter(RoleChoice.class, text -> word(RoleChoice.class, text));
        parser.registerConverter(RecipeKind.class, text -> word(RecipeKind.class, text));
        parser.registerConverter(ScalingKind.class, text -> word(ScalingKind.class, text));
        parser.registerConverter(Preconditioner.class, text -> word(Preconditioner.class, text));
        parser.registerConverter(OutsideInterval.class, text -> word(OutsideInterval.class, text));
        return parser;
    }

    private static <E extends Enum<E>> E word(Class<E> type, String text) {
        try {
            return Enum.valueOf(type, text.toUpperCase(Locale.ROOT).replace('-', '_'));
        } catch (IllegalArgumentException e) {
            StringBuilder words = new StringBuilder();
            for (E value : type.getEnumConstants()) {
                words.append(words.isEmpty() ? "" : "|")
                        .append(value.name().toLowerCase(Locale.ROOT).replace('_', '-'));
            }
            throw new CommandLine.TypeConversionException("expected " + words + ", found '" + text + "'");
        }
    }

    /**
     * Refuses what does not make sense.
     *
     * @throws CommandLine.ParameterException with the line of the error
     */
    void check(CommonArguments common) {
        common.require(
                iterations >= 1 && iterations <= MAX_ITERATIONS,
                "--iterations: expected 1.." + MAX_ITERATIONS + ", found " + iterations);
        common.require(
                !rehearse || role == RoleChoice.ALL,
                "--rehearse: expected no --role beside it, found one; a rehearsal has no roles");
    }

    /** What is asked for; null for the usual one. */
    ScalingKind scaling() {
        return scaling;
    }

    boolean rehearse() {
        return rehearse;
    }

    RoleChoice role() {
        return role;
    }

    /** Whether this process looks at the owner's data before there are settings of an earlier role. */
    boolean readsData() {
        return role == RoleChoice.ALL || role == RoleChoice.OWNER_ENCRYPT;
    }

    /**
     * A training with every default worked out.
     *
     * @param features where samples come from
     * @param download whether to fetch MNIST first
     * @param usualScaling where none is asked for
     */
    RunSettings settings(
            CommonArguments common,
            Path out,
            RecipeKind recipe,
            FeatureChoice features,
            boolean download,
            ScalingKind usualScaling) {
        boolean paper = recipe == RecipeKind.PAPER;
        OutsideInterval usual = paper ? OutsideInterval.GO_ON : OutsideInterval.REFUSE;
        return new RunSettings(
                recipe,
                features,
                download,
                iterations,
                scaling == null ? usualScaling : scaling,
                rehearse,
                common.threads(),
                common.seed(),
                out,
                role,
                paper ? PUBLISHED_INITIAL_WEIGHT : 0,
                preconditioner == null && paper ? Preconditioner.PROGRAM_BOUND : preconditioner,
                outsideInterval == null ? usual : outsideInterval);
    }
}
