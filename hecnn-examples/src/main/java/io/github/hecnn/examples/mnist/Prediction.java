package io.github.hecnn.examples.mnist;

import io.github.hecnn.core.files.Access;
import io.github.hecnn.core.files.AtomicFile;
import io.github.hecnn.examples.cli.UserError;
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

/** {@code --predict}: classes of the rows of a file, from the model of an earlier run. */
final class Prediction {
    private static final String FILE = "predictions.csv";

    private Prediction() {}

    @SuppressWarnings("try") // the lock is only held
    static void run(RunSettings settings, PrintStream out) throws IOException {
        try (FolderLocks lock = new FolderLocks("predict").write(settings.out())) {
            Path file = settings.out().resolve(RunOutputs.MODEL);
            if (!Files.isRegularFile(file)) {
                throw new UserError(
                        "read " + file + ": expected the model of an earlier run, found none; train first, or"
                                + " give --out the folder of a run");
            }
            MlrModel model = MlrModel.read(file);
            CsvFiles csv = settings.features().csv();
            LabeledDataset labelled =
                    csv.options().labelColumn() == null ? null : DatasetReader.csv(csv.file(), csv.options());
            double[][] rows = labelled == null ? DatasetReader.matrix(csv.file()) : labelled.features();
            Path predictions = settings.out().resolve(FILE);
            byte[] text = PredictionsCsv.text(model, rows).getBytes(StandardCharsets.UTF_8);
            AtomicFile.write(predictions, Access.USUAL, text.length, stream -> stream.write(text));
            out.println(rows.length + " rows predicted: " + predictions);
            if (labelled != null) {
                out.print(model.evaluate(labelled));
            }
        }
    }
}
