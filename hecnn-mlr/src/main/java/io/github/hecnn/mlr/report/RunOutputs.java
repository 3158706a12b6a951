package io.github.hecnn.mlr.report;

import io.github.hecnn.core.files.Access;
import io.github.hecnn.core.files.FileSet;
import io.github.hecnn.mlr.model.MlrModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a finished run leaves in its output folder: {@code report.html}, {@code report.json}, {@code model.bin}, {@code weights.csv}, and
 * the weights of each iteration.
 *
 * @param report of the run
 * @param samples shown in the report
 * @param weights [classes][1 + features] after each iteration
 * @param model after the last one
 * @param errors text about the errors of the last weights, for {@code weights-errors.csv}; null in a rehearsal
 */
public record RunOutputs(
        RunReport report, List<HtmlReport.Sample> samples, List<double[][]> weights, MlrModel model, String errors) {
    /** The model, to predict with. */
    public static final String MODEL = "model.bin";

    /** What an earlier run can have left. */
    private static final Pattern OWN_FILES =
            Pattern.compile("weights(-iteration-\\d+|-errors)?\\.csv|model\\.bin|report\\.(html|json)");

    /**
     * Writes it, all or nothing.
     *
     * @param out folder
     * @throws IOException if a file cannot be written; what was there stays
     */
    public void write(Path out) throws IOException {
        try (FileSet files = FileSet.in(out)) {
            for (int t = 1; t <= weights.size(); t++) {
                files.write("weights-iteration-" + t + ".csv", Access.USUAL, WeightsCsv.text(weights.get(t - 1)));
            }
            files.write("weights.csv", Access.USUAL, WeightsCsv.text(weights.get(weights.size() - 1)));
            byte[] bytes = model.bytes();
            files.write(MODEL, Access.USUAL, bytes.length, stream -> stream.write(bytes));
            if (errors != null) {
                files.write("weights-errors.csv", Access.USUAL, errors);
            }
            files.write("report.html", Access.USUAL, HtmlReport.text(report, samples));
            files.write("report.json", Access.USUAL, JsonReport.text(report));
            files.retire(OWN_FILES);
            files.commit();
        }
    }
}
