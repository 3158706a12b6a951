package io.github.hecnn.mlr.serving;

import io.github.hecnn.ckks.keys.PublicKey;
import io.github.hecnn.ckks.noise.NoiseModel;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.ckks.scheme.CkksEncoder;
import io.github.hecnn.ckks.scheme.Encryptor;
import io.github.hecnn.ckks.slots.PlainVector;
import io.github.hecnn.ckks.slots.Refresher;
import io.github.hecnn.core.sampling.RandomSource;
import io.github.hecnn.mlr.features.FeatureScaler;
import io.github.hecnn.mlr.model.LinearModel;
import io.github.hecnn.mlr.model.MlrModel;
import io.github.hecnn.mlr.recipe.ColumnScaling;
import io.github.hecnn.mlr.recipe.MlrConfig;
import io.github.hecnn.mlr.recipe.plain.PlainTrainer;
import io.github.hecnn.mlr.recipe.row.RowEncoder;
import io.github.hecnn.mlr.recipe.row.RowRecipe;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * What the owner keeps to ask and to read: scaling of features, names, and the units of the ciphertexts. No weights. It tells something of the training
 * data and stays with the owner, all but {@link #publicProfile}. Immutable and thread-safe.
 */
public final class QueryProfile {
    private final MlrModel shape;
    private final double[] units;
    private final double startScore;
    private final double weightDeviation;
    private final PublicProfile known;

    QueryProfile(MlrModel shape, double[] units, double startScore, double weightDeviation, PublicProfile known) {
        this.shape = shape;
        this.units = units.clone();
        this.startScore = startScore;
        this.weightDeviation = weightDeviation;
        this.known = known;
        if (!(weightDeviation >= 0 && weightDeviation < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("query profile: expected a deviation of the weights of 0 or more, found "
                    + weightDeviation + "; make it with QueryProfile.of");
        }
        for (double u : units) {
            if (!(u >= 0 && u < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(
                        "query profile: expected units of 0 or more, found " + u + "; make it with QueryProfile.of");
            }
        }
        if (units.length != shape.linear().width()) {
            throw new IllegalArgumentException("query profile: expected units of "
                    + shape.linear().width() + " columns, the leading 1 counted, found " + units.length
                    + "; take those of the training");
        }
    }

    /**
     * For the weights that a training leaves behind.
     *
     * @param modelId names the model, 1 to 40 letters, digits and -, such as the run's
     * @param recipe of the training
     * @param columns {@link RowRecipe#scaling} of the design matrix
     * @param weightNorm of {@link #weightNorm}; the encrypted weights may get twice as large
     * @param refresh limits of the refresher, which tell how far off its errors leave the weights
     * @param untrained scaling of features and names; its weights are not looked at
     * @return the profile
     * @throws IllegalArgumentException if they are of different numbers of features or classes
     */
    public static QueryProfile ofTraining(
            String modelId,
            RowRecipe recipe,
            ColumnScaling columns,
            double weightNorm,
            Refresher.Limits refresh,
            MlrModel untrained) {
        MlrConfig config = recipe.config();
        if (untrained.classes() != config.classes() || untrained.linear().width() != config.features()) {
            throw new IllegalArgumentException("query profile: expected a model of " + config.classes()
                    + " classes and " + config.features() + " columns, found " + untrained.classes() + " and "
                    + untrained.linear().width() + "; give scaling and names of the training data");
        }
        double bound = powerFrom(2 * Math.max(weightNorm, Double.MIN_NORMAL));
        return new QueryProfile(
                withoutWeights(untrained),
                recipe.units(columns),
                config.startWeight(0, 0),
                recipe.weightDeviation(refresh.deviation()),
                new PublicProfile(modelId, bound, recipe.layout().groups() > 1));
    }

    /**
     * How large weights get in the units of the ciphertexts.
     *
     * @param recipe of the training
     * @param columns {@link RowRecipe#scaling} of the design matrix
     * @param rehearsal of {@link RowRecipe#rehearse}
     * @return the largest Euclidean norm of the weights of a class in any iteration, without those that the training starts with
     */
    public static double weightNorm(RowRecipe recipe, ColumnScaling columns, PlainTrainer.History rehearsal) {
        double[] units = recipe.units(columns);
        double most = 0;
        for (double[][] weights : rehearsal.weights()) {
            for (int j = 0; j < weights.length; j++) {
                double squares = 0;
                for (int k = 0; k < weights[j].length; k++) {
                    double w =
                            units[k] == 0 ? 0 : (weights[j][k] - recipe.config().startWeight(j, k)) / units[k];
                    squares += w * w;
                }
                most = Math.max(most, Math.sqrt(squares));
            }
        }
        return most;
    }

    /**
     * For a model that its owner has, and encrypts with {@link ServingOwner#encrypt}.
     *
     * @param modelId names the model, 1 to 40 letters, digits and -
     * @param model in the clear
     * @param parameters of serving it
     * @return the profile; the public part tells nothing of the model but its shape
     * @throws IllegalArgumentException if the parameters are for another number of features or classes, or all weights are zero
     */
    public static QueryProfile of(String modelId, MlrModel model, ServingParameters parameters) {
        LinearModel linear = model.linear();
        if (linear.width() != parameters.layout().features()
                || linear.classes() != parameters.layout().classes()) {
            throw new IllegalArgumentException("query profile: expected a model of "
                    + parameters.layout().classes() + " classes and "
                    + parameters.layout().features() + " columns, found " + linear.classes() + " and " + linear.width()
                    + "; make the parameters for this model");
        }
        double most = 0;
        for (double[] row : linear.weights()) {
            double squares = 0;
            for (double w : row) {
                squares += w * w;
            }
            most = Math.max(most, Math.sqrt(squares));
        }
        if (most == 0) {
            throw new IllegalArgumentException(
                    "query profile: expected weights, found only zeros; give a trained model");
        }
        double norm = Math.sqrt(parameters.scoreBound() / 2);
        double[] units = new double[linear.width()];
        Arrays.fill(units, powerFrom(most) / norm);
        // Whoever encrypts it: with the secret key there is less noise.
        double fresh = NoiseModel.ofPublicKeyEncryption(parameters.parameters()).fresh(parameters.level());
        return new QueryProfile(withoutWeights(model), units, 0, fresh, new PublicProfile(modelId, norm, false));
    }

    /**
     * Encrypts a model for a cloud under the public key of an asker who shall not have it. The asker must never see what is returned, only answers to it:
     * {@link AnswerKind#FLOODED} ones.
     *
     * @param context context of {@link ServingParameters#parameters}
     * @param parameters of serving
     * @param model that of this profile
     * @param publicKey the asker's, of {@link ServingKeys}
     * @param random of the encryption: {@link RandomSource#secure} but for tests
     * @return its weights, encrypted
     * @throws IllegalArgumentException as {@link ServingOwner#encrypt}
     * @throws io.github.hecnn.ckks.error.HeException if the key has other parameters, or secure parameters meet a source of
     *     {@link RandomSource#seeded}
     */
    public EncryptedModel encrypt(
            CkksContext context,
            ServingParameters parameters,
            MlrModel model,
            PublicKey publicKey,
            RandomSource random) {
        CkksContext low = parameters.context(context);
        CkksEncoder encoder = new CkksEncoder(low);
        Encryptor encryptor = Encryptor.withPublicKey(low, publicKey, random);
        return encrypt(parameters, model, v -> encryptor.encrypt(v.encoded(encoder, parameters.level())));
    }

    EncryptedModel encrypt(ServingParameters parameters, MlrModel model, Function<PlainVector, Ciphertext> encryptor) {
        if (known.merged() || startScore != 0) {
            throw new IllegalArgumentException("encrypt model: expected the profile of a model in the clear, found that"
                    + " of a training; make one with QueryProfile.of");
        }
        if (!model.scaling().equals(shape.scaling()) || !model.labelNames().equals(labelNames())) {
            throw new IllegalArgumentException("encrypt model: expected the model of the profile, of " + features()
                    + " features and classes " + labelNames() + ", found one of other classes or another"
                    + " scaling of features; make the profile for this model (QueryProfile.of)");
        }
        double[][] weights = model.linear().weights();
        for (double[] row : weights) {
            double squares = 0;
            for (int k = 0; k < row.length; k++) {
                row[k] /= units[k];
                squares += row[k] * row[k];
            }
            if (!(Math.sqrt(squares) <= known.weightNorm())) {
                throw new IllegalArgumentException("encrypt model: expected weights of a norm up to "
                        + known.weightNorm() * units[0] + ", found " + Math.sqrt(squares) * units[0]
                        + "; make the profile for this model (QueryProfile.of)");
            }
        }
        List<Ciphertext> out = new ArrayList<>();
        for (PlainVector group : new RowEncoder(parameters.layout()).weights(weights)) {
            out.add(encryptor.apply(group));
        }
        return EncryptedModel.of(parameters, known.modelId(), known.liftBits(parameters), out);
    }

    private static double powerFrom(double x) {
        return Math.pow(2, Math.ceil(Math.log(x) / Math.log(2)));
    }

    private static MlrModel withoutWeights(MlrModel model) {
        double[][] zeros = new double[model.classes()][model.linear().width()];
        return new MlrModel(
                new LinearModel(zeros, model.labelNames()), model.scaling(), model.featureNames(), model.provenance());
    }

    /** {@return what the cloud may know, too} */
    public PublicProfile publicProfile() {
        return known;
    }

    /** {@return what each class is called} */
    public List<String> labelNames() {
        return shape.labelNames();
    }

    /** {@return what each feature is called; empty if they have no names} */
    public List<String> featureNames() {
        return shape.featureNames();
    }

    /** {@return number of features of a query, as in the training data} */
    public int features() {
        return shape.features();
    }

    /** Scaling and names, with weights of zero. */
    MlrModel shape() {
        return shape;
    }

    /** [columns] */
    double[] units() {
        return units.clone();
    }

    /** Score of a query when all weights are as a training starts. */
    double startScore() {
        return startScore;
    }

    /** Deviation of a slot of the encrypted weights. */
    double weightDeviation() {
        return weightDeviation;
    }

    /**
     * Rows in the units of the ciphertexts.
     *
     * @param queries [queries][features()], unscaled
     * @return [queries][1 + scaled features]
     * @throws IllegalArgumentException if there are none, or one has another number of features or one that is not finite
     */
    double[][] rows(double[][] queries) {
        Objects.requireNonNull(queries, "queries");
        if (queries.length == 0) {
            throw new IllegalArgumentException("ask: expected at least 1 query, found none; give rows of features");
        }
        for (int i = 0; i < queries.length; i++) {
            if (queries[i].length != features()) {
                throw new IllegalArgumentException("ask: expected " + features() + " features" + names()
                        + " as in the training data, found " + queries[i].length + " for query " + i
                        + "; give all of them, unscaled and without a leading 1");
            }
            for (int k = 0; k < queries[i].length; k++) {
                if (!Double.isFinite(queries[i][k])) {
                    throw new IllegalArgumentException("ask: expected finite features, found " + queries[i][k]
                            + " for query " + i + ", feature " + name(k) + "; remove or impute it");
                }
            }
        }
        double[][] out = FeatureScaler.withOnes(shape.scaling().transform(queries));
        for (double[] row : out) {
            for (int k = 0; k < row.length; k++) {
                row[k] *= units[k];
            }
        }
        return out;
    }

    private String names() {
        List<String> names = featureNames();
        return names.isEmpty()
                ? ""
                : " (" + String.join(", ", names.subList(0, Math.min(3, names.size())))
                        + (names.size() > 3 ? ", ..., " + names.get(names.size() - 1) : "") + ")";
    }

    private String name(int k) {
        return featureNames().isEmpty() ? Integer.toString(k) : featureNames().get(k);
    }

    @Override
    public String toString() {
        return "query profile of model " + known.modelId() + ", " + features() + " features";
    }
}
