package io.github.hecnn.mlr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.hecnn.mlr.approx.SigmoidApproximation;
import io.github.hecnn.mlr.features.GridShape;
import io.github.hecnn.mlr.features.ScalingKind;
import io.github.hecnn.mlr.training.ClassWeights;
import io.github.hecnn.mlr.training.RecipeKind;
import io.github.hecnn.mlr.training.TrainingSettings;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class TrainingSettingsTest {
    @Test
    void defaultsLeaveTheChoiceToTheRehearsal() {
        TrainingSettings s = TrainingSettings.builder().build();
        assertThat(s.iterations()).isEmpty();
        assertThat(s.preconditioner()).isEmpty();
        assertThat(s.schedule()).isEmpty();
        assertThat(s.learningRate()).isEmpty();
        assertThat(s.sigmoid()).isEmpty();
        assertThat(s.startModel()).isEmpty();
        assertThat(s.scaling()).isEqualTo(ScalingKind.STANDARDIZE);
        assertThat(s.recipe()).isEqualTo(RecipeKind.FAST);
        assertThat(s.classWeights()).isEqualTo(ClassWeights.EQUAL);
        assertThat(s)
                .hasToString("fast recipe, standardize scaling, iterations to be chosen, preconditioner to be chosen");
    }

    @Test
    void builtSettingsDoNotChangeWithTheirBuilder() {
        TrainingSettings.Builder builder =
                TrainingSettings.builder().iterations(3).sigmoid(7, 16);
        TrainingSettings three = builder.build();
        TrainingSettings four = builder.iterations(4).grid(new GridShape(1, 2)).build();
        assertThat(three.iterations()).hasValue(3);
        assertThat(three.grid()).isEmpty();
        assertThat(four.iterations()).hasValue(4);
        assertThat(four.sigmoid()).hasValue(SigmoidApproximation.leastSquares(7, 16));
        assertThat(MlrTrainer.plain().settings(three).build().settings().iterations())
                .hasValue(3);
    }

    @Test
    void refusesNumbersOutOfRange() {
        refused(b -> b.iterations(0), "expected at least 1 iteration, found 0");
        refused(b -> b.learningRate(0), "expected a positive learning rate, found 0.0");
        refused(b -> b.learningRate(Double.NaN), "found NaN");
        refused(b -> b.l2(-1), "expected an L2 weight of 0 or more, found -1.0");
        refused(b -> b.labelSmoothing(1), "expected a label smoothing from 0 to below 1, found 1.0");
        refused(b -> b.startWeight(Double.NaN), "expected a finite start weight, found NaN");
        refused(b -> b.threads(-1), "expected 0 threads (one a processor) or more, found -1");
        refused(b -> b.memoryBytes(0), "plan limits");
    }

    private static void refused(Consumer<TrainingSettings.Builder> call, String message) {
        assertThatThrownBy(() -> call.accept(TrainingSettings.builder()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void recipesHaveNames() {
        for (RecipeKind kind : RecipeKind.values()) {
            assertThat(RecipeKind.named(kind.toString())).isEqualTo(kind);
        }
        assertThat(List.of(RecipeKind.values()))
                .extracting(RecipeKind::toString)
                .containsExactly("fast", "paper", "cheapest");
        assertThatThrownBy(() -> RecipeKind.named("slow"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected one of [fast, paper, cheapest], found 'slow'");
    }
}
