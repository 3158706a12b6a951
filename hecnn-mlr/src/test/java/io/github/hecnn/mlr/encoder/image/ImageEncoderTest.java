package io.github.hecnn.mlr.encoder.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.hecnn.core.parallel.WorkerPool;
import io.github.hecnn.mlr.data.DataFormatException;
import io.github.hecnn.mlr.data.LabeledDataset;
import io.github.hecnn.mlr.encoder.ClassPath;
import io.github.hecnn.mlr.encoder.OnnxBytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On models that the test writes and evaluates itself. */
class ImageEncoderTest {
    private static final int SIDE = 16;
    private static final ImagePreprocessing SMALL =
            ImagePreprocessing.builder().resize(18).crop(SIDE).build();

    private final TinyCnn cnn = new TinyCnn(SIDE, 1);

    @TempDir
    private Path parent;

    private ImageFolder images;

    @BeforeEach
    void writes() throws IOException {
        images = ImageFolder.read(TestImages.folder(parent, 3, 7, 1));
    }

    private Path file(byte[] bytes) throws IOException {
        return Files.write(Files.createTempFile(parent, "model", ".onnx"), bytes);
    }

    private void matches(double[][] features) {
        for (int i = 0; i < images.size(); i++) {
            assertThat(features[i]).containsExactly(cnn.features(SMALL.apply(images.image(i))), within(1e-5));
        }
    }

    @Test
    void featuresAreTheLastButOneLayerComputedByHand() throws IOException {
        try (ImageEncoder encoder = ImageEncoder.open(file(cnn.onnx("images")), SMALL);
                WorkerPool workers = WorkerPool.ofThreads(2)) {
            assertThat(encoder.output()).isEqualTo("flat");
            LabeledDataset features = encoder.encode(images, workers);
            assertThat(features.width()).isEqualTo(cnn.features());
            assertThat(features.labelNames()).containsExactly("a", "b", "c");
            assertThat(features.labels()).containsExactly(images.labels());
            matches(features.features());
            assertThat(encoder.encode(images, WorkerPool.single())).isEqualTo(features);
        }
    }

    @Test
    void theCodeOfThePageRuns() throws IOException {
        Path folder = Path.of(images.place(0)).getParent().getParent();
        Path cache = parent.resolve("page");
        Path model = file(new TinyCnn(224, 1).onnx("images"));
        try (WorkerPool workers = WorkerPool.ofThreads(2)) {
            // docs/images.md of encoding starts
            ImageSource images = ImageFolder.read(folder); // a subfolder for each class
            ImageEncoder encoder = ImageEncoder.open(model, ImagePreprocessing.imageNet()); // close it in the end
            LabeledDataset features = encoder.encode(images, new FeatureCache(cache), workers, done -> {});
            // docs/images.md of encoding ends
            encoder.close();
            assertThat(features.samples()).isEqualTo(images.size());
        }
    }

    @Test
    void anyTensorCanBeNamedAndMoreDimensionsBecomeARow() throws IOException {
        Path model = file(cnn.onnx("images"));
        try (ImageEncoder encoder = ImageEncoder.open(model, SMALL, "relu1")) {
            double[][] maps = encoder.features(images, WorkerPool.single(), done -> {});
            assertThat(maps[0]).hasSize(8 * 4 * 4);
            double[] means = new double[8];
            for (int k = 0; k < maps[0].length; k++) {
                means[k / 16] += maps[0][k] / 16;
            }
            assertThat(means).containsExactly(cnn.features(SMALL.apply(images.image(0))), within(1e-5));
        }
        try (ImageEncoder encoder = ImageEncoder.open(model, SMALL, "logits")) {
            assertThat(encoder.features(images, WorkerPool.single(), done -> {})[0])
                    .hasSize(5);
        }
        assertThatThrownBy(() -> ImageEncoder.open(model, SMALL, "fc"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("found 'fc'; its outputs are [logits]")
                .hasMessageContaining("flat");
    }

    @Test
    void aModelForOneImageAtATimeServesAsWell() throws IOException {
        for (String batch : List.of("1", "4")) {
            try (ImageEncoder encoder = ImageEncoder.open(file(cnn.onnx(batch)), SMALL)) {
                matches(encoder.features(images, WorkerPool.single(), done -> {}));
            }
        }
    }

    @Test
    void aModelWithoutADenseLayerAtItsEndGivesItsOutput() throws IOException {
        OnnxBytes pooling = new OnnxBytes()
                .input("x", "n", "3", "" + SIDE, "" + SIDE)
                .node("GlobalAveragePool", List.of("x"), "pooled")
                .output("pooled", "n", "3", "1", "1");
        try (ImageEncoder encoder = ImageEncoder.open(file(pooling.bytes()), SMALL)) {
            assertThat(encoder.output()).isEqualTo("pooled");
            float[] pixels = SMALL.apply(images.image(0));
            double mean = 0;
            for (int i = 0; i < SIDE * SIDE; i++) {
                mean += pixels[i] / (SIDE * SIDE);
            }
            assertThat(encoder.features(images, WorkerPool.single(), done -> {})[0][0])
                    .isCloseTo(mean, within(1e-5));
        }
    }

    @Test
    void aBiasAndASoftmaxBehindTheDenseLayerAreSeenThrough() throws IOException {
        OnnxBytes model = new OnnxBytes()
                .input("x", "n", "3", "" + SIDE, "" + SIDE)
                .node("GlobalAveragePool", List.of("x"), "pooled")
                .node("Flatten", List.of("pooled"), "flat")
                .node("MatMul", List.of("flat", "w"), "product")
                .node("Add", List.of("product", "b"), "sum")
                .node("Softmax", List.of("sum"), "p")
                .tensor("w", new float[] {1, 2, 3, 4, 5, 6}, 3, 2)
                .tensor("b", new float[2], 2)
                .output("p", "n", "2");
        assertThat(ImageEncoder.open(file(model.bytes()), SMALL).output()).isEqualTo("flat");
    }

    @Test
    void featuresAreKeptOnDiskUntilSomethingChanges() throws IOException {
        Path cacheFolder = parent.resolve("cache");
        FeatureCache cache = new FeatureCache(cacheFolder);
        AtomicInteger computed = new AtomicInteger();
        IntConsumer count = done -> computed.incrementAndGet();
        Path model = file(cnn.onnx("images"));
        LabeledDataset first;
        try (ImageEncoder encoder = ImageEncoder.open(model, SMALL)) {
            first = encoder.encode(images, cache, WorkerPool.single(), count);
            int once = computed.get();
            assertThat(once).isPositive();
            assertThat(encoder.encode(images, cache, WorkerPool.single(), count))
                    .isEqualTo(first);
            assertThat(computed).hasValue(once);
        }
        Path kept = files(cacheFolder).get(0);
        byte[] good = Files.readAllBytes(kept);
        for (byte[] bad : List.of(Arrays.copyOf(good, good.length - 9), new byte[0], flipped(good))) {
            Files.write(kept, bad);
            computed.set(0);
            try (ImageEncoder encoder = ImageEncoder.open(model, SMALL)) {
                assertThat(encoder.encode(images, cache, WorkerPool.single(), count))
                        .isEqualTo(first);
            }
            assertThat(computed.get()).isPositive();
            assertThat(Files.readAllBytes(kept)).isEqualTo(good);
        }
        computed.set(0);
        try (ImageEncoder other = ImageEncoder.open(
                model, ImagePreprocessing.builder().resize(17).crop(SIDE).build())) {
            assertThat(other.encode(images, cache, WorkerPool.single(), count)).isNotEqualTo(first);
        }
        assertThat(computed.get()).isPositive();
        computed.set(0);
        Path image = Path.of(images.place(0));
        Files.write(image, Files.readAllBytes(Path.of(images.place(1))));
        try (ImageEncoder encoder = ImageEncoder.open(model, SMALL)) {
            double[][] changed =
                    encoder.encode(images, cache, WorkerPool.single(), count).features();
            assertThat(changed[0]).isEqualTo(changed[1]).isNotEqualTo(first.features()[0]);
        }
        assertThat(computed.get()).isPositive();
        assertThat(files(cacheFolder)).hasSize(3);
    }

    private static byte[] flipped(byte[] good) {
        byte[] out = good.clone();
        out[good.length / 2] ^= 4;
        return out;
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.toList();
        }
    }

    @Test
    void modelsThatDoNotTakeSuchImagesAreRefused() throws IOException {
        refused(new byte[] {1, 2, 3}, "expected an ONNX model");
        refused(Arrays.copyOf(cnn.onnx("n"), 500), "expected an ONNX model");
        refused(new byte[0], "expected an ONNX model with an output, found none");
        refused(
                new TinyCnn(32, 1).onnx("n"),
                "expected one input [images][3][16][16]",
                "found [-1, 3, 32, 32]",
                "crop");
        OnnxBytes grey = new OnnxBytes()
                .input("x", "n", "1", "16", "16")
                .node("GlobalAveragePool", List.of("x"), "y")
                .output("y", "n", "1", "1", "1");
        refused(grey.bytes(), "found [-1, 1, 16, 16]");
        OnnxBytes two = new OnnxBytes()
                .input("x", "n", "3", "16", "16")
                .input("z", "n", "3", "16", "16")
                .node("Add", List.of("x", "z"), "y")
                .output("y", "n", "3", "16", "16");
        refused(two.bytes(), "found inputs [x, z]");
        OnnxBytes external = new OnnxBytes()
                .input("x", "n", "3", "16", "16")
                .node("Mul", List.of("x", "w"), "y")
                .externalTensor("w", 16)
                .output("y", "n", "3", "16", "16");
        refused(external.bytes(), "external_data=False");
        assertThatThrownBy(() -> ImageEncoder.open(parent.resolve("none.onnx"), SMALL))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("expected a file, found none");
    }

    private void refused(byte[] model, String... words) throws IOException {
        Path file = file(model);
        assertThatThrownBy(() -> {
                    try (ImageEncoder encoder = ImageEncoder.open(file, SMALL)) {
                        encoder.features(images, WorkerPool.single(), done -> {});
                    }
                })
                .isInstanceOf(DataFormatException.class)
                .hasMessageContainingAll(words)
                .hasMessageContaining(file.getFileName().toString());
    }

    @Test
    void featuresThatAreNotFiniteNameTheImage() throws IOException {
        OnnxBytes model = new OnnxBytes()
                .input("x", "n", "3", "16", "16")
                .node("Log", List.of("x"), "y")
                .output("y", "n", "3", "16", "16");
        try (ImageEncoder encoder = ImageEncoder.open(file(model.bytes()), SMALL)) {
            assertThatThrownBy(() -> encoder.features(images, WorkerPool.single(), done -> {}))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(".png: expected finite features from")
                    .hasMessageContaining("found NaN");
        }
    }

    @Test
    void withoutTheLibraryItSaysWhatIsMissingAndCachedFeaturesAreRead() throws Exception {
        Path model = file(cnn.onnx("images"));
        Path kept = parent.resolve("kept");
        double[][] expected;
        try (ImageEncoder encoder = ImageEncoder.open(model, SMALL)) {
            expected = encoder.encode(images, new FeatureCache(kept), WorkerPool.single(), done -> {})
                    .features();
        }
        try (URLClassLoader without = ClassPath.without("onnxruntime")) {
            Class<?> settings = without.loadClass(ImagePreprocessing.class.getName());
            Object builder = settings.getMethod("builder").invoke(null);
            builder.getClass().getMethod("resize", int.class).invoke(builder, 18);
            builder.getClass().getMethod("crop", int.class).invoke(builder, SIDE);
            Class<?> type = without.loadClass(ImageEncoder.class.getName());
            Object encoder = type.getMethod("open", Path.class, settings)
                    .invoke(null, model, builder.getClass().getMethod("build").invoke(builder));
            Class<?> workers = without.loadClass(WorkerPool.class.getName());
            Class<?> source = without.loadClass(ImageSource.class.getName());
            Object found = without.loadClass(ImageFolder.class.getName())
                    .getMethod("read", Path.class)
                    .invoke(null, Path.of(images.place(0)).getParent().getParent());
            Method features = type.getMethod("features", source, workers, IntConsumer.class);
            assertThatThrownBy(() -> features.invoke(
                            encoder, found, workers.getMethod("single").invoke(null), (IntConsumer) done -> {}))
                    .isInstanceOf(InvocationTargetException.class)
                    .cause()
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("add the dependency com.microsoft.onnxruntime:onnxruntime");
            Class<?> cache = without.loadClass(FeatureCache.class.getName());
            Object dataset = type.getMethod("encode", source, cache, workers, IntConsumer.class)
                    .invoke(
                            encoder,
                            found,
                            cache.getConstructor(Path.class).newInstance(kept),
                            workers.getMethod("single").invoke(null),
                            (IntConsumer) done -> {});
            assertThat((double[][]) dataset.getClass().getMethod("features").invoke(dataset))
                    .isDeepEqualTo(expected);
        }
    }
}
