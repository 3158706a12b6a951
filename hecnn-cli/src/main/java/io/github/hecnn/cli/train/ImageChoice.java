package io.github.hecnn.cli.train;

import io.github.hecnn.core.parallel.WorkerPool;
import io.github.hecnn.mlr.data.LabeledDataset;
import io.github.hecnn.mlr.encoder.image.FeatureCache;
import io.github.hecnn.mlr.encoder.image.ImageEncoder;
import io.github.hecnn.mlr.encoder.image.ImageFolder;
import io.github.hecnn.mlr.encoder.image.ImagePreprocessing;
import io.github.hecnn.mlr.encoder.image.ImageSource;
import io.github.hecnn.mlr.features.OrientationHistogram;
import io.github.hecnn.mlr.samples.FolderSamples;
import io.github.hecnn.mlr.samples.SampleChoice;
import io.github.hecnn.mlr.samples.Samples;
import java.nio.file.Path;
import java.util.List;

/**
 * A folder of images and what turns them into features.
 *
 * @param folder with a subfolder for each class
 * @param testFolder of other images to test on, or null
 * @param testFraction share of the folder to test on, where there is no other
 * @param backbone an ONNX network; null for an orientation histogram
 * @param layer a tensor of it; null for the last but one layer
 * @param resize shorter side of an image before the crop, in pixels
 * @param crop side of the square that the network takes, in pixels
 * @param cache folder of features
 */
record ImageChoice(
        Path folder,
        Path testFolder,
        double testFraction,
        Path backbone,
        String layer,
        int resize,
        int crop,
        Path cache) {
    private static final int HISTOGRAM_SIDE = 28;

    /** Finds the images and divides them. */
    FolderSamples divided(SampleChoice choice) {
        ImageFolder images = ImageFolder.read(folder);
        return testFolder == null
                ? FolderSamples.divided(images, testFraction, choice)
                : FolderSamples.of(images, ImageFolder.read(testFolder, images.classNames()), choice);
    }

    /** Features of all of them; of the histogram where there is no network. */
    Samples load(SampleChoice choice, String histogram) {
        FolderSamples divided = divided(choice);
        if (backbone == null) {
            OrientationHistogram features = OrientationHistogram.named(histogram);
            return divided.samples(images -> histograms(images, features), features.shape());
        }
        ImagePreprocessing preprocessing =
                ImagePreprocessing.builder().resize(resize).crop(crop).build();
        try (ImageEncoder encoder = ImageEncoder.open(backbone, preprocessing, layer)) {
            FeatureCache kept = new FeatureCache(cache);
            return divided.samples(images -> encoder.encode(images, kept, WorkerPool.common(), done -> {}), null);
        }
    }

    /** Of the middle of each image, grey, in the size that histograms are for. */
    private static LabeledDataset histograms(ImageSource images, OrientationHistogram features) {
        ImagePreprocessing small = ImagePreprocessing.builder()
                .resize(HISTOGRAM_SIDE)
                .crop(HISTOGRAM_SIDE)
                .build();
        double[][] rows = new double[images.size()][];
        WorkerPool.common()
                .forEach(
                        rows.length,
                        i -> rows[i] =
                                features.extract(small.square(images.image(i)).grey()));
        String words = images.name() + ": " + images.size() + ", by the histogram " + features.name()
                + " of the middle at 28 x 28, grey";
        return new LabeledDataset(rows, images.labels(), images.classNames(), List.of(), words);
    }

    /** The same with absolute paths. */
    ImageChoice absolute() {
        return new ImageChoice(
                absolute(folder),
                absolute(testFolder),
                testFraction,
                absolute(backbone),
                layer,
                resize,
                crop,
                absolute(cache));
    }

    private static Path absolute(Path path) {
        return path == null ? null : path.toAbsolutePath().normalize();
    }
}
