package io.github.hecnn.cli.predict;

import io.github.hecnn.cli.console.CommandProgram;
import io.github.hecnn.cli.console.Results;
import io.github.hecnn.cli.options.CsvArguments;
import io.github.hecnn.cli.options.Remedies;
import io.github.hecnn.mlr.report.RunOutputs;
import io.github.hecnn.mlr.samples.CsvFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code predict}: from a model and rows to classes. */
@Command(
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpWidth = 110,
        description = "Predicts the classes of rows with a trained model, in the clear.")
public final class PredictProgram extends CommandProgram {
    @Parameters(
            index = "0",
            paramLabel = "MODEL",
            description = "A model.bin that a training left, or the folder with it.")
    private Path model;

    @Parameters(
            index = "1",
            paramLabel = "FILE.csv",
            description =
                    "Rows of features, as they were trained on. With --label-column the file has labels, too, and the"
                            + " accuracy is told.")
    private Path csv;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Where classes and scores go, as CSV (default: standard output).")
    private Path out;

    @Mixin
    private CsvArguments form = new CsvArguments();

    /** To be run once. */
    public PredictProgram() {}

    @Override
    public String reworded(String line) {
        return Remedies.asOptions(line);
    }

    @Override
    public void play(Map<String, String> environment, Results results) throws IOException {
        output().require(Files.isRegularFile(csv), "FILE.csv: expected a file, found none at " + csv);
        Path file = Files.isDirectory(model) ? model.resolve(RunOutputs.MODEL) : model;
        new Prediction(file, new CsvFiles(csv, null, null, form.options()), out).run(results);
    }
}
