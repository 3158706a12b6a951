package io.github.hecnn.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.hecnn.ckks.circuit.linear.SlotSums;
import io.github.hecnn.ckks.keys.EvaluationKeys;
import io.github.hecnn.ckks.keys.KeyGenerator;
import io.github.hecnn.ckks.keys.RotationSteps;
import io.github.hecnn.ckks.keys.SecretKey;
import io.github.hecnn.ckks.noise.NoiseModel;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.ckks.params.CkksParameters;
import io.github.hecnn.ckks.params.CkksPresets;
import io.github.hecnn.ckks.params.SecurityLevel;
import io.github.hecnn.ckks.proposal.ParameterProposal;
import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.ckks.scheme.CkksEncoder;
import io.github.hecnn.ckks.scheme.Decryptor;
import io.github.hecnn.ckks.scheme.Encryptor;
import io.github.hecnn.ckks.serial.WireSizes;
import io.github.hecnn.ckks.slots.CkksSlotAlgebra;
import io.github.hecnn.ckks.slots.OperationCounts;
import io.github.hecnn.ckks.slots.SimulatedSlotAlgebra;
import io.github.hecnn.ckks.slots.SimulatedVector;
import io.github.hecnn.ckks.slots.SlotAlgebra;
import io.github.hecnn.mlr.MlrTrainer;
import io.github.hecnn.mlr.data.DatasetReader;
import io.github.hecnn.mlr.data.LabeledDataset;
import io.github.hecnn.mlr.model.MlrModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code and the numbers of docs/guide.md, run in the order of the guide. */
class DocsGuideTest {
    private static final Path GUIDE = Docs.FOLDER.resolve("guide.md");

    @Test
    void anEncryptedDotProduct() {
        // docs/guide.md of keys starts
        CkksParameters parameters =
                CkksParameters.builder().logRingDegree(13).levels(2).build();
        CkksContext context = CkksContext.create(parameters); // primes, tables, threads: make it once
        SlotSums sums = SlotSums.of(parameters.slots(), 4); // sums over 4 neighbouring slots

        KeyGenerator generator = new KeyGenerator(context);
        SecretKey secret = generator.secretKey(); // never leaves its owner
        EvaluationKeys keys = generator.evaluationKeys(secret, RotationSteps.of(sums.rotationSteps()), false);
        // docs/guide.md of keys ends

        // docs/guide.md of encryption starts
        CkksEncoder encoder = new CkksEncoder(context);
        Encryptor encryptor = Encryptor.withSecretKey(context, secret);
        Ciphertext a = encryptor.encrypt(encoder.encode(new double[] {1, 2, 3, 4}));
        Ciphertext b = encryptor.encrypt(encoder.encode(new double[] {0.5, 0.25, 0, -1}));
        // docs/guide.md of encryption ends

        // docs/guide.md of the server starts
        CkksSlotAlgebra algebra = new CkksSlotAlgebra(context, keys); // no secret key here
        Ciphertext products = algebra.multiply(a, b); // 0.5, 0.5, 0, -4
        Ciphertext dot = algebra.rescale(sums.sum(algebra, products)); // their sum in slot 0, 4, 8 ...
        // docs/guide.md of the server ends

        // docs/guide.md of decryption starts
        double result = encoder.decode(new Decryptor(context, secret).decrypt(dot))[0]; // -3.0000
        // docs/guide.md of decryption ends
        assertThat(result).isCloseTo(-3, within(1e-6));
        assertThat(algebra.level(dot)).isEqualTo(1);
    }

    // docs/guide.md of the circuit starts
    /** Variance of the slots around their mean; V is a ciphertext, or plain numbers that keep the same books. */
    static <V> V variance(SlotAlgebra<V> algebra, V x) {
        int n = algebra.slots();
        SlotSums all = SlotSums.of(n, n);
        V mean = algebra.rescale(all.sum(algebra, algebra.multiplyConstant(x, 1.0 / n)));
        V squares = algebra.rescale(algebra.square(algebra.subtract(x, mean)));
        return algebra.rescale(all.sum(algebra, algebra.multiplyConstant(squares, 1.0 / n)));
    }
    // docs/guide.md of the circuit ends

    @Test
    void aRehearsalChoosesLevelsKeysAndPrecision() {
        int slots = CkksPresets.SECURE_14.parameters().slots();
        double[] x = new Random(3).doubles(slots, -1, 1).toArray();
        // docs/guide.md of the books starts
        SimulatedSlotAlgebra books =
                SimulatedSlotAlgebra.builder(slots, 20).booksOnly().build();
        variance(books, books.fresh());
        OperationCounts needed = books.counts();
        int levels = 20 - needed.lowestLevel(); // 3
        RotationSteps steps = RotationSteps.of(needed.rotationSteps()); // 13 powers of two
        // docs/guide.md of the books ends
        assertThat(levels).isEqualTo(3);
        assertThat(steps.asSet()).hasSize(13);

        // docs/guide.md of the noise starts
        CkksParameters parameters =
                CkksParameters.builder().logRingDegree(14).levels(levels).build();
        SimulatedSlotAlgebra rehearsal = SimulatedSlotAlgebra.builder(NoiseModel.ofSecretKeyEncryption(parameters))
                .rotationSteps(steps.asSet())
                .build();
        SimulatedVector rehearsed = variance(rehearsal, rehearsal.encrypt(x)); // refuses what would go wrong
        double expected = rehearsal.decrypt(rehearsed)[0];
        double deviation = rehearsal.predictedDeviation(rehearsed); // of the error that encryption adds
        // docs/guide.md of the noise ends

        CkksContext context = CkksContext.create(parameters);
        KeyGenerator generator = new KeyGenerator(context);
        SecretKey secret = generator.secretKey();
        CkksSlotAlgebra algebra = new CkksSlotAlgebra(context, generator.evaluationKeys(secret, steps, false));
        CkksEncoder encoder = new CkksEncoder(context);
        Ciphertext real =
                variance(algebra, Encryptor.withSecretKey(context, secret).encrypt(encoder.encode(x)));
        double found = encoder.decode(new Decryptor(context, secret).decrypt(real))[0];
        assertThat(found).isCloseTo(expected, within(NoiseModel.MAX_DEVIATIONS * deviation));
        assertThat(deviation).isBetween(1e-12, 1e-7);
        assertThat(algebra.counts()).isEqualTo(rehearsal.counts());
    }

    @Test
    void parametersComeFromDepthAndPrecision() {
        // docs/guide.md of a proposal starts
        ParameterProposal proposal = ParameterProposal.forDepth(5, 15); // slots up to 1, 128 bits of security
        CkksParameters parameters = proposal.parameters(); // N = 2^14, scale 2^36
        double bits = proposal.predictedBits(); // 15.8
        List<String> why = proposal.lines(); // reasons, bytes of ciphertexts and keys, seconds
        // docs/guide.md of a proposal ends
        assertThat(parameters.logRingDegree()).isEqualTo(14);
        assertThat(parameters.scaleBits()).isEqualTo(36);
        assertThat(bits).isBetween(15.75, 15.85);
        assertThat(why).hasSizeGreaterThan(4);
    }

    @Test
    void ownDataIsTrainedOn(@TempDir Path folder) throws IOException {
        Random random = new Random(4);
        StringBuilder text = new StringBuilder("height;width;tree\n");
        for (int i = 0; i < 60; i++) {
            text.append(String.format(
                            Locale.ROOT, "%.3f;%.3f", (i % 2) * 5 + random.nextGaussian(), random.nextGaussian()))
                    .append(i % 2 == 0 ? ";ash\n" : ";beech\n");
        }
        Path csv = Files.writeString(folder.resolve("trees.csv"), text);
        // docs/guide.md of training starts
        LabeledDataset trees = DatasetReader.csv(csv); // header, separator, label column and names are found
        MlrModel model = MlrTrainer.encrypted().iterations(2).build().fit(trees);
        String name = model.predictName(new double[] {5.1, 0.2}); // features in their own units
        // docs/guide.md of training ends
        assertThat(name).isEqualTo("beech");
    }

    @Test
    void theTableOfParametersIsThatOfTheLibrary() throws IOException {
        List<String> rows = Stream.of(
                        CkksPresets.SECURE_13, CkksPresets.SECURE_14, CkksPresets.SECURE_15, CkksPresets.SECURE_16)
                .map(DocsGuideTest::row)
                .toList();
        assertThat(Files.readAllLines(GUIDE)).containsSequence(rows);
    }

    private static String row(CkksPresets preset) {
        CkksParameters p = preset.parameters();
        WireSizes sizes = WireSizes.of(p);
        return String.format(
                Locale.ROOT,
                "| `%s` | 2^%d | %,d | %d | %.0f | %.1f MB | %.1f MB |",
                preset,
                p.logRingDegree(),
                p.slots(),
                p.maxLevel(),
                SecurityLevel.CLASSICAL_128.maxLogQP(p.logRingDegree()),
                sizes.ciphertext(p.maxLevel(), 2, true) / 1e6,
                sizes.rotationKey() / 1e6);
    }
}
