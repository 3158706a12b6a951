package io.github.hecnn.examples.cryptotl;

import io.github.hecnn.mlr.transfer.TargetTask;
import io.github.hecnn.mlr.transfer.network.Network;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The yardstick of a run: the same encoder on the same embeddings in double precision, the same head with the same seed, without encryption or flooding.
 * It needs what only server and client have, so it is no role; only a run of all roles at one place can make it.
 */
final class ClearPipeline {
    private ClearPipeline() {}

    /** The client's report with the comparison added. */
    static TransferReport compare(ClientRoles.Outcome outcome, Network encoder) {
        TransferReport r = outcome.report();
        double[][] plain = encoder.applyAll(outcome.task().inputs());
        TargetTask.Head clear = outcome.task().head(plain);
        double max = 0;
        double squares = 0;
        for (int i = 0; i < plain.length; i++) {
            for (int k = 0; k < plain[i].length; k++) {
                double error = Math.abs(plain[i][k] - outcome.outputs()[i][k]);
                max = Math.max(max, error);
                squares += error * error;
            }
        }
        TransferReport.Score score = TransferReport.Score.of(clear.metrics());
        double points = 100 * (r.heads().get("encrypted").accuracy() - score.accuracy());
        Map<String, TransferReport.Score> heads = new LinkedHashMap<>();
        Map<String, List<Double>> losses = new LinkedHashMap<>();
        r.heads().forEach((name, s) -> {
            heads.put(name, s);
            if (name.equals("encrypted")) {
                heads.put("same in the clear", score);
            }
        });
        r.losses().forEach((name, l) -> {
            losses.put(name, l);
            if (name.equals("encrypted")) {
                losses.put("same in the clear", clear.history().losses());
            }
        });
        return new TransferReport(
                r.program(),
                r.version(),
                r.source(),
                r.target(),
                r.samples(),
                r.tests(),
                r.trainingClassCounts(),
                r.testClassCounts(),
                r.sentences(),
                r.lanes(),
                r.seed(),
                heads,
                losses,
                new TransferReport.Comparison(max, Math.sqrt(squares / plain.length / plain[0].length), points),
                r.privacy(),
                r.traffic(),
                r.scheme(),
                r.seconds(),
                r.machine(),
                new ArrayList<>(r.notes()));
    }
}
