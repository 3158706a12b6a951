package io.github.hecnn.examples.mnist;

import io.github.hecnn.examples.files.OutputFiles;
import io.github.hecnn.examples.report.HtmlReport;
import io.github.hecnn.examples.report.JsonReport;
import io.github.hecnn.examples.report.RunReport;
import io.github.hecnn.examples.report.WeightsCsv;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Writes what a finished run leaves in its output folder, all or nothing. */
final class RunOutputs {
    private RunOutputs() {}

    static void write(Path out, RunReport report, List<HtmlReport.Sample> samples, List<double[][]> weights)
            throws IOException {
        try (OutputFiles files = OutputFiles.in(out)) {
            for (int t = 1; t <= weights.size(); t++) {
                files.write("weights-iteration-" + t + ".csv", WeightsCsv.text(weights.get(t - 1)));
            }
            files.write("weights.csv", WeightsCsv.text(weights.get(weights.size() - 1)));
            files.write("report.html", HtmlReport.text(report, samples));
            files.write("report.json", JsonReport.text(report));
            files.commit();
        }
    }
}
