package io.github.hecnn.mlr.report.row;

import io.github.hecnn.mlr.roles.row.LongJobFile;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** All facts of a long training, for those who fold them out. */
final class LongFacts {
    private LongFacts() {}

    static Map<String, String> of(LongReport report) {
        Map<String, String> facts = new LinkedHashMap<>();
        LongReport.Seconds seconds = report.seconds();
        LongReport.Predicted predicted = report.predicted();
        facts.put("features", report.features() + ", " + report.job().features() + " with the leading 1");
        facts.put("stopped by the owner", report.stopped() ? "yes" : "no");
        facts.put("reading data and features", seconds(seconds.features()));
        facts.put(
                "keys, encryption",
                seconds(seconds.keys()) + ", " + seconds(seconds.encryption()) + "; predicted "
                        + seconds(predicted.preparationSeconds()) + " in all");
        facts.put("training", seconds(seconds.training()) + "; predicted " + seconds(predicted.trainingSeconds()));
        facts.put("decryption and test", seconds(seconds.decryption()));
        facts.put("total", seconds(seconds.total()));
        facts.put("upload", gigabytes(report.bytes().upload()));
        facts.put("keys", gigabytes(report.bytes().keys()));
        facts.put("checkpoint", gigabytes(report.bytes().checkpoint()));
        facts.put(
                "peak memory of owner, cloud",
                gigabytes(report.owner()) + ", " + gigabytes(report.cloud()) + "; predicted "
                        + gigabytes(predicted.encryptBytes()) + ", " + gigabytes(predicted.trainBytes()) + " of heap");
        facts.put("ring degree", Integer.toString(report.ringDegree()));
        facts.put("log2 Q, log2 P", String.format(Locale.ROOT, "%.0f, %.0f", report.logQ(), report.logP()));
        facts.put("security", report.securityBits() + " bits");
        facts.put("kernels, threads", report.kernels() + ", " + report.threads());
        facts.put("Java", report.javaVersion());
        facts.put("system", report.operatingSystem());
        return facts;
    }

    static Map<String, String> of(LongJobFile job) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("samples, classes", job.samples() + ", " + job.classes());
        facts.put("iterations", job.iterations() + "; at most " + job.mostIterations());
        facts.put("questions to the owner", job.validateEvery() == 0 ? "none" : "every " + job.validateEvery());
        facts.put("learning rate", Double.toString(job.learningRate()));
        facts.put(
                "degree of the polynomial",
                Integer.toString(job.sigmoidCoefficients().size() - 1));
        facts.put("group width, baby steps", job.groupWidth() + ", " + job.babySteps());
        facts.put("blocks of a minibatch", Integer.toString(job.blocksPerBatch()));
        facts.put("run", job.runId());
        return facts;
    }

    private static String seconds(double seconds) {
        return String.format(Locale.ROOT, "%.1f s", seconds);
    }

    private static String gigabytes(long bytes) {
        return String.format(Locale.ROOT, "%.2f GB", bytes / 1e9);
    }
}
