package io.github.hecnn.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.hecnn.ckks.bootstrap.BootstrapKeyGenerator;
import io.github.hecnn.ckks.bootstrap.BootstrapKeys;
import io.github.hecnn.ckks.bootstrap.BootstrapParameters;
import io.github.hecnn.ckks.bootstrap.BootstrapPreset;
import io.github.hecnn.ckks.bootstrap.Bootstrapper;
import io.github.hecnn.ckks.circuit.CkksSlotAlgebra;
import io.github.hecnn.ckks.circuit.SimulatedSlotAlgebra;
import io.github.hecnn.ckks.circuit.SimulatedVector;
import io.github.hecnn.ckks.circuit.SlotAlgebra;
import io.github.hecnn.ckks.keys.KeyGenerator;
import io.github.hecnn.ckks.keys.SecretKey;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.ckks.params.SecurityLevel;
import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.ckks.scheme.CkksEncoder;
import io.github.hecnn.ckks.scheme.Decryptor;
import io.github.hecnn.ckks.scheme.Encryptor;
import io.github.hecnn.ckks.scheme.Evaluator;
import io.github.hecnn.core.parallel.WorkerPool;
import io.github.hecnn.mlr.MlrTrainer;
import io.github.hecnn.mlr.approx.SigmoidApproximation;
import io.github.hecnn.mlr.data.LabeledDataset;
import io.github.hecnn.mlr.model.MlrModel;
import io.github.hecnn.mlr.roles.row.LongCloud;
import io.github.hecnn.mlr.roles.row.LongListener;
import io.github.hecnn.mlr.roles.row.LongOwner;
import io.github.hecnn.mlr.roles.row.LongResult;
import io.github.hecnn.mlr.roles.row.LongSettings;
import io.github.hecnn.mlr.roles.row.PreparedLongTraining;
import io.github.hecnn.mlr.serving.AnswerKind;
import io.github.hecnn.mlr.serving.CloudPredictor;
import io.github.hecnn.mlr.serving.EncryptedAnswers;
import io.github.hecnn.mlr.serving.Predictions;
import io.github.hecnn.mlr.serving.QueryProfile;
import io.github.hecnn.mlr.serving.Question;
import io.github.hecnn.mlr.serving.ServingOwner;
import io.github.hecnn.mlr.serving.ServingParameters;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code of pages on single subjects. */
class DocsPagesTest {
    @Test
    void aCiphertextIsRefreshed() {
        BootstrapPreset preset = BootstrapPreset.TEST_12;
        // docs/bootstrapping.md of keys starts
        BootstrapParameters p = preset.parameters(); // BootstrapPreset.BOOT_16, for example
        CkksContext context = CkksContext.create(p.ckksParameters());
        SecretKey secret = new KeyGenerator(context).secretKey();
        BootstrapKeys keys =
                new BootstrapKeyGenerator(context, p).keys(secret); // for the server, as evaluation keys are
        // docs/bootstrapping.md of keys ends
        CkksEncoder encoder = new CkksEncoder(context);
        Ciphertext used =
                Encryptor.withSecretKey(context, secret).encrypt(encoder.encode(new double[] {0.5, -0.25}, 3));

        // docs/bootstrapping.md of refreshing starts
        Bootstrapper bootstrapper = new Bootstrapper(context, p, keys); // encodes tables; make one and share it
        Ciphertext fresh = bootstrapper.refresh(used); // level 3 or more in, 11 out with BOOT_16
        // docs/bootstrapping.md of refreshing ends
        double[] found = encoder.decode(new Decryptor(context, secret).decrypt(fresh));
        assertThat(found[0]).isCloseTo(0.5, within(1e-5));
        assertThat(fresh.level()).isEqualTo(p.outputLevel());

        // docs/bootstrapping.md of circuits starts
        SlotAlgebra<Ciphertext> real = new CkksSlotAlgebra(new Evaluator(context, keys.evaluationKeys()), bootstrapper);
        SlotAlgebra<SimulatedVector> rehearsal = SimulatedSlotAlgebra.builder(p.ckksParameters())
                .refreshing(p.refreshLimits())
                .build();
        // docs/bootstrapping.md of circuits ends
        assertThat(real.maxLevel()).isEqualTo(rehearsal.maxLevel());
        BootstrapParameters usual = BootstrapPreset.BOOT_16.parameters();
        assertThat(usual.inputLevel()).isEqualTo(3);
        assertThat(usual.outputLevel()).isEqualTo(11);
    }

    @Test
    void aLongTrainingGoesThroughThreeProcesses(@TempDir Path folder) throws IOException {
        LabeledDataset dataset = samples(6, 3, 2048);
        LongSettings settings = LongSettings.builder()
                .iterations(2)
                .batch(1024)
                .groupWidth(4)
                .logRingDegree(11)
                .sigmoid(SigmoidApproximation.WEIGHTED_7)
                .security(SecurityLevel.NONE)
                .build();
        Path own = folder.resolve("own");
        Path exchange = folder.resolve("exchange");
        WorkerPool workers = WorkerPool.common();
        LongCloud cloud = LongCloud.on(workers).ofAnySecurity();
        // docs/long-training.md of roles starts
        PreparedLongTraining training =
                PreparedLongTraining.of(dataset, settings); // LongSettings.builder().iterations(40).build()
        System.out.print(training.plan().table(2)); // seconds, memory, upload, disk; nothing has been encrypted yet
        LongOwner.write(training, own, exchange, workers, LongListener.QUIET); // process 1: keys and encrypted data

        cloud.train(exchange); // process 2: LongCloud.on(workers)

        LongResult result = LongOwner.read(own, exchange, workers).open(); // process 3: the owner, without its data
        MlrModel model = result.model(); // takes features as they come
        // docs/long-training.md of roles ends
        assertThat(result.iterations()).isEqualTo(2);
        assertThat(model.evaluate(samples(6, 3, 500)).accuracy()).isGreaterThan(0.8);
    }

    @Test
    void anEncryptedModelAnswersEncryptedQueries() {
        MlrModel model = MlrTrainer.plain().iterations(1).build().fit(samples(200, 10, 400));
        double[][] features = Arrays.copyOf(samples(200, 10, 20).features(), 20);
        // docs/serving.md of a question starts
        // owner of the secret key, here of a model in the clear
        ServingParameters parameters = ServingParameters.of(201, 10, AnswerKind.PLAIN, SecurityLevel.CLASSICAL_128);
        CkksContext context = CkksContext.create(parameters.parameters());
        QueryProfile profile = QueryProfile.of("digits", model, parameters);
        ServingOwner owner = ServingOwner.of(context, parameters, profile, new KeyGenerator(context).secretKey());

        // cloud: model, public profile and keys hold nothing secret
        CloudPredictor cloud = CloudPredictor.of(context, owner.encrypt(model), profile.publicProfile(), owner.keys());

        Question question = owner.ask(features); // as they come; scaling is inside
        EncryptedAnswers answers = cloud.answer(question.encrypted()); // at level 0
        Predictions predictions = owner.read(question, answers); // classes, scores, and what these are off by at most
        // docs/serving.md of a question ends
        assertThat(predictions.labels()).isEqualTo(model.predict(features));
    }

    /** Noise around a point for each class. */
    private static LabeledDataset samples(int features, int classes, int count) {
        Random random = new Random(count);
        double[][] x = new double[count][features];
        int[] labels = new int[count];
        for (int i = 0; i < count; i++) {
            int label = i % classes;
            labels[i] = label;
            Arrays.setAll(x[i], k -> (k % classes == label ? 1 : 0) + 0.4 * random.nextGaussian());
        }
        return new LabeledDataset(x, labels, classes);
    }
}
