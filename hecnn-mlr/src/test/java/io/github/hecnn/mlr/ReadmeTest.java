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
import io.github.hecnn.mlr.data.DatasetReader;
import io.github.hecnn.mlr.data.LabeledDataset;
import io.github.hecnn.mlr.data.TrainTestSplit;
import io.github.hecnn.mlr.features.FeatureScaler;
import io.github.hecnn.mlr.model.ClassificationReport;
import io.github.hecnn.mlr.model.LinearModel;
import io.github.hecnn.mlr.model.MlrModel;
import io.github.hecnn.mlr.plan.PlanLimits;
import io.github.hecnn.mlr.plan.TrainingPlan;
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
import org.junit.jupiter.api.io.TempDir;

/** The code of the README: it compiles, it does what it says, and the README shows this very text. */
class ReadmeTest {
    private static final Path README = Path.of("..", "README.md");
    private static final Path SELF = Path.of("src", "test", "java", "io", "github", "hecnn", "mlr", "ReadmeTest.java");

    private static LinearModel train(double[][] features, int[] labels, int classes) {
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
        List<Ciphertext> uploads = plan
                .recipe()
                .encodeInputs(x, labels, plan.recipe().scaling(x))
                .stream()
                .map(v -> encryptor.encrypt(v.encoded(encoder)))
                .toList();

        CkksSlotAlgebra algebra = new CkksSlotAlgebra(context, keys); // cloud: evaluation keys and ciphertexts only
        List<List<Ciphertext>> trained = plan.recipe().train(algebra, uploads, TrainingListener.NONE);

        Decryptor decryptor = new Decryptor(context, secret); // data owner again
        List<PlainVector> slots = trained.get(1).stream()
                .map(c -> PlainVector.decoded(encoder, decryptor.decrypt(c)))
                .toList();
        LinearModel model =
                new LinearModel(plan.recipe().decodeWeights(slots, plan.recipe().scaling(x)));
        // README ends
        return model;
    }

    private static String[] fit(Path csv, Path file, double[] sample) {
        // README of fit starts
        LabeledDataset trees = DatasetReader.csv(csv); // header, separator and label column are found
        TrainTestSplit parts = TrainTestSplit.stratified(trees, 60, 1);
        MlrModel model = MlrTrainer.encrypted().iterations(2).build().fit(parts.training());
        ClassificationReport report = model.evaluate(parts.test());
        model.write(file); // weights, scaling, names of classes and settings
        String name = MlrModel.read(file).predictName(sample); // features as they come
        // README of fit ends
        return new String[] {name, report.toString()};
    }

    @Test
    void theShortCodePredicts(@TempDir Path folder) throws IOException {
        Random random = new Random(2);
        StringBuilder text = new StringBuilder("height,width,tree\n");
        for (int i = 0; i < 80; i++) {
            boolean ash = i % 2 == 0;
            text.append((ash ? 30 : 20) + random.nextGaussian())
                    .append(',')
                    .append(0.1 * (random.nextGaussian() + (ash ? 0 : 3)))
                    .append(ash ? ",ash\n" : ",beech\n");
        }
        Path csv = Files.writeString(folder.resolve("trees.csv"), text);
        String[] ash = fit(csv, folder.resolve("trees.model"), new double[] {30, 0});
        assertThat(ash[0]).isEqualTo("ash");
        assertThat(ash[1]).startsWith("accuracy 100.00 % (20 of 20)");
        assertThat(fit(csv, folder.resolve("trees.model"), new double[] {20, 0.3})[0])
                .isEqualTo("beech");
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
        LinearModel model = train(features, labels, 3);
        double[][] x = FeatureScaler.withOnes(features);
        LinearModel plain = new LinearModel(
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
        String fit = shown("README of fit");
        assertThat(fit.chars().filter(c -> c == ';').count()).isLessThanOrEqualTo(6);
        assertThat(Files.readString(README)).contains(fit);
        String code = shown("README");
        assertThat(code.lines().count()).isBetween(15L, 30L);
        assertThat(Files.readString(README)).contains(code);
    }

    private static String shown(String mark) throws IOException {
        return Files.readAllLines(SELF).stream()
                .dropWhile(line -> !line.contains("// " + mark + " starts"))
                .skip(1)
                .takeWhile(line -> !line.contains("// " + mark + " ends"))
                .map(line -> line.isBlank() ? "" : line.substring(8))
                .collect(Collectors.joining("\n"));
    }
}
