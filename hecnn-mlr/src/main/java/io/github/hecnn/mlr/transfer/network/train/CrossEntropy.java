package io.github.hecnn.mlr.transfer.network.train;

/** Loss of a classification: of one logit by the sigmoid, classes 0 and 1, or of a logit for each class by the softmax. */
final class CrossEntropy {
    private final int logits;

    CrossEntropy(int logits) {
        this.logits = logits;
    }

    /** Number of classes. */
    int classes() {
        return Math.max(2, logits);
    }

    static double sigmoid(double z) {
        return 1 / (1 + Math.exp(-z));
    }

    /** -ln of the probability given to the label of sample i, without overflow. */
    double loss(float[] z, int i, int label) {
        if (logits == 1) {
            double margin = label == 1 ? z[i] : -z[i];
            return margin > 0 ? Math.log1p(Math.exp(-margin)) : -margin + Math.log1p(Math.exp(margin));
        }
        double max = Double.NEGATIVE_INFINITY;
        for (int c = 0; c < logits; c++) {
            max = Math.max(max, z[i * logits + c]);
        }
        double sum = 0;
        for (int c = 0; c < logits; c++) {
            sum += Math.exp(z[i * logits + c] - max);
        }
        return max + Math.log(sum) - z[i * logits + label];
    }

    /** Writes the gradient of that, divided by the number of samples, beside the logits. */
    void gradient(float[] z, int i, int label, int samples, float[] out) {
        if (logits == 1) {
            out[i] = (float) (sigmoid(z[i]) - label) / samples;
            return;
        }
        double loss = loss(z, i, label) + z[i * logits + label]; // log of the sum of exponentials
        for (int c = 0; c < logits; c++) {
            double p = Math.exp(z[i * logits + c] - loss);
            out[i * logits + c] = (float) (p - (c == label ? 1 : 0)) / samples;
        }
    }
}
