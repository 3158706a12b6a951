package io.github.hecnn.mlr.transfer.network.inference;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.core.sampling.RandomSource;
import io.github.hecnn.mlr.RealData;
import io.github.hecnn.mlr.data.DatasetReader;
import io.github.hecnn.mlr.data.ImageSet;
import io.github.hecnn.mlr.transfer.network.Network;
import io.github.hecnn.mlr.transfer.network.train.DigitNetworks;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** MNIST at 128 bits: 1,000 encrypted images by both networks, trained by the library. */
@Tag("slow")
class EncryptedDigitsTest {
    private static final int IMAGES = 1000;
    private static final Map<Boolean, Network> TRAINED = new HashMap<>();

    private static ImageSet images(String kind) {
        return DatasetReader.idx(
                RealData.file("mnist/" + kind + "-images-idx3-ubyte.gz"),
                RealData.file("mnist/" + kind + "-labels-idx1-ubyte.gz"));
    }

    private static Network trained(boolean cnn) {
        ImageSet training = images("train");
        return DigitNetworks.train(
                cnn ? DigitNetworks.smallCnn(1) : DigitNetworks.wideCubic(1),
                DigitNetworks.pixels(training),
                training.labels(),
                1);
    }

    @ParameterizedTest
    @CsvSource({"true, 4, false", "true, 2, true", "false, 8, false", "false, 4, true"})
    void a1000EncryptedImagesAreClassifiedAsInTheClear(boolean cnn, int lanes, boolean fast) {
        Network network = TRAINED.computeIfAbsent(cnn, EncryptedDigitsTest::trained);
        ImageSet test = images("t10k").first(IMAGES);
        double[][] x = DigitNetworks.pixels(test);
        double[][] plain = network.applyAll(x);
        InferenceServer.Builder builder =
                InferenceServer.builder(network).lanes(lanes).outputBound(DigitNetworks.OUTPUT_BOUND);
        InferenceServer server = (fast ? builder.fast() : builder).build();
        InferenceClient client = InferenceClient.of(server.profile(), RandomSource.reproducible(5));
        assertThat(client.evaluationKeys().memoryBytes()).isLessThan(100_000_000);
        InferenceSession session = server.open(client.evaluationKeys(), client.publicKey(), IMAGES);
        int right = 0;
        int same = 0;
        double error = 0;
        for (int from = 0; from < IMAGES; from += lanes) {
            double[][] some = Arrays.copyOfRange(x, from, from + lanes);
            Ciphertext answer = session.answer(client.encrypt(some));
            int[] classes = client.classes(answer, lanes);
            double[][] y = client.decrypt(answer, lanes);
            for (int i = 0; i < lanes; i++) {
                double[] p = plain[from + i];
                right += classes[i] == test.labels()[from + i] ? 1 : 0;
                same += p[classes[i]] == Arrays.stream(p).max().orElseThrow() ? 1 : 0;
                for (int c = 0; c < p.length; c++) {
                    error = Math.max(error, Math.abs(y[i][c] - p[c]));
                    assertThat(Math.abs(p[c])).isLessThan(DigitNetworks.OUTPUT_BOUND);
                }
            }
        }
        assertThat(right).isGreaterThanOrEqualTo(970);
        assertThat(same).isGreaterThanOrEqualTo(999);
        assertThat(error)
                .isLessThan(9 * InferenceParameters.DEVIATION * server.profile().outputFactor());
    }
}
