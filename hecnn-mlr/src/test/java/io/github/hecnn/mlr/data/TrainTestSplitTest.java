package io.github.hecnn.mlr.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrainTestSplitTest {
    /** Samples of one feature, their index; sorted by class. */
    private static LabeledDataset sorted(int... counts) {
        int n = IntStream.of(counts).sum();
        double[][] x = new double[n][1];
        int[] labels = new int[n];
        int i = 0;
        for (int c = 0; c < counts.length; c++) {
            for (int k = 0; k < counts[c]; k++) {
                x[i][0] = i;
                labels[i++] = c;
            }
        }
        return new LabeledDataset(x, labels, counts.length);
    }

    @Test
    void inOrderTakesTheFirst() {
        TrainTestSplit split = TrainTestSplit.inOrder(sorted(3, 2), 4);
        assertThat(split.training().classCounts()).containsExactly(3, 1);
        assertThat(split.test().classCounts()).containsExactly(0, 1);
    }

    @Test
    void stratifiedKeepsSharesAndLosesNothing() {
        Random random = new Random(4);
        for (int round = 0; round < 200; round++) {
            int[] counts = random.ints(2 + random.nextInt(5), 1, 40).toArray();
            LabeledDataset all = sorted(counts);
            int n = Math.max(counts.length, 1 + random.nextInt(all.samples() - 1));
            if (n >= all.samples()) {
                continue;
            }
            TrainTestSplit split = TrainTestSplit.stratified(all, n, round);
            assertThat(split.training().samples()).isEqualTo(n);
            double[] both = IntStream.concat(indices(split.training()), indices(split.test()))
                    .sorted()
                    .asDoubleStream()
                    .toArray();
            assertThat(both)
                    .isEqualTo(
                            IntStream.range(0, all.samples()).asDoubleStream().toArray());
            int[] taken = split.training().classCounts();
            for (int c = 0; c < counts.length; c++) {
                assertThat(taken[c]).isBetween(1, counts[c]);
                assertThat((double) taken[c])
                        .isBetween(
                                (double) counts[c] * n / all.samples() - counts.length,
                                Math.max(1, (double) counts[c] * n / all.samples() + 1));
            }
            assertThat(TrainTestSplit.stratified(all, n, round)).isEqualTo(split);
        }
    }

    private static IntStream indices(LabeledDataset d) {
        return Arrays.stream(d.features()).mapToInt(row -> (int) row[0]);
    }

    @Test
    void anotherSeedIsAnotherSplit() {
        LabeledDataset all = sorted(30, 30);
        assertThat(TrainTestSplit.stratified(all, 20, 1)).isNotEqualTo(TrainTestSplit.stratified(all, 20, 2));
    }

    @Test
    void refusesAClassThatIsOnlyTested() {
        TrainTestSplit split = TrainTestSplit.inOrder(sorted(50, 50, 50), 100);
        assertThatThrownBy(() -> split.requireLearnable("shuffle"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "split: expected training samples of every class that is tested, found none of 2 (training 0:"
                                + " 50, 1: 50, 2: 0; test 0: 0, 1: 0, 2: 50); shuffle");
        assertThat(TrainTestSplit.stratified(sorted(50, 50, 50), 100, 1)
                        .requireLearnable("shuffle")
                        .warnings())
                .isEmpty();
    }

    @Test
    void refusesASingleClass() {
        TrainTestSplit split = TrainTestSplit.inOrder(sorted(50, 0), 20);
        assertThatThrownBy(() -> split.requireLearnable("add samples"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected training samples of at least 2 classes, found one class")
                .hasMessageEndingWith("add samples");
    }

    @Test
    void saysWhatASplitCannotTell() {
        assertThat(TrainTestSplit.inOrder(sorted(1, 5, 0, 6), 8)
                        .requireLearnable("")
                        .warnings())
                .containsExactly(
                        "No test samples of class 0, 1: the accuracy says nothing about it.",
                        "Only one training sample of class 0.",
                        "No samples at all of class 2.",
                        "Only 4 test samples: the accuracy says little.");
    }

    @Test
    void refusesSizesThatLeaveNothing() {
        LabeledDataset all = sorted(2, 2);
        for (int n : new int[] {0, 4, -1}) {
            assertThatThrownBy(() -> TrainTestSplit.stratified(all, n, 1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("expected 1..3 training samples, found " + n);
            assertThatThrownBy(() -> TrainTestSplit.inOrder(all, n)).isInstanceOf(IllegalArgumentException.class);
        }
        LabeledDataset other = new LabeledDataset(new double[][] {{1}}, new int[1], 3);
        assertThatThrownBy(() -> new TrainTestSplit(all, other))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("CsvOptions.withLabelNames");
    }
}
