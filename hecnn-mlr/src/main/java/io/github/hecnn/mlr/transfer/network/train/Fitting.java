package io.github.hecnn.mlr.transfer.network.train;

import io.github.hecnn.core.sampling.RandomSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One run of mini-batch training with early stopping. */
final class Fitting {
    private static final int VALIDATION_BATCH = 256;

    private final LayerStack network;
    private final double[][] x;
    private final int[] labels;
    private final NetworkTrainingSettings settings;
    private final CrossEntropy loss;
    private final RandomSource random;
    private final int[] train;
    private final int[] validation;

    Fitting(LayerStack network, double[][] x, int[] labels, NetworkTrainingSettings settings) {
        if (x.length == 0 || x.length != labels.length) {
            throw new IllegalArgumentException("fit: expected as many labels as samples, at least one, found "
                    + x.length + " samples and " + labels.length + " labels; pass matching arrays");
        }
        loss = new CrossEntropy(network.outputs());
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] < 0 || labels[i] >= loss.classes()) {
                throw new IllegalArgumentException("fit: expected labels 0" + (loss.classes() == 2 ? " and " : "..")
                        + (loss.classes() - 1) + ", found " + labels[i] + " for sample " + i + "; map labels to those");
            }
        }
        this.network = network;
        this.x = x;
        this.labels = labels;
        this.settings = settings;
        this.random = RandomSource.seeded(settings.seed()).fork("fit");
        int[] order = Folds.shuffled(labels.length, settings.seed());
        int[] held = Folds.held(order, labels, loss.classes(), settings.validationShare());
        boolean[] isHeld = new boolean[labels.length];
        for (int i : held) {
            isHeld[i] = true;
        }
        validation = held;
        train = Arrays.stream(order).filter(i -> !isHeld[i]).toArray();
    }

    TrainingHistory run() {
        List<Double> losses = new ArrayList<>();
        List<Double> held = new ArrayList<>();
        List<float[]> best = null;
        int bestEpoch = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int epoch = 1; epoch <= settings.epochs(); epoch++) {
            losses.add(epoch());
            if (validation.length == 0) {
                bestEpoch = epoch;
                continue;
            }
            double now = validationLoss();
            held.add(now);
            if (now < least) {
                least = now;
                bestEpoch = epoch;
                best = network.parameters().stream().map(p -> p.value.clone()).toList();
            } else if (epoch - bestEpoch >= settings.patience()) {
                break;
            }
        }
        if (best != null) {
            List<Parameters> parameters = network.parameters();
            for (int i = 0; i < best.size(); i++) {
                System.arraycopy(best.get(i), 0, parameters.get(i).value, 0, best.get(i).length);
            }
        }
        return new TrainingHistory(losses, held, bestEpoch);
    }

    private double epoch() {
        for (int i = train.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int t = train[i];
            train[i] = train[j];
            train[j] = t;
        }
        double sum = 0;
        for (int from = 0; from < train.length; from += settings.batch()) {
            int n = Math.min(settings.batch(), train.length - from);
            float[] logits = network.forward(network.batch(x, train, from, n), n, random);
            float[] gradient = new float[logits.length];
            for (int i = 0; i < n; i++) {
                int y = labels[train[from + i]];
                sum += loss.loss(logits, i, y);
                loss.gradient(logits, i, y, n, gradient);
            }
            if (!Double.isFinite(sum)) {
                throw new ArithmeticException(
                        "fit: expected a finite loss, found " + sum + "; lower the learning rate or scale the inputs");
            }
            network.backward(gradient, n);
            for (Parameters p : network.parameters()) {
                p.step(settings.learningRate(), settings.weightDecay());
            }
        }
        return sum / train.length;
    }

    private double validationLoss() {
        double sum = 0;
        for (int from = 0; from < validation.length; from += VALIDATION_BATCH) {
            int n = Math.min(VALIDATION_BATCH, validation.length - from);
            float[] logits = network.forward(network.batch(x, validation, from, n), n, null);
            for (int i = 0; i < n; i++) {
                sum += loss.loss(logits, i, labels[validation[from + i]]);
            }
        }
        return sum / validation.length;
    }
}
