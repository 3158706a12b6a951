package io.github.hecnn.mlr.roles.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.hecnn.mlr.approx.Response;
import io.github.hecnn.mlr.approx.SigmoidApproximation;
import io.github.hecnn.mlr.data.LabeledDataset;
import io.github.hecnn.mlr.recipe.MlrConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the owner chooses before it makes keys. */
class LongRehearsalTest {
    private static final LabeledDataset DATA = LongFixture.data(1024, 1);

    private static LongSettings.Builder settings() {
        return LongFixture.settings().batch(512).iterations(20).extendableTo(20);
    }

    @Test
    void theIntervalIsOneThatHoldsWithTheSmallestLoss() {
        PreparedLongTraining chosen = PreparedLongTraining.of(DATA, settings().build());
        MlrConfig config = chosen.plan().config();
        assertThat(chosen.settings().sigmoids()).hasSizeGreaterThan(5).contains(config.sigmoid());
        assertThat(chosen.rehearsal().scores())
                .allMatch(s -> s.lowest() >= 0.75 * config.sigmoid().lo()
                        && s.highest() <= 0.75 * config.sigmoid().hi());
        String taken = "degree 15 on [" + config.sigmoid().lo() + ", "
                + config.sigmoid().hi() + "], step " + config.learningRate() + " -> scores in [";
        List<String> same = chosen.tried().stream()
                .filter(t -> t.contains(", step " + config.learningRate() + " -> ") && t.contains("loss"))
                .toList();
        assertThat(same).anyMatch(t -> t.startsWith(taken)).allMatch(t -> loss(t) >= loss(with(taken, same)));
    }

    private static String with(String start, List<String> tried) {
        return tried.stream().filter(t -> t.startsWith(start)).findFirst().orElseThrow();
    }

    private static double loss(String tried) {
        return Double.parseDouble(tried.substring(tried.indexOf("loss ") + 5));
    }

    /** Nobody sees errors in an encrypted run, whoever chose the step. */
    @Test
    void aGivenStepIsHeldToTheGrowthOfErrorsUnlessThatIsAllowedByName() {
        double refused = 0;
        for (double step : new double[] {1, 2, 4, 8}) {
            LongSettings strict =
                    settings().learningRate(step).maxErrorGrowth(1).build();
            String text = refusal(strict);
            if (text.contains(" -> errors grow ")) {
                refused = step;
                assertThat(text)
                        .startsWith("long training: expected scores within the interval and errors that grow at most 1"
                                + " times, found [degree 15 on [")
                        .contains("LongSettings.Builder.maxErrorGrowth")
                        .doesNotContain("\n");
            }
        }
        assertThat(refused).as("a step at which errors grow").isPositive();
        PreparedLongTraining allowed = PreparedLongTraining.of(
                DATA, settings().learningRate(refused).maxErrorGrowth(1e9).build());
        assertThat(allowed.plan().config().learningRate()).isEqualTo(refused);
        assertThatThrownBy(() -> settings().maxErrorGrowth(0.5))
                .hasMessageContaining("a growth of errors of 1 or more");
    }

    /** Empty if there is none. */
    private static String refusal(LongSettings settings) {
        try {
            PreparedLongTraining.of(DATA, settings);
            return "";
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
    }

    @ParameterizedTest
    @CsvSource({"SIGMOID, 7", "SIGMOID, 31", "SOFTMAX_LIKE, 15"})
    void otherDegreesAndASoftmaxLikeLossTrainEncryptedAsInTheClear(Response response, int degree, @TempDir Path folder)
            throws IOException {
        PreparedLongTraining training = PreparedLongTraining.of(
                DATA,
                settings()
                        .batch(1024)
                        .iterations(4)
                        .extendableTo(4)
                        .sigmoids(response.onIntervals(degree))
                        .build());
        assertThat(training.plan().config().sigmoid().degree()).isEqualTo(degree);
        LongFixture.write(training, folder);
        LongFixture.cloud().train(folder.resolve("exchange"));
        LongResult result = LongFixture.owner(folder).open();
        LabeledDataset heldOut = LongFixture.data(1000, 2);
        double clear = training.rehearsed(4).evaluate(heldOut).accuracy();
        assertThat(clear).isGreaterThan(0.6);
        assertThat(result.model().evaluate(heldOut).accuracy()).isCloseTo(clear, within(0.01));
    }

    @Test
    void theSoftmaxLikeResponseIsAnExponentialThatEndsAtOne() {
        assertThat(Response.SOFTMAX_LIKE.applyAsDouble(-8)).isCloseTo(Math.exp(-8), within(1e-7));
        assertThat(Response.SOFTMAX_LIKE.applyAsDouble(40)).isEqualTo(1);
        SigmoidApproximation p = Response.SOFTMAX_LIKE.weighted(15, -12, 8, -2, 3, 0.003);
        for (double z = -8; z <= 4; z += 0.25) {
            assertThat(p.applyAsDouble(z))
                    .as("at %s", z)
                    .isCloseTo(Response.SOFTMAX_LIKE.applyAsDouble(z), within(0.05));
        }
        assertThat(Response.SIGMOID.weighted(15, -24, 16, -4, 5, 0.003)).isEqualTo(SigmoidApproximation.WEIGHTED_15);
    }

    @Test
    void polynomialsOfSeveralNumbersOfLevelsAreRefused() {
        assertThatThrownBy(() ->
                        settings().sigmoids(List.of(SigmoidApproximation.WEIGHTED_15, SigmoidApproximation.WEIGHTED_7)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("polynomials of one number of levels, found 2");
        assertThatThrownBy(() -> settings().sigmoids(List.of())).hasMessageContaining("found 0");
    }
}
