package io.github.hecnn.mlr.serving;

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
import java.util.stream.IntStream;

/** A random model, its owner and the cloud that serves it, in a small ring that is not secure. */
record Served(MlrModel model, ServingOwner owner, ServingKeys keys, CloudPredictor cloud) {
    static final int FEATURES = 21;
    static final int CLASSES = 10;

    static double[][] samples(int count, long seed) {
        Random random = new Random(seed);
        double[][] out = new double[count][FEATURES];
        for (double[] row : out) {
            for (int k = 0; k < row.length; k++) {
                row[k] = 5 + (k + 1) * random.nextGaussian();
            }
        }
        return out;
    }

    static MlrModel model(long seed) {
        Random random = new Random(seed);
        double[][] weights = new double[CLASSES][FEATURES + 1];
        for (double[] row : weights) {
            for (int k = 0; k < row.length; k++) {
                row[k] = random.nextGaussian();
            }
        }
        List<String> names =
                IntStream.range(0, CLASSES).mapToObj(c -> "class " + c).toList();
        List<String> columns =
                IntStream.range(0, FEATURES).mapToObj(k -> "column " + k).toList();
        return new MlrModel(
                new LinearModel(weights, names),
                FeatureScaler.fit(ScalingKind.STANDARDIZE, samples(200, 7), null),
                columns,
                Provenance.EMPTY);
    }

    static Served of(AnswerKind kind, long keySeed) {
        MlrModel model = model(3);
        ServingParameters parameters = ServingParameters.of(FEATURES + 1, CLASSES, kind, SecurityLevel.NONE);
        CkksContext context = CkksContext.create(parameters.parameters());
        ServingOwner owner = ServingOwner.of(
                context,
                parameters,
                QueryProfile.of("random", model, parameters),
                new KeyGenerator(context, RandomSource.seeded(keySeed)).secretKey(),
                RandomSource.seeded(keySeed + 1));
        ServingKeys keys = owner.keys();
        CloudPredictor cloud =
                CloudPredictor.of(context, owner.encrypt(model), owner.profile().publicProfile(), keys);
        return new Served(model, owner, keys, cloud);
    }

    CloudPredictor flooding(int answers, int bits) {
        return cloud.flooding(answers, bits, RandomSource.seeded(9));
    }
}
