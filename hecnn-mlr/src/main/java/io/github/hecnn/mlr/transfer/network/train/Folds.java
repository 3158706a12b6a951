package io.github.hecnn.mlr.transfer.network.train;

import io.github.hecnn.core.sampling.RandomSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Random parts of a data set in which classes have their shares of the whole. */
final class Folds {
    private Folds() {}

    static int[] shuffled(int n, long seed) {
        RandomSource random = RandomSource.seeded(seed).fork("folds");
        int[] order = new int[n];
        for (int i = 0; i < n; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }

    /** The first samples of each class in the order, that share of them, rounded down. */
    static int[] held(int[] order, int[] labels, int classes, double share) {
        List<Integer> out = new ArrayList<>();
        for (int c = 0; c < classes; c++) {
            int label = c;
            int[] own = Arrays.stream(order).filter(i -> labels[i] == label).toArray();
            for (int i = 0; i < (int) (share * own.length); i++) {
                out.add(own[i]);
            }
        }
        return out.stream().mapToInt(i -> i).toArray();
    }
}
