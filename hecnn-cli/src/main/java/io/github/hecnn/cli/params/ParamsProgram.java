package io.github.hecnn.cli.params;

import io.github.hecnn.ckks.error.InvalidParametersException;
import io.github.hecnn.ckks.params.SecurityLevel;
import io.github.hecnn.ckks.proposal.ParameterProposal;
import io.github.hecnn.ckks.proposal.ParameterRequest;
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
                "Proposes encryption parameters for a circuit and tells what follows from them: security, precision,"
                        + " sizes, seconds.")
public final class ParamsProgram extends CommandProgram {
    private static final int MOST_DEPTH = 60;
    private static final int MOST_PRECISION = 40;
    private static final int MOST_SLOTS = 1 << 16;
    private static final int MOST_ROTATIONS = 1 << 16;
    private static final double LEAST_MAGNITUDE = 0x1p-10;
    private static final double MOST_MAGNITUDE = 0x1p20;

    @Option(
            names = "--depth",
            required = true,
            paramLabel = "N",
            description = "Products one after another, 0..60; a polynomial of degree d takes about log2(d) + 1.")
    private int depth;

    @Option(
            names = "--precision",
            paramLabel = "BITS",
            defaultValue = "20",
            description = "Every number of the result is within 2^-BITS, even if all products are squarings, 1..40"
                    + " (default: ${DEFAULT-VALUE}).")
    private int precision;

    @Option(
            names = "--magnitude",
            paramLabel = "X",
            defaultValue = "1",
            description = "Largest magnitude of a number on the way, 2^-10 to 2^20; errors grow with it (default:"
                    + " ${DEFAULT-VALUE}).")
    private double magnitude;

    @Option(
            names = "--security",
            paramLabel = "128|192|256",
            defaultValue = "128",
            description = "Bits of security against classical attacks (default: ${DEFAULT-VALUE}).")
    private int security;

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
        output().require(
                        magnitude >= LEAST_MAGNITUDE && magnitude <= MOST_MAGNITUDE,
                        "--magnitude: expected 2^-10 to 2^20, found " + magnitude);
        SecurityLevel level = SecurityLevel.reachedBy(security);
        output().require(
                        level != SecurityLevel.NONE && level.bits() == security,
                        "--security: expected 128, 192 or 256, found " + security);
        output().require(slots >= 1 && slots <= MOST_SLOTS, "--slots: expected 1.." + MOST_SLOTS + ", found " + slots);
        output().require(
                        rotations >= 0 && rotations <= MOST_ROTATIONS,
                        "--rotations: expected 0.." + MOST_ROTATIONS + ", found " + rotations);
        ParamsReport report = ParamsReport.of(proposal(ParameterRequest.builder(depth, precision)
                .magnitude(magnitude)
                .securityLevel(level)
                .slots(slots)
                .rotationKeys(rotations)
                .build()));
        results.print(report, report::print);
    }

    private static ParameterProposal proposal(ParameterRequest request) {
        try {
            return ParameterProposal.of(request);
        } catch (InvalidParametersException none) {
            throw new UserError(
                    none.getMessage()
                            + " (--depth, --precision, --magnitude), or refresh between parts of the circuit"
                            + " (docs/bootstrapping.md)",
                    none);
        }
    }
}
