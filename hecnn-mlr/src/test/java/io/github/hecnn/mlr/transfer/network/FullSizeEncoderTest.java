package io.github.hecnn.mlr.transfer.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hecnn.ckks.keys.EvaluationKeys;
import io.github.hecnn.ckks.keys.KeyGenerator;
import io.github.hecnn.ckks.keys.RotationSteps;
import io.github.hecnn.ckks.keys.SecretKey;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.ckks.params.CkksParameters;
import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.ckks.scheme.CkksEncoder;
import io.github.hecnn.ckks.scheme.Decryptor;
import io.github.hecnn.ckks.scheme.Encryptor;
import io.github.hecnn.ckks.serial.CkksSerializer;
import io.github.hecnn.ckks.slots.CkksSlotAlgebra;
import io.github.hecnn.core.sampling.RandomSource;
import io.github.hecnn.mlr.transfer.network.train.CryptoTlShapes;
import io.github.hecnn.mlr.transfer.network.train.NetworkTrainingSettings;
import io.github.hecnn.mlr.transfer.network.train.TrainableNetwork;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** CryptoTL's encoder at the paper's sizes and 128 bits: what is promised about error, keys and traffic. */
@Tag("slow")
class FullSizeEncoderTest {
    private static final int INPUTS = 768;
    private static final double ERROR = 1e-3;

    /** Errors of the outputs as the circuit leaves them, and after {@link OutputSanitizer}. */
    private record Errors(double max, double rms, double sanitizedMax, double sanitizedRms) {}

    private static Errors errors(
            CkksParameters parameters, Network network, double[][] x, int lanes, double inputFactor)
            throws IOException {
        CkksContext context = CkksContext.create(parameters);
        NetworkPacking packing = new NetworkPacking(parameters.slots(), INPUTS, network.outputs(), lanes, inputFactor);
        EncryptedNetwork compiled = EncryptedNetwork.compile(network, packing);
        KeyGenerator generator = new KeyGenerator(context, RandomSource.reproducible(1));
        SecretKey secret = generator.secretKey();
        EvaluationKeys keys = generator.evaluationKeys(secret, RotationSteps.of(compiled.rotationSteps()), true);
        assertThat(keys.rotationKeys().stream()
                        .mapToLong(k -> k.key().memoryBytes())
                        .sum())
                .isLessThanOrEqualTo(60_000_000);
        CkksEncoder encoder = new CkksEncoder(context);
        Encryptor encryptor = Encryptor.withSecretKey(context, secret, RandomSource.reproducible(2));
        Decryptor decryptor = new Decryptor(context, secret);
        CkksSlotAlgebra algebra = new CkksSlotAlgebra(context, keys);
        OutputSanitizer sanitizer = new OutputSanitizer(
                context, generator.publicKey(secret), OutputSanitizer.DEVIATION, RandomSource.reproducible(3));
        CkksSerializer serializer = new CkksSerializer(context);
        double[] max = new double[2];
        double[] squares = new double[2];
        int count = 0;
        for (int from = 0; from < x.length; from += lanes) {
            double[][] some = Arrays.copyOfRange(x, from, from + lanes);
            Ciphertext query = encryptor.encrypt(packing.pack(some).encoded(encoder));
            assertThat(bytes(serializer, query)).isLessThanOrEqualTo(500_000);
            Ciphertext output = compiled.evaluate(algebra, query);
            Ciphertext answer = sanitizer.sanitize(output);
            assertThat(bytes(serializer, answer)).isLessThanOrEqualTo(200_000);
            double[][] expected = network.applyAll(some);
            Ciphertext[] both = {output, answer};
            for (int k = 0; k < 2; k++) {
                double[][] y = packing.unpack(encoder.decode(decryptor.decrypt(both[k])), lanes);
                for (int lane = 0; lane < lanes; lane++) {
                    for (int i = 0; i < y[lane].length; i++) {
                        double error = Math.abs(y[lane][i] - expected[lane][i]);
                        max[k] = Math.max(max[k], error);
                        squares[k] += error * error;
                        count += k;
                    }
                }
            }
        }
        return new Errors(max[0], Math.sqrt(squares[0] / count), max[1], Math.sqrt(squares[1] / count));
    }

    private static long bytes(CkksSerializer serializer, Ciphertext c) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        serializer.write(out, c);
        return out.size();
    }

    @ParameterizedTest
    @CsvSource({"8, 1", "16, 4"})
    void errorKeysAndTraffic(int inputs, int lanes) throws IOException {
        Errors e = errors(
                CryptoTlParameters.standard(),
                Networks.random(INPUTS, 9, 3, 5),
                Networks.inputs(inputs, INPUTS, 6),
                lanes,
                1);
        assertThat(e.max()).isLessThan(ERROR / 4);
        assertThat(e.sanitizedMax()).isLessThan(ERROR);
    }

    /** Noise of the circuit drowns: N / (2 r^2) is at most 1e-4 nats a query. */
    @Test
    void circuitPrivate() throws IOException {
        Errors e = errors(
                CryptoTlParameters.circuitPrivate(),
                Networks.random(INPUTS, 9, 3, 5),
                Networks.inputs(4, INPUTS, 6),
                1,
                1);
        double ratio = OutputSanitizer.DEVIATION / e.rms();
        assertThat(ratio).isGreaterThan(10_000);
        double nats = CryptoTlParameters.circuitPrivate().ringDegree() / (2 * ratio * ratio);
        assertThat(nats).isLessThan(1e-4);
        assertThat(e.sanitizedMax()).isLessThan(ERROR);
        assertThat(e.sanitizedRms()).isBetween(0.9 * OutputSanitizer.DEVIATION, 1.1 * OutputSanitizer.DEVIATION);
    }

    /** Embeddings of norm 1 as the text features give them, and weights that came out of training. */
    @Test
    void trainedEncoder() throws IOException {
        int samples = 120;
        Random r = new Random(7);
        double[][] x = new double[samples][INPUTS];
        int[] labels = new int[samples];
        for (int i = 0; i < samples; i++) {
            labels[i] = i % 2;
            double norm = 0;
            for (int k = 0; k < INPUTS; k++) {
                x[i][k] = r.nextGaussian() + (k < 60 ? 1 - 2 * labels[i] : 0);
                norm += x[i][k] * x[i][k];
            }
            for (int k = 0; k < INPUTS; k++) {
                x[i][k] /= Math.sqrt(norm);
            }
        }
        TrainableNetwork trained = CryptoTlShapes.encoderWithHead(INPUTS, 3);
        trained.fit(x, labels, NetworkTrainingSettings.encoder(3).withEpochs(3));
        Network encoder = trained.export(CryptoTlShapes.ENCODER_LAYERS);
        Errors e =
                errors(CryptoTlParameters.standard(), encoder, Arrays.copyOf(x, 8), 4, CryptoTlParameters.INPUT_FACTOR);
        assertThat(e.max()).isLessThan(ERROR / 4);
        assertThat(e.sanitizedMax()).isLessThan(ERROR);
    }
}
