package io.github.hecnn.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every numbered example runs, computes what it says, and prints the line that the README shows of it. */
class NumberedExamplesTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    @Test
    void firstNumbersAreEncryptedAndComputedOn() throws IOException {
        assertThat(E1Encrypt.run(out)).isBetween(0.0, 1e-6);
        assertThat(lines()).contains("20.00 x 1 + 4.50 = 24.5000").anyMatch(l -> l.contains("128-bit security"));
        printsTheLineOfTheReadme("E1Encrypt");
    }

    @Test
    void levelsAndScalesAreShownAndMistakesRefused() throws IOException {
        assertThat(E2LevelsAndScales.run(out)).isBetween(0.0, 1e-6);
        assertThat(lines())
                .contains("x^3 + x/2 level 1, scale degree 1")
                .filteredOn(l -> l.contains("is refused: "))
                .hasSize(4);
        printsTheLineOfTheReadme("E2LevelsAndScales");
    }

    @Test
    void rotationsMoveSlotsAndAddUpScores() throws IOException {
        assertThat(E3Rotations.run(out)).isBetween(0.0, 1e-6);
        assertThat(lines())
                .contains(
                        "rotate(x, 1) [2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 1.0] ... 1.0",
                        "4 rotations in 1 hoisting",
                        "512 scores with 3 rotations; the first is -0.53869")
                .anyMatch(l -> l.contains("no key for 5 steps"));
        printsTheLineOfTheReadme("E3Rotations");
    }

    @Test
    void thePolynomialIsAsCloseToTheSigmoidAsItSays() throws IOException {
        assertThat(E4Polynomial.run(out)).isBetween(0.001, 0.0014);
        assertThat(lines())
                .contains("encrypted: from level 5 to level 0 with 7 relinearisations")
                .anyMatch(l -> l.contains("found 0 to 20"));
        printsTheLineOfTheReadme("E4Polynomial");
    }

    @Test
    void matricesAreMultipliedWithFewKeys() throws IOException {
        assertThat(E5LinearTransform.run(out)).isBetween(0.0, 1e-6);
        assertThat(lines())
                .contains("coefficients 2, 3, 4 of a cosine: 0.0000 1.0000 0.0000")
                .anyMatch(l -> l.startsWith("the same, 8 keys") && l.contains(" 8 keys of "));
        printsTheLineOfTheReadme("E5LinearTransform");
    }

    @Test
    void theRehearsalPredictsTheRealRun() throws IOException {
        assertThat(E6Rehearse.run(out)).isBetween(0.05, 12.0);
        assertThat(lines()).contains("same books as rehearsed: true", "rehearsed: 0.579738; in the clear: 0.579758");
        printsTheLineOfTheReadme("E6Rehearse");
    }

    @Test
    void threePartiesShareFilesOnly() throws IOException {
        double sum = 0.25 + 0.5 + 0.125;
        assertThat(E7FilesAndKeys.run(folder, out)).isBetween(sum * sum - 1e-6, sum * sum + 1e-6);
        assertThat(lines())
                .contains("readings 798,908 bytes", "one bit changed: refused, FormatException")
                .contains("the sensor is about to write 798,908 bytes", "another key: refused, MismatchException");
        assertThat(folder.resolve("owner").resolve("secret-key")).exists();
        assertThat(folder.resolve("shared").resolve("secret-key")).doesNotExist();
        printsTheLineOfTheReadme("E7FilesAndKeys");
    }

    @Test
    void threeRolesTrainAndOpenWithFoldersOnly() throws IOException {
        Path owner = folder.resolve("owner");
        assertThat(E8ThreeRoles.run("owner", folder, out)).isEmpty();
        // The cloud works where the owner's folder is out of reach.
        Path cloud = Files.createDirectories(folder.resolve("elsewhere"));
        Files.move(folder.resolve("shared"), cloud.resolve("shared"));
        assertThat(E8ThreeRoles.run("cloud", cloud, out)).isEmpty();
        Files.move(cloud.resolve("shared"), folder.resolve("shared"));
        assertThat(owner).exists();
        assertThat(E8ThreeRoles.run("open", folder, out)).isEqualTo("larch");
        assertThat(lines())
                .anyMatch(l -> l.startsWith("owner: keeps ") && l.contains("secret-key"))
                .contains("cloud: knows of 60 samples, 2 features, 3 classes, 2 iterations")
                .anyMatch(l -> l.startsWith("open: of 300 other trees: accuracy 9"));
        printsTheLineOfTheReadme("E8ThreeRoles");
    }

    @Test
    void aModelIsTrainedTestedKeptAndUsed() throws IOException {
        Path file = folder.resolve("digits.model");
        assertThat(E9TrainAndPredict.run(file, out)).isBetween(0.8, 0.95);
        assertThat(file).isRegularFile();
        assertThat(lines()).contains("read again: equal true, dct scaling inside");
        printsTheLineOfTheReadme("E9TrainAndPredict");
    }

    private List<String> lines() {
        return bytes.toString(StandardCharsets.UTF_8)
                .lines()
                .map(NumberedExamplesTest::singleSpaced)
                .toList();
    }

    private static String singleSpaced(String line) {
        return line.strip().replaceAll(" +", " ");
    }

    /** The row of the table reads: name, what it shows, a line of what it prints. */
    private void printsTheLineOfTheReadme(String name) throws IOException {
        List<String> rows = Files.readAllLines(Path.of("..", "README.md")).stream()
                .filter(line -> line.startsWith("| `" + name + "` |"))
                .toList();
        assertThat(rows).hasSize(1);
        String shown = rows.get(0).split("\\|", -1)[3].strip();
        assertThat(shown).startsWith("`").endsWith("`");
        assertThat(lines()).contains(singleSpaced(shown.substring(1, shown.length() - 1)));
    }
}
