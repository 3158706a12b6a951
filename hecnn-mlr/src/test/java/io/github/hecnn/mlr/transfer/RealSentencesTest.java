package io.github.hecnn.mlr.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.hecnn.mlr.encoder.text.SentenceModel;
import io.github.hecnn.mlr.transfer.text.TextDataset;
import io.github.hecnn.mlr.transfer.text.TextTask;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a plain logistic head of 100 texts reaches on embeddings of the public texts, in per cent, mean of five choices of the texts. */
@Tag("slow")
class RealSentencesTest {
    private static final double WEIGHT_DECAY = 0.0025;
    private static final int STEPS = 2000;

    @ParameterizedTest
    @CsvSource({"amazon, 84.6", "imdb, 85.8", "yelp, 84.9", "youtube, 89.2", "sms, 94.2"})
    void realEmbeddingsAreFarAheadOfHashedWords(String task, double expected) {
        String data = System.getenv("HECNN_DATA");
        assumeTrue(data != null && Files.isDirectory(Path.of(data, "text")), "HECNN_DATA names no folder with text");
        TextDataset texts = TextTask.of(task).load(Path.of(data, "text"));
        double real = accuracy(texts, SentenceModel.MINI_LM);
        assertThat(real).isCloseTo(expected, within(1.5));
        assertThat(real).isGreaterThan(accuracy(texts, SentenceModel.HASHED) + 2);
    }

    private static double accuracy(TextDataset texts, SentenceModel sentences) {
        double sum = 0;
        for (int seed = 1; seed <= 5; seed++) {
            long s = seed;
            TargetTask task = sentences.use(encoder -> new TargetTask(texts, encoder, 100, 1000, s));
            double[] weights = logistic(task.train(), task.trainLabels());
            int right = 0;
            for (int i = 0; i < task.test().length; i++) {
                right += (score(weights, task.test()[i]) > 0 ? 1 : 0) == task.testLabels()[i] ? 1 : 0;
            }
            sum += 100.0 * right / task.test().length;
        }
        return sum / 5;
    }

    /** Accelerated gradient steps on the penalised likelihood; the last weight is the intercept. */
    private static double[] logistic(double[][] x, int[] y) {
        int d = x[0].length;
        double[] w = new double[d + 1];
        double[] v = new double[d + 1];
        double step = 1 / (0.25 * x.length * 2 + WEIGHT_DECAY); // rows have norm 1, and a one is added
        for (int t = 0; t < STEPS; t++) {
            double[] gradient = new double[d + 1];
            for (int i = 0; i < x.length; i++) {
                double error = y[i] - 1 / (1 + Math.exp(-score(v, x[i])));
                for (int k = 0; k < d; k++) {
                    gradient[k] += error * x[i][k];
                }
                gradient[d] += error;
            }
            for (int k = 0; k <= d; k++) {
                double next = v[k] + step * (gradient[k] - (k < d ? WEIGHT_DECAY * v[k] : 0));
                v[k] = next + t / (t + 3.0) * (next - w[k]);
                w[k] = next;
            }
        }
        return w;
    }

    private static double score(double[] w, double[] x) {
        double sum = w[x.length];
        for (int k = 0; k < x.length; k++) {
            sum += w[k] * x[k];
        }
        return sum;
    }
}
