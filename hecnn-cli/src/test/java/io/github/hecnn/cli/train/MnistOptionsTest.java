package io.github.hecnn.cli.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.hecnn.mlr.data.CsvOptions;
import io.github.hecnn.mlr.features.ScalingKind;
import io.github.hecnn.mlr.samples.CsvFiles;
import io.github.hecnn.mlr.samples.SampleChoice;
import io.github.hecnn.mlr.training.RecipeKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine.ParameterException;

class MnistOptionsTest {
    @TempDir
    private Path folder;

    private static RunSettings settings(Map<String, String> environment, String... args) {
        MnistOptions options = new MnistOptions();
        TrainingArguments.parser(options).parseArgs(args);
        return options.settings(environment);
    }

    @Test
    void defaultsAreTheMainJob() {
        RunSettings settings = settings(Map.of());
        assertThat(settings.recipe()).isEqualTo(RecipeKind.FAST);
        assertThat(settings.features().data()).isNull();
        assertThat(settings.features().choice()).isEqualTo(SampleChoice.first(128));
        assertThat(settings.iterations()).isEqualTo(2);
        assertThat(settings.features().histogram()).isEqualTo("h392");
        assertThat(settings.scaling()).isEqualTo(ScalingKind.DCT);
        assertThat(settings.rehearse()).isFalse();
        assertThat(settings.seed()).isNull();
        assertThat(settings.role()).isEqualTo(RoleChoice.ALL);
        assertThat(settings.out()).isEqualTo(Path.of("target/mnist-training"));
        assertThat(settings.initialWeight()).isZero();
    }

    @Test
    void dataComesFromTheOptionThenTheEnvironment() throws IOException {
        Path other = Files.createDirectory(folder.resolve("other"));
        Map<String, String> environment = Map.of("HECNN_DATA", folder.toString());
        assertThat(settings(environment).features().data()).isEqualTo(folder);
        assertThat(settings(environment, "--data", other.toString()).features().data())
                .isEqualTo(other);
        assertThat(settings(Map.of("HECNN_DATA", "")).features().data()).isNull();
    }

    @Test
    void thePaperRecipeTakesTheRegnetFileWhereThereIsOne() throws IOException {
        assertThat(settings(Map.of(), "--recipe", "paper", "--data", folder.toString())
                        .features()
                        .histogram())
                .isEqualTo("h392");
        Files.createDirectories(folder.resolve("paper"));
        Path regnet = Files.createFile(folder.resolve(MnistOptions.REGNET));
        RunSettings settings = settings(Map.of(), "--recipe", "paper", "--data", folder.toString());
        assertThat(settings.features().csv()).isEqualTo(CsvFiles.of(regnet));
        assertThat(settings.scaling()).isEqualTo(ScalingKind.NONE);
        assertThat(settings.initialWeight()).isEqualTo(0.0128);
        assertThat(settings(Map.of(), "--data", folder.toString()).features().histogram())
                .isEqualTo("h392");
    }

    @Test
    void featuresOfAFileHaveNoGrid() throws IOException {
        String csv = Files.createFile(folder.resolve("f.csv")).toString();
        assertThat(settings(Map.of(), "--features", csv).scaling()).isEqualTo(ScalingKind.STANDARDIZE);
        assertThat(settings(Map.of(), "--features", csv, "--recipe", "paper").scaling())
                .isEqualTo(ScalingKind.NONE);
        assertThatThrownBy(() -> settings(Map.of(), "--features", csv, "--scaling", "dct"))
                .isInstanceOf(ParameterException.class)
                .hasMessageContaining("found dct")
                .hasMessageContaining("expected none|center|standardize|standardize-pooled|whiten|whiten-standardized");
    }

    @Test
    void whatIsSaidAboutAFileIsKept() throws IOException {
        String csv = Files.createFile(folder.resolve("f.data")).toString();
        String line =
                "--label-column 5 --ignore-columns id,2 --separator tab --header no --decimal-mark comma --encoding"
                        + " latin1 --shuffle-seed 9 --csv " + csv;
        CsvOptions options =
                new CsvOptions('\t', false, ',', StandardCharsets.ISO_8859_1, true, "5", List.of("id", "2"), List.of());
        assertThat(settings(Map.of(), line.split(" ", -1)).features())
                .isEqualTo(new FeatureChoice(
                        null, null, new CsvFiles(Path.of(csv), null, null, options), new SampleChoice(128, 9L)));
        SampleChoice fraction = settings(Map.of(), "--csv", csv, "--test-fraction", "0.25")
                .features()
                .choice();
        assertThat(fraction).isEqualTo(new SampleChoice(SampleChoice.ALL, 1L));
        assertThat(settings(Map.of(), "--csv", csv).features().choice()).isEqualTo(SampleChoice.first(128));
        assertThat(settings(Map.of(), "--csv", csv, "--test-csv", csv)
                        .features()
                        .choice())
                .isEqualTo(SampleChoice.first(SampleChoice.ALL));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "--separator comma,semicolon; --separator: expected comma|semicolon|tab|pipe|space or one character",
                "--separator x; expected a separator that is no letter",
                "--header maybe; --header: expected yes|no, found 'maybe'",
                "--decimal-mark dot; --decimal-mark: expected point|comma, found 'dot'",
                "--decimal-mark comma --separator comma; expected separator and decimal mark to differ",
                "--encoding klingon; --encoding: expected a character set such as",
                "--test-fraction 1; --test-fraction: expected more than 0 and less than 1, found 1.0",
                "--test-fraction 0.5 --samples 20; expected no --samples beside it",
                "--test-csv none.csv; --test-csv: expected a file, found none",
                "--features h200; --csv: expected no --features beside it",
            })
    void refusesWhatCannotBeSaidAboutAFile(String line, String expected) throws IOException {
        String csv = Files.createFile(folder.resolve("f.csv")).toString();
        assertThatThrownBy(() -> settings(Map.of(), ("--csv " + csv + " " + line).split(" ", -1)))
                .isInstanceOf(ParameterException.class)
                .hasMessageContaining(expected);
        assertThatThrownBy(() -> settings(Map.of(), "--label-column", "1"))
                .isInstanceOf(ParameterException.class)
                .hasMessageContaining("expected --csv beside them");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "--recipe quick; expected fast|paper|cheapest, found 'quick'",
                "--scaling pca; expected none|center|standardize|standardize-pooled|dct|whiten|whiten-standardized, found 'pca'",
                "--features h300; expected h392|h400|h200|FILE.csv, found 'h300'",
                "--features none.csv; expected a file, found none at none.csv",
                "--role cloud; expected owner-encrypt|cloud-train|owner-decrypt|all, found 'cloud'",
                "--samples 1; --samples: expected 2..60000, found 1",
                "--samples many; 'many' is not an int",
                "--iterations 0; --iterations: expected 1..50, found 0",
                "--threads 0; --threads: expected 1..1024, found 0",
                "--data /no/such/folder; --data: expected a folder, found none at /no/such/folder",
                "--rehearse --role cloud-train; expected no --role beside it",
                "--cache x; expected --download beside it",
                "--download --data .; expected no --data beside it",
                "--download --role cloud-train; --download: expected --role all or owner-encrypt beside it",
                "--frobnicate; Unknown option: '--frobnicate'",
            })
    void refusesWhatMakesNoSense(String line, String expected) {
        assertThatThrownBy(() -> settings(Map.of(), line.split(" ", -1)))
                .isInstanceOf(ParameterException.class)
                .hasMessageContaining(expected);
    }

    @Test
    void refusesAnEnvironmentThatNamesNoFolder() {
        assertThatThrownBy(() -> settings(Map.of("HECNN_DATA", "/no/such/folder")))
                .isInstanceOf(ParameterException.class)
                .hasMessageContaining("HECNN_DATA: expected a folder, found none at /no/such/folder");
    }
}
