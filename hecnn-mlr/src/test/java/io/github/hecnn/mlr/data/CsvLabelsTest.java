package io.github.hecnn.mlr.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which column has the labels, and what may be in it. */
class CsvLabelsTest extends CsvFiles {
    @Test
    void readsTextLabelsAndKeepsTheMapping() throws IOException {
        Path last = file("a,b,c,d,species\n" + lastFirst(text(",", "", '.', List.of("setosa", "virginica", "versi"))));
        LabeledDataset d = DatasetReader.csv(last);
        assertThat(d.labelNames()).containsExactly("setosa", "versi", "virginica");
        assertThat(d.featureNames()).containsExactly("a", "b", "c", "d");
        assertThat(d.features()).isDeepEqualTo(FEATURES);
        assertThat(Arrays.copyOf(d.labels(), 3)).containsExactly(0, 2, 1);
        assertThat(d.description())
                .isEqualTo(
                        "commas between columns, a header, labels in column 5 'species' (the only one of text), mapped"
                                + " to classes from 0");
    }

    @ParameterizedTest
    @CsvSource({"1 2 3", "0 2 4", "-1 0 1", "10 200 3000"})
    void mapsIntegerLabelsThatDoNotCountFromZero(String labels) throws IOException {
        List<String> names = List.of(labels.split(" ", -1));
        LabeledDataset d = DatasetReader.csv(file(text(",", "", '.', names)));
        same(d);
        assertThat(d.labelNames()).isEqualTo(names);
        assertThat(d.classCounts()).containsExactly(14, 13, 13);
        assertThat(d.classCountWords())
                .isEqualTo(names.get(0) + ": 14, " + names.get(1) + ": 13, " + names.get(2) + ": 13");
    }

    @Test
    void aTestFileHasTheLabelsOfItsTrainingFile() throws IOException {
        CsvOptions options =
                CsvOptions.DEFAULT.withLabelNames(List.of("no", "maybe", "yes")).withLabelColumn("1");
        LabeledDataset d = DatasetReader.csv(file("yes,1.5\nno,2\n"), options);
        assertThat(d.labels()).containsExactly(2, 0);
        assertThat(d.labelNames()).containsExactly("no", "maybe", "yes");
        Path other = file("yes,1.5\nperhaps,2\n");
        refused(
                () -> DatasetReader.csv(other, options),
                "line 2, column 1: expected a label of [no, maybe, yes], found 'perhaps'");
    }

    @Test
    void readsTrainingAndTestFilesOfOneKind() throws IOException {
        Path training = file("size,kind,age\n1.5,x,3\n2.5,y,4\n3.5,x,5\n");
        Path test = Files.writeString(folder.resolve("test.csv"), "size;kind;age\n0,5;y;7\n");
        TrainTestSplit split = DatasetReader.csv(training, test, CsvOptions.DEFAULT);
        assertThat(split.training().classCounts()).containsExactly(2, 1);
        assertThat(split.test().features()).isDeepEqualTo(new double[][] {{0.5, 7}});
        assertThat(split.test().labels()).containsExactly(1);
        Path bare = Files.writeString(folder.resolve("bare.csv"), "0.5,y,7\n");
        assertThat(DatasetReader.csv(training, bare, CsvOptions.DEFAULT).test().features())
                .isDeepEqualTo(split.test().features());
        Path swapped = Files.writeString(folder.resolve("swapped.csv"), "age,kind,size\n7,y,0.5\n");
        refused(
                () -> DatasetReader.csv(training, swapped, CsvOptions.DEFAULT),
                "swapped.csv: expected the features of",
                "found 2 'age, size'; give both files the same columns");
        Path unknown = Files.writeString(folder.resolve("unknown.csv"), "0.5,z,7\n");
        refused(
                () -> DatasetReader.csv(training, unknown, CsvOptions.DEFAULT),
                "expected a label of [x, y], found 'z'");
    }

    @Test
    void takesTheColumnThatIsAskedFor() throws IOException {
        String rows = "a,b,kind,c\n1,2.5,0,4\n3,4.5,1,5\n3,1.5,0,6\n";
        for (String reference : List.of("kind", "KIND", "3")) {
            LabeledDataset d = DatasetReader.csv(file(rows), CsvOptions.DEFAULT.withLabelColumn(reference));
            assertThat(d.labels()).containsExactly(0, 1, 0);
            assertThat(d.features()).isDeepEqualTo(new double[][] {{1, 2.5, 4}, {3, 4.5, 5}, {3, 1.5, 6}});
            assertThat(d.description()).contains("labels in column 3 'kind' (as asked for)");
        }
        LabeledDataset fewer = DatasetReader.csv(
                file(rows), CsvOptions.DEFAULT.withLabelColumn("kind").withIgnoredColumn("b"));
        assertThat(fewer.features()).isDeepEqualTo(new double[][] {{1, 4}, {3, 5}, {3, 6}});
        assertThat(fewer.description()).contains("column 2 'b' left out");
        Path file = file(rows);
        refused(
                () -> DatasetReader.csv(file, CsvOptions.DEFAULT.withLabelColumn("sort")),
                "expected one of the columns 'a', 'b', 'kind', 'c' or a number from 1 to 4, found 'sort'");
        refused(() -> DatasetReader.csv(file, CsvOptions.DEFAULT.withLabelColumn("5")), "found '5'");
    }

    @Test
    void refusesToGuessTheLabelColumn() throws IOException {
        // As in many public sets: a count comes first, the class last, and both are few integers.
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 60; i++) {
            text.append(i % 7)
                    .append(",")
                    .append(80 + i)
                    .append(".5,")
                    .append(i % 2)
                    .append('\n');
        }
        Path both = file(text.toString());
        refused(
                () -> DatasetReader.csv(both),
                "expected one column that could be the labels",
                "column 1 (7 different integers in 60 rows) and column 3 (2 different integers in 60 rows)",
                "CsvOptions.withLabelColumn (1 or 3)");
        assertThat(DatasetReader.csv(both, CsvOptions.DEFAULT.withLabelColumn("3"))
                        .classCounts())
                .containsExactly(30, 30);
        Path named = file("visits,size,y\n" + text);
        assertThat(DatasetReader.csv(named).description()).contains("column 3 'y' (by its name)");
        Path twice = file("class,size,y\n" + text);
        refused(() -> DatasetReader.csv(twice), "column 1 'class'", "column 3 'y'", "(class or y)");
        Path texts = file("red,1.5,big\nblue,2.5,small\nred,3.5,big\n");
        refused(() -> DatasetReader.csv(texts), "column 1 (text) and column 3 (text)");
        Path none = file("1.5,2.5\n2.5,3.5\n");
        refused(
                () -> DatasetReader.csv(none),
                "expected a column of labels",
                "column 1 (fractions or more than 64 integers)");
    }

    @Test
    void findsLabelsInTheLastColumn() throws IOException {
        LabeledDataset d = DatasetReader.csv(file(lastFirst(plain())));
        same(d);
        assertThat(d.description()).contains("labels in column 5 (few integers, the first has not)");
    }

    @Test
    void refusesDegenerateLabels() throws IOException {
        Path single = file("label,a\n1,0.5\n1,0.7\n1,0.9\n");
        refused(
                () -> DatasetReader.csv(single),
                "expected at least 2 classes",
                "column 1 'label'",
                "found 3 times '1'");
        StringBuilder ids = new StringBuilder("label,a,kind\n");
        for (int i = 0; i < 30; i++) {
            ids.append(1000 + i)
                    .append(',')
                    .append(i / 7.0)
                    .append(',')
                    .append(i % 2)
                    .append('\n');
        }
        Path idFile = file(ids.toString());
        refused(
                () -> DatasetReader.csv(idFile),
                "expected several rows of each class in the labels, column 1 'label' (by its name)",
                "found 30 different ones in 30 rows",
                "ids");
        LabeledDataset d = DatasetReader.csv(
                idFile, CsvOptions.DEFAULT.withLabelColumn("kind").withIgnoredColumn("label"));
        assertThat(d.classCounts()).containsExactly(15, 15);
        assertThat(d.width()).isEqualTo(1);
        Path two = file("0,1.5\n1,2.5\n");
        refused(() -> DatasetReader.csv(two), "column 1 (2 different integers in 2 rows)");
        Path missing = file("label,a\nx,1.5\n,2.5\nx,3\n");
        refused(() -> DatasetReader.csv(missing), "line 3, column 1: expected a label, found an empty cell");
    }

    @Test
    void saysThatAFeatureNumbersTheRows() throws IOException {
        StringBuilder text = new StringBuilder("Id,width,Species\n");
        for (int i = 1; i <= 20; i++) {
            text.append(i)
                    .append(',')
                    .append(i * 0.3)
                    .append(',')
                    .append(i % 2 == 0 ? "a" : "b")
                    .append('\n');
        }
        assertThat(DatasetReader.csv(file(text.toString())).description())
                .contains("column 1 'Id' numbers the rows and is taken for a feature");
    }

    @Test
    void saysThatAFeatureLooksLikeIds() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 1; i <= 20; i++) {
            text.append(842302 + i * i)
                    .append(i % 2 == 0 ? ",M," : ",B,")
                    .append(i * 0.3)
                    .append('\n');
        }
        assertThat(DatasetReader.csv(file(text.toString())).description())
                .contains("column 1 has another integer in each row, as ids have, and is taken for a feature");
        assertThat(DatasetReader.csv(file(text.toString()), CsvOptions.DEFAULT.withIgnoredColumn("1"))
                        .description())
                .endsWith("; column 1 left out");
    }
}
