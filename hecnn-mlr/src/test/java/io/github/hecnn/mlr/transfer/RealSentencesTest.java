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

/** What a head of 100 texts reaches on the embeddings of the public texts, in per cent. */
@Tag("slow")
class RealSentencesTest {
    @ParameterizedTest
    @CsvSource({"amazon, 84.6, 72.0", "imdb, 85.8, 61.1", "yelp, 84.9, 66.5", "youtube, 89.2, 84.9", "sms, 94.2, 87.8"})
    void aHeadOnRealEmbeddings(String task, double miniLm, double hashed) {
        String data = System.getenv("HECNN_DATA");
        assumeTrue(data != null && Files.isDirectory(Path.of(data, "text")), "HECNN_DATA names no folder with text");
        TextDataset texts = TextTask.of(task).load(Path.of(data, "text"));
        assertThat(accuracy(texts, SentenceModel.MINI_LM)).isCloseTo(miniLm, within(1.5));
        assertThat(accuracy(texts, SentenceModel.HASHED)).isCloseTo(hashed, within(1.5));
    }

    /** Means over five choices of the examples. */
    private static double accuracy(TextDataset texts, SentenceModel sentences) {
        double sum = 0;
        for (int seed = 1; seed <= 5; seed++) {
            long s = seed;
            TargetTask task = sentences.use(encoder -> new TargetTask(texts, encoder, 100, 1000, s));
            sum += task.head(task.inputs()).metrics().accuracy();
        }
        System.out.println(texts.name() + " " + sentences.label() + " " + 100 * sum / 5);
        return 100 * sum / 5;
    }
}
