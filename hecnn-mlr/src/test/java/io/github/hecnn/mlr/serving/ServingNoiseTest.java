package io.github.hecnn.mlr.serving;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hecnn.ckks.keys.KeyGenerator;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.ckks.params.SecurityLevel;
import io.github.hecnn.core.sampling.RandomSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Errors of answers against what is promised of them, in the ring that a model is served in. */
class ServingNoiseTest {
    @ParameterizedTest
    @CsvSource({"1, 40", "9, 10", "100, 2", "1000, 1"})
    void deviationsAreThoseOfTheModel(int queries, int times) {
        Served small = Served.of(AnswerKind.PLAIN, 1);
        ServingParameters parameters = ServingParameters.of(
                Served.FEATURES + 1, Served.CLASSES, AnswerKind.PLAIN, SecurityLevel.CLASSICAL_128);
        CkksContext context = CkksContext.create(parameters.parameters());
        ServingOwner owner = ServingOwner.of(
                context,
                parameters,
                QueryProfile.of("random", small.model(), parameters),
                new KeyGenerator(context, RandomSource.reproducible(1)).secretKey(),
                RandomSource.reproducible(2));
        CloudPredictor cloud = CloudPredictor.of(
                context, owner.encrypt(small.model()), owner.profile().publicProfile(), owner.keys());
        double squares = 0;
        double most = 0;
        int count = 0;
        for (int t = 0; t < times; t++) {
            double[][] samples = Served.samples(queries, t);
            double[][] expected = small.model().scores(samples);
            Question question = owner.ask(samples);
            Predictions found = owner.read(question, cloud.answer(question.encrypted()));
            for (int i = 0; i < queries; i++) {
                double deviation = found.errors()[i] / 12;
                for (int c = 0; c < Served.CLASSES; c++) {
                    double off = (found.scores()[i][c] - expected[i][c]) / deviation;
                    squares += off * off;
                    most = Math.max(most, Math.abs(off));
                    count++;
                }
            }
        }
        assertThat(Math.sqrt(squares / count)).as("of the promised deviation").isBetween(0.1, 1.0);
    }
}
