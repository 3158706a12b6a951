package io.github.hecnn.mlr.transfer.network.inference;

import io.github.hecnn.ckks.keys.EvaluationKeys;
import io.github.hecnn.ckks.keys.PublicKey;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.ckks.params.CkksParameters;
import io.github.hecnn.mlr.transfer.network.EncryptedNetwork;
import io.github.hecnn.mlr.transfer.network.Layer;
import io.github.hecnn.mlr.transfer.network.Network;
import io.github.hecnn.mlr.transfer.network.NetworkPacking;
import io.github.hecnn.mlr.transfer.network.PolynomialActivation;
import io.github.hecnn.mlr.transfer.network.conv.ChannelScale;
import io.github.hecnn.mlr.transfer.network.conv.ImageShape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.IntFunction;

/**
 * The server: a network, compiled. It holds the weights, and never sees inputs or a secret key. Circuit privacy is the default: answers
 * are flooded so that their noise tells next to nothing of the weights; {@link Builder#fast} gives that up for half of the time and a
 * fraction of the bytes. Immutable and thread-safe.
 */
public final class InferenceServer {
    private final EncryptedNetwork compiled;
    private final InferenceProfile profile;
    private final CkksContext context;

    private InferenceServer(EncryptedNetwork compiled, InferenceProfile profile) {
        this.compiled = compiled;
        this.profile = profile;
        context = CkksContext.create(profile.parameters());
    }

    /**
     * Starts a server.
     *
     * @param network any network
     * @return a builder: one input a ciphertext, circuit private, outputs up to 32
     */
    public static Builder builder(Network network) {
        return new Builder(network);
    }

    /** Describes an {@link InferenceServer}. Not thread-safe. */
    public static final class Builder {
        private static final double USUAL_BOUND = 32;

        private final Network network;
        private int lanes = 1;
        private double inputFactor = 1;
        private double outputBound = USUAL_BOUND;
        private int keysForDiagonals = EncryptedNetwork.KEYS_FOR_DIAGONALS;
        private IntFunction<CkksParameters> parameters = InferenceParameters::circuitPrivate;

        private Builder(Network network) {
            this.network = Objects.requireNonNull(network, "network");
        }

        /**
         * Inputs in a ciphertext.
         *
         * @param count a power of two; as many as the slots hold is the cheapest for each
         * @return this
         */
        public Builder lanes(int count) {
            lanes = count;
            return this;
        }

        /**
         * What the client multiplies inputs with: entries should be about 1.
         *
         * @param factor positive
         * @return this
         */
        public Builder inputFactor(double factor) {
            inputFactor = factor;
            return this;
        }

        /**
         * Largest output to be expected. Outputs of up to twice as much are decrypted, larger ones are refused or, beyond four times as
         * much, may come out wrong.
         *
         * @param bound positive; such as twice what {@link Network#applyAll} gives on a thousand samples
         * @return this
         */
        public Builder outputBound(double bound) {
            outputBound = bound;
            return this;
        }

        /**
         * Most rotation keys for the diagonals of a layer.
         *
         * @param keys at least 1; more are faster
         * @return this
         */
        public Builder keysForDiagonals(int keys) {
            keysForDiagonals = keys;
            return this;
        }

        /**
         * {@link InferenceParameters#fast} instead of {@link InferenceParameters#circuitPrivate}: nothing bounds what the noise of
         * answers says of the weights.
         *
         * @return this
         */
        public Builder fast() {
            parameters = InferenceParameters::fast;
            return this;
        }

        /**
         * Other parameters, such as those of a small insecure ring in a test.
         *
         * @param of by levels
         * @return this
         */
        public Builder parameters(IntFunction<CkksParameters> of) {
            parameters = of;
            return this;
        }

        /**
         * Compiles.
         *
         * @return the server
         * @throws IllegalArgumentException if a setting is not as described or inputs do not fit into a ciphertext
         * @throws io.github.hecnn.ckks.error.InvalidParametersException if the network has too many levels
         */
        public InferenceServer build() {
            if (!(outputBound > 0) || Double.isInfinite(outputBound)) {
                throw new IllegalArgumentException("InferenceServer: expected a positive bound of outputs, found "
                        + outputBound + "; 32 is usual");
            }
            double factor = outputBound / (InferenceParameters.LARGEST_SLOT / 4);
            Network scaled = scaled(network, 1 / factor);
            CkksParameters p = parameters.apply(EncryptedNetwork.levelsOf(scaled));
            NetworkPacking packing = NetworkPacking.of(scaled, p.slots(), lanes, inputFactor);
            EncryptedNetwork compiled = EncryptedNetwork.compile(scaled, packing, keysForDiagonals);
            return new InferenceServer(compiled, new InferenceProfile(p, packing, compiled.rotationSteps(), factor));
        }

        /** The same network with outputs times a factor, in the last layer. */
        private static Network scaled(Network network, double factor) {
            if (factor == 1) {
                return network;
            }
            List<Layer> layers = new ArrayList<>(network.layers());
            if (layers.get(layers.size() - 1) instanceof PolynomialActivation p) {
                double[] c =
                        Arrays.stream(p.coefficients()).map(v -> v * factor).toArray();
                layers.set(layers.size() - 1, new PolynomialActivation(c));
            } else {
                ImageShape all = new ImageShape(1, 1, network.outputs());
                layers.add(new ChannelScale(all, new double[] {factor}, new double[] {0}));
            }
            return new Network(network.inputs(), layers);
        }
    }

    /** {@return what the client has to know} */
    public InferenceProfile profile() {
        return profile;
    }

    /** {@return the compiled network; its text has stages, levels and keys} */
    public EncryptedNetwork compiled() {
        return compiled;
    }

    /**
     * Begins to answer a client.
     *
     * @param keys the client's evaluation keys
     * @param publicKey the client's public key
     * @param mostAnswers ciphertexts that may be answered: outputs for many inputs of the client's choice describe the network
     * @return a session
     * @throws io.github.hecnn.ckks.error.MismatchException if keys have other parameters
     * @throws IllegalArgumentException if no answer is allowed
     */
    public InferenceSession open(EvaluationKeys keys, PublicKey publicKey, long mostAnswers) {
        return new InferenceSession(context, compiled, keys, publicKey, mostAnswers);
    }
}
