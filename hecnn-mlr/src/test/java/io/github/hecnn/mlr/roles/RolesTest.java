package io.github.hecnn.mlr.roles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.hecnn.core.parallel.WorkerPool;
import io.github.hecnn.mlr.MlrTrainer;
import io.github.hecnn.mlr.data.LabeledDataset;
import io.github.hecnn.mlr.model.MlrModel;
import io.github.hecnn.mlr.recipe.TrainingListener;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The whole cycle in one process. */
class RolesTest {
    private static final LabeledDataset DATA = RoleData.dataset();
    private static DataOwner owner;
    private static TrainingResult result;
    private static List<Integer> heard;

    @BeforeAll
    static void trains() {
        owner = DataOwner.prepare(DATA, RoleData.SETTINGS);
        heard = new ArrayList<>();
        TrainingListener listener = report -> heard.add(report.iteration());
        result = CloudTrainer.on(WorkerPool.single()).train(owner.job(), listener);
    }

    @AfterAll
    static void ends() {
        owner.close();
    }

    @Test
    void theModelIsThatOfTheTrainingInTheClear() {
        MlrModel model = owner.open(result);
        MlrModel plain = MlrTrainer.plain().settings(RoleData.SETTINGS).build().fit(DATA);
        assertThat(model.labelNames()).containsExactly("oak", "beech", "ash");
        assertThat(model.featureNames()).containsExactly("a", "b", "c", "d", "e");
        assertThat(model.scaling()).isEqualTo(plain.scaling());
        for (double[] row : DATA.features()) {
            for (int j = 0; j < 3; j++) {
                assertThat(model.scores(row)[j]).isCloseTo(plain.scores(row)[j], within(1e-4));
            }
        }
        assertThat(model.evaluate(DATA).accuracy()).isGreaterThan(0.8);
        assertThat(model.provenance().settings()).containsEntry("trainer", "encrypted");
    }

    @Test
    void theListenerHearsOfEveryIteration() {
        assertThat(heard).containsExactly(1, 2);
        assertThat(result.account().iterationSeconds()).hasSize(2);
        assertThat(result.account().keySwitches())
                .isEqualTo(owner.plan().counts().keySwitches());
        assertThat(result.weights()).hasSize(2);
    }

    @Test
    void moreWorkersGiveTheSameResultToTheBit() {
        try (WorkerPool two = WorkerPool.ofThreads(2)) {
            TrainingResult again = CloudTrainer.on(two).train(owner.job());
            assertThat(owner.open(again)).isEqualTo(owner.open(result));
        }
    }

    @Test
    void theResultOfAnotherJobIsRefused() {
        try (DataOwner other = DataOwner.prepare(DATA, RoleData.SETTINGS)) {
            assertThatThrownBy(() -> other.open(result))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(
                            "expected the result of run " + other.job().runId())
                    .hasMessageContaining("found that of run " + owner.job().runId());
        }
    }

    @Test
    void weightsOfAnotherIterationAreNotTakenForThose() {
        TrainingResult swapped = new TrainingResult(
                result.account(),
                owner.job().context(WorkerPool.single()),
                List.of(result.weights().get(1), result.weights().get(0)),
                0,
                null);
        assertThatThrownBy(() -> owner.open(swapped))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("decrypt weights of iteration 2: expected a norm of about");
    }

    @Test
    void aTrainingThatDoesNotFitIsRefusedWithBothNumbers() {
        assertThatThrownBy(() -> RoleMemory.require("cloud: train", 2_000_000_000, 1_000_000_000))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cloud: train: expected at most 1000.0 MB of memory, found a need of 2000.0 MB")
                .hasMessageContaining("-Xmx2385m");
    }
}
