package io.github.hecnn.mlr.samples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hecnn.mlr.data.LabeledDataset;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OutlierNoteTest {
    private final double[][] rows = new double[200][3];
    private final int[] labels = new int[200];

    OutlierNoteTest() {
        Random random = new Random(1);
        for (int i = 0; i < rows.length; i++) {
            labels[i] = i % 2;
            rows[i][0] = random.nextGaussian();
            rows[i][1] = Math.exp(3 * random.nextGaussian()); // a long tail is usual
            rows[i][2] = i == 7 ? 1e9 : 0; // so is a column that is nearly always the same
        }
    }

    private List<String> notes() {
        double[][] copy = Arrays.stream(rows).map(double[]::clone).toArray(double[][]::new);
        return OutlierNote.of(
                new LabeledDataset(copy, labels, List.of("no", "yes"), List.of("height", "income", "flag"), ""));
    }

    @Test
    void usualColumnsAreNotMentioned() {
        assertThat(notes()).isEmpty();
    }

    @Test
    void aTypingErrorIsToldWithColumnAndValue() {
        rows[11][0] = -1e300;
        assertThat(notes()).hasSize(1).first().asString().contains("'height' (-1.00e+300)", "correct them");
        rows[12][0] = 1e308;
        rows[13][1] = 1e15;
        assertThat(notes()).first().asString().contains("'height' (1.00e+308), 'income' (1.00e+15)");
    }
}
