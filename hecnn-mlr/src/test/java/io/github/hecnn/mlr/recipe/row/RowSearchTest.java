package io.github.hecnn.mlr.recipe.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.hecnn.ckks.cost.Operation;
import io.github.hecnn.ckks.params.SecurityLevel;
import io.github.hecnn.ckks.slots.OperationCounts;
import io.github.hecnn.ckks.slots.SimulatedSlotAlgebra;
import io.github.hecnn.ckks.slots.SimulatedVector;
import io.github.hecnn.mlr.approx.SigmoidApproximation;
import io.github.hecnn.mlr.dataset.EncryptedDataset;
import io.github.hecnn.mlr.recipe.EncryptedDesign;
import io.github.hecnn.mlr.recipe.MlrConfig;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RowSearchTest {
    private static final MlrConfig MNIST = RowRecipe.settings(52_500, 201, 10, 12, SigmoidApproximation.WEIGHTED_15)
            .build();

    /** Milliseconds as measured at N = 2^15, at the level where the operation is mostly used. */
    private static double milliseconds(Operation operation, int level) {
        boolean high = level >= 4;
        return switch (operation) {
            case PRODUCT_TERM -> high ? 0.39 : 0.106;
            case RELINEARIZATION -> high ? 5.6 : 1.02; // with the rescale
            case ROTATION -> high ? 5.6 : 0.73;
            case HOISTED_ROTATION -> high ? 3.7 : 0.95;
            case REFRESH -> 1300;
            default -> 0;
        };
    }

    private static final RowPrices PRICES = new RowPrices() {
        @Override
        public double of(Operation operation, int level) {
            return milliseconds(operation, level);
        }

        @Override
        public double reading(int level) {
            return 0.32;
        }
    };

    private static long bytes(int level) {
        return 32768L * 36 / 8 * (level + 1);
    }

    private static RowSearch search() {
        return new RowSearch(MNIST, 16384, 6, PRICES);
    }

    @Test
    void findsWhatTheCostModelFinds() {
        List<RowPlan> plans = search().plans(1024, RowSearchTest::bytes);
        assertThat(plans).extracting(p -> p.layout().groupWidth()).containsExactly(16, 8, 4, 2, 1);
        RowPlan best = plans.get(0);
        assertThat(best.layout().babySteps()).isEqualTo(16);
        assertThat(best.blocksPerBatch()).isEqualTo(1);
        assertThat(best.iterationCost()).isCloseTo(1610, within(20.0));
        assertThat(best.uploadBytes()).isCloseTo(6_900_000_000L, within(200_000_000L));
        assertThat(best.keySwitches()).isEqualTo(80);
    }

    /** From the price list, at N = 2^16: wide groups take least time, narrow ones least room. */
    @Test
    void searchesWithThePriceListAsWell() {
        RowRecipe any = RowRecipe.of(MNIST, new RowLayout(32768, 8, 10, 201, 16), 1);
        RowParameters parameters = RowParameters.of(any, SecurityLevel.CLASSICAL_128);
        List<RowPlan> plans = new RowSearch(MNIST, 32768, parameters.featureLevel(), parameters.prices(2))
                .plans(1024, RowSearchTest::bytes);
        assertThat(plans).extracting(p -> p.layout().groupWidth()).containsExactly(16, 8, 4, 2, 1);
        assertThat(plans).extracting(RowPlan::uploadBytes).isSortedAccordingTo(Comparator.reverseOrder());
        assertThat(plans.get(0).iterationCost()).isBetween(2.2, 5.0);
        assertThat(plans.get(0).layout().babySteps()).isBetween(8, 32);
    }

    @Test
    void takesALayoutThatUploadsLessIfItMust() {
        RowPlan plan = search().cheapest(1024, RowSearchTest::bytes, 2_000_000_000L);
        assertThat(plan.layout().groupWidth()).isEqualTo(4);
        assertThat(plan.uploadBytes()).isLessThanOrEqualTo(2_000_000_000L);
        assertThatThrownBy(() -> search().cheapest(1024, RowSearchTest::bytes, 1000))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at most 1000 bytes of uploads, found none below");
    }

    /** Every layout of a small ring: the counts that are priced are those of the circuit. */
    @Test
    void pricesTheKeySwitchesThatThereAre() {
        MlrConfig config = RowRecipe.settings(300, 13, 10, 2, SigmoidApproximation.WEIGHTED_15)
                .build();
        List<RowPlan> plans = new RowSearch(config, 256, 6, PRICES).plans(40, l -> l);
        assertThat(plans).hasSizeGreaterThan(3);
        for (RowPlan plan : plans) {
            RowRecipe recipe = RowRecipe.of(config, plan.layout(), plan.blocksPerBatch());
            SimulatedSlotAlgebra books =
                    SimulatedSlotAlgebra.builder(256, 6).booksOnly().build();
            RowBlock<SimulatedVector> block = RowBlock.inMemory(
                    plan.layout(),
                    Collections.nCopies(plan.layout().complexFeatures(), books.fresh()),
                    Collections.nCopies(plan.layout().groups(), books.fresh()));
            EncryptedDesign<SimulatedVector> design = recipe.design(RowAlgebras.of(books), b -> block, 6);
            design.gradient(design.partial(
                    IntStream.range(0, plan.blocksPerBatch()).boxed().toList(), List.of(books.fresh()), 1));
            OperationCounts counts = books.counts();
            assertThat(counts.keySwitches()).as("%s", plan).isEqualTo(plan.keySwitches());
        }
    }

    /** Sixty million samples of 201 features: groups of 8 and 16 giant steps would be 500,000 files and more. */
    @Test
    void takesLayoutsOfFewFilesForManySamples() {
        MlrConfig many = RowRecipe.settings(60_000_000, 201, 10, 12, SigmoidApproximation.WEIGHTED_15)
                .build();
        List<RowPlan> plans = new RowSearch(many, 32768, 6, PRICES).plans(1_000_000, RowSearchTest::bytes);
        assertThat(plans)
                .isNotEmpty()
                .allSatisfy(p -> assertThat(RowDataset.files(p.layout(), 60_000_000))
                        .isLessThanOrEqualTo(EncryptedDataset.MOST_FILES));
        assertThat(plans.get(0).layout().babySteps())
                .as("more than for fewer samples")
                .isGreaterThan(new RowSearch(MNIST, 32768, 6, PRICES)
                        .plans(4096, RowSearchTest::bytes)
                        .get(0)
                        .layout()
                        .babySteps());
    }

    @Test
    void refusesMoreSamplesThanAnyLayoutHasFilesFor() {
        MlrConfig all = RowRecipe.settings(Integer.MAX_VALUE, 201, 10, 12, SigmoidApproximation.WEIGHTED_15)
                .build();
        assertThatThrownBy(() ->
                        new RowSearch(all, 32768, 6, PRICES).cheapest(1_000_000, RowSearchTest::bytes, Long.MAX_VALUE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("none for 32768 slots and 50000 files of a data set")
                .hasMessageContaining("fewer samples");
    }

    /** Each rotates the weights for itself. */
    @Test
    void takesFewerBabyStepsForMoreExecutors() {
        List<Integer> steps = new ArrayList<>();
        List<Double> costs = new ArrayList<>();
        for (int executors : new int[] {1, 4, 16}) {
            RowPlan plan = search().onExecutors(executors).plans(16 * 1024, RowSearchTest::bytes).stream()
                    .filter(p -> p.layout().groupWidth() == 8)
                    .findFirst()
                    .orElseThrow();
            steps.add(plan.layout().babySteps());
            costs.add(plan.iterationCost());
        }
        assertThat(steps).isSortedAccordingTo(Comparator.reverseOrder());
        assertThat(steps.get(2)).isLessThan(steps.get(0));
        assertThat(costs).as("of all executors together").isSorted().doesNotHaveDuplicates();
        assertThat(search().onExecutors(64).plans(1024, RowSearchTest::bytes))
                .as("a minibatch of one block is the work of one executor")
                .filteredOn(p -> p.blocksPerBatch() == 1)
                .isNotEmpty()
                .containsAll(search().plans(1024, RowSearchTest::bytes).stream()
                        .filter(p -> p.blocksPerBatch() == 1)
                        .toList());
        assertThatThrownBy(() -> search().onExecutors(0)).hasMessageContaining("1 executor or more, found 0");
    }

    @Test
    void refusesTooFewLevelsAndNoBatch() {
        assertThatThrownBy(() -> new RowSearch(MNIST, 16384, 5, PRICES))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("features of level 6 or more");
        assertThatThrownBy(() -> search().plans(0, RowSearchTest::bytes)).hasMessageContaining("at least 1 sample");
        assertThat(new RowSearch(MNIST, 1024, 6, PRICES).plans(1024, RowSearchTest::bytes))
                .isEmpty();
    }
}
