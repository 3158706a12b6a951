package io.github.hecnn.core.rns;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hecnn.core.parallel.WorkerPool;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class TargetGroupsTest {
    @Test
    void targetsOfOneCostGoIntoGroupsThatAreEqualUpToOne() {
        assertThat(TargetGroups.cuts(2, 0, 8, t -> 1)).containsExactly(0, 4, 8);
        assertThat(TargetGroups.cuts(3, 5, 15, t -> 1)).containsExactly(5, 8, 12, 15);
        assertThat(TargetGroups.cuts(1, 3, 9, t -> 1)).containsExactly(3, 9);
        assertThat(TargetGroups.cuts(4, 0, 4, t -> 1)).containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void thereIsAGroupForEachThreadAndNoneWithMoreThan32Targets() {
        try (WorkerPool two = WorkerPool.ofThreads(2)) {
            assertThat(TargetGroups.count(two, 1)).isEqualTo(1);
            assertThat(TargetGroups.count(two, 40)).isEqualTo(2);
            assertThat(TargetGroups.count(two, 64)).isEqualTo(2);
            assertThat(TargetGroups.count(two, 65)).isEqualTo(4);
            assertThat(TargetGroups.count(two, 129)).isEqualTo(6);
            List<String> ranges = new CopyOnWriteArrayList<>();
            TargetGroups.forEach(two, 3, 13, t -> t < 11 ? 1 : 4, (from, to) -> ranges.add(from + ".." + to));
            assertThat(ranges).containsExactlyInAnyOrder("3..11", "11..13");
            ranges.clear();
            TargetGroups.forEach(two, 3, 13, (from, to) -> ranges.add(from + ".." + to));
            assertThat(ranges).containsExactlyInAnyOrder("3..8", "8..13");
        }
    }

    @Test
    void dearTargetsAtTheEndMakeTheLastGroupSmaller() {
        IntToDoubleFunction cost = t -> t < 25 ? 3.5 : 4.5; // 25 data primes, 7 special ones: 119
        assertThat(TargetGroups.cuts(2, 0, 32, cost)).containsExactly(0, 17, 32); // 59.5 and 59.5
    }

    @Test
    void noGroupIsEmptyAndNoneIsLargerThanItsShareByMoreThanATarget() {
        Random random = new Random(7);
        for (int round = 0; round < 2_000; round++) {
            int from = random.nextInt(5);
            int targets = 1 + random.nextInt(40);
            int groups = 1 + random.nextInt(targets);
            double[] costs =
                    random.doubles(from + targets, 0.5, 1.0 + random.nextInt(8)).toArray();
            int[] cuts = TargetGroups.cuts(groups, from, from + targets, t -> costs[t]);
            double share = Arrays.stream(costs, from, from + targets).sum() / groups;
            double dearest = Arrays.stream(costs).max().orElseThrow();
            assertThat(cuts[0]).isEqualTo(from);
            assertThat(cuts[groups]).isEqualTo(from + targets);
            for (int g = 0; g < groups; g++) {
                assertThat(cuts[g + 1]).isGreaterThan(cuts[g]);
                assertThat(Arrays.stream(costs, cuts[g], cuts[g + 1]).sum())
                        .as("round %d group %d", round, g)
                        .isLessThanOrEqualTo(share + 2 * dearest);
            }
        }
    }
}
