package io.github.hecnn.mlr.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.io.TempDir;

/** A small data set, to be written in the ways people write it. */
abstract class CsvFiles {
    static final int ROWS = 40;
    static final double[][] FEATURES = new double[ROWS][4];
    static final int[] LABELS = new int[ROWS];

    static {
        Random random = new Random(3);
        for (int i = 0; i < ROWS; i++) {
            LABELS[i] = i % 3;
            for (int k = 0; k < 4; k++) {
                FEATURES[i][k] = (random.nextInt(70) + 1 + 10 * k) / 10.0;
            }
        }
    }

    @TempDir
    Path folder;

    /** Rows with the label first. */
    static String text(String separator, String quote, char mark, List<String> names) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < ROWS; i++) {
            out.append(quote).append(names.get(LABELS[i])).append(quote);
            for (double v : FEATURES[i]) {
                out.append(separator)
                        .append(quote)
                        .append(Double.toString(v).replace('.', mark))
                        .append(quote);
            }
            out.append('\n');
        }
        return out.toString();
    }

    static String plain() {
        return text(",", "", '.', List.of("0", "1", "2"));
    }

    static String lastFirst(String rows) {
        return rows.lines()
                .map(line -> line.substring(line.indexOf(',') + 1) + "," + line.substring(0, line.indexOf(',')) + "\n")
                .collect(Collectors.joining());
    }

    Path file(String text) throws IOException {
        return file(text.getBytes(StandardCharsets.UTF_8));
    }

    Path file(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("data.csv"), bytes);
    }

    static void same(LabeledDataset d) {
        assertThat(d.features()).isDeepEqualTo(FEATURES);
        assertThat(d.labels()).containsExactly(LABELS);
    }

    static void refused(ThrowingCallable call, String... words) {
        assertThatThrownBy(call).isInstanceOf(DataFormatException.class).hasMessageContainingAll(words);
    }
}
