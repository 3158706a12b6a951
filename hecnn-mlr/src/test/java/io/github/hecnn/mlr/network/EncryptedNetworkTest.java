package io.github.hecnn.mlr.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.hecnn.ckks.circuit.CkksSlotAlgebra;
import io.github.hecnn.ckks.circuit.SimulatedSlotAlgebra;
import io.github.hecnn.ckks.error.LevelException;
import io.github.hecnn.ckks.error.MismatchException;
import io.github.hecnn.ckks.keys.EvaluationKeys;
import io.github.hecnn.ckks.keys.KeyGenerator;
import io.github.hecnn.ckks.keys.RotationSteps;
import io.github.hecnn.ckks.keys.SecretKey;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.ckks.params.CkksParameters;
import io.github.hecnn.ckks.params.SecurityLevel;
import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.ckks.scheme.CkksEncoder;
import io.github.hecnn.ckks.scheme.Decryptor;
import io.github.hecnn.ckks.scheme.Encryptor;
import io.github.hecnn.core.sampling.RandomSource;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EncryptedNetworkTest {
    private static double[][] simulate(EncryptedNetwork n, double[][] x) {
        NetworkPacking p = n.packing();
        SimulatedSlotAlgebra algebra = SimulatedSlotAlgebra.builder(p.slots(), n.levels())
                .rotationSteps(n.rotationSteps())
                .withoutConjugationKey()
                .build();
        return p.unpack(algebra.decrypt(n.evaluate(algebra, algebra.encrypt(p.pack(x)))), x.length);
    }

    @ParameterizedTest
    @CsvSource({"128, 1, 4", "128, 2, 4", "128, 4, 8", "64, 2, 1", "32, 1, 16", "128, 1, 64"})
    void agreesWithThePlainNetwork(int slots, int lanes, int babies) {
        Network network = Networks.random(20, 5, 3, 1);
        NetworkPacking packing = new NetworkPacking(slots, 20, 18, lanes, 4);
        EncryptedNetwork n = EncryptedNetwork.compile(network, packing, babies);
        double[][] x = Networks.inputs(lanes, 20, 2);
        assertThat(n.levels()).isEqualTo(4);
        assertThat(Networks.distance(simulate(n, x), network.applyAll(x))).isLessThan(1e-12);
        double[][] fewer = {x[0]};
        assertThat(Networks.distance(simulate(n, fewer), network.applyAll(fewer)))
                .isLessThan(1e-12);
    }

    @Test
    void otherPolynomialsAndEmptyDiagonals() {
        double[][] sparse = new double[8][8];
        sparse[1][3] = 2;
        sparse[7][0] = -1;
        for (double[] c : List.of(new double[] {1, 2}, new double[] {0.5, 0, -1}, new double[] {0, 0, 0, 2})) {
            Network network = new Network(
                    8,
                    List.of(
                            new Dense(sparse, new double[8]),
                            new PolynomialActivation(c),
                            new Dense(new double[3][8], new double[] {1, 2, 3})));
            EncryptedNetwork n = EncryptedNetwork.compile(network, new NetworkPacking(16, 8, 3, 2, 1), 4);
            double[][] x = Networks.inputs(2, 8, 3);
            assertThat(Networks.distance(simulate(n, x), network.applyAll(x))).isLessThan(1e-12);
        }
        Network last = new Network(8, List.of(new Dense(sparse, new double[8]), PolynomialActivation.CUBIC_RELU));
        EncryptedNetwork n = EncryptedNetwork.compile(last, new NetworkPacking(16, 8, 8, 1, 1), 4);
        assertThat(n.rotationSteps()).hasSizeLessThan(5);
        double[][] x = Networks.inputs(1, 8, 3);
        assertThat(Networks.distance(simulate(n, x), last.applyAll(x))).isLessThan(1e-12);
    }

    /** The paper's sizes: what is promised about keys, on the books. */
    @Test
    void cryptoTlNeedsFewKeys() {
        for (int lanes : new int[] {1, 4}) {
            NetworkPacking packing = new NetworkPacking(4096, 768, 766, lanes, CryptoTlParameters.INPUT_FACTOR);
            EncryptedNetwork n = EncryptedNetwork.compile(Networks.random(768, 9, 3, 1), packing);
            assertThat(n.rotationSteps()).hasSizeLessThanOrEqualTo(18);
            assertThat(n.levels()).isEqualTo(4);
            SimulatedSlotAlgebra books =
                    SimulatedSlotAlgebra.builder(4096, 4).booksOnly().build();
            n.evaluate(books, books.fresh());
            assertThat(books.counts().keySwitches()).isLessThanOrEqualTo(160);
            assertThat(n.toString()).contains("4 levels", "1024 diagonals");
        }
    }

    @Test
    void runsOnCkks() {
        CkksParameters parameters = CkksParameters.builder()
                .logRingDegree(10)
                .levels(4)
                .scaleBits(28)
                .firstPrimeBits(35)
                .securityLevel(SecurityLevel.NONE)
                .build();
        encrypted(parameters, 20, 2, 1e-3);
        encrypted(parameters, 20, 16, 1e-3);
    }

    /** The paper's sizes at 128 bits. */
    @Tag("slow")
    @Test
    void runsOnCkksInFullSize() {
        encrypted(CryptoTlParameters.standard(), 768, 1, 1e-3);
        encrypted(CryptoTlParameters.standard(), 768, 4, 1e-3);
    }

    private static void encrypted(CkksParameters parameters, int inputs, int lanes, double bound) {
        Network network = Networks.random(inputs, 9, 3, 5);
        NetworkPacking packing = new NetworkPacking(parameters.slots(), inputs, inputs - 2, lanes, 1);
        EncryptedNetwork n = EncryptedNetwork.compile(network, packing);
        CkksContext context = CkksContext.create(parameters);
        KeyGenerator generator = new KeyGenerator(context, RandomSource.seeded(1));
        SecretKey secret = generator.secretKey();
        EvaluationKeys keys = generator.evaluationKeys(secret, RotationSteps.of(n.rotationSteps()), false);
        CkksEncoder encoder = new CkksEncoder(context);
        double[][] x = Networks.inputs(lanes, inputs, 6);
        Ciphertext in = Encryptor.withSecretKey(context, secret, RandomSource.seeded(2))
                .encrypt(encoder.encode(packing.pack(x)));
        Ciphertext out = n.evaluate(new CkksSlotAlgebra(context, keys), in);
        double[][] y = packing.unpack(encoder.decode(new Decryptor(context, secret).decrypt(out)), lanes);
        assertThat(out.level()).isZero();
        assertThat(Networks.distance(y, network.applyAll(x))).isLessThan(bound);
        if (inputs == 768) {
            long bytes = keys.rotationKeys().stream()
                    .mapToLong(k -> k.key().memoryBytes())
                    .sum();
            assertThat(bytes).isLessThanOrEqualTo(60_000_000);
        }
    }

    @Test
    void refusesWhatDoesNotFit() {
        Network network = Networks.random(20, 5, 3, 1);
        NetworkPacking packing = new NetworkPacking(64, 20, 18, 1, 1);
        assertThatThrownBy(() -> new NetworkPacking(64, 20, 18, 4, 1)).hasMessageContaining("at most 64");
        assertThatThrownBy(() -> new NetworkPacking(60, 20, 18, 1, 1)).hasMessageContaining("powers of two");
        assertThatThrownBy(() -> new NetworkPacking(64, 20, 18, 1, 0)).hasMessageContaining("factor");
        assertThatThrownBy(() -> packing.pack(new double[2][20])).hasMessageContaining("1..1");
        assertThatThrownBy(() -> packing.pack(new double[1][19])).hasMessageContaining("length 20");
        assertThatThrownBy(() -> packing.pack(new double[][] {nan()})).hasMessageContaining("finite");
        assertThatThrownBy(() -> packing.unpack(new double[3], 1)).hasMessageContaining("length 64");
        assertThatThrownBy(() -> packing.unpack(new double[64], 2)).hasMessageContaining("1..1");
        assertThatThrownBy(() -> EncryptedNetwork.compile(network, new NetworkPacking(64, 20, 20, 1, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("20 -> 18");
        assertThatThrownBy(() -> EncryptedNetwork.compile(network, packing, 3)).hasMessageContaining("power of two");
        Network steep = new Network(20, List.of(new PolynomialActivation(new double[] {0, 0, 0, 0, 1})));
        assertThatThrownBy(() -> EncryptedNetwork.compile(steep, new NetworkPacking(64, 20, 20, 1, 1)))
                .hasMessageContaining("degree");
        Random r = new Random(1);
        Network wide = new Network(
                2, List.of(Networks.dense(r, 9, 2), PolynomialActivation.CUBIC_RELU, Networks.dense(r, 2, 9)));
        assertThatThrownBy(() -> EncryptedNetwork.compile(wide, new NetworkPacking(64, 2, 2, 1, 1)))
                .hasMessageContaining("at most 2");
        EncryptedNetwork n = EncryptedNetwork.compile(network, packing);
        SimulatedSlotAlgebra other = SimulatedSlotAlgebra.builder(128, 4).build();
        assertThatThrownBy(() -> n.evaluate(other, other.fresh())).isInstanceOf(MismatchException.class);
        SimulatedSlotAlgebra low = SimulatedSlotAlgebra.builder(64, 3).build();
        assertThatThrownBy(() -> n.evaluate(low, low.encrypt(new double[64]))).isInstanceOf(LevelException.class);
    }

    private static double[] nan() {
        double[] v = new double[20];
        v[7] = Double.NaN;
        return v;
    }
}
