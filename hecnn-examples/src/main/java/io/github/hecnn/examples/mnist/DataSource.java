package io.github.hecnn.examples.mnist;

import io.github.hecnn.examples.cli.UserError;
import io.github.hecnn.examples.digits.SyntheticDigits;
import io.github.hecnn.examples.digits.SyntheticDigits.Split;
import io.github.hecnn.examples.files.Sha256;
import io.github.hecnn.mlr.data.DataFormatException;
import io.github.hecnn.mlr.data.DatasetReader;
import io.github.hecnn.mlr.data.ImageSet;
import io.github.hecnn.mlr.data.LabeledDataset;
import io.github.hecnn.mlr.features.FeatureScaler;
import io.github.hecnn.mlr.features.GridShape;
import io.github.hecnn.mlr.features.OrientationHistogram;
import io.github.hecnn.mlr.features.ScalingKind;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads or makes the data of a run, extracts features and scales them: all the owner's work in the clear. */
final class DataSource {
    private static final int CLASSES = 10;
    private static final Map<String, OrientationHistogram> HISTOGRAMS = Map.of(
            "h392", OrientationHistogram.H392,
            "h400", OrientationHistogram.H400,
            "h200", OrientationHistogram.H200);

    private DataSource() {}

    /**
     * The data of a run.
     *
     * @param withTest whether test data is wanted, too
     * @throws UserError or {@link DataFormatException} if it is not there or not as expected
     */
    static TrainingData load(RunSettings settings, boolean withTest) {
        return settings.features().csv() == null ? images(settings, withTest) : csv(settings);
    }

    private static TrainingData images(RunSettings settings, boolean withTest) {
        boolean synthetic = settings.data() == null;
        ImageSet train = synthetic
                ? SyntheticDigits.first(Split.TRAINING, settings.samples())
                : mnist(settings, MnistFiles.TRAINING_IMAGES, MnistFiles.TRAINING_LABELS)
                        .first(settings.samples());
        ImageSet test = null;
        if (withTest) {
            test = synthetic
                    ? SyntheticDigits.first(Split.TEST, Split.TEST.size())
                    : mnist(settings, MnistFiles.TEST_IMAGES, MnistFiles.TEST_LABELS);
        }
        OrientationHistogram extractor = HISTOGRAMS.get(settings.features().histogram());
        List<String> notes = new ArrayList<>();
        if (synthetic) {
            notes.add(
                    "The data is synthetic: digits drawn by this program's own code, made to look written by hand. It is"
                            + " not MNIST, and its accuracies say nothing about MNIST; --data or --download train on that.");
        }
        return scale(
                settings,
                synthetic ? "synthetic digits (built in)" : "MNIST",
                synthetic,
                new LabeledDataset(extractor.extractAll(train), train.labels(), CLASSES),
                test == null ? null : new LabeledDataset(extractor.extractAll(test), test.labels(), CLASSES),
                test,
                extractor.shape(),
                notes,
                fingerprint(train));
    }

    private static ImageSet mnist(RunSettings settings, MnistFiles images, MnistFiles labels) {
        ImageSet set = DatasetReader.idx(images.in(settings.data()), labels.in(settings.data()));
        for (int i = 0; i < set.size(); i++) {
            if (set.labels()[i] >= CLASSES) {
                throw new DataFormatException(labels.in(settings.data()) + ": expected labels 0..9, found "
                        + set.labels()[i] + " for image " + i + "; use the original file");
            }
        }
        if (images == MnistFiles.TRAINING_IMAGES && set.size() < settings.samples()) {
            throw new UserError("--samples: expected at most " + set.size() + " as in " + images.in(settings.data())
                    + ", found " + settings.samples() + "; take fewer");
        }
        return set;
    }

    private static TrainingData csv(RunSettings settings) {
        LabeledDataset all = DatasetReader.csv(settings.features().csv(), CLASSES);
        if (all.samples() <= settings.samples()) {
            throw new UserError("--samples: expected fewer than the " + all.samples() + " rows of "
                    + settings.features().csv() + ", so that some are left to test on, found " + settings.samples()
                    + "; take fewer");
        }
        LabeledDataset train = all.slice(0, settings.samples());
        LabeledDataset test = all.slice(settings.samples(), all.samples());
        List<String> notes = new ArrayList<>();
        notes.add("Features come from the file as they are; its rows " + settings.samples() + ".." + (all.samples() - 1)
                + " are held out and are the test data.");
        return scale(
                settings,
                "features of " + settings.features().csv().getFileName(),
                false,
                train,
                test,
                null,
                null,
                notes,
                fingerprint(train));
    }

    private static TrainingData scale(
            RunSettings settings,
            String dataset,
            boolean synthetic,
            LabeledDataset train,
            LabeledDataset test,
            ImageSet testImages,
            GridShape grid,
            List<String> notes,
            String fingerprint) {
        FeatureScaler scaler = FeatureScaler.fit(settings.scaling(), train.features(), grid);
        if (settings.scaling() == ScalingKind.WHITEN) {
            notes.add(
                    "Whitened features: the first iteration is then the ridge solution and later ones add nothing, so the"
                            + " owner could nearly train alone. The encryption is real, the need for it is small.");
        }
        return new TrainingData(
                dataset,
                synthetic,
                FeatureScaler.withOnes(scaler.transform(train.features())),
                train.labels(),
                CLASSES,
                test == null ? new double[0][] : FeatureScaler.withOnes(scaler.transform(test.features())),
                test == null ? new int[0] : test.labels(),
                testImages,
                fingerprint,
                notes);
    }

    private static String fingerprint(ImageSet images) {
        ByteBuffer bytes = ByteBuffer.allocate(images.size() * (images.rows() * images.columns() + 1));
        for (int i = 0; i < images.size(); i++) {
            bytes.put(images.pixels()[i]).put((byte) images.labels()[i]);
        }
        return Sha256.of(bytes.array());
    }

    private static String fingerprint(LabeledDataset rows) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < rows.samples(); i++) {
            text.append(rows.labels()[i]);
            for (double value : rows.features()[i]) {
                text.append(',').append(value);
            }
            text.append('\n');
        }
        return Sha256.of(text.toString().getBytes(StandardCharsets.UTF_8));
    }
}
