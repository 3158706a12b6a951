package io.github.hecnn.mlr.roles.row;

import io.github.hecnn.mlr.approx.ScoreRange;
import io.github.hecnn.mlr.model.MlrModel;
import java.io.IOException;
import java.util.List;

/** A result of the cloud, decrypted iteration by iteration as it is asked for; see {@link LongOwner#open}. Thread-safe. */
public final class LongResult {
    private final LongResultFile account;
    private final List<ScoreRange> scores;
    private final Models models;

    /** Decrypts. */
    interface Models {
        MlrModel model(int iteration) throws IOException;
    }

    LongResult(LongResultFile account, List<ScoreRange> scores, Models models) {
        this.account = account;
        this.scores = scores;
        this.models = models;
    }

    /** {@return what the training took} */
    public LongResultFile account() {
        return account;
    }

    /** {@return iterations that were done} */
    public int iterations() {
        return account.iterations();
    }

    /** {@return scores of each iteration, from the owner's rehearsal} */
    public List<ScoreRange> rehearsedScores() {
        return scores.subList(0, iterations());
    }

    /**
     * {@return the model after the last iteration; see {@link #model(int)}}
     *
     * @throws IOException if a file cannot be read
     */
    public MlrModel model() throws IOException {
        return model(iterations());
    }

    /**
     * Decrypts.
     *
     * @param iteration from 1 to {@link #iterations}
     * @return the model after it, for features as they were in the training data
     * @throws io.github.hecnn.mlr.data.DataFormatException if its file is damaged or foreign
     * @throws IllegalArgumentException if there is no such iteration, or it decrypts to weights that are not those of this training
     * @throws IOException if its file cannot be read
     */
    public MlrModel model(int iteration) throws IOException {
        if (iteration < 1 || iteration > iterations()) {
            throw new IllegalArgumentException("long result: expected iteration 1.." + iterations() + ", found "
                    + iteration + "; ask for one in that range");
        }
        return models.model(iteration);
    }

    @Override
    public String toString() {
        return "result of run " + account.runId() + ": " + iterations() + " iterations"
                + (account.stopped() ? ", stopped by the owner" : "");
    }
}
