package io.github.hecnn.cli.train;

import io.github.hecnn.core.files.Access;
import io.github.hecnn.core.files.AtomicFile;
import io.github.hecnn.cli.console.UserError;
import io.github.hecnn.mlr.data.DatasetReader;
import io.github.hecnn.mlr.data.LabeledDataset;
import io.github.hecnn.mlr.exchange.FolderLocks;
import io.github.hecnn.mlr.model.MlrModel;
import io.github.hecnn.mlr.report.PredictionsCsv;
import io.github.hecnn.mlr.report.RunOutputs;
import io.github.hecnn.mlr.samples.CsvFiles;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Classes of the rows of a file, from a model that a training left.
 *
 * @param modelFile the model
 * @param csv rows of features; with the true classes if its options name a column of labels
 * @param predictions where the classes go
 */
record Prediction(Path modelFile, CsvFiles csv, Path predictions) {
    /** The usual name of a file of predictions. */
    static final String FILE = "predictions.csv";

    @SuppressWarnings("try") // the lock is only held
    void run(PrintStream out) throws IOException {
        try (FolderLocks lock = new FolderLocks("predict").write(predictions.getParent())) {
            if (!Files.isRegularFile(modelFile)) {
                throw new UserError("read " + modelFile
                        + ": expected the model of an earlier run, found none; train first, or"
                        + " give --out the folder of a run");
            }
            MlrModel model = MlrModel.read(modelFile);
            LabeledDataset labelled =
                    csv.options().labelColumn() == null ? null : DatasetReader.csv(csv.file(), csv.options());
            double[][] rows = labelled == null ? DatasetReader.matrix(csv.file()) : labelled.features();
            byte[] text = PredictionsCsv.text(model, rows).getBytes(StandardCharsets.UTF_8);
            AtomicFile.write(predictions, Access.USUAL, text.length, stream -> stream.write(text));
            out.println(rows.length + " rows predicted: " + predictions);
            if (labelled != null) {
                out.print(model.evaluate(labelled));
            }
        }
    }
}
