package io.github.hecnn.mlr.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.hecnn.mlr.data.LabeledDataset;
import org.junit.jupiter.api.Test;

class ClassWeightsTest {
    private static final LabeledDataset DATA =
            new LabeledDataset(new double[][] {{0}, {1}, {2}, {3}, {4}, {5}}, new int[] {0, 0, 0, 0, 1, 2}, 4);

    @Test
    void balancedRepeatsSmallClassesUpToTheLargest() {
        LabeledDataset balanced = ClassWeights.BALANCED.apply(DATA);
        assertThat(balanced.classCounts()).containsExactly(4, 4, 4, 0);
        assertThat(balanced.slice(0, 6)).isEqualTo(DATA);
        assertThat(balanced.features()[6]).containsExactly(4);
        assertThat(balanced.features()[11]).containsExactly(5);
    }

    @Test
    void givenWeightsAreMetAsNearlyAsWholeSamplesAllow() {
        assertThat(ClassWeights.of(1, 2, 3.4, 1).apply(DATA).classCounts()).containsExactly(4, 2, 3, 0);
        assertThat(ClassWeights.of(3, 2, 2, 2).apply(DATA).classCounts()).containsExactly(6, 1, 1, 0);
    }

    @Test
    void equalWeightsChangeNothing() {
        assertThat(ClassWeights.EQUAL.apply(DATA)).isSameAs(DATA);
        assertThat(ClassWeights.of(2, 2, 2, 2).apply(DATA)).isSameAs(DATA);
        assertThat(ClassWeights.EQUAL).hasToString("equal").isNotEqualTo(ClassWeights.BALANCED);
        assertThat(ClassWeights.of(1, 2)).isEqualTo(ClassWeights.of(1, 2)).hasToString("[1.0, 2.0]");
    }

    @Test
    void refusesWhatIsNoWeight() {
        for (double[] bad :
                new double[][] {{}, {1}, {1, 0}, {1, -1}, {1, Double.NaN}, {1, Double.POSITIVE_INFINITY}, {1, 1001}}) {
            assertThatThrownBy(() -> ClassWeights.of(bad))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("class weights: expected at least 2 positive weights");
        }
        assertThatThrownBy(() -> ClassWeights.of(1, 2, 3).apply(DATA))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected 4 for the classes [0, 1, 2, 3], found 3");
    }
}
