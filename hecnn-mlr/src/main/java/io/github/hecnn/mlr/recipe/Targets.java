package io.github.hecnn.mlr.recipe;

import java.util.Arrays;

/** What the owner trains towards: a number for each sample and class. */
final class Targets {
    private Targets() {}

    /** 1 - smoothing + smoothing/classes for the right class and smoothing/classes for the others. */
    static double[][] of(int[] labels, int classes, double smoothing) {
        double[][] out = new double[labels.length][classes];
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] < 0 || labels[i] >= classes) {
                throw new IllegalArgumentException("training data: expected labels 0.." + (classes - 1) + ", found "
                        + labels[i] + " for sample " + i + "; map labels to that range");
            }
            Arrays.fill(out[i], smoothing / classes);
            out[i][labels[i]] += 1 - smoothing;
        }
        return out;
    }

    /** Refuses targets of another number of classes, and those that are no probabilities. */
    static void check(double[][] targets, int classes) {
        for (int i = 0; i < targets.length; i++) {
            if (targets[i].length != classes) {
                throw new IllegalArgumentException("training data: expected " + classes + " targets a sample, found "
                        + targets[i].length + " for sample " + i + "; give [samples][classes]");
            }
            for (double y : targets[i]) {
                if (!(y >= 0 && y <= 1)) {
                    throw new IllegalArgumentException("training data: expected targets from 0 to 1, found " + y
                            + " for sample " + i + "; give a probability for each class");
                }
            }
        }
    }
}
