package io.github.hecnn.mlr.recipe.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.hecnn.ckks.slots.PlainVector;
import io.github.hecnn.ckks.slots.SimulatedSlotAlgebra;
import io.github.hecnn.ckks.slots.SimulatedVector;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowLayoutTest {
    @Test
    void countsRowsGroupsFeaturesAndKeys() {
        RowLayout layout = new RowLayout(32768, 4, 10, 201, 16);
        assertThat(layout.rows()).isEqualTo(8192);
        assertThat(layout.groups()).isEqualTo(3);
        assertThat(layout.complexFeatures()).isEqualTo(128);
        assertThat(layout.giantSteps()).isEqualTo(8);
        assertThat(layout.period()).isEqualTo(512);
        assertThat(layout.mergedPeriod()).isEqualTo(2048);
        assertThat(layout.blocks(52_500)).isEqualTo(7);
        assertThat(layout.forwardSteps()).hasSize(16);
        assertThat(layout.backwardSteps()).hasSize(7 + 1 + 6);
        assertThat(layout.splitSteps()).containsExactly(512, 1024);
        assertThat(layout.splitRotations()).isEqualTo(3);
        assertThat(layout).hasToString("8192 rows of 4 classes, 3 groups, 201 features as 16 x 8 complex ones");
    }

    @ParameterizedTest
    @CsvSource({
        "100, 4, 10, 13, 4, power of two of slots",
        "256, 3, 10, 13, 4, power of two as group width",
        "256, 4, 1, 13, 4, at least 2 classes",
        "256, 4, 10, 1, 4, at least 2 features",
        "256, 4, 10, 13, 3, power of two of baby steps up to 8",
        "256, 4, 10, 13, 16, power of two of baby steps up to 8",
        "256, 4, 10, 201, 4, at least 512 slots",
        "256, 4, 100, 13, 4, at least 1024 slots for the groups of 100 classes"
    })
    void refusesShapesThatDoNotFit(int slots, int width, int classes, int features, int babySteps, String expected) {
        assertThatThrownBy(() -> new RowLayout(slots, width, classes, features, babySteps))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("row layout: expected")
                .hasMessageContaining(expected);
    }

    private final RowLayout layout = new RowLayout(64, 4, 6, 7, 2);
    private final RowEncoder encoder = new RowEncoder(layout);

    @Test
    void decodesTheWeightsItEncodes() {
        double[][] w = new double[6][7];
        for (int c = 0; c < 6; c++) {
            for (int k = 0; k < 7; k++) {
                w[c][k] = c + 0.1 * k;
            }
        }
        List<PlainVector> encoded = encoder.weights(w);
        assertThat(encoded).hasSize(2);
        double[][] decoded = encoder.decodeWeights(encoded);
        for (int c = 0; c < 6; c++) {
            assertThat(decoded[c]).containsExactly(w[c], within(0.0));
        }
    }

    @Test
    void refusesDataOfAnotherShape() {
        assertThatThrownBy(() -> encoder.features(new double[17][7]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at most 16 samples in a block, found 17");
        assertThatThrownBy(() -> encoder.features(new double[3][6])).hasMessageContaining("7 features");
        assertThatThrownBy(() -> encoder.features(new double[3][7], 2, 0)).hasMessageContaining("giant step in 0..1");
        assertThatThrownBy(() -> encoder.targets(new double[3][5], 0)).hasMessageContaining("6 classes");
        assertThatThrownBy(() -> encoder.weights(new double[5][7])).hasMessageContaining("weights of 6 classes");
        assertThatThrownBy(() -> encoder.weights(new double[6][8])).hasMessageContaining("weights of 7 features");
        PlainVector small = PlainVector.constant(0, 32);
        assertThatThrownBy(() -> encoder.decodeWeights(List.of(small))).hasMessageContaining("2 vectors of 64 slots");
        assertThatThrownBy(() -> encoder.decodeMerged(small)).hasMessageContaining("a vector of 64 slots");
        SimulatedVector v = new SimulatedSlotAlgebra(64, 1).fresh();
        assertThatThrownBy(() -> RowBlock.inMemory(layout, Collections.nCopies(3, v), Collections.nCopies(2, v)))
                .hasMessageContaining("4 values of features and 2 of targets");
        assertThatThrownBy(() -> new RowAlgebras<>(
                        new SimulatedSlotAlgebra(64, 1),
                        new SimulatedSlotAlgebra(32, 1),
                        new SimulatedSlotAlgebra(64, 1)))
                .hasMessageContaining("one number of slots");
    }
}
