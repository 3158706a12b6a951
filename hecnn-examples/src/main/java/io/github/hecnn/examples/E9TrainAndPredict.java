package io.github.hecnn.examples;

import io.github.hecnn.mlr.MlrTrainer;
import io.github.hecnn.mlr.data.ImageSet;
import io.github.hecnn.mlr.data.LabeledDataset;
import io.github.hecnn.mlr.data.synthetic.SyntheticDigits;
import io.github.hecnn.mlr.data.synthetic.SyntheticDigits.Split;
import io.github.hecnn.mlr.features.OrientationHistogram;
import io.github.hecnn.mlr.features.ScalingKind;
import io.github.hecnn.mlr.model.ClassificationReport;
import io.github.hecnn.mlr.model.MlrModel;
import io.github.hecnn.mlr.training.Combination;
import io.github.hecnn.mlr.training.RehearsalTable;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/**
 * Example 9: from images to a model that is trained on encrypted features, tested, kept in a file and used. All roles are played in this
 * process, with real keys; example 8 has them apart.
 */
public final class E9TrainAndPredict {
    private static final int TRAINING = 96;
    private static final int TEST = 1000;

    private E9TrainAndPredict() {}

    /**
     * Runs the example.
     *
     * @param args a file for the model, {@code target/digits.model} if none is named
     * @throws IOException if the file cannot be written
     */
    public static void main(String[] args) throws IOException {
        Path file = Path.of(args.length > 0 ? args[0] : "target/digits.model").toAbsolutePath();
        Files.createDirectories(file.getParent());
        run(file, System.out);
    }

    /**
     * Runs the example.
     *
     * @param file for the model
     * @param out takes the text
     * @return the part of the test images that are told right
     */
    static double run(Path file, PrintStream out) {
        // The built-in digits, drawn by code. DatasetReader.csv reads features of your own, ImageSamples whole folders
        // of images.
        OrientationHistogram histogram = OrientationHistogram.H200;
        LabeledDataset training = features(histogram, SyntheticDigits.first(Split.TRAINING, TRAINING));
        LabeledDataset test = features(histogram, SyntheticDigits.first(Split.TEST, TEST));

        // Features of a histogram lie on a grid, and a cosine transform over it makes them nearly independent.
        MlrTrainer.Builder settings = MlrTrainer.encrypted()
                .scaling(ScalingKind.DCT)
                .grid(histogram.shape())
                .iterations(2);

        // What is still open is tried on parts of the training data, in the clear: it costs no key and no ciphertext.
        RehearsalTable table = settings.build().rehearse(training);
        Combination best = table.chosen().combination();
        out.printf(
                Locale.ROOT,
                "rehearsed %d combinations; best: %s, expected accuracy %.1f %%%n",
                table.rows().size(),
                best.preconditioner(),
                100 * table.chosen().accuracy());

        // Now with keys: plan, encrypt, train on ciphertexts, decrypt the weights.
        MlrModel model = settings.combination(best).build().fit(training);
        ClassificationReport report = model.evaluate(test);
        out.printf(
                Locale.ROOT,
                "trained on %d encrypted images; of %d others %.1f %% are told right%n",
                TRAINING,
                TEST,
                100 * report.accuracy());

        // One file holds weights, scaling, names of classes and how the model came about. It is in the clear: keep it
        // as its owner.
        model.write(file);
        MlrModel read = MlrModel.read(file);
        out.println("read again: equal " + read.equals(model) + ", "
                + read.provenance().settings().get("scaling") + " scaling inside");

        // Features go in as they come: the leading 1 and the scaling are the model's business.
        double[] image = test.features()[0];
        double[] scores = read.scores(image);
        out.printf(
                Locale.ROOT,
                "the first test image is a %s, says the model: %s (score %.2f of %.2f at most)%n",
                test.labelNames().get(test.labels()[0]),
                read.predictName(image),
                scores[read.predict(image)],
                Arrays.stream(scores).max().orElseThrow());
        return report.accuracy();
    }

    private static LabeledDataset features(OrientationHistogram histogram, ImageSet images) {
        return new LabeledDataset(histogram.extractAll(images), images.labels(), 10);
    }
}
