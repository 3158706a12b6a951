package io.github.hecnn.mlr.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ClassificationReportTest {
    private static final int[] ACTUAL = {0, 0, 0, 1, 1, 2};
    private static final int[] PREDICTED = {0, 0, 1, 1, 2, 1};

    @Test
    void countsByActualAndPredictedClass() {
        ClassificationReport r = ClassificationReport.of(ACTUAL, PREDICTED, 4);
        assertThat(r.confusion()).isDeepEqualTo(new int[][] {{2, 1, 0, 0}, {0, 1, 1, 0}, {0, 1, 0, 0}, {0, 0, 0, 0}});
        assertThat(r.samples()).isEqualTo(6);
        assertThat(r.classes()).isEqualTo(4);
        assertThat(r.accuracy()).isEqualTo(0.5);
        assertThat(r.recall(0)).isEqualTo(2.0 / 3);
        assertThat(r.precision(0)).isEqualTo(1);
        assertThat(r.recall(1)).isEqualTo(0.5);
        assertThat(r.precision(1)).isEqualTo(1.0 / 3);
        assertThat(r.recall(2)).isZero();
        assertThat(r.recall(3)).isNaN();
        assertThat(r.precision(3)).isNaN();
    }

    @Test
    void printsAnAlignedTable() {
        String text = ClassificationReport.of(ACTUAL, PREDICTED, 4).toString();
        List<String> lines = text.lines().toList();
        assertThat(lines).hasSize(6);
        assertThat(lines.get(0)).isEqualTo("accuracy 50.00 % (3 of 6)");
        assertThat(lines.get(1)).isEqualTo("actual    0    1    2    3    recall  precision");
        assertThat(lines.get(2)).isEqualTo("     0    2    1    0    0    66.7 %    100.0 %");
        assertThat(lines.get(5)).isEqualTo("     3    0    0    0    0         -          -");
        assertThat(lines.subList(1, 6))
                .extracting(String::length)
                .containsOnly(lines.get(1).length());
    }

    @Test
    void printsTheNamesOfTheClasses() {
        ClassificationReport r =
                ClassificationReport.of(new int[] {0, 1, 1}, new int[] {0, 1, 0}, List.of("setosa", "versicolor"));
        assertThat(r.labelNames()).containsExactly("setosa", "versicolor");
        assertThat(r.toString().lines())
                .contains("actual         setosa versicolor    recall  precision")
                .contains("    setosa          1          0   100.0 %     50.0 %")
                .contains("versicolor          1          1    50.0 %    100.0 %");
    }

    @Test
    void copiesItsMatrix() {
        ClassificationReport r = ClassificationReport.of(ACTUAL, PREDICTED, 3);
        r.confusion()[0][0] = 100;
        assertThat(r.confusion()[0][0]).isEqualTo(2);
    }

    @Test
    void refusesWhatDoesNotFitTogether() {
        refused(new int[0], new int[0], 2, "at least one, found 0 and 0");
        refused(new int[1], new int[2], 2, "found 1 and 2");
        refused(new int[1], new int[1], 1, "expected at least 2 classes, found 1");
        refused(new int[] {2}, new int[1], 2, "found label 2 for sample 0");
        refused(new int[1], new int[] {-1}, 2, "found prediction -1 for sample 0");
        ClassificationReport r = ClassificationReport.of(ACTUAL, PREDICTED, 3);
        assertThatThrownBy(() -> r.recall(3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected a class 0..2, found 3");
        assertThatThrownBy(() -> r.precision(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    private static void refused(int[] actual, int[] predicted, int classes, String message) {
        assertThatThrownBy(() -> ClassificationReport.of(actual, predicted, classes))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}
