package io.github.hecnn.mlr.encoder.image;

import io.github.hecnn.core.files.Sha256;
import io.github.hecnn.core.parallel.WorkerPool;
import io.github.hecnn.mlr.data.DataFormatException;
import io.github.hecnn.mlr.data.LabeledDataset;
import io.github.hecnn.mlr.data.WholeFile;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/**
 * A frozen network from an ONNX file that turns images into features, such as an export of one of torchvision's. Features are the network's last but one
 * layer, what goes into its last dense layer, or any tensor by name.
 *
 * <p>Needs {@code com.microsoft.onnxruntime:onnxruntime} on the class path, an optional dependency of this module. The network is loaded when it is first
 * needed, so features that are all in a {@link FeatureCache} need no such library. Every image is computed by one thread; results do not depend on
 * their number. Thread-safe; close it when it is no longer used, after all calls have ended.
 */
public final class ImageEncoder implements AutoCloseable {
    private static final long MAX_BYTES = Integer.MAX_VALUE - (1L << 20);
    private static final int BATCH = 8;

    private final String name;
    private final byte[] model;
    private final String output;
    private final ImagePreprocessing preprocessing;
    private OnnxVision network;

    private ImageEncoder(String name, byte[] model, String output, ImagePreprocessing preprocessing) {
        this.name = name;
        this.model = model;
        this.output = output;
        this.preprocessing = preprocessing;
    }

    /**
     * {@return a network with its last but one layer; if it does not end in a dense layer, its first output}
     *
     * @param file with one input [images][3][rows][columns] of 32-bit floats; the number of images may be fixed
     * @param preprocessing what images go through first, with the crop that the network wants
     * @throws UncheckedIOException if the file is missing or cannot be read
     * @throws DataFormatException if it is no such model
     */
    public static ImageEncoder open(Path file, ImagePreprocessing preprocessing) {
        return open(file, preprocessing, null);
    }

    /**
     * {@return a network with a layer of choice}
     *
     * @param file an ONNX model
     * @param preprocessing what the network was trained with
     * @param output name of a tensor of the model, not only of its outputs; null for the last but one layer
     * @throws IllegalArgumentException if the model has no tensor of that name; the text has the last ones
     * @throws UncheckedIOException as the other method
     * @throws DataFormatException as the other method
     */
    public static ImageEncoder open(Path file, ImagePreprocessing preprocessing, String output) {
        Objects.requireNonNull(preprocessing, "preprocessing");
        String name = file.toString();
        byte[] bytes = WholeFile.bytes(file, MAX_BYTES, "take a smaller model");
        OnnxGraph graph = new OnnxGraph(name, bytes);
        String tensor = output == null ? graph.lastButOne() : output;
        return new ImageEncoder(name, graph.withOutput(bytes, tensor), tensor, preprocessing);
    }

    /** {@return name of the tensor that features come from} */
    public String output() {
        return output;
    }

    /** {@return what images go through first} */
    public ImagePreprocessing preprocessing() {
        return preprocessing;
    }

    /**
     * Tells apart what gives other features: SHA-256 of the model with its output, and the preprocessing.
     *
     * @return SHA-256 in hexadecimal
     */
    public String fingerprint() {
        return "model " + Sha256.of(model) + ", output " + output + ", " + preprocessing;
    }

    /**
     * Features of all images, from the cache if they are there, otherwise computed and put there.
     *
     * @param images the images
     * @param cache where to look and to leave them
     * @param workers threads; the pool is the caller's to close
     * @param done hears how many images are done
     * @return features with labels and names of classes
     * @throws IllegalStateException as {@link #features}
     * @throws DataFormatException as {@link #features}
     * @throws UncheckedIOException if an image or the cache cannot be read or written
     */
    public LabeledDataset encode(ImageSource images, FeatureCache cache, WorkerPool workers, IntConsumer done) {
        double[][] features = cache.features(
                FeatureCache.key(fingerprint(), images), images.size(), () -> features(images, workers, done));
        return dataset(images, features);
    }

    /**
     * Features of all images, computed now.
     *
     * @param images the images
     * @param workers threads; the pool is the caller's to close
     * @return features with labels and names of classes
     * @throws IllegalStateException as {@link #features}
     * @throws DataFormatException as {@link #features}
     * @throws UncheckedIOException if an image cannot be read
     */
    public LabeledDataset encode(ImageSource images, WorkerPool workers) {
        return dataset(images, features(images, workers, count -> {}));
    }

    private LabeledDataset dataset(ImageSource images, double[][] features) {
        String words = images.name() + ": " + images.size() + ", by layer " + output + " of "
                + Path.of(name).getFileName() + ", " + features[0].length + " features";
        return new LabeledDataset(features, images.labels(), images.classNames(), List.of(), words);
    }

    /**
     * Features of all images.
     *
     * @param images the images
     * @param workers threads; the pool is the caller's to close
     * @param done hears how many images are done, from any thread
     * @return [images][features], finite; a layer of more dimensions is put in a row
     * @throws IllegalStateException if onnxruntime is not on the class path, or features are not finite; the text names the image
     * @throws DataFormatException if the model does not take such images, or an image is damaged or of a kind that cannot be used
     * @throws UncheckedIOException if an image cannot be read
     */
    public double[][] features(ImageSource images, WorkerPool workers, IntConsumer done) {
        OnnxVision net = network();
        int batch = net.fixedBatch() > 0 ? net.fixedBatch() : BATCH;
        int batches = (images.size() + batch - 1) / batch;
        double[][] out = new double[images.size()][];
        AtomicInteger count = new AtomicInteger();
        workers.forEach(batches, b -> {
            int from = b * batch;
            int some = Math.min(batch, images.size() - from);
            run(net, images, from, some, net.fixedBatch() > 0 ? batch : some, out);
            done.accept(count.addAndGet(some));
        });
        for (int i = 1; i < out.length; i++) {
            if (out[i].length != out[0].length) {
                throw new DataFormatException(name + ": expected as many features of every image, found "
                        + out[0].length + " and " + out[i].length + "; name another layer");
            }
        }
        return out;
    }

    private void run(OnnxVision net, ImageSource images, int from, int some, int batch, double[][] out) {
        int side = preprocessing.crop();
        int length = RgbImage.CHANNELS * side * side;
        float[] pixels = new float[Math.multiplyExact(batch, length)];
        for (int i = 0; i < some; i++) {
            preprocessing.apply(images.image(from + i), pixels, i * length);
        }
        float[][] features = net.run(pixels, batch, side);
        for (int i = 0; i < some; i++) {
            double[] row = new double[features[i].length];
            for (int k = 0; k < row.length; k++) {
                row[k] = features[i][k];
                if (!Double.isFinite(row[k])) {
                    throw new IllegalStateException(images.place(from + i) + ": expected finite features from " + name
                            + ", found " + row[k] + " at " + k + "; check the model and the preprocessing");
                }
            }
            out[from + i] = row;
        }
    }

    private synchronized OnnxVision network() {
        if (network == null) {
            try {
                network = new OnnxVision(name, model, output, preprocessing.crop());
            } catch (LinkageError e) {
                throw new IllegalStateException(
                        "ImageEncoder: expected onnxruntime on the class path, found none that works (" + e.getMessage()
                                + "); add the dependency com.microsoft.onnxruntime:onnxruntime",
                        e);
            }
        }
        return network;
    }

    @Override
    public synchronized void close() {
        if (network != null) {
            network.close();
            network = null;
        }
    }
}
