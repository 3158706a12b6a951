package io.github.hecnn.mlr.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
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
    void measuresAsWorkedByHand() {
        ClassificationReport r = ClassificationReport.of(ACTUAL, PREDICTED, 4);
        assertThat(r.f1(0)).isEqualTo(4.0 / 5); // 2 right, none wrongly so, 1 missed
        assertThat(r.f1(1)).isEqualTo(2.0 / 5); // 1 right, 2 wrongly so, 1 missed
        assertThat(r.f1(2)).isZero();
        assertThat(r.f1(3)).isNaN();
        assertThat(r.macroF1()).isCloseTo(1.2 / 3, within(1e-15));
        assertThat(r.weightedF1()).isCloseTo((3 * 0.8 + 2 * 0.4) / 6, within(1e-15));
        assertThat(r.kappa()).isCloseTo(5.0 / 23, within(1e-15)); // agreement 18/36, by chance (3*2 + 2*3 + 1*1)/36
        assertThat(r.auc()).isEmpty();
    }

    @Test
    void kappaOfTwoRatersFromATextbook() {
        // 45 yes-yes, 15 yes-no, 25 no-yes, 15 no-no: agreement 0.6, by chance 0.54.
        int[] actual = new int[100];
        int[] predicted = new int[100];
        for (int i = 0; i < 100; i++) {
            actual[i] = i < 60 ? 1 : 0;
            predicted[i] = i < 45 || (i >= 60 && i < 85) ? 1 : 0;
        }
        assertThat(ClassificationReport.of(actual, predicted, 2).kappa()).isCloseTo(0.06 / 0.46, within(1e-15));
        assertThat(ClassificationReport.of(new int[] {1, 1}, new int[] {1, 1}, 2)
                        .kappa())
                .isNaN();
        assertThat(ClassificationReport.of(new int[] {0, 1}, new int[] {1, 0}, 2)
                        .kappa())
                .isEqualTo(-1);
    }

    @Test
    void theAreaUnderTheCurveCountsPairsAndTiesAsHalves() {
        // Scores of class 1 less class 0: ones 0.35, 0.8; zeros 0.1, 0.4: 3 of 4 pairs in the right order.
        assertThat(auc(new int[] {0, 0, 1, 1}, 0.1, 0.4, 0.35, 0.8)).isEqualTo(0.75);
        // Ones 0.5, 0.5, 0.9; zeros 0.5, 0.2: (0.5 + 1) + (0.5 + 1) + (1 + 1) of 6.
        assertThat(auc(new int[] {1, 0, 1, 0, 1}, 0.5, 0.5, 0.5, 0.2, 0.9)).isEqualTo(5.0 / 6);
        assertThat(auc(new int[] {1, 0}, 0.0, -0.0)).isEqualTo(0.5);
        assertThat(auc(new int[] {1, 0}, -1, 1)).isZero();
    }

    @Test
    void theAreaUnderTheCurveAgreesWithAllPairs() {
        Random random = new Random(5);
        int[] actual = new int[200];
        double[] scores = new double[200];
        for (int i = 0; i < 200; i++) {
            actual[i] = random.nextInt(3) == 0 ? 1 : 0;
            scores[i] = random.nextInt(20) + 3 * actual[i]; // many ties
        }
        double right = 0;
        long pairs = 0;
        for (int i = 0; i < 200; i++) {
            for (int j = 0; j < 200; j++) {
                if (actual[i] == 1 && actual[j] == 0) {
                    right += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
                    pairs++;
                }
            }
        }
        assertThat(auc(actual, scores)).isCloseTo(right / pairs, within(1e-14));
    }

    private static double auc(int[] actual, double... scores) {
        double[][] both =
                Arrays.stream(scores).mapToObj(z -> new double[] {0, z}).toArray(double[][]::new);
        return ClassificationReport.ofScores(actual, both, List.of("no", "yes"))
                .auc()
                .orElseThrow();
    }

    @Test
    void thereIsNoAreaForOneClassOrThree() {
        double[][] two = {{0, 1}, {1, 0}};
        assertThat(ClassificationReport.ofScores(new int[] {1, 1}, two, List.of("no", "yes"))
                        .auc())
                .isEmpty();
        double[][] three = {{0, 1, 2}, {1, 1, 0}};
        ClassificationReport r = ClassificationReport.ofScores(new int[] {2, 0}, three, List.of("a", "b", "c"));
        assertThat(r.auc()).isEmpty();
        assertThat(r.accuracy()).isEqualTo(1);
        assertThatThrownBy(() -> ClassificationReport.ofScores(new int[] {0}, new double[][] {{0}}, List.of("a", "b")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected 2 finite scores, found [0.0] for sample 0");
        assertThatThrownBy(() -> ClassificationReport.ofScores(
                        new int[] {0}, new double[][] {{0, Double.NaN}}, List.of("a", "b")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("found [0.0, NaN] for sample 0");
    }

    @Test
    void printsAnAlignedTable() {
        String text = ClassificationReport.of(ACTUAL, PREDICTED, 4).toString();
        List<String> lines = text.lines().toList();
        assertThat(lines).hasSize(7);
        assertThat(lines.get(0)).isEqualTo("accuracy 50.00 % (3 of 6)");
        assertThat(lines.get(1)).isEqualTo("kappa 0.217, macro F1 0.400, weighted F1 0.533");
        assertThat(lines.get(2)).isEqualTo("actual    0    1    2    3    recall  precision");
        assertThat(lines.get(3)).isEqualTo("     0    2    1    0    0    66.7 %    100.0 %");
        assertThat(lines.get(6)).isEqualTo("     3    0    0    0    0         -          -");
        assertThat(lines.subList(2, 7))
                .extracting(String::length)
                .containsOnly(lines.get(2).length());
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
