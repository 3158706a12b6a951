package io.github.hecnn.mlr.transfer.network.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.hecnn.ckks.error.InvalidParametersException;
import io.github.hecnn.ckks.error.MismatchException;
import io.github.hecnn.ckks.params.CkksParameters;
import io.github.hecnn.ckks.params.SecurityLevel;
import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.core.sampling.RandomSource;
import io.github.hecnn.mlr.roles.ClassConstants;
import io.github.hecnn.mlr.transfer.network.Dense;
import io.github.hecnn.mlr.transfer.network.Network;
import io.github.hecnn.mlr.transfer.network.PolynomialActivation;
import io.github.hecnn.mlr.transfer.network.conv.AveragePooling2d;
import io.github.hecnn.mlr.transfer.network.conv.Convolution2d;
import io.github.hecnn.mlr.transfer.network.conv.ImageShape;
import io.github.hecnn.mlr.transfer.network.conv.Window;
import io.github.hecnn.mlr.transfer.network.train.DigitNetworks;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** On a small insecure ring. */
class InferenceTest {
    /** Eight deviations of the flooding, and a little for the circuit. */
    private static final double ERROR = 9 * InferenceParameters.DEVIATION;

    private static double[] numbers(int count, long seed, double size) {
        return new Random(seed).doubles(count, -size, size).toArray();
    }

    private static double[][] rows(int rows, int columns, long seed, double size) {
        double[][] out = new double[rows][];
        for (int i = 0; i < rows; i++) {
            out[i] = numbers(columns, seed + i, size);
        }
        return out;
    }

    /** Two filters of 3 x 3 with stride 2, square, pooling, dense. */
    private static Network cnn() {
        ImageShape image = new ImageShape(1, 10, 10);
        Convolution2d conv = new Convolution2d(image, Window.square(3, 2, 1), rows(4, 9, 1, 0.5), numbers(4, 9, 0.1));
        AveragePooling2d pooling = new AveragePooling2d(conv.output(), Window.square(2, 1, 0), true);
        return new Network(
                100,
                List.of(
                        conv,
                        PolynomialActivation.SQUARE,
                        pooling,
                        new Dense(rows(10, 64, 20, 0.5), numbers(10, 40, 1))));
    }

    private static CkksParameters small(int levels) {
        return CkksParameters.builder()
                .logRingDegree(11)
                .levels(levels)
                .scaleBits(32)
                .firstPrimeBits(40)
                .securityLevel(SecurityLevel.NONE)
                .build();
    }

    private static InferenceServer.Builder server(Network network, int lanes) {
        return InferenceServer.builder(network).lanes(lanes).parameters(InferenceTest::small);
    }

    private static InferenceClient client(InferenceServer server) {
        return InferenceClient.of(server.profile(), RandomSource.reproducible(7));
    }

    @Test
    void encryptedOutputsAreThoseOfThePlainNetwork() {
        Network network = cnn();
        for (int lanes : new int[] {1, 8}) {
            InferenceServer server = server(network, lanes).build();
            assertThat(server.compiled().levels()).isEqualTo(3);
            InferenceClient client = client(server);
            InferenceSession session = server.open(client.evaluationKeys(), client.publicKey(), 3);
            double[][] x = rows(lanes, 100, 50, 1);
            Ciphertext answer = session.answer(client.encrypt(x));
            assertThat(answer.level()).isZero();
            double[][] y = client.decrypt(answer, lanes);
            int[] classes = client.classes(answer, lanes);
            for (int i = 0; i < lanes; i++) {
                double[] expected = network.apply(x[i]);
                assertThat(y[i]).containsExactly(expected, within(ERROR));
                for (double e : expected) {
                    assertThat(expected[classes[i]]).isGreaterThan(e - 2 * ERROR);
                }
            }
        }
    }

    /** The real rings and a network that has seen two dozen random images. */
    @Test
    void theCodeOfThePageRuns() {
        double[][] pixels = rows(24, DigitNetworks.IMAGE.length(), 70, 1);
        int[] labels = new Random(1).ints(24, 0, DigitNetworks.CLASSES).toArray();
        double[][] images = {pixels[0], pixels[1], pixels[2]};
        long seed = 1;
        // docs/networks.md of inference starts
        Network network = DigitNetworks.train(DigitNetworks.smallCnn(seed), pixels, labels, seed);

        // server: has the weights
        InferenceServer server =
                InferenceServer.builder(network).lanes(4).outputBound(64).build();
        InferenceProfile profile = server.profile(); // sizes and parameters, no weights

        // client: has the secret key and the images
        InferenceClient client = InferenceClient.of(profile);
        Ciphertext query = client.encrypt(images); // one to four of them

        // server: 250 ciphertexts for this client, no more
        InferenceSession session = server.open(client.evaluationKeys(), client.publicKey(), 250);
        Ciphertext answer = session.answer(query);

        // client
        int[] classes = client.classes(answer, images.length);
        double[][] scores = client.decrypt(answer, images.length);
        // docs/networks.md of inference ends
        assertThat(classes).hasSize(3);
        for (int i = 0; i < 3; i++) {
            assertThat(scores[i]).containsExactly(network.apply(images[i]), within(ERROR * profile.outputFactor()));
        }
    }

    /** A hidden layer that is wider than a ciphertext. */
    @Test
    void hiddenLayersMayBeWiderThanACiphertext() {
        Network network = new Network(
                20,
                List.of(
                        new Dense(rows(1500, 20, 1, 0.3), numbers(1500, 2, 0.1)),
                        PolynomialActivation.CUBIC_RELU,
                        new Dense(rows(5, 1500, 3, 0.03), numbers(5, 4, 0.1))));
        InferenceServer server = server(network, 1).keysForDiagonals(8).build();
        InferenceClient client = client(server);
        double[][] x = rows(1, 20, 60, 1);
        InferenceSession session = server.open(client.evaluationKeys(), client.publicKey(), 1);
        double[][] y = client.decrypt(session.answer(client.encrypt(x)), 1);
        assertThat(y[0]).containsExactly(network.apply(x[0]), within(ERROR));
    }

    @Test
    void outputsAreScaledToTheirBound() {
        Dense large = new Dense(new double[][] {{900, 100}, {-300, 500}}, new double[] {10, 20});
        Network network = new Network(2, List.of(large));
        InferenceServer server = server(network, 1).outputBound(1000).build();
        InferenceClient client = client(server);
        InferenceSession session = server.open(client.evaluationKeys(), client.publicKey(), 9);
        double factor = server.profile().outputFactor();
        double[] y = client.decrypt(session.answer(client.encrypt(new double[] {1, 0.5})), 1)[0];
        assertThat(y).containsExactly(new double[] {960, -30}, within(ERROR * factor));
        Ciphertext beyond = session.answer(client.encrypt(new double[] {3, 1}));
        assertThatThrownBy(() -> client.decrypt(beyond, 1))
                .isInstanceOf(MismatchException.class)
                .hasMessageContaining("expected outputs of at most 2000")
                .hasMessageContaining("outputBound");
        Network cubic = new Network(2, List.of(large, new PolynomialActivation(new double[] {1, 0, 0, 1e-6})));
        InferenceServer polynomial = server(cubic, 1).outputBound(900).build();
        InferenceClient other = client(polynomial);
        Ciphertext cubed = polynomial
                .open(other.evaluationKeys(), other.publicKey(), 1)
                .answer(other.encrypt(new double[] {1, 0.5}));
        assertThat(other.decrypt(cubed, 1)[0][0])
                .isCloseTo(
                        1 + 1e-6 * 960 * 960 * 960,
                        within(10 * ERROR * polynomial.profile().outputFactor()));
    }

    @Test
    void refusesWhatIsNotAsDescribed() {
        InferenceServer server = server(cnn(), 1).build();
        InferenceClient client = client(server);
        InferenceSession session = server.open(client.evaluationKeys(), client.publicKey(), 1);
        assertThatThrownBy(() -> client.encrypt(new double[99])).hasMessageContaining("length 100");
        assertThatThrownBy(() -> client.encrypt(new double[100], new double[100]))
                .hasMessageContaining("1..1");
        Ciphertext query = client.encrypt(new double[100]);
        Ciphertext answer = session.answer(query);
        assertThat(session.answersLeft()).isZero();
        assertThatThrownBy(() -> session.answer(query))
                .isInstanceOf(InvalidParametersException.class)
                .hasMessageContaining("at most 1");
        assertThatThrownBy(() -> client.decrypt(answer, 2)).hasMessageContaining("1..1");
        assertThatThrownBy(() -> server.open(client.evaluationKeys(), client.publicKey(), 0))
                .hasMessageContaining("at least 1 answer");
        assertThatThrownBy(() -> server(cnn(), 1).outputBound(0).build()).hasMessageContaining("bound");
        assertThatThrownBy(() -> server(cnn(), 1024).build()).hasMessageContaining("fewer lanes");
        InferenceClient stranger = InferenceClient.of(server.profile(), RandomSource.reproducible(8));
        InferenceSession two = server.open(client.evaluationKeys(), client.publicKey(), 1);
        assertThatThrownBy(() -> two.answer(stranger.encrypt(new double[100]))).isInstanceOf(MismatchException.class);
        assertThatThrownBy(() -> new InferenceProfile(
                        small(2), server.profile().packing(), server.profile().rotationSteps(), 0))
                .hasMessageContaining("positive output factor");
        assertThatThrownBy(() -> InferenceParameters.fast(0)).hasMessageContaining("at least 1 level");
        assertThatThrownBy(() -> InferenceParameters.circuitPrivate(60)).hasMessageContaining("fewer levels");
    }

    @Test
    void ringsAreTheSmallestThatAreSecure() {
        assertThat(InferenceParameters.fast(3).logRingDegree()).isEqualTo(13);
        assertThat(InferenceParameters.fast(4).logRingDegree()).isEqualTo(13);
        assertThat(InferenceParameters.circuitPrivate(3).logRingDegree()).isEqualTo(14);
        assertThat(InferenceParameters.circuitPrivate(4).logRingDegree()).isEqualTo(14);
        assertThat(InferenceParameters.circuitPrivate(4).digits()).isEqualTo(1);
        assertThat(InferenceParameters.circuitPrivate(9).logRingDegree()).isEqualTo(15);
        assertThat(InferenceParameters.circuitPrivate(9).securityLevel()).isEqualTo(SecurityLevel.CLASSICAL_128);
    }

    /** What the code of the server can name, it could use. */
    @Test
    void theServerReachesNoSecretKey() throws IOException {
        String ckks = "io/github/hecnn/ckks/";
        Map<String, String> reached = ClassConstants.reachable(
                InferenceServer.class,
                name -> !name.startsWith(ckks + "serial/") && !name.equals(ckks + "scheme/Encryptor"));
        assertThat(reached).containsKey("io/github/hecnn/mlr/transfer/network/OutputSanitizer");
        assertThat(reached).doesNotContainKeys(ckks + "keys/SecretKey", ckks + "scheme/Decryptor");
    }
}
