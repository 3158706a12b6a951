package io.github.hecnn.mlr.serving;

import java.util.List;

/**
 * Queries with what their asker keeps to read the answers: how large each was before it was brought to one size, and of which queries the check of each
 * batch was made. Give the cloud {@link #encrypted} alone. Immutable and thread-safe.
 */
public final class Question {
    private final EncryptedQueries encrypted;
    private final double[] norms;
    private final List<double[]> checks;

    Question(EncryptedQueries encrypted, double[] norms, List<double[]> checks) {
        this.encrypted = encrypted;
        this.norms = norms.clone();
        this.checks = checks.stream().map(double[]::clone).toList();
    }

    /** {@return what the cloud is given} */
    public EncryptedQueries encrypted() {
        return encrypted;
    }

    /** {@return number of queries} */
    public int size() {
        return norms.length;
    }

    /** [queries] norm of the features in the units of the ciphertexts. */
    double norm(int query) {
        return norms[query];
    }

    double[] norms() {
        return norms.clone();
    }

    /** [queries of the batch] the check is the sum of these multiples of the batch's queries. */
    double[] check(int batch) {
        return checks.get(batch).clone();
    }

    /** Number of batches. */
    int batches() {
        return checks.size();
    }

    @Override
    public String toString() {
        return size() + " queries to model " + encrypted.modelId() + " in " + batches() + " batches";
    }
}
