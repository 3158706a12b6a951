package io.github.hecnn.cli.params;

import io.github.hecnn.cli.console.CommandProgram;
import io.github.hecnn.cli.console.Results;
import io.github.hecnn.cli.console.UserError;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code params}: parameters for a depth and a precision. */
@Command(
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpWidth = 110,
        description =
                "Proposes encryption parameters for a circuit and tells what follows from them: security, noise, sizes,"
                        + " seconds.")
public final class ParamsProgram extends CommandProgram {
    private static final int MOST_DEPTH = 63;
    private static final int MOST_PRECISION = 40;
    private static final int MOST_SLOTS = 1 << 16;
    private static final int MOST_ROTATIONS = 1 << 16;

    @Option(
            names = "--depth",
            required = true,
            paramLabel = "N",
            description = "Products one after another, 0..63; a polynomial of degree d takes about log2(d) + 1.")
    private int depth;

    @Option(
            names = "--precision",
            paramLabel = "BITS",
            defaultValue = "20",
            description = "Errors stay below 2^-BITS for numbers up to 1, 1..40 (default: ${DEFAULT-VALUE}).")
    private int precision;

    @Option(
            names = "--slots",
            paramLabel = "N",
            defaultValue = "1",
            description = "At least so many numbers in a ciphertext, 1..65536 (default: as they come).")
    private int slots;

    @Option(
            names = "--rotations",
            paramLabel = "N",
            defaultValue = "0",
            description = "Rotation keys to count into the size of all keys (default: ${DEFAULT-VALUE}).")
    private int rotations;

    /** To be run once. */
    public ParamsProgram() {}

    @Override
    public void play(Map<String, String> environment, Results results) {
        output().require(depth >= 0 && depth <= MOST_DEPTH, "--depth: expected 0.." + MOST_DEPTH + ", found " + depth);
        output().require(
                precision >= 1 && precision <= MOST_PRECISION,
                "--precision: expected 1.." + MOST_PRECISION + ", found " + precision);
        output().require(slots >= 1 && slots <= MOST_SLOTS, "--slots: expected 1.." + MOST_SLOTS + ", found " + slots);
        output().require(
                rotations >= 0 && rotations <= MOST_ROTATIONS,
                "--rotations: expected 0.." + MOST_ROTATIONS + ", found " + rotations);
        Proposal proposal = Proposal.of(depth, precision, slots)
                .orElseThrow(
                        () -> new UserError("params: expected a ring up to N = 2^17 with 128 bits of security, found"
                                + " none for depth " + depth + " and precision " + precision
                                + " bits; take a smaller --depth"
                                + " or --precision, or refresh between parts of the circuit (docs/bootstrapping.md)"));
        ParamsReport report = ParamsReport.of(proposal, depth, precision, rotations);
        results.print(report, report::print);
    }
}
