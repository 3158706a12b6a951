package io.github.hecnn.mlr.transfer.network.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CommitteeTest {
    private static final int WIDTH = 30;
    private static final NetworkTrainingSettings SETTINGS = NetworkTrainingSettings.head(7);

    private final double[][] x = new double[60][WIDTH];
    private final int[] labels = new int[60];

    @BeforeEach
    void samples() {
        Random r = new Random(3);
        for (int i = 0; i < x.length; i++) {
            labels[i] = i % 3 == 0 ? 1 : 0;
            for (int k = 0; k < WIDTH; k++) {
                x[i][k] = r.nextGaussian() + 0.3 * labels[i];
            }
        }
    }

    @Test
    void oneMemberIsThatNetwork() {
        TrainableNetwork network = CryptoTlShapes.head(WIDTH, SETTINGS.seed());
        TrainingHistory history = network.fit(x, labels, SETTINGS);
        Committee one = Committee.train(1, s -> CryptoTlShapes.head(WIDTH, s), x, labels, SETTINGS);
        assertThat(one.predict(x)).isEqualTo(network.predict(x));
        assertThat(one.history()).isEqualTo(history);
    }

    @Test
    void decidesByTheMeanOfDifferentLogits() {
        List<TrainableNetwork> members = new ArrayList<>();
        Committee committee = Committee.train(
                3,
                seed -> {
                    members.add(CryptoTlShapes.head(WIDTH, seed));
                    return members.get(members.size() - 1);
                },
                x,
                labels,
                SETTINGS);
        double[] together = committee.predict(x);
        double[] first = members.get(0).logits(x);
        double[] second = members.get(1).logits(x);
        double[] third = members.get(2).logits(x);
        assertThat(first).isNotEqualTo(second).isNotEqualTo(third);
        for (int i = 0; i < x.length; i++) {
            double mean = (first[i] + second[i] + third[i]) / 3;
            assertThat(together[i]).isCloseTo(1 / (1 + Math.exp(-mean)), within(1e-9));
        }
    }

    @Test
    void theUsualHeadsRepeatAndFollowTheSeed() {
        double[] heads = CryptoTlShapes.heads(x, labels, SETTINGS).predict(x);
        assertThat(CryptoTlShapes.heads(x, labels, SETTINGS).predict(x)).isEqualTo(heads);
        assertThat(CryptoTlShapes.heads(x, labels, SETTINGS.withSeed(8)).predict(x))
                .isNotEqualTo(heads);
    }

    @Test
    void refused() {
        assertThatThrownBy(() -> Committee.train(0, s -> CryptoTlShapes.head(WIDTH, s), x, labels, SETTINGS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected at least 1 member, found 0");
        assertThatThrownBy(() -> CryptoTlShapes.heads(new double[0][], new int[0], SETTINGS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected at least 1 sample");
    }
}
