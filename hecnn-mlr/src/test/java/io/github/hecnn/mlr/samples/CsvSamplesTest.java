package io.github.hecnn.mlr.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.hecnn.mlr.data.CsvOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows of CSV files are divided as asked. */
class CsvSamplesTest {
    @TempDir
    private Path folder;

    private Path csv(String name, int rows) throws IOException {
        StringBuilder text = new StringBuilder("kind,a,b\n");
        for (int i = 0; i < rows; i++) {
            text.append(i % 2 == 0 ? "ash," : "oak,")
                    .append(i)
                    .append(".5,")
                    .append(-i)
                    .append('\n');
        }
        return Files.writeString(folder.resolve(name), text);
    }

    @Test
    void theFirstRowsTrainAndTheRestTests() throws IOException {
        Samples samples = CsvSamples.load(CsvFiles.of(csv("f.csv", 30)), SampleChoice.first(20));
        assertThat(samples.dataset()).isEqualTo("features of f.csv");
        assertThat(samples.training().samples()).isEqualTo(20);
        assertThat(samples.test().features()[0]).containsExactly(20.5, -20);
        assertThat(samples.notes()).anyMatch(n -> n.contains("its rows 20..29 are held out and are the test data"));
        assertThat(samples.notes().get(0)).startsWith("How f.csv was read: ");
    }

    @Test
    void aFractionIsDrawnByClass() throws IOException {
        CsvFiles files = new CsvFiles(csv("f.csv", 40), null, 0.25, CsvOptions.DEFAULT);
        Samples samples = CsvSamples.load(files, new SampleChoice(SampleChoice.ALL, 1L));
        assertThat(samples.training().classCounts()).containsExactly(15, 15);
        assertThat(samples.test().classCounts()).containsExactly(5, 5);
    }

    @Test
    void anotherFileIsTestedOnAndATwinIsTold() throws IOException {
        Files.createFile(folder.resolve("f.csv.gz"));
        CsvFiles files = new CsvFiles(csv("f.csv", 30), csv("t.csv", 12), null, CsvOptions.DEFAULT);
        Samples all = CsvSamples.load(files, SampleChoice.first(SampleChoice.ALL));
        assertThat(all.training().samples()).isEqualTo(30);
        assertThat(all.test().samples()).isEqualTo(12);
        assertThat(all.notes()).contains("f.csv was read; f.csv.gz beside it was not.");
        assertThat(CsvSamples.load(files, new SampleChoice(10, 2L)).training().classCounts())
                .containsExactly(5, 5);
        assertThatThrownBy(() -> CsvSamples.load(files, SampleChoice.first(31)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("SampleChoice.count: expected at most the 30 rows of ");
    }

    @Test
    void aChoiceThatLeavesNothingToTestOnIsRefused() throws IOException {
        Path csv = csv("f.csv", 30);
        for (int count : new int[] {30, SampleChoice.ALL}) {
            assertThatThrownBy(() -> CsvSamples.load(CsvFiles.of(csv), SampleChoice.first(count)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("SampleChoice.count: expected fewer than the 30 rows of ")
                    .hasMessageContaining("CsvFiles.testFraction or CsvFiles.testFile");
        }
        assertThatThrownBy(() -> CsvSamples.load(
                        new CsvFiles(csv, null, 0.999, CsvOptions.DEFAULT), new SampleChoice(SampleChoice.ALL, 1L)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("CsvFiles.testFraction: expected at least 2 of the 30 rows");
        assertThatThrownBy(() -> new CsvFiles(csv, csv, 0.5, CsvOptions.DEFAULT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("found both; leave one of them out");
        assertThatThrownBy(() -> new CsvFiles(csv, null, 1.0, CsvOptions.DEFAULT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("found 1.0");
    }
}
