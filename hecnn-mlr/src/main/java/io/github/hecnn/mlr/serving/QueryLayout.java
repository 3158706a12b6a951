package io.github.hecnn.mlr.serving;

import io.github.hecnn.ckks.slots.PlainVector;
import io.github.hecnn.mlr.recipe.row.RowLayout;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * Where the features of queries are in the slots: a {@link RowLayout} in which a query takes T rows in place of one.
 *
 * <p>With T = 1 it is the layout of a training: K ciphertexts hold as many queries as there are rows. With more rows a query, K / T ciphertexts hold a
 * T-th of them, and a sum over T rows follows: for T = K a single ciphertext holds a few queries. Bytes for each query are the same, so T is
 * as large as the number of queries allows.
 *
 * <p>It is the circuit of the training for a layout that takes the T rows of a query for that many times the classes: ciphertext (a, b) holds in row i
 * complex feature (i + b T) mod K of the query of row i - a K1 T.
 *
 * @param model where the weights are
 * @param rowsPerQuery T, a power of two up to the number of complex features
 */
record QueryLayout(RowLayout model, int rowsPerQuery) {
    QueryLayout {
        if (rowsPerQuery < 1 || rowsPerQuery > model.complexFeatures() || Integer.bitCount(rowsPerQuery) != 1) {
            throw new IllegalArgumentException("query layout: expected a power of two of rows for each query, up to "
                    + model.complexFeatures() + ", found " + rowsPerQuery + "; ask with ServingOwner.ask");
        }
    }

    /** The one with the fewest ciphertexts for so many queries and a check in one batch; with one row a query if they do not fit. */
    static QueryLayout of(RowLayout model, int queries) {
        int t = model.complexFeatures();
        while (t > 1 && model.rows() / t < queries + 1L) {
            t /= 2;
        }
        return new QueryLayout(model, t);
    }

    /** The layout that the training's circuit takes it for. */
    RowLayout forCircuit() {
        int width = model.groupWidth() * rowsPerQuery;
        return new RowLayout(
                model.slots(),
                width,
                model.groups() * width,
                2 * model.complexFeatures() / rowsPerQuery,
                Math.max(1, model.babySteps() / rowsPerQuery));
    }

    /** Ciphertexts of a batch. */
    int ciphertexts() {
        return model.complexFeatures() / rowsPerQuery;
    }

    /** Queries of a batch; one more is the check. */
    int capacity() {
        return model.rows() / rowsPerQuery - 1;
    }

    /** Slot of a query's score. */
    int slot(int query, int classOfGroup) {
        return query * rowsPerQuery * model.groupWidth() + classOfGroup;
    }

    /** Rotations that all layouts of queries for a model need, and those that take its groups apart. */
    static NavigableSet<Integer> rotationSteps(RowLayout model) {
        NavigableSet<Integer> steps = new TreeSet<>();
        for (int b = 1; b < model.babySteps(); b++) {
            steps.add(normalised(b * model.groupWidth(), model.slots()));
        }
        for (int rows = 1; rows < model.complexFeatures(); rows *= 2) {
            steps.add(normalised(rows * model.groupWidth(), model.slots()));
        }
        steps.addAll(model.splitSteps());
        return Collections.unmodifiableNavigableSet(steps);
    }

    private static int normalised(int step, int slots) {
        return step > slots / 2 ? step - slots : step;
    }

    /**
     * The slots to encrypt.
     *
     * @param rows [queries][features], at most one more than the capacity; what is missing is zero
     */
    List<PlainVector> encode(double[][] rows) {
        RowLayout circuit = forCircuit();
        List<PlainVector> out = new ArrayList<>(ciphertexts());
        for (int a = 0; a < circuit.giantSteps(); a++) {
            for (int b = 0; b < circuit.babySteps(); b++) {
                out.add(encode(rows, a * circuit.babySteps() * rowsPerQuery, b * rowsPerQuery));
            }
        }
        return out;
    }

    private PlainVector encode(double[][] rows, int before, int turn) {
        double[] re = new double[model.slots()];
        double[] im = new double[model.slots()];
        int k = model.complexFeatures();
        for (int i = 0; i < model.rows(); i++) {
            int query = Math.floorMod(i - before, model.rows()) / rowsPerQuery;
            if (query >= rows.length) {
                continue;
            }
            int f = (i + turn) % k;
            double real = f < model.features() ? rows[query][f] : 0;
            double imaginary = f + k < model.features() ? rows[query][f + k] : 0;
            for (int j = 0; j < model.groupWidth(); j++) {
                re[i * model.groupWidth() + j] = real;
                im[i * model.groupWidth() + j] = imaginary;
            }
        }
        return PlainVector.complex(re, im);
    }
}
