package io.github.hecnn.mlr.transfer.report;

import io.github.hecnn.mlr.transfer.TargetTask;
import io.github.hecnn.mlr.transfer.network.train.DpLogisticRegression;
import io.github.hecnn.mlr.transfer.network.train.GaussianAccountant;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The heads that a client trains in the clear on decrypted outputs, and on its raw embeddings for comparison.
 *
 * @param scores what they reach on the tests, by name, {@link #ENCRYPTED} first
 * @param losses training losses, epoch by epoch, by name
 * @param privacy of the head called {@code private}; null if there is none
 */
public record TransferHeads(
        Map<String, TransferReport.Score> scores, Map<String, List<Double>> losses, TransferReport.Privacy privacy) {
    /** The head on decrypted outputs. */
    public static final String ENCRYPTED = "encrypted";

    private static final String RAW = "raw embedding";
    private static final int FEW_TESTS = 10;

    /**
     * Copies the maps, in their order.
     *
     * @param scores what they reach on the tests, by name, {@link #ENCRYPTED} first
     * @param losses training losses, epoch by epoch, by name
     * @param privacy of the head called {@code private}; null if there is none
     */
    public TransferHeads {
        scores = Collections.unmodifiableMap(new LinkedHashMap<>(scores));
        losses = Collections.unmodifiableMap(new LinkedHashMap<>(losses));
    }

    /**
     * Trains them.
     *
     * @param task texts of the client
     * @param outputs of all its texts, [texts][outputs]
     * @param epsilon of a differentially private head beside the others; null for none
     * @param delta of it
     * @return the trained heads
     * @throws IllegalArgumentException if epsilon or delta is out of range
     */
    public static TransferHeads train(TargetTask task, double[][] outputs, Double epsilon, double delta) {
        Map<String, TransferReport.Score> scores = new LinkedHashMap<>();
        Map<String, List<Double>> losses = new LinkedHashMap<>();
        add(scores, losses, ENCRYPTED, task.head(outputs));
        add(scores, losses, RAW, task.head(task.inputs()));
        TransferReport.Privacy privacy = epsilon == null ? null : privacy(epsilon, delta);
        if (privacy != null) {
            scores.put("linear, no noise", TransferReport.Score.of(task.privateHead(outputs, 0, 0)));
            scores.put(
                    "private",
                    TransferReport.Score.of(
                            task.privateHead(outputs, privacy.noiseMultiplier(), new SecureRandom().nextLong())));
        }
        return new TransferHeads(scores, losses, privacy);
    }

    private static TransferReport.Privacy privacy(double epsilon, double delta) {
        int steps = DpLogisticRegression.Settings.standard(1, 1).steps();
        return new TransferReport.Privacy(
                epsilon, delta, GaussianAccountant.noiseMultiplier(epsilon, delta, steps), steps);
    }

    private static void add(
            Map<String, TransferReport.Score> scores,
            Map<String, List<Double>> losses,
            String name,
            TargetTask.Head head) {
        scores.put(name, TransferReport.Score.of(head.metrics()));
        losses.put(name, head.history().losses());
    }

    /** These with the head that the same training gives on the encoder's outputs in the clear, after the encrypted one. */
    TransferHeads withClear(TargetTask.Head clear) {
        Map<String, TransferReport.Score> allScores = new LinkedHashMap<>();
        Map<String, List<Double>> allLosses = new LinkedHashMap<>();
        scores.forEach((name, score) -> {
            allScores.put(name, score);
            if (name.equals(ENCRYPTED)) {
                add(allScores, allLosses, "same in the clear", clear);
            }
        });
        Map<String, List<Double>> inOrder = new LinkedHashMap<>();
        allScores.keySet().forEach(name -> {
            List<Double> own = losses.getOrDefault(name, allLosses.get(name));
            if (own != null) {
                inOrder.put(name, own);
            }
        });
        return new TransferHeads(allScores, inOrder, privacy);
    }

    /** What a reader of these results must know. */
    List<String> notes(TargetTask task) {
        List<String> notes = new ArrayList<>();
        if (Collections.min(task.trainClassCounts()) < 2) {
            notes.add("Only one training text of a class: what the heads learn of it is chance.");
        }
        if (task.test().length < FEW_TESTS) {
            notes.add("Only " + task.test().length + " test texts: the accuracy says little.");
        }
        if (scores.get(ENCRYPTED).accuracy() <= scores.get(RAW).accuracy()) {
            notes.add("Transfer does not help here: the head on the raw embedding is as good or better.");
        }
        return notes;
    }
}
