package io.github.hecnn.mlr.transfer.network.train;

import io.github.hecnn.core.sampling.RandomSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;

/**
 * Several networks of the same shape that learn the same samples from different initial weights, and decide by the mean of their logits
 * (bagging without resampling; Breiman 1996).
 *
 * <p>With few samples a network depends much on its initial weights and on the order of samples. Rectifiers, maxima and Adam's steps, whose size does
 * not shrink with the gradient, also let a tiny change of the inputs switch which weights are moved. The mean of k networks has what is
 * independent in both kinds of randomness reduced by sqrt(k). Not thread-safe.
 */
public final class Committee {
    private final List<TrainableNetwork> members;
    private final TrainingHistory history;

    private Committee(List<TrainableNetwork> members, TrainingHistory history) {
        this.members = members;
        this.history = history;
    }

    /**
     * Trains all members.
     *
     * @param size number of members, at least 1
     * @param untrained makes an untrained network from a seed of its initial weights
     * @param x [samples][inputs]
     * @param labels [samples], 0 or 1
     * @param settings how to train; the first member has their seed, the others have seeds derived from it
     * @return the trained committee
     * @throws IllegalArgumentException without members, or as {@link TrainableNetwork#fit}
     * @throws ArithmeticException as {@link TrainableNetwork#fit}
     */
    public static Committee train(
            int size,
            LongFunction<TrainableNetwork> untrained,
            double[][] x,
            int[] labels,
            NetworkTrainingSettings settings) {
        if (size < 1) {
            throw new IllegalArgumentException("committee: expected at least 1 member, found " + size + "; 5 is usual");
        }
        RandomSource seeds = RandomSource.seeded(settings.seed());
        List<TrainableNetwork> members = new ArrayList<>();
        TrainingHistory first = null;
        for (int m = 0; m < size; m++) {
            long seed = m == 0
                    ? settings.seed()
                    : seeds.fork("committee member " + m).nextLong();
            TrainableNetwork member = untrained.apply(seed);
            TrainingHistory history = member.fit(x, labels, settings.withSeed(seed));
            first = m == 0 ? history : first;
            members.add(member);
        }
        return new Committee(List.copyOf(members), first);
    }

    /**
     * Probabilities of class 1, by the mean of the members' logits.
     *
     * @param x [samples][inputs]
     * @return [samples]
     * @throws IllegalArgumentException as {@link TrainableNetwork#predict}
     */
    public double[] predict(double[][] x) {
        double[] out = new double[x.length];
        for (TrainableNetwork member : members) {
            double[] logits = member.logits(x);
            for (int i = 0; i < out.length; i++) {
                out[i] += logits[i] / members.size();
            }
        }
        for (int i = 0; i < out.length; i++) {
            out[i] = CrossEntropy.sigmoid(out[i]);
        }
        return out;
    }

    /**
     * How the first member's training went; the others' differ by chance.
     *
     * @return losses epoch by epoch
     */
    public TrainingHistory history() {
        return history;
    }
}
