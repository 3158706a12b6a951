package io.github.hecnn.mlr.transfer.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.hecnn.mlr.data.DataFormatException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextReaderTest {
    @TempDir
    Path folder;

    private Path file(String text) throws IOException {
        return Files.write(folder.resolve("f"), text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void readsMessages() throws IOException {
        TextDataset d = TextReader.smsSpam(file("\uFEFFham\tHi \"there\r\nspam\tWIN\t now\n"));
        assertThat(d.texts()).containsExactly("Hi \"there", "WIN\t now");
        assertThat(d.labels()).containsExactly(0, 1);
    }

    @Test
    void readsSentencesWithOtherSeparatorsInside() throws IOException {
        TextDataset d = TextReader.labelledSentences("films", file("A\u0085B\u2028C  \t0\nGood\tor not \t1"));
        assertThat(d.texts()).containsExactly("A\u0085B\u2028C", "Good\tor not");
        assertThat(d.labels()).containsExactly(0, 1);
    }

    @Test
    void readsCommentsThatSpanLines() throws IOException {
        Path f =
                file("COMMENT_ID,AUTHOR,DATE,CONTENT,CLASS\r\na,b,,\"one, \"\"two\"\"\nthree\",1\r\nc,d,e,plain,0\r\n");
        TextDataset d = TextReader.youtube(List.of(f, f));
        assertThat(d.texts()).containsExactly("one, \"two\"\nthree", "plain", "one, \"two\"\nthree", "plain");
        assertThat(d.labels()).containsExactly(1, 0, 1, 0);
    }

    @Test
    void refusesWhatIsNotAsDescribed() throws IOException {
        Path noLabel = file("ham\tfine\nmaybe\tnot\n");
        assertThatThrownBy(() -> TextReader.smsSpam(noLabel))
                .isInstanceOf(DataFormatException.class)
                .hasMessageContaining("line 2");
        Path two = file("text\t2\n");
        assertThatThrownBy(() -> TextReader.labelledSentences("x", two)).isInstanceOf(DataFormatException.class);
        Path header = file("A,B\n1,2\n");
        assertThatThrownBy(() -> TextReader.youtube(List.of(header)))
                .isInstanceOf(DataFormatException.class)
                .hasMessageContaining("CONTENT");
        Path open = file("CONTENT,CLASS\n\"never closed,1\n");
        assertThatThrownBy(() -> TextReader.youtube(List.of(open))).isInstanceOf(DataFormatException.class);
        Path shortRecord = file("CONTENT,CLASS\nalone\n");
        assertThatThrownBy(() -> TextReader.youtube(List.of(shortRecord))).isInstanceOf(DataFormatException.class);
        Path empty = file("");
        assertThatThrownBy(() -> TextReader.smsSpam(empty))
                .isInstanceOf(DataFormatException.class)
                .hasMessageContaining("none");
        Path binary = Files.write(folder.resolve("b"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        assertThatThrownBy(() -> TextReader.smsSpam(binary))
                .isInstanceOf(DataFormatException.class)
                .hasMessageContaining("UTF-8");
        Path latin = Files.write(folder.resolve("l"), "Caf\u00e9\t1\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> TextReader.labelledSentences("l", latin))
                .isInstanceOf(DataFormatException.class)
                .hasMessageContaining("line 1: expected text in UTF-8 or UTF-16, found byte 0xe9 at offset 3")
                .hasMessageEndingWith("; convert it to UTF-8");
        assertThatThrownBy(() -> TextReader.smsSpam(folder.resolve("absent")))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("check the path");
    }

    @Test
    void readsThePublicSets() {
        String data = System.getenv("HECNN_DATA");
        assumeTrue(data != null, "HECNN_DATA is not set: no public text sets");
        Path texts = Path.of(data, "text");
        assertThat(sizes(texts, TextTask.SMS)).containsExactly(5574, 747);
        assertThat(sizes(texts, TextTask.YOUTUBE)).containsExactly(1957, 1006);
        assertThat(sizes(texts, TextTask.AMAZON)).containsExactly(1000, 500);
        assertThat(sizes(texts, TextTask.IMDB)).containsExactly(1000, 500);
        assertThat(sizes(texts, TextTask.YELP)).containsExactly(1000, 500);
    }

    private static int[] sizes(Path texts, TextTask task) {
        TextDataset d = task.load(texts);
        return new int[] {d.size(), Arrays.stream(d.labels()).sum()};
    }

    @Test
    void splitsByClass() {
        String[] texts = new String[50];
        int[] labels = new int[50];
        for (int i = 0; i < 50; i++) {
            texts[i] = "t" + i;
            labels[i] = i % 5 == 0 ? 1 : 0;
        }
        TextDataset all = new TextDataset("x", Arrays.asList(texts), labels);
        List<TextDataset> parts = all.split(10, 3);
        assertThat(Arrays.stream(parts.get(0).labels()).sum()).isEqualTo(2);
        assertThat(parts.get(0).size()).isEqualTo(10);
        assertThat(parts.get(1).size()).isEqualTo(40);
        assertThat(parts.get(0).texts())
                .doesNotContainAnyElementsOf(parts.get(1).texts());
        assertThat(all.split(10, 3)).isEqualTo(parts);
        assertThatThrownBy(() -> all.split(50, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TextDataset("x", List.of("a"), new int[] {2}))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TextDataset("x", List.of("a"), new int[0]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> TextTask.of("books")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void textsOfOneClassAreRefusedWhereBothAreNeeded() {
        TextDataset one = new TextDataset("x", List.of("a", "b"), new int[] {1, 1});
        assertThat(one.classCounts()).containsExactly(0, 2);
        assertThatThrownBy(() -> one.requireBothClasses("training texts"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "text data set x: expected training texts of both classes, found 0 of class 0 and 2 of class"
                                + " 1; add texts of the other class");
        TextDataset both = new TextDataset("x", List.of("a", "b"), new int[] {1, 0});
        assertThat(both.requireBothClasses("training texts")).isSameAs(both);
    }
}
