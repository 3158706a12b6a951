package io.github.hecnn.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hecnn.examples.cryptotl.CryptoTlDemo;
import io.github.hecnn.examples.images.ImageTraining;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The mains of the trainings keep their names, options and outputs. */
class MainsTest {
    private static String printed(Consumer<String[]> main, String... args) {
        PrintStream before = System.out;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        try {
            main.accept(args);
        } finally {
            System.setOut(before);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void eachTellsItsOptionsUnderItsName() {
        assertThat(printed(MnistTraining::main, "--help"))
                .contains("Usage: MnistTraining", "(default: target/mnist-training)", "-Dexec.args", "--label-column")
                .contains("Exit status: 0 done, 1 failed, 2 wrong usage");
        assertThat(printed(MnistTraining::main, "--recipe", "long", "--help"))
                .contains("Usage: MnistTraining --recipe long", "(default: target/mnist-training-long)");
        assertThat(printed(ImageTraining::main, "--help"))
                .contains("Usage: ImageTraining", "(default: target/image-training)", "--backbone");
        assertThat(printed(CryptoTlDemo::main, "--help"))
                .contains("Usage: CryptoTlDemo", "(default: target/cryptotl)", "--sentences");
    }

    @Test
    void aRehearsalWritesItsReport(@TempDir Path folder) throws IOException {
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < 12; i++) {
            rows.append(i % 2)
                    .append(',')
                    .append(i % 2 == 0 ? 1 : 3)
                    .append(',')
                    .append(i)
                    .append('\n');
        }
        Path csv = Files.writeString(folder.resolve("rows.csv"), rows);
        Path out = folder.resolve("out");
        assertThat(printed(
                        MnistTraining::main,
                        "--rehearse",
                        "--csv",
                        csv.toString(),
                        "--label-column",
                        "1",
                        "--samples",
                        "8",
                        "--out",
                        out.toString()))
                .contains("rehearsed", "test accuracy");
        for (String name : new String[] {"report.html", "report.json", "model.bin", "weights.csv"}) {
            assertThat(out.resolve(name)).exists();
        }
    }
}
