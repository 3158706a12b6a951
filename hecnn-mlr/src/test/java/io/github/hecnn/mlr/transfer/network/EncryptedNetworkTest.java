package io.github.hecnn.mlr.transfer.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

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
import io.github.hecnn.ckks.slots.CkksSlotAlgebra;
import io.github.hecnn.ckks.slots.PlainVector;
import io.github.hecnn.ckks.slots.SimulatedSlotAlgebra;
import io.github.hecnn.ckks.slots.SimulatedVector;
import io.github.hecnn.core.sampling.RandomSource;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EncryptedNetworkTest {
    private static double[][] simulate(EncryptedNetwork n, double[][] x) {
        NetworkPacking p = n.packing();
        SimulatedSlotAlgebra algebra = SimulatedSlotAlgebra.builder(p.slots(), n.levels())
                .rotationSteps(n.rotationSteps())
                .build();
        PlainVector packed = p.pack(x);
        double[] re = new double[p.slots()];
        double[] im = new double[p.slots()];
        for (int j = 0; j < re.length; j++) {
            re[j] = packed.re(j);
            im[j] = packed.im(j);
        }
        SimulatedVector out = n.evaluate(algebra, algebra.encrypt(re, im));
        assertOnlyOutputs(p, algebra.decrypt(out), algebra.decryptImaginary(out));
        return p.unpack(algebra.decrypt(out), x.length);
    }

    /** Whatever else the slots held would tell the client more of the network than its outputs do. */
    private static void assertOnlyOutputs(NetworkPacking p, double[] re, double[] im) {
        int period = p.outputWidth() * p.lanes();
        for (int j = 0; j < re.length; j++) {
            double expected = j % period < p.outputs() * p.lanes() ? re[j % period] : 0;
            assertThat(re[j]).isCloseTo(expected, within(1e-12));
            assertThat(im[j]).isCloseTo(0, within(1e-12));
        }
    }

    @ParameterizedTest
    @CsvSource({"128, 1, 4", "128, 2, 4", "128, 4, 8", "64, 2, 1", "32, 1, 16", "128, 1, 64", "512, 1, 1", "2048, 1, 2"
    })
    void agreesWithThePlainNetwork(int slots, int lanes, int keys) {
        Network network = Networks.random(20, 5, 3, 1);
        NetworkPacking packing = new NetworkPacking(slots, 20, 18, lanes, 4);
        EncryptedNetwork n = EncryptedNetwork.compile(network, packing, keys);
        double[][] x = Networks.inputs(lanes, 20, 2);
        assertThat(n.levels()).isEqualTo(4);
        assertThat(Networks.distance(simulate(n, x), network.applyAll(x))).isLessThan(1e-12);
        double[][] fewer = {x[0]};
        assertThat(Networks.distance(simulate(n, fewer), network.applyAll(fewer)))
                .isLessThan(1e-12);
    }

    /** Hidden layers wider than inputs, outputs and slots, and narrower ones. */
    @ParameterizedTest
    @CsvSource({
        "64, 1, 20, 50, 3", "64, 2, 20, 50, 3", "64, 2, 20, 130, 20", "256, 1, 5, 100, 40", "32, 1, 3, 100, 32",
        "512, 4, 9, 31, 2", "64, 1, 64, 3, 64", "128, 1, 2, 2, 2", "128, 2, 60, 1, 1", "1024, 1, 6, 9, 3"
    })
    void hiddenLayersOfAnyWidth(int slots, int lanes, int inputs, int hidden, int outputs) {
        Random r = new Random(9);
        Network network = new Network(
                inputs,
                List.of(
                        Networks.dense(r, hidden, inputs),
                        new PolynomialActivation(new double[] {0.1, 0.4, -0.3}),
                        Networks.dense(r, hidden / 2 + 1, hidden),
                        PolynomialActivation.CUBIC_RELU,
                        Networks.dense(r, outputs, hidden / 2 + 1)));
        double[][] x = Networks.inputs(lanes, inputs, 4);
        for (NetworkPacking packing : List.of(
                NetworkPacking.of(network, slots, lanes, 3), new NetworkPacking(slots, inputs, outputs, lanes, 3))) {
            EncryptedNetwork n = EncryptedNetwork.compile(network, packing, 8);
            assertThat(n.levels()).isEqualTo(6);
            assertThat(EncryptedNetwork.levelsOf(network)).isEqualTo(6);
            assertThat(Networks.distance(simulate(n, x), network.applyAll(x))).isLessThan(1e-11);
        }
    }

    /** A layer of few outputs needs as many diagonals and a few sums, not as many as it has inputs. */
    @Test
    void aNarrowLayerIsCheap() {
        Network network = new Network(
                784,
                List.of(
                        Networks.dense(new Random(1), 1024, 784),
                        PolynomialActivation.CUBIC_RELU,
                        Networks.dense(new Random(2), 10, 1024)));
        EncryptedNetwork n = EncryptedNetwork.compile(network, NetworkPacking.of(network, 8192, 1, 1));
        assertThat(n.toString()).contains("(64 diagonals", "(16 diagonals");
        SimulatedSlotAlgebra books =
                SimulatedSlotAlgebra.builder(8192, 4).booksOnly().build();
        n.evaluate(books, books.fresh());
        assertThat(books.counts().keySwitches()).isLessThanOrEqualTo(45);
        assertThat(n.rotationSteps()).hasSizeLessThan(30);
    }

    @Test
    void otherPolynomialsAndEmptyDiagonals() {
        double[][] sparse = new double[8][8];
        sparse[1][3] = 2;
        sparse[7][0] = -1;
        double[][] last = new double[3][8];
        last[2][7] = 0.5;
        for (double[] c :
                List.of(new double[] {1, 2}, new double[] {0.5, 0, -1}, new double[] {0, 0, 0, 2}, new double[] {
                    1, 0, -0.5, 0, 0.25
                })) {
            Network network = new Network(
                    8,
                    List.of(
                            new Dense(sparse, new double[8]),
                            new PolynomialActivation(c),
                            new Dense(last, new double[] {1, 2, 3})));
            EncryptedNetwork n = EncryptedNetwork.compile(network, new NetworkPacking(16, 8, 3, 2, 1), 4);
            double[][] x = Networks.inputs(2, 8, 3);
            assertThat(Networks.distance(simulate(n, x), network.applyAll(x))).isLessThan(1e-12);
            assertThat(EncryptedNetwork.levelsOf(network)).isEqualTo(n.levels());
            assertThat(n.levels()).isEqualTo(new int[] {1, 3, 4, 5}[c.length - 2]);
        }
        Network single = new Network(8, List.of(new Dense(sparse, new double[8]), PolynomialActivation.CUBIC_RELU));
        EncryptedNetwork n = EncryptedNetwork.compile(single, new NetworkPacking(16, 8, 8, 1, 1), 4);
        assertThat(n.rotationSteps()).hasSizeLessThan(6);
        double[][] x = Networks.inputs(1, 8, 3);
        assertThat(Networks.distance(simulate(n, x), single.applyAll(x))).isLessThan(1e-12);
    }

    /** The paper's sizes: what is promised about keys, on the books. */
    @Test
    void cryptoTlNeedsFewKeys() {
        for (int lanes : new int[] {1, 4}) {
            NetworkPacking packing = new NetworkPacking(4096, 768, 766, lanes, CryptoTlParameters.INPUT_FACTOR);
            EncryptedNetwork n = EncryptedNetwork.compile(Networks.random(768, 9, 3, 1), packing);
            assertThat(n.rotationSteps()).hasSizeLessThanOrEqualTo(19);
            assertThat(n.levels()).isEqualTo(4);
            SimulatedSlotAlgebra books =
                    SimulatedSlotAlgebra.builder(4096, 4).booksOnly().build();
            n.evaluate(books, books.fresh());
            assertThat(books.counts().keySwitches()).isLessThanOrEqualTo(lanes == 1 ? 90 : 120);
            assertThat(n.toString()).contains("4 levels", "512 diagonals");
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

    private static void encrypted(CkksParameters parameters, int inputs, int lanes, double bound) {
        Network network = Networks.random(inputs, 9, 3, 5);
        NetworkPacking packing = new NetworkPacking(parameters.slots(), inputs, inputs - 2, lanes, 1);
        EncryptedNetwork n = EncryptedNetwork.compile(network, packing);
        CkksContext context = CkksContext.create(parameters);
        KeyGenerator generator = new KeyGenerator(context, RandomSource.reproducible(1));
        SecretKey secret = generator.secretKey();
        EvaluationKeys keys = generator.evaluationKeys(secret, RotationSteps.of(n.rotationSteps()), true);
        CkksEncoder encoder = new CkksEncoder(context);
        double[][] x = Networks.inputs(lanes, inputs, 6);
        Ciphertext in = Encryptor.withSecretKey(context, secret, RandomSource.reproducible(2))
                .encrypt(packing.pack(x).encoded(encoder));
        Ciphertext out = n.evaluate(new CkksSlotAlgebra(context, keys), in);
        double[][] y = packing.unpack(encoder.decode(new Decryptor(context, secret).decrypt(out)), lanes);
        assertThat(out.level()).isZero();
        assertThat(Networks.distance(y, network.applyAll(x))).isLessThan(bound);
    }
}
