package io.github.hecnn.mlr.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.hecnn.ckks.error.IntervalException;
import io.github.hecnn.ckks.slots.SimulatedSlotAlgebra;
import io.github.hecnn.mlr.Iris;
import io.github.hecnn.mlr.approx.OutsideInterval;
import io.github.hecnn.mlr.approx.ScoreRange;
import io.github.hecnn.mlr.approx.SigmoidApproximation;
import io.github.hecnn.mlr.recipe.packed.PackedRecipe;
import io.github.hecnn.mlr.recipe.plain.PlainTrainer;
import io.github.hecnn.mlr.recipe.volley.VolleyRecipe;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The sigmoid polynomial is near the sigmoid on its interval only, and the owner's rehearsal holds that. */
class ScoreIntervalTest {
    private static final double[][] IRIS = Iris.standardized();
    private static final int[] LABELS = Iris.labels();

    private static MlrConfig from(double initialWeight, int iterations) {
        return MlrConfig.builder(150, 5, 3, iterations)
                .initialWeight(initialWeight)
                .build();
    }

    @ParameterizedTest
    @ValueSource(doubles = {20, -20, 5, 2})
    void standardisedIrisFromLargeWeightsIsRefusedWithValueIntervalAndIteration(double weight) {
        assertThatThrownBy(() -> PlainTrainer.train(IRIS, LABELS, from(weight, 2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected scores inside the sigmoid polynomial's interval [-8, 8]")
                .hasMessageContaining(" in iteration 1 (largest by iteration: ")
                .hasMessageContaining("OutsideInterval.GO_ON");
        for (TrainingRecipe recipe : recipes(from(weight, 2))) {
            assertThatThrownBy(() -> recipe.encodeInputs(IRIS, LABELS, recipe.scaling(IRIS)))
                    .as(recipe.name())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("in iteration 1");
        }
    }

    private static List<TrainingRecipe> recipes(MlrConfig config) {
        return List.of(PackedRecipe.of(config, 2048), VolleyRecipe.of(config, 2048));
    }

    @Test
    void aTrainingOnSimulatedSlotsHoldsTheIntervalToo() {
        RecipeSimulation.Data data = new RecipeSimulation.Data(IRIS, LABELS);
        for (TrainingRecipe recipe : recipes(from(2, 1).withOutsideInterval(OutsideInterval.GO_ON))) {
            assertThatThrownBy(() -> RecipeSimulation.train(recipe, new SimulatedSlotAlgebra(2048, 10), data))
                    .as(recipe.name())
                    .isInstanceOf(IntervalException.class)
                    .hasMessageContaining("sigmoid polynomial of scores times");
            List<IntervalException> heard = new ArrayList<>();
            SimulatedSlotAlgebra goesOn = SimulatedSlotAlgebra.builder(2048, 10)
                    .onOutsideInterval(heard::add)
                    .build();
            assertThat(RecipeSimulation.train(recipe, goesOn, data))
                    .as(recipe.name())
                    .hasSize(1);
            assertThat(heard).as(recipe.name()).isNotEmpty();
        }
    }

    @Test
    void theScoresOfEveryIterationAreKnown() {
        PlainTrainer.History history =
                PlainTrainer.rehearse(IRIS, LABELS, from(20, 2).withOutsideInterval(OutsideInterval.GO_ON));
        assertThat(history.scores()).extracting(ScoreRange::iteration).containsExactly(1, 2);
        // Of first weights of 20 the score is 20 times the sum of a row.
        double[] sums = new double[150];
        for (int i = 0; i < 150; i++) {
            for (double v : IRIS[i]) {
                sums[i] += 20 * v;
            }
        }
        double least = java.util.Arrays.stream(sums).min().orElseThrow();
        double most = java.util.Arrays.stream(sums).max().orElseThrow();
        assertThat(history.scores().get(0).lowest()).isCloseTo(least, within(1e-10));
        assertThat(history.scores().get(0).highest()).isCloseTo(most, within(1e-10));
        assertThat(history.scores().get(1).largest()).isGreaterThan(500);
    }

    /** From zero the scores of these data leave [-8, 8] in iteration 8. */
    @Test
    void aLaterIterationIsNamed() {
        assertThatCode(() -> PlainTrainer.train(IRIS, LABELS, from(0, 7))).doesNotThrowAnyException();
        assertThatThrownBy(() -> PlainTrainer.train(IRIS, LABELS, from(0, 8)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("found -8.4 in iteration 8");
    }

    @Test
    void eachNamedRemedyIsOne() {
        MlrConfig refused = from(2, 2);
        assertThatThrownBy(() -> PlainTrainer.train(IRIS, LABELS, refused))
                .isInstanceOf(IllegalArgumentException.class);
        MlrConfig wider = MlrConfig.builder(150, 5, 3, 2)
                .sigmoid(SigmoidApproximation.leastSquares(7, 16))
                .initialWeight(2)
                .build();
        for (MlrConfig config : List.of(wider, from(0.5, 2), refused.withOutsideInterval(OutsideInterval.GO_ON))) {
            assertThatCode(() -> PlainTrainer.train(IRIS, LABELS, config)).doesNotThrowAnyException();
            PackedRecipe recipe = PackedRecipe.of(config, 2048);
            assertThatCode(() -> recipe.encodeInputs(IRIS, LABELS, recipe.scaling(IRIS)))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void anUnevenIntervalIsHeldOnBothSides() {
        double[] line = {0.5, 0.1};
        double[][] x = {{1, 3}, {1, -1}};
        int[] labels = {0, 1};
        for (SigmoidApproximation uneven :
                List.of(new SigmoidApproximation(line, -1, 4.5), new SigmoidApproximation(line, -0.5, 3.5))) {
            MlrConfig config = MlrConfig.builder(2, 2, 2, 1)
                    .sigmoid(uneven)
                    .initialWeight(1)
                    .build();
            boolean inside = uneven.hi() > 4; // scores are 1 + 3 and 1 - 1
            if (inside) {
                assertThatCode(() -> PlainTrainer.train(x, labels, config)).doesNotThrowAnyException();
            } else {
                assertThatThrownBy(() -> PlainTrainer.train(x, labels, config))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("[-0.5, 3.5], found 4 in iteration 1");
            }
        }
    }

    @Test
    void overflowIsRefusedWithItsIterationEvenWhenTheTrainingGoesOn() {
        MlrConfig goesOn = from(20, 8).withOutsideInterval(OutsideInterval.GO_ON);
        assertThatThrownBy(() -> PlainTrainer.train(IRIS, LABELS, goesOn))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected finite weights, found NaN")
                .hasMessageContaining("after iteration 7");
        assertThatThrownBy(() -> PlainTrainer.trainMinibatches(
                        IRIS, LABELS, from(1e300, 3).withOutsideInterval(OutsideInterval.GO_ON), 50))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("minibatch training: expected finite weights")
                .hasMessageContaining("after iteration 1");
    }

    @Test
    void minibatchesAreHeldToTheIntervalToo() {
        assertThatThrownBy(() -> PlainTrainer.trainMinibatches(IRIS, LABELS, from(20, 2), 50))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("minibatch training: expected scores inside");
        assertThat(PlainTrainer.rehearseMinibatches(IRIS, LABELS, from(0, 3), 50)
                        .scores())
                .hasSize(3)
                .allMatch(s -> s.isWithin(SigmoidApproximation.PAPER_CUBIC));
    }

    @Test
    void aScoreThatIsNoNumberIsOutside() {
        assertThat(new ScoreRange(1, Double.NaN, Double.NaN).isWithin(SigmoidApproximation.PAPER_CUBIC))
                .isFalse();
        assertThat(new ScoreRange(1, -8, 8).isWithin(SigmoidApproximation.PAPER_CUBIC))
                .isTrue();
        assertThat(ScoreRange.complaint(List.of(new ScoreRange(1, -1, 1)), SigmoidApproximation.PAPER_CUBIC))
                .isEmpty();
    }
}
