package io.github.hecnn.mlr.transfer.network.train;

/** One array of trained numbers with its gradient and Adam's moments (Kingma and Ba, arXiv 1412.6980). Not thread-safe. */
final class Parameters {
    private static final float BETA1 = 0.9f;
    private static final float BETA2 = 0.999f;
    private static final float EPSILON = 1e-7f;

    final float[] value;
    final float[] gradient;
    private final float[] mean;
    private final float[] square;
    private final boolean decays;
    private int steps;

    /** @param decays whether weight decay applies: yes for weights, no for biases */
    Parameters(float[] value, boolean decays) {
        this.value = value;
        this.decays = decays;
        gradient = new float[value.length];
        mean = new float[value.length];
        square = new float[value.length];
    }

    /** One step of Adam with decoupled weight decay; clears the gradient. */
    void step(double learningRate, double weightDecay) {
        steps++;
        float rate = (float) (learningRate * Math.sqrt(1 - Math.pow(BETA2, steps)) / (1 - Math.pow(BETA1, steps)));
        float keep = (float) (1 - (decays ? learningRate * weightDecay : 0));
        for (int i = 0; i < value.length; i++) {
            float g = gradient[i];
            float m = BETA1 * mean[i] + (1 - BETA1) * g;
            float s = BETA2 * square[i] + (1 - BETA2) * (g * g);
            mean[i] = m;
            square[i] = s;
            gradient[i] = 0;
            value[i] = keep * value[i] - rate * m / ((float) Math.sqrt(s) + EPSILON);
        }
    }
}
