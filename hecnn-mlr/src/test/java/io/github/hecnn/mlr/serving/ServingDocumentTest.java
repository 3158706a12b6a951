package io.github.hecnn.mlr.serving;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hecnn.ckks.keys.KeyGenerator;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.ckks.params.SecurityLevel;
import io.github.hecnn.mlr.model.MlrModel;
import org.junit.jupiter.api.Test;

/** The code of docs/serving.md, at 128 bits. */
class ServingDocumentTest {
    @Test
    void theCodeOfTheDocumentAnswers() {
        MlrModel model = Served.model(5);
        double[][] samples = Served.samples(40, 6);
        int features = Served.FEATURES + 1;
        int classes = Served.CLASSES;
        // docs/serving.md of one model starts
        // owner of the secret key, here of a model in the clear; features with the leading 1
        SecurityLevel security = SecurityLevel.CLASSICAL_128;
        ServingParameters parameters = ServingParameters.of(features, classes, AnswerKind.PLAIN, security);
        CkksContext context = CkksContext.create(parameters.parameters());
        QueryProfile profile = QueryProfile.of("digits", model, parameters);
        ServingOwner owner = ServingOwner.of(context, parameters, profile, new KeyGenerator(context).secretKey());

        // cloud: model, public profile and keys hold nothing secret
        EncryptedModel encrypted = owner.encrypt(model);
        CloudPredictor cloud = CloudPredictor.of(context, encrypted, profile.publicProfile(), owner.keys());

        Question question = owner.ask(samples); // as they come; scaling is inside
        EncryptedAnswers answers = cloud.answer(question.encrypted()); // at level 0
        Predictions predictions = owner.read(question, answers); // classes, scores, and their errors at most
        // docs/serving.md of one model ends
        for (int i = 0; i < samples.length; i++) {
            assertThat(predictions.labels()[i]).isEqualTo(model.predict(samples[i]));
        }
    }
}
