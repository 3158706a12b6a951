package io.github.hecnn.cli.cryptotl;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hecnn.core.kernels.KernelInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Command lines that make no sense are refused in one line, before anything is written. */
class TransferOptionsTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "--role=owner, expected all|server-train|client-keys|server-evaluate|client-train",
        "--samples=1, expected 2..10000",
        "--samples=many, 'many'",
        "--tests=0, expected 2..100000",
        "--lanes=3, 'expected 1, 2, 4, 8 or 16'",
        "--sentences=word2vec, 'expected minilm or hashed, found ''word2vec'''",
        "--tokenizer=/no/tokenizer.json, 'sentence model: expected a file'",
        "--dp-epsilon=-1, expected more than 0",
        "--dp-epsilon=NaN, expected more than 0",
        "--dp-delta=1, expected a number between 0 and 1",
        "--threads=0, expected 1..1024",
        "--max-queries=0, expected at least 1",
        "--data=/no/such/folder, expected a folder",
        "--source=amazon, expected --data",
        "--target=yelp, expected --data",
        "--what=1, --what"
    })
    void refused(String option, String words) {
        Path out = folder.resolve("out");
        TransferCli run = TransferCli.run(option, "--out", out);
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).hasSize(1);
        assertThat(run.err().get(0)).startsWith("error: ").contains(words);
        assertThat(out).doesNotExist();
    }

    @Test
    void anUnknownTaskIsNamed() {
        TransferCli run = TransferCli.run("--data", folder, "--source", "poems", "--out", folder.resolve("out"));
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).hasSize(1);
        assertThat(run.err().get(0)).contains("--source", "expected one of sms", "'poems'");
    }

    @Test
    void dataWithoutTheFilesIsAnErrorOfOneLine() {
        TransferCli run = TransferCli.run("--data", folder, "--out", folder.resolve("out"));
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).hasSize(1);
        assertThat(run.err().get(0)).contains("amazon_cells_labelled.txt");
    }

    @Test
    void moreSamplesThanThereAreTexts() {
        TransferCli run = TransferCli.run("--role", "client-keys", "--samples", 5000, "--out", folder.resolve("out"));
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).hasSize(1);
        assertThat(run.err().get(0)).contains("headphones", "expected", "found 5000");
    }

    @Test
    void anOutputThatIsAFile() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "mine");
        TransferCli run = TransferCli.run("--out", file);
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).hasSize(1);
        assertThat(file).hasContent("mine");
    }

    @Test
    void versionSaysWhichKernelsRun() {
        TransferCli run = TransferCli.run("--version");
        assertThat(run.status()).isZero();
        assertThat(run.out().get(0)).startsWith("hecnn ");
        assertThat(run.out()).contains(KernelInfo.active().toString());
    }

    @Test
    void helpNamesEveryOptionOfTheIssue() {
        TransferCli run = TransferCli.run("--help");
        assertThat(run.status()).isZero();
        assertThat(String.join("\n", run.out()))
                .contains("--source", "--target", "--samples", "--data", "--dp-epsilon", "--out", "--role");
    }

    @Test
    void textsOfOneClassAreRefusedBeforeAnythingIsLearned() throws IOException {
        StringBuilder praise = new StringBuilder();
        StringBuilder both = new StringBuilder();
        for (int i = 0; i < 40; i++) {
            praise.append("a good thing number ").append(i).append("\t1\n");
            both.append("a thing number ")
                    .append(i)
                    .append('\t')
                    .append(i == 7 ? 0 : 1)
                    .append('\n');
        }
        Files.writeString(folder.resolve("amazon_cells_labelled.txt"), praise);
        Files.writeString(folder.resolve("yelp_labelled.txt"), praise);
        Files.writeString(folder.resolve("imdb_labelled.txt"), both);
        refusedTexts(
                "amazon: expected training texts of both classes, found 0 of class 0 and 40 of class 1",
                "server-train");
        refusedTexts(
                "yelp: expected training texts of both classes, found 0 of class 0 and 10 of class 1", "client-keys");
        refusedTexts(
                "imdb: expected test texts besides 10 training texts of both classes, found 0 of class 0 and 30 of class 1",
                "client-keys",
                "--target",
                "imdb");
    }

    private void refusedTexts(String words, Object... role) {
        Object[] args = new Object[role.length + 7];
        System.arraycopy(
                new Object[] {"--data", folder, "--samples", 10, "--out", folder.resolve("out"), "--role"},
                0,
                args,
                0,
                7);
        System.arraycopy(role, 0, args, 7, role.length);
        TransferCli run = TransferCli.run(args);
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).hasSize(1);
        assertThat(run.err().get(0)).contains(words, "add texts of the other class");
    }
}
