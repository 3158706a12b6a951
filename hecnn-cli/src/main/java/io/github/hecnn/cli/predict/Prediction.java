package io.github.hecnn.cli.predict;

import io.github.hecnn.cli.console.Results;
import io.github.hecnn.cli.console.UserError;
import io.github.hecnn.core.files.Access;
import io.github.hecnn.core.files.AtomicFile;
import io.github.hecnn.mlr.data.DatasetReader;
import io.github.hecnn.mlr.data.LabeledDataset;
import io.github.hecnn.mlr.model.ClassificationReport;
import io.github.hecnn.mlr.model.MlrModel;
import io.github.hecnn.mlr.report.PredictionsCsv;
import io.github.hecnn.mlr.samples.CsvFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Classes of the rows of a file, from a model that a training left.
 *
 * @param modelFile the model
 * @param csv rows of features; with the true classes if its options name a column of labels
 * @param predictions where classes and scores go as CSV; null for where the results go
 */
public record Prediction(Path modelFile, CsvFiles csv, Path predictions) {
    /** The usual name of a file of predictions. */
    public static final String FILE = "predictions.csv";

    /**
     * What came of it.
     *
     * @param model its file
     * @param file with classes and scores; null if there is none
     * @param rows that were predicted
     * @param classes of the rows
     * @param accuracy null without true classes
     */
    record Predicted(String model, String file, int rows, List<String> classes, Double accuracy) {}

    /**
     * Predicts.
     *
     * @param results where to
     * @throws UserError if there is no model
     * @throws IOException if a file cannot be read or written
     */
    public void run(Results results) throws IOException {
        if (!Files.isRegularFile(modelFile)) {
            throw new UserError("read " + modelFile
                    + ": expected the model of an earlier run, found none; train first, or give its file or folder");
        }
        MlrModel model = MlrModel.read(modelFile);
        LabeledDataset labelled =
                csv.options().labelColumn() == null ? null : DatasetReader.csv(csv.file(), csv.options());
        double[][] rows = labelled == null ? DatasetReader.matrix(csv.file(), csv.options()) : labelled.features();
        ClassificationReport report = labelled == null ? null : model.evaluate(labelled);
        String text = PredictionsCsv.text(model, rows);
        if (predictions != null) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            AtomicFile.write(predictions, Access.USUAL, bytes.length, stream -> stream.write(bytes));
        }
        Predicted predicted = new Predicted(
                modelFile.toString(),
                predictions == null ? null : predictions.toString(),
                rows.length,
                Arrays.stream(rows).map(model::predictName).toList(),
                report == null ? null : report.accuracy());
        results.print(predicted, to -> {
            if (predictions == null) {
                to.print(text);
            } else {
                to.println(rows.length + " rows predicted: " + predictions);
            }
            if (report != null) {
                to.print(report);
            }
        });
    }
}
