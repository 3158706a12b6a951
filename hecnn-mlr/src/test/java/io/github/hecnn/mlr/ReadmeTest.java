package io.github.hecnn.mlr;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hecnn.ckks.circuit.CkksSlotAlgebra;
import io.github.hecnn.ckks.circuit.PlainVector;
import io.github.hecnn.ckks.keys.EvaluationKeys;
import io.github.hecnn.ckks.keys.KeyGenerator;
import io.github.hecnn.ckks.keys.RotationSteps;
import io.github.hecnn.ckks.keys.SecretKey;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.ckks.scheme.CkksEncoder;
import io.github.hecnn.ckks.scheme.Decryptor;
import io.github.hecnn.ckks.scheme.Encryptor;
import io.github.hecnn.mlr.features.FeatureScaler;
import io.github.hecnn.mlr.model.MlrModel;
import io.github.hecnn.mlr.plan.PlanLimits;
import io.github.hecnn.mlr.plan.TrainingPlan;
import io.github.hecnn.mlr.recipe.ColumnScaling;
import io.github.hecnn.mlr.recipe.MlrConfig;
import io.github.hecnn.mlr.recipe.TrainingListener;
import io.github.hecnn.mlr.recipe.packed.PackedRecipe;
import io.github.hecnn.mlr.recipe.plain.PlainTrainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The code of the README: it compiles, it does what it says, and the README shows this very text. */
class ReadmeTest {
    private static final Path README = Path.of("..", "README.md");
    private static final Path SELF = Path.of("src", "test", "java", "io", "github", "hecnn", "mlr", "ReadmeTest.java");

    private static MlrModel train(double[][] features, int[] labels, int classes) {
        // README starts
        double[][] x = FeatureScaler.withOnes(features); // data owner: [samples][1 + features], scaled to about [-1, 1]
        MlrConfig config = MlrConfig.of(x.length, x[0].length, classes, 2);
        TrainingPlan plan = TrainingPlan.smallest(config, PackedRecipe::of, PlanLimits.DEFAULT);
        CkksContext context = CkksContext.create(plan.parameters());
        KeyGenerator generator = new KeyGenerator(context);
        SecretKey secret = generator.secretKey();
        RotationSteps steps = RotationSteps.of(plan.rotationSteps());
        EvaluationKeys keys = generator.evaluationKeys(secret, steps, plan.needsConjugation());
        CkksEncoder encoder = new CkksEncoder(context);
        Encryptor encryptor = Encryptor.withSecretKey(context, secret);
        ColumnScaling scaling = plan.recipe().scaling(x); // all of the data that has to be kept
        List<Ciphertext> uploads = plan.recipe().encodeInputs(x, labels, scaling).stream()
                .map(v -> encryptor.encrypt(v.encoded(encoder)))
                .toList();

        CkksSlotAlgebra algebra = new CkksSlotAlgebra(context, keys); // cloud: evaluation keys and ciphertexts only
        List<List<Ciphertext>> trained = plan.recipe().train(algebra, uploads, TrainingListener.NONE);

        Decryptor decryptor = new Decryptor(context, secret); // data owner again
        List<PlainVector> slots = trained.get(1).stream()
                .map(c -> PlainVector.decoded(encoder, decryptor.decrypt(c)))
                .toList();
        MlrModel model = new MlrModel(plan.recipe().decodeWeights(slots, scaling));
        // README ends
        return model;
    }

    @Test
    void theCodeTrains() {
        Random random = new Random(1);
        double[][] features = new double[60][7];
        int[] labels = new int[60];
        for (int i = 0; i < 60; i++) {
            labels[i] = random.nextInt(3);
            for (int k = 0; k < 7; k++) {
                features[i][k] = random.nextGaussian() / 4 + (k == labels[i] ? 1 : 0);
            }
        }
        MlrModel model = train(features, labels, 3);
        double[][] x = FeatureScaler.withOnes(features);
        MlrModel plain = new MlrModel(
                PlainTrainer.train(x, labels, MlrConfig.of(60, 8, 3, 2)).get(1));
        assertThat(model.accuracy(x, labels)).isGreaterThan(0.9);
        for (int i = 0; i < 60; i++) {
            for (int j = 0; j < 3; j++) {
                assertThat(model.scores(x[i])[j])
                        .isCloseTo(plain.scores(x[i])[j], org.assertj.core.data.Offset.offset(1e-4));
            }
        }
    }

    @Test
    void theReadmeShowsThisCode() throws IOException {
        String code = Files.readAllLines(SELF).stream()
                .dropWhile(line -> !line.contains("// README starts"))
                .skip(1)
                .takeWhile(line -> !line.contains("// README ends"))
                .map(line -> line.isBlank() ? "" : line.substring(8))
                .collect(Collectors.joining("\n"));
        assertThat(code.lines().count()).isBetween(15L, 30L);
        assertThat(Files.readString(README)).contains(code);
    }
}
