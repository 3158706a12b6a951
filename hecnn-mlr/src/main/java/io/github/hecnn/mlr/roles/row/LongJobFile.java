package io.github.hecnn.mlr.roles.row;

import io.github.hecnn.ckks.params.SecurityLevel;
import io.github.hecnn.mlr.approx.SigmoidApproximation;
import io.github.hecnn.mlr.data.DataFormatException;
import io.github.hecnn.mlr.exchange.FileSeal;
import io.github.hecnn.mlr.exchange.RunFile;
import io.github.hecnn.mlr.recipe.MlrConfig;
import io.github.hecnn.mlr.recipe.row.RowLayout;
import io.github.hecnn.mlr.recipe.row.RowParameters;
import io.github.hecnn.mlr.recipe.row.RowRecipe;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/**
 * What the owner asks the cloud to do, {@code job.json}; all of it public.
 *
 * @param runId names the run; results and checkpoints carry it, too
 * @param samples of the training
 * @param features with the leading 1
 * @param classes at least 2
 * @param iterations to do
 * @param mostIterations that the owner has rehearsed, and so the most that the run can be extended to
 * @param validateEvery the owner is asked after so many iterations each time whether to go on; 0 for never
 * @param sigmoidCoefficients of the polynomial
 * @param sigmoidLow lower end of its interval
 * @param sigmoidHigh upper end
 * @param startScore of every class before the first iteration
 * @param learningRate factor of every step
 * @param logRingDegree log2 of the ring degree
 * @param groupWidth of the layout
 * @param babySteps of the layout
 * @param blocksPerBatch blocks of a minibatch
 * @param refreshScale what gradients are multiplied by before a refresh
 * @param securityBits 128, 192 or 256, or 0 for tests
 * @param parametersId fingerprint of the parameters, in hexadecimal
 * @param dataset manifest of the encrypted data
 * @param files keys
 */
public record LongJobFile(
        String runId,
        int samples,
        int features,
        int classes,
        int iterations,
        int mostIterations,
        int validateEvery,
        List<Double> sigmoidCoefficients,
        double sigmoidLow,
        double sigmoidHigh,
        double startScore,
        double learningRate,
        int logRingDegree,
        int groupWidth,
        int babySteps,
        int blocksPerBatch,
        double refreshScale,
        int securityBits,
        String parametersId,
        FileSeal dataset,
        List<FileSeal> files)
        implements RunFile {
    /** Bounds of what the cloud even begins to plan for a stranger. */
    private static final int MAX_SAMPLES = 1 << 26;

    private static final int MAX_FEATURES = 1 << 16;
    private static final int MAX_CLASSES = 1 << 10;
    private static final int MAX_DEGREE = 63;

    /**
     * Copies the lists; as it comes from a file, nothing may be missing.
     *
     * @param runId names the run; results and checkpoints carry it, too
     * @param samples of the training
     * @param features with the leading 1
     * @param classes at least 2
     * @param iterations to do
     * @param mostIterations that the owner has rehearsed, and so the most that the run can be extended to
     * @param validateEvery the owner is asked after so many iterations each time whether to go on; 0 for never
     * @param sigmoidCoefficients of the polynomial
     * @param sigmoidLow lower end of its interval
     * @param sigmoidHigh upper end
     * @param startScore of every class before the first iteration
     * @param learningRate factor of every step
     * @param logRingDegree log2 of the ring degree
     * @param groupWidth of the layout
     * @param babySteps of the layout
     * @param blocksPerBatch blocks of a minibatch
     * @param refreshScale what gradients are multiplied by before a refresh
     * @param securityBits 128, or 0 for tests
     * @param parametersId fingerprint of the parameters, in hexadecimal
     * @param dataset manifest of the encrypted data
     * @param files keys
     */
    public LongJobFile {
        Objects.requireNonNull(runId, "runId");
        Objects.requireNonNull(parametersId, "parametersId");
        Objects.requireNonNull(dataset, "dataset");
        sigmoidCoefficients = List.copyOf(sigmoidCoefficients);
        files = List.copyOf(files);
    }

    /**
     * A job before its files are written.
     *
     * @param runId names the run
     * @param recipe with refreshes and {@code mostIterations} in its settings
     * @param iterations to do
     * @param validateEvery 0 for never
     * @param parameters of the recipe
     * @param security that they have
     */
    static LongJobFile of(
            String runId,
            RowRecipe recipe,
            int iterations,
            int validateEvery,
            RowParameters parameters,
            SecurityLevel security) {
        MlrConfig config = recipe.config();
        SigmoidApproximation sigmoid = config.sigmoid();
        RowLayout layout = recipe.layout();
        return new LongJobFile(
                runId,
                config.samples(),
                config.features(),
                config.classes(),
                iterations,
                config.iterations(),
                validateEvery,
                Arrays.stream(sigmoid.coefficients()).boxed().toList(),
                sigmoid.lo(),
                sigmoid.hi(),
                config.startWeight(0, 0),
                config.learningRate(),
                Integer.numberOfTrailingZeros(layout.slots()) + 1,
                layout.groupWidth(),
                layout.babySteps(),
                layout.blocks(recipe.batch()),
                recipe.refreshScale(),
                security.bits(),
                id(parameters),
                new FileSeal(LongFiles.DATASET, 0, ""),
                List.of());
    }

    private static String id(RowParameters parameters) {
        return HexFormat.of().toHexDigits(parameters.bootstrap().id());
    }

    /** The same with what is said about its files. */
    LongJobFile withFiles(FileSeal manifest, List<FileSeal> seals) {
        return new LongJobFile(
                runId,
                samples,
                features,
                classes,
                iterations,
                mostIterations,
                validateEvery,
                sigmoidCoefficients,
                sigmoidLow,
                sigmoidHigh,
                startScore,
                learningRate,
                logRingDegree,
                groupWidth,
                babySteps,
                blocksPerBatch,
                refreshScale,
                securityBits,
                parametersId,
                manifest,
                seals);
    }

    /** Security of the parameters. */
    SecurityLevel security() {
        return SecurityLevel.reachedBy(securityBits);
    }

    /** What the data set is called in its manifest. */
    String datasetName() {
        return "run " + runId;
    }

    /**
     * The recipe, the same on both sides but for what the owner alone knows.
     *
     * @param minimum security that the job must have
     * @throws DataFormatException if a number is beyond what anybody would ask for
     * @throws IllegalArgumentException if there is no such training
     */
    RowRecipe recipe(SecurityLevel minimum) {
        if (securityBits < minimum.bits()) {
            throw new DataFormatException("job: expected parameters of " + minimum.bits()
                    + "-bit security, found a job of " + securityBits + "; " + LongFiles.ASK_AGAIN
                    + ", or take it in a test with LongCloud.ofAnySecurity");
        }
        require(samples >= 1 && samples <= MAX_SAMPLES, "1.." + MAX_SAMPLES + " samples", samples);
        require(features >= 2 && features <= MAX_FEATURES, "2.." + MAX_FEATURES + " features", features);
        require(classes >= 2 && classes <= MAX_CLASSES, "2.." + MAX_CLASSES + " classes", classes);
        require(
                mostIterations >= 1 && mostIterations <= LongSettings.MAX_ITERATIONS,
                "1.." + LongSettings.MAX_ITERATIONS + " iterations at most",
                mostIterations);
        require(iterations >= 1 && iterations <= mostIterations, "1.." + mostIterations + " iterations", iterations);
        require(validateEvery >= 0, "0 or more iterations between two questions", validateEvery);
        require(logRingDegree >= 11 && logRingDegree <= 17, "log2 of a ring degree in 11..17", logRingDegree);
        require(
                sigmoidCoefficients.size() <= MAX_DEGREE + 1,
                "a polynomial of degree " + MAX_DEGREE + " at most",
                sigmoidCoefficients.size() - 1);
        // Bounds classes times features by the slots.
        RowLayout layout = new RowLayout(1 << (logRingDegree - 1), groupWidth, classes, features, babySteps);
        double[] coefficients = sigmoidCoefficients.stream().mapToDouble(c -> c).toArray();
        MlrConfig config = RowRecipe.settings(
                        samples,
                        features,
                        classes,
                        mostIterations,
                        new SigmoidApproximation(coefficients, sigmoidLow, sigmoidHigh))
                .startWeights(startWeights(classes, features, startScore))
                .learningRate(learningRate)
                .build();
        return RowRecipe.of(config, layout, blocksPerBatch).refreshing(refreshScale);
    }

    /** The same score for all classes. */
    static double[][] startWeights(int classes, int features, double score) {
        double[][] start = new double[classes][features];
        for (double[] row : start) {
            row[0] = score;
        }
        return start;
    }

    /**
     * The parameters of the recipe.
     *
     * @throws DataFormatException if the owner had others
     */
    RowParameters parameters(RowRecipe recipe) {
        RowParameters parameters = RowParameters.of(recipe, security());
        if (!id(parameters).equals(parametersId)) {
            throw new DataFormatException("job: expected parameters " + id(parameters) + " as this version picks them,"
                    + " found " + parametersId + "; use the owner's version, or " + LongFiles.ASK_AGAIN);
        }
        return parameters;
    }

    private static void require(boolean holds, String expected, int found) {
        if (!holds) {
            throw new DataFormatException(
                    "job: expected " + expected + ", found " + found + "; " + LongFiles.ASK_AGAIN);
        }
    }
}
