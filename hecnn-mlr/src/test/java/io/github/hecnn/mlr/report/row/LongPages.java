package io.github.hecnn.mlr.report.row;

import io.github.hecnn.mlr.approx.ScoreRange;
import io.github.hecnn.mlr.exchange.FileSeal;
import io.github.hecnn.mlr.roles.row.LongJobFile;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Reports of long trainings that never were. */
public final class LongPages {
    private LongPages() {}

    /**
     * A report.
     *
     * @param iterations how many
     * @param names of the classes
     */
    public static LongReport report(int iterations, List<String> names) {
        List<Double> accuracies = new ArrayList<>();
        List<ScoreRange> scores = new ArrayList<>();
        for (int t = 1; t <= iterations; t++) {
            accuracies.add(0.99 - 0.3 / t);
            scores.add(new ScoreRange(t, -2.0 - 0.1 * t, 1.5 + 0.05 * t));
        }
        int k = names.size();
        int[][] matrix = new int[k][k];
        for (int i = 0; i < k; i++) {
            matrix[i][i] = 90 + i;
            matrix[i][(i + 1) % k] = 10 - i % 10;
        }
        LongJobFile job = new LongJobFile(
                "run",
                8192,
                201,
                k,
                iterations,
                2 * iterations,
                4,
                Collections.nCopies(16, 0.1),
                -24,
                16,
                -2.2,
                12,
                16,
                16,
                4,
                2,
                0.5,
                128,
                "0123456789abcdef",
                new FileSeal("dataset.json", 100, "0".repeat(64)),
                List.of());
        return new LongReport(
                "1.0",
                "digits that somebody wrote by hand",
                "h200",
                job,
                iterations,
                false,
                1000,
                accuracies,
                accuracies,
                scores,
                new LongReport.Classes(names, matrix, Collections.nCopies(k, 0.9)),
                new LongReport.Levels(9, 7, 3, 2, 40),
                Collections.nCopies(iterations, 8.25),
                Map.of("refresh", 60.123456789, "hoisted_rotation", 20.5, "addition", 0.001),
                new LongReport.Predicted(30, 100, 3_000_000_000L, 5_000_000_000L, 4_000_000_000L),
                new LongReport.Seconds(1.5, 20, 40, 8.25 * iterations, 2),
                new LongReport.Bytes(2_000_000_000L, 1_500_000_000L, 30_000_000L),
                3_000_000_000L,
                5_500_000_000L,
                65536,
                1200.5,
                300.25,
                128,
                "vector",
                2,
                "17",
                "Linux",
                List.of("synthetic <digits>"));
    }
}
