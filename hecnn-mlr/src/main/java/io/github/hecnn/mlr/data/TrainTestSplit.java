package io.github.hecnn.mlr.data;

import io.github.hecnn.core.sampling.RandomSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Samples to train on and others to test on. Immutable under the condition of {@link LabeledDataset}.
 *
 * @param training to train on
 * @param test to test on; same classes and features
 */
public record TrainTestSplit(LabeledDataset training, LabeledDataset test) {
    /**
     * Checks the components.
     *
     * @param training to train on
     * @param test to test on; same classes and features
     * @throws IllegalArgumentException if classes or number of features differ
     */
    public TrainTestSplit {
        if (!training.labelNames().equals(test.labelNames()) || training.width() != test.width()) {
            throw new IllegalArgumentException(
                    "split: expected test data of " + training.width() + " features in classes "
                            + training.labelNames() + ", found " + test.width() + " in " + test.labelNames()
                            + "; read it with CsvOptions.withLabelNames of the training data");
        }
    }

    /**
     * {@return the first samples train, the rest test}
     *
     * @param all training samples first
     * @param trainingSamples 1..samples-1
     * @throws IllegalArgumentException if the number is not in that range
     */
    public static TrainTestSplit inOrder(LabeledDataset all, int trainingSamples) {
        requireBetween(all.samples(), trainingSamples);
        return new TrainTestSplit(all.slice(0, trainingSamples), all.slice(trainingSamples, all.samples()));
    }

    /**
     * Draws the training samples at random, with each class's share of the whole as far as whole numbers allow, and at least one of each
     * where there is room. The rest tests. Both parts are in random order.
     *
     * @param all samples in any order
     * @param trainingSamples 1..samples-1
     * @param seed of the choice; not secret
     * @return both parts
     * @throws IllegalArgumentException if the number is not in that range
     */
    public static TrainTestSplit stratified(LabeledDataset all, int trainingSamples, long seed) {
        requireBetween(all.samples(), trainingSamples);
        int[][] parts = stratified(all.labels(), all.classes(), trainingSamples, seed);
        return new TrainTestSplit(all.rows(parts[0]), all.rows(parts[1]));
    }

    /**
     * The choice of {@link #stratified(LabeledDataset, int, long)} on labels alone.
     *
     * @param labels [samples], 0..classes-1
     * @param classes number of classes
     * @param chosen 1..samples
     * @param seed of the draw
     * @return indices of the chosen samples and of the rest
     * @throws IllegalArgumentException if the number chosen is not in that range
     */
    public static int[][] stratified(int[] labels, int classes, int chosen, long seed) {
        requireBetween(labels.length + 1, chosen);
        int[] order = shuffled(labels.length, seed);
        int[] left = quotas(labels, classes, chosen);
        List<Integer> first = new ArrayList<>();
        List<Integer> rest = new ArrayList<>();
        for (int i : order) {
            (left[labels[i]]-- > 0 ? first : rest).add(i);
        }
        return new int[][] {
            first.stream().mapToInt(i -> i).toArray(),
            rest.stream().mapToInt(i -> i).toArray()
        };
    }

    /** Shares rounded down, what is missing then given to the largest remainders, and one taken from the largest for each class without any. */
    private static int[] quotas(int[] labels, int classes, int chosen) {
        long[] counts = new long[classes];
        for (int label : labels) {
            counts[label]++;
        }
        int[] quota = new int[classes];
        int left = chosen;
        for (int c = 0; c < classes; c++) {
            quota[c] = (int) (counts[c] * chosen / labels.length);
            left -= quota[c];
        }
        int[] byRemainder = IntStream.range(0, classes)
                .boxed()
                .sorted((a, b) -> Long.compare(counts[b] * chosen % labels.length, counts[a] * chosen % labels.length))
                .mapToInt(c -> c)
                .toArray();
        for (int i = 0; i < left; i++) {
            quota[byRemainder[i]]++;
        }
        for (int c = 0; c < classes; c++) {
            int largest = IntStream.range(0, classes)
                    .reduce((a, b) -> quota[b] > quota[a] ? b : a)
                    .orElseThrow();
            if (quota[c] == 0 && counts[c] > 0 && quota[largest] > 1) {
                quota[c]++;
                quota[largest]--;
            }
        }
        return quota;
    }

    private static int[] shuffled(int n, long seed) {
        RandomSource random = RandomSource.seeded(seed);
        int[] order = new int[n];
        for (int i = 0; i < n; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }

    private static void requireBetween(int samples, int trainingSamples) {
        if (trainingSamples < 1 || trainingSamples >= samples) {
            throw new IllegalArgumentException("split: expected 1.." + (samples - 1) + " training samples, found "
                    + trainingSamples + "; leave some to test on");
        }
    }

    /**
     * Refuses what cannot be learned or judged: training samples of a single class, or test samples of a class that no training sample has.
     *
     * @param remedy the end of the error's text: how to get another split
     * @return this
     * @throws IllegalArgumentException with the counts of both parts
     */
    public TrainTestSplit requireLearnable(String remedy) {
        int[] trained = training.classCounts();
        int[] tested = test.classCounts();
        List<String> unseen = IntStream.range(0, trained.length)
                .filter(c -> trained[c] == 0 && tested[c] > 0)
                .mapToObj(training.labelNames()::get)
                .toList();
        long present = IntStream.of(trained).filter(n -> n > 0).count();
        if (present < 2 || !unseen.isEmpty()) {
            throw new IllegalArgumentException("split: expected training samples of "
                    + (unseen.isEmpty() ? "at least 2 classes" : "every class that is tested") + ", found "
                    + (unseen.isEmpty() ? "one class" : "none of " + String.join(", ", unseen)) + " (training "
                    + training.classCountWords() + "; test " + test.classCountWords() + "); " + remedy);
        }
        return this;
    }

    /** {@return what a reader of accuracies must know about this split: classes without test samples, and parts too small to say much} */
    public List<String> warnings() {
        List<String> out = new ArrayList<>();
        int[] trained = training.classCounts();
        int[] tested = test.classCounts();
        List<String> untested = new ArrayList<>();
        List<String> single = new ArrayList<>();
        List<String> absent = new ArrayList<>();
        for (int c = 0; c < trained.length; c++) {
            String name = training.labelNames().get(c);
            if (trained[c] > 0 && tested[c] == 0) {
                untested.add(name);
            }
            if (trained[c] == 1) {
                single.add(name);
            }
            if (trained[c] == 0 && tested[c] == 0) {
                absent.add(name);
            }
        }
        warn(out, untested, "No test samples of class %s: the accuracy says nothing about it.");
        warn(out, single, "Only one training sample of class %s.");
        warn(out, absent, "No samples at all of class %s.");
        if (test.samples() < 10) {
            out.add("Only " + test.samples() + " test samples: the accuracy says little.");
        }
        return out;
    }

    private static void warn(List<String> out, List<String> names, String text) {
        if (!names.isEmpty()) {
            out.add(String.format(text, String.join(", ", names)));
        }
    }
}
