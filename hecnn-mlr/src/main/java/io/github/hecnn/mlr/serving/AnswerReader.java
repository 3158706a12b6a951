package io.github.hecnn.mlr.serving;

import io.github.hecnn.ckks.keys.KeyPairId;
import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.ckks.slots.PlainVector;
import java.util.List;
import java.util.Locale;

/**
 * Scores from decrypted answers, which must be within the range of the model and agree with their check.
 *
 * @param parameters of serving
 * @param profile of the model
 * @param question what was asked
 * @param deviation of a slot at level 0
 */
record AnswerReader(ServingParameters parameters, QueryProfile profile, Question question, double deviation) {
    private static final double MOST_DEVIATIONS = 12;

    /** Doubles on the way into slots and out of them, as a part of the largest score. */
    private static final double ROUNDING = 1e-10;

    /** Refuses, before anything is decrypted, what cannot be the answers. */
    static void requireShape(
            ServingParameters parameters,
            QueryProfile profile,
            Question question,
            EncryptedAnswers answers,
            KeyPairId keys) {
        String model = profile.publicProfile().modelId();
        if (!answers.modelId().equals(model) || !question.encrypted().modelId().equals(model)) {
            throw new IllegalArgumentException("read answers: expected answers of model " + model + ", found some of "
                    + answers.modelId() + "; give those to this question");
        }
        int groups = parameters.layout().groups();
        boolean shaped = answers.batches().size() == question.batches()
                && answers.batches().stream().allMatch(b -> b.size() == groups);
        if (!shaped) {
            throw new IllegalArgumentException("read answers: expected " + question.batches() + " batches of " + groups
                    + " ciphertexts, found "
                    + answers.batches().stream().map(List::size).toList() + "; give those to this question");
        }
        for (List<Ciphertext> batch : answers.batches()) {
            for (Ciphertext c : batch) {
                keys.with(c.keyPairId(), "read answers");
                if (c.level() != 0 || c.size() != 2) {
                    throw new IllegalArgumentException("read answers: expected 2 components at level 0, found "
                            + c.size() + " at level " + c.level() + "; give what CloudPredictor.answer made");
                }
            }
        }
        double most = parameters.scoreBound() * parameters.lastFactor() / 16;
        if (!(answers.floodingDeviation() <= most)) {
            throw new IllegalArgumentException("read answers: expected flooding of a deviation up to " + most
                    + ", found " + answers.floodingDeviation()
                    + "; have the cloud answer again (CloudPredictor.answer)");
        }
    }

    /**
     * The predictions.
     *
     * @param batches [batches][groups of classes] decrypted slots
     * @throws IllegalArgumentException if they are not answers to the question
     */
    Predictions read(List<List<PlainVector>> batches) {
        QueryLayout layout =
                new QueryLayout(parameters.layout(), question.encrypted().rowsPerQuery());
        int classes = parameters.layout().classes();
        double[][] scores = new double[question.size()][classes];
        double[] errors = new double[question.size()];
        int[] labels = new int[question.size()];
        double largest = parameters.scoreBound() * parameters.lastFactor();
        double unit = profile.publicProfile().weightNorm() / largest;
        double error = MOST_DEVIATIONS * deviation + ROUNDING * largest;
        int query = 0;
        for (int b = 0; b < batches.size(); b++) {
            double[] check = question.check(b);
            requireCheck(layout, batches.get(b), check, largest, b);
            for (int i = 0; i < check.length; i++, query++) {
                for (int c = 0; c < classes; c++) {
                    double slot = slot(layout, batches.get(b), i, c);
                    if (!(Math.abs(slot) <= largest + error)) {
                        throw new IllegalArgumentException(String.format(
                                Locale.ROOT,
                                "read answers: expected scores up to %.4g for query %d, found %.4g for class %s; %s",
                                largest * unit * question.norm(query),
                                query,
                                slot * unit * question.norm(query),
                                profile.labelNames().get(c),
                                remedy()));
                    }
                    scores[query][c] = profile.startScore() + slot * unit * question.norm(query);
                    labels[query] = scores[query][c] > scores[query][labels[query]] ? c : labels[query];
                }
                errors[query] = error * unit * question.norm(query);
            }
        }
        return new Predictions(labels, scores, errors, profile.labelNames());
    }

    private void requireCheck(QueryLayout layout, List<PlainVector> groups, double[] check, double largest, int batch) {
        for (int c = 0; c < parameters.layout().classes(); c++) {
            double expected = 0;
            double squares = 1;
            for (int i = 0; i < check.length; i++) {
                expected += check[i] * slot(layout, groups, i, c);
                squares += check[i] * check[i];
            }
            double found = slot(layout, groups, check.length, c);
            double tolerance =
                    MOST_DEVIATIONS * deviation * Math.sqrt(squares) + ROUNDING * largest * Math.sqrt(squares);
            if (!(Math.abs(found - expected) <= tolerance)) {
                throw new IllegalArgumentException(String.format(
                        Locale.ROOT,
                        "read answers: expected the check of batch %d to be %.6g for class %s, as its queries say, found %.6g,"
                                + " more than %.2g away; %s",
                        batch,
                        expected,
                        profile.labelNames().get(c),
                        found,
                        tolerance,
                        remedy()));
            }
        }
    }

    private static String remedy() {
        return "the answers are to other queries, or of a model with larger weights than its profile says: have the cloud"
                + " answer these queries, or make the profile from a rehearsal of this training (QueryProfile.ofTraining)";
    }

    private double slot(QueryLayout layout, List<PlainVector> groups, int query, int c) {
        int width = parameters.layout().groupWidth();
        return groups.get(c / width).re(layout.slot(query, c % width));
    }
}
