package io.github.hecnn.mlr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.hecnn.mlr.approx.OutsideInterval;
import io.github.hecnn.mlr.approx.SigmoidApproximation;
import io.github.hecnn.mlr.data.LabeledDataset;
import io.github.hecnn.mlr.features.Preconditioner;
import io.github.hecnn.mlr.model.MlrModel;
import io.github.hecnn.mlr.recipe.Schedule;
import io.github.hecnn.mlr.training.Combination;
import io.github.hecnn.mlr.training.RehearsalTable;
import io.github.hecnn.mlr.training.TrainingSettings;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is left open is tried in the clear, and what is fixed stays so. */
class RehearsalTableTest {
    private static final LabeledDataset IRIS = new LabeledDataset(Iris.features(), Iris.labels(), 3);

    private final RehearsalTable table = MlrTrainer.plain().build().rehearse(IRIS);

    @Test
    void triesWaysWithAccuracyScoresAndCosts() {
        assertThat(table.heldOut()).isEqualTo(150);
        assertThat(table.rows()).hasSizeBetween(10, 30);
        assertThat(table.rows()).contains(table.chosen());
        assertThat(table.chosen().excluded()).isEmpty();
        assertThat(table.chosen().accuracy()).isGreaterThan(0.85);
        for (RehearsalTable.Row row : table.rows()) {
            assertThat(row.combination().iterations()).isPositive();
            assertThat(row.accuracy()).isBetween(0.0, 1.0);
            if (row.excluded().isEmpty()) {
                assertThat(row.largestScore())
                        .isBetween(0.0, row.combination().sigmoid().hi());
                assertThat(row.cost().levels()).isPositive();
                assertThat(row.cost().seconds()).isPositive();
                assertThat(row.cost().uploadBytes()).isPositive();
                assertThat(row.cost().keyBytes()).isPositive();
                assertThat(row.cost().memoryBytes()).isGreaterThan(row.cost().uploadBytes());
            }
        }
        assertThat(table.rows())
                .extracting(r -> r.combination().preconditioner())
                .contains(Preconditioner.PROGRAM_BOUND, Preconditioner.ALGORITHM_1);
    }

    @Test
    void fitTakesTheChosenOne() {
        MlrModel chosen = MlrTrainer.plain()
                .combination(table.chosen().combination())
                .build()
                .fit(IRIS);
        assertThat(MlrTrainer.plain().build().fit(IRIS)).isEqualTo(chosen);
    }

    @Test
    void printsOneLineEachAndMarksTheChosen() {
        List<String> lines = table.toString().lines().toList();
        assertThat(lines).hasSize(table.rows().size() + 2);
        assertThat(lines.get(0)).contains("iter", "accuracy", "levels", "seconds", "upload MB");
        assertThat(lines.stream().filter(l -> l.startsWith("> "))).hasSize(1);
        assertThat(lines.get(lines.size() - 1)).startsWith("accuracy on 150 training samples");
    }

    @Test
    void theSameSeedGivesTheSameTable() {
        assertThat(MlrTrainer.plain().build().rehearse(IRIS)).isEqualTo(table);
    }

    @Test
    void everyChoiceCanBeFixed() {
        RehearsalTable fixed = MlrTrainer.plain()
                .iterations(3)
                .schedule(Schedule.constant(0.5))
                .learningRate(0.5)
                .sigmoid(5, 20)
                .preconditioner(Preconditioner.ALGORITHM_1)
                .build()
                .rehearse(IRIS);
        assertThat(fixed.rows()).hasSize(1);
        assertThat(fixed.chosen().combination())
                .isEqualTo(new Combination(
                        Preconditioner.ALGORITHM_1,
                        Schedule.constant(0.5),
                        0.5,
                        SigmoidApproximation.leastSquares(5, 20),
                        3));
        RehearsalTable three = MlrTrainer.plain().iterations(3).build().rehearse(IRIS);
        assertThat(three.rows()).extracting(r -> r.combination().iterations()).containsOnly(3);
    }

    @Test
    void whatLeavesTheIntervalIsNotChosenUnlessToldSo() {
        TrainingSettings wild = TrainingSettings.builder()
                .learningRate(20)
                .sigmoid(SigmoidApproximation.PAPER_CUBIC)
                .iterations(2)
                .build();
        assertThatThrownBy(() -> MlrTrainer.plain().settings(wild).build().rehearse(IRIS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("scores leave the interval");
        RehearsalTable all = MlrTrainer.plain()
                .settings(wild)
                .outsideInterval(OutsideInterval.GO_ON)
                .build()
                .rehearse(IRIS);
        assertThat(all.chosen().largestScore()).isGreaterThan(8);
    }

    @Test
    void withTooFewSamplesItIsTwoCarefulIterations() {
        LabeledDataset few = new LabeledDataset(new double[][] {{1, 2}, {2, 1}, {3, 3}}, new int[] {0, 1, 1}, 2);
        RehearsalTable table = MlrTrainer.plain().build().rehearse(few);
        assertThat(table.heldOut()).isZero();
        assertThat(table.chosen().accuracy()).isNaN();
        assertThat(table.chosen().combination().iterations()).isEqualTo(2);
        assertThat(table.chosen().combination().preconditioner()).isEqualTo(Preconditioner.PROGRAM_BOUND);
        assertThat(table.toString()).contains("too few samples to try on");
    }

    @Test
    void refusesAChosenRowThatIsNoneOfItsOwn() {
        List<RehearsalTable.Row> rows = table.rows().subList(1, 3);
        RehearsalTable.Row other = table.rows().get(0);
        assertThatThrownBy(() -> new RehearsalTable(rows, other, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected the chosen row to be one of the rows");
    }
}
