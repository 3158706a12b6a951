package io.github.hecnn.mlr.serving;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hecnn.ckks.keys.KeyGenerator;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.ckks.params.SecurityLevel;
import io.github.hecnn.core.sampling.RandomSource;
import io.github.hecnn.mlr.features.FeatureScaler;
import io.github.hecnn.mlr.features.ScalingKind;
import io.github.hecnn.mlr.model.LinearModel;
import io.github.hecnn.mlr.model.MlrModel;
import io.github.hecnn.mlr.model.Provenance;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Errors of answers against what is promised of them, in the secure ring that a model is served in. */
class ServingNoiseTest {
    private static final int CLASSES = 10;

    private static double[][] random(int rows, int columns, long seed) {
        Random random = new Random(seed);
        double[][] out = new double[rows][columns];
        for (double[] row : out) {
            for (int k = 0; k < columns; k++) {
                row[k] = random.nextGaussian();
            }
        }
        return out;
    }

    /** Deviations are promised for the worst query, so that of all is below, but not far. */
    @ParameterizedTest
    @CsvSource({"21, 1, 40", "21, 100, 1", "200, 1, 40", "200, 9, 5", "200, 1000, 1"})
    void deviationsAreThoseOfTheModel(int features, int queries, int times) {
        MlrModel model = new MlrModel(
                new LinearModel(random(CLASSES, features + 1, 3)),
                FeatureScaler.fit(ScalingKind.NONE, random(10, features, 4), null),
                List.of(),
                Provenance.EMPTY);
        ServingParameters parameters =
                ServingParameters.of(features + 1, CLASSES, AnswerKind.PLAIN, SecurityLevel.CLASSICAL_128);
        CkksContext context = CkksContext.create(parameters.parameters());
        ServingOwner owner = ServingOwner.of(
                context,
                parameters,
                QueryProfile.of("random", model, parameters),
                new KeyGenerator(context, RandomSource.reproducible(1)).secretKey(),
                RandomSource.reproducible(2));
        CloudPredictor cloud =
                CloudPredictor.of(context, owner.encrypt(model), owner.profile().publicProfile(), owner.keys());
        double squares = 0;
        int count = 0;
        for (int t = 0; t < times; t++) {
            double[][] samples = random(queries, features, t);
            double[][] expected = model.scores(samples);
            Question question = owner.ask(samples);
            Predictions found = owner.read(question, cloud.answer(question.encrypted()));
            for (int i = 0; i < queries; i++) {
                double deviation = found.errors()[i] / 12;
                for (int c = 0; c < CLASSES; c++) {
                    double off = (found.scores()[i][c] - expected[i][c]) / deviation;
                    squares += off * off;
                    count++;
                }
            }
        }
        assertThat(Math.sqrt(squares / count)).as("of the promised deviation").isBetween(0.2, 1.0);
    }
}
