package io.github.hecnn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every command, in this process. */
class HecnnTest {
    @TempDir
    private Path folder;

    /** Two kinds of trees that height and width of a leaf tell apart. */
    static Path trees(Path folder, int rows) throws IOException {
        Random random = new Random(rows);
        StringBuilder text = new StringBuilder("wood,height,width\n");
        for (int i = 0; i < rows; i++) {
            boolean ash = i % 2 == 0;
            text.append(ash ? "ash," : "beech,")
                    .append((ash ? 300 : 200) + random.nextGaussian())
                    .append(',')
                    .append(ash ? 1 : 5)
                    .append('\n');
        }
        return Files.writeString(folder.resolve("trees-" + rows + ".csv"), text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "trian",
                "--no-such",
                "--heap 1g version",
                "train --no-such 1",
                "train --iterations 0",
                "train --iterations two",
                "train --recipe slow",
                "train --out x long",
                "train --csv x paper",
                "train long --batch 0",
                "train images",
                "train fast again",
                "predict",
                "predict model.bin",
                "predict model.bin /no/such.csv",
                "cryptotl --samples 1",
                "params",
                "params --depth -1",
                "params --depth deep",
                "params --depth 3 --precision 99",
                "params --depth 61",
                "params --depth 3 --slots 0",
                "params --depth 3 --security 100",
                "params --depth 3 --magnitude NaN",
                "inspect",
                "inspect /no/such/file",
                "inspect a b",
                "bench --ring 3",
                "bench --seconds 0",
                "version now",
                "completion zsh"
            })
    void nonsenseIsOneLineAndStatus2(String line) {
        Ran ran = Ran.here((Object[]) (line.isEmpty() ? new String[0] : line.split(" ", -1)));
        assertThat(ran.status()).isEqualTo(2);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err()).startsWith("error: ").endsWith(" (--help lists the options)\n");
        assertThat(ran.err().lines()).hasSize(1);
    }

    @Test
    void anUnknownCommandIsAnsweredWithThoseThatThereAre() {
        assertThat(Ran.here("trian").err())
                .contains("expected one of the commands train, predict, cryptotl, params, inspect, bench, version,"
                        + " completion, found 'trian'");
        assertThat(Ran.here("train", "--out", "x", "long").err())
                .contains("--out: expected it behind long, found it before");
    }

    @Test
    void theLongTrainingIsACommandWithoutItsRecipe() {
        assertThat(Ran.here("train", "long", "--batch", "0").err()).contains("--batch: expected 1 or more, found 0");
        assertThat(Ran.here("train", "long", "--recipe", "fast").err()).contains("--recipe: expected long, found fast");
    }

    @Test
    void helpTellsCommandsDefaultsAndExitStatus() {
        Ran all = Ran.here("--help");
        assertThat(all.status()).isZero();
        assertThat(all.out()).contains("train", "predict", "cryptotl", "params", "inspect", "bench", "version");
        Ran train = Ran.here("train", "--help");
        assertThat(train.out())
                .contains("Usage: hecnn train", "(default: training)", "long", "images", "Exit status: 0 done")
                .doesNotContain("Maven");
        assertThat(Ran.here("train", "paper", "--help").out()).contains("Usage: hecnn train paper");
        String longHelp = Ran.here("train", "long", "--help").out();
        assertThat(longHelp).contains("--checkpoint", "(default: training-long)");
        assertThat(Ran.here("train", "--recipe", "long", "--help").out()).isEqualTo(longHelp);
        assertThat(Ran.here("train", "images", "--help").out()).contains("--backbone");
    }

    @Test
    void aModelOfOnesOwnDataPredicts() throws IOException {
        Path out = folder.resolve("out");
        Ran trained = Ran.here(
                "train", "--rehearse", "--csv", trees(folder, 60), "--test-fraction", "0.25", "--out", out, "--json");
        assertThat(trained.status()).as(trained.err()).isZero();
        assertThat(trained.err()).contains("plan ...");
        assertThat(trained.json().path("accuracyPerIteration").path(1).asDouble())
                .isEqualTo(1);
        Path rows = Files.writeString(folder.resolve("rows.csv"), "height;width\n301;1\n199;5\n");
        Ran predicted = Ran.here("predict", out, rows);
        assertThat(predicted.status()).as(predicted.err()).isZero();
        assertThat(predicted.out().lines().toList().get(1)).startsWith("1,ash,");
        assertThat(predicted.out().lines().toList().get(2)).startsWith("2,beech,");
        Path file = folder.resolve("p.csv");
        Ran labelled = Ran.here(
                "predict",
                out.resolve("model.bin"),
                trees(folder, 8),
                "--label-column",
                "wood",
                "--out",
                file,
                "--json");
        assertThat(labelled.json().path("accuracy").asDouble()).isEqualTo(1);
        assertThat(labelled.json().path("classes")).hasSize(8);
        assertThat(file).content().startsWith("row,predicted,");
        assertThat(Ran.here("predict", out, trees(folder, 8)).err())
                .contains("name it with --label-column", "--ignore-columns")
                .doesNotContain("CsvOptions")
                .hasLineCount(1);
        assertThat(Ran.here("predict", rows, rows).err())
                .contains("expected the file of a model, found another kind; give the model.bin that a training left");
        Ran none = Ran.here("predict", folder.resolve("nothing.bin"), rows);
        assertThat(none.status()).isEqualTo(1);
        assertThat(none.err()).startsWith("error: read ").contains("expected the model of an earlier run, found none");
    }

    @Test
    void theRecipeOfASubcommandIsItsName() throws IOException {
        Ran paper = Ran.here(
                "train",
                "paper",
                "--rehearse",
                "--iterations",
                "1",
                "--csv",
                trees(folder, 12),
                "--samples",
                "8",
                "--out",
                folder.resolve("out"),
                "--json");
        assertThat(paper.json().path("recipe").asText()).isEqualTo("paper");
    }

    @Test
    void versionTellsTheMachine() {
        JsonNode version = Ran.here("version", "--json").json();
        assertThat(version.path("processors").asInt()).isPositive();
        assertThat(version.path("kernels").asText()).contains("kernels");
        assertThat(Ran.here("version").out()).contains("hecnn ", "Java ", "MiB of heap");
    }

    @Test
    void theCompletionScriptKnowsCommandsAndOptions() throws IOException, InterruptedException {
        Ran script = Ran.here("completion");
        assertThat(Ran.here("completion", "--json").json().path("script").asText())
                .isEqualTo(script.out());
        assertThat(script.out()).contains("complete -F", "inspect", "--outside-interval", "--checkpoint");
        Process bash;
        try {
            bash = new ProcessBuilder("bash", "-n").start();
        } catch (IOException e) {
            assumeThat(e).as("no bash on this machine").isNull();
            return;
        }
        bash.getOutputStream().write(script.out().getBytes(StandardCharsets.UTF_8));
        bash.getOutputStream().close();
        assertThat(bash.waitFor()).isZero();
    }

    @Test
    void cryptoTlAnswersAsJsonWithoutTexts() {
        Ran ran = Ran.here(
                "cryptotl", "--role", "server-train", "--sentences", "hashed", "--out", folder.resolve("tl"), "--json");
        assertThat(ran.status()).as(ran.err()).isZero();
        assertThat(ran.json().path("done").asBoolean()).isTrue();
        assertThat(Ran.here("inspect", folder.resolve("tl")).out())
                .contains(
                        "an encoder of CryptoTL, a secret of its server", "what an encoder of CryptoTL was trained on");
    }

    @Test
    void benchComparesOperationsWithATransform() {
        Ran ran = Ran.here("bench", "--ring", "13", "--seconds", "0.01", "--json");
        assertThat(ran.status()).as(ran.err()).isZero();
        JsonNode rows = ran.json().path("rows");
        assertThat(rows).hasSizeGreaterThan(8);
        assertThat(rows.path(0).path("transforms").asDouble()).isEqualTo(1);
        rows.forEach(row -> assertThat(row.path("milliseconds").asDouble()).isPositive());
        assertThat(rows.findValuesAsText("operation")).contains("rotate", "add", "relinearise and rescale");
    }
}
