package io.github.hecnn.ckks.serial;

import static io.github.hecnn.ckks.serial.GoldenFiles.kept;
import static io.github.hecnn.ckks.serial.WireFixture.in;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.hecnn.ckks.internal.cipher.Ciphertexts;
import io.github.hecnn.ckks.keys.EvaluationKeys;
import io.github.hecnn.ckks.keys.RelinearizationKey;
import io.github.hecnn.ckks.keys.RotationKey;
import io.github.hecnn.ckks.keys.SecretKey;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.ckks.params.CkksParameters;
import io.github.hecnn.ckks.params.SecurityLevel;
import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.ckks.scheme.CkksEncoder;
import io.github.hecnn.ckks.scheme.Decryptor;
import io.github.hecnn.ckks.scheme.Encryptor;
import io.github.hecnn.ckks.scheme.Evaluator;
import io.github.hecnn.core.sampling.RandomSource;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** The files of version 2 that every later version must read, and that this one writes to the byte. */
class GoldenFilesTest {
    private static final GoldenFiles TODAY = new GoldenFiles();

    @Test
    void everyFileIsWrittenAsItIsKept() {
        assertThat(FormatVersion.CURRENT)
                .as("a new version has golden files of its own, and these are read only")
                .isEqualTo(FormatVersion.V2);
        for (String name : TODAY.files.keySet()) {
            assertThat(kept(name)).as(name).isEqualTo(TODAY.files.get(name));
        }
    }

    @Test
    void keysOfBootstrappingBeginAsKeptAndHaveTheirHash() {
        byte[] file = GoldenFiles.bootstrapKeys();
        assertThat(kept(GoldenFiles.BOOTSTRAP_KEYS)).isEqualTo(Arrays.copyOf(file, GoldenFiles.BOOTSTRAP_BYTES));
        assertThat(GoldenFiles.hash(file)).isEqualTo(kept(GoldenFiles.BOOTSTRAP_HASH));
    }

    @Test
    void whatIsKeptIsReadAndWorksTogether() throws IOException {
        CkksParameters p = CkksSerializer.readParameters(in(kept(GoldenFiles.PARAMETERS)), SecurityLevel.NONE);
        assertThat(p).isEqualTo(TODAY.context.parameters());
        assertThat(CkksSerializer.readParameters(in(kept(GoldenFiles.PARAMETERS_256)), SecurityLevel.CLASSICAL_256))
                .isEqualTo(GoldenFiles.parameters256());
        CkksContext context = CkksContext.create(p);
        CkksSerializer serializer = new CkksSerializer(context);
        SecretKey secret = serializer.readSecretKey(in(kept(GoldenFiles.SECRET_KEY)), SecretKey.Access.INTENDED);
        Decryptor decryptor = new Decryptor(context, secret);
        CkksEncoder encoder = new CkksEncoder(context);
        Ciphertext seeded = serializer.readCiphertext(in(kept(GoldenFiles.CIPHERTEXT_SEEDED)));
        Ciphertext fresh = serializer.readCiphertext(in(kept(GoldenFiles.CIPHERTEXT)));
        assertThat(Ciphertexts.seed(seeded)).isPresent();
        assertSlots(encoder.decode(decryptor.decrypt(seeded)), 0, 1);
        assertSlots(encoder.decode(decryptor.decrypt(fresh)), 0, 1);
        assertSlots(encoder.decode(serializer.readPlaintext(in(kept(GoldenFiles.PLAINTEXT)))), 0, 1);
        List<Ciphertext> list = serializer.readCiphertexts(in(kept(GoldenFiles.CIPHERTEXTS)));
        assertThat(list).hasSize(2);
        assertThat(list.get(1).size()).isEqualTo(3);
        assertSlots(encoder.decode(decryptor.decrypt(list.get(0))), 0, 1);
        assertSlots(encoder.decode(decryptor.decrypt(list.get(1))), 0, 2);

        Ciphertext own = Encryptor.withPublicKey(
                        context, serializer.readPublicKey(in(kept(GoldenFiles.PUBLIC_KEY))), RandomSource.seeded(5))
                .encrypt(serializer.readPlaintext(in(kept(GoldenFiles.PLAINTEXT))));
        assertSlots(encoder.decode(decryptor.decrypt(own)), 0, 1);

        EvaluationKeys bundle = serializer.readEvaluationKeys(in(kept(GoldenFiles.EVALUATION_KEYS)));
        RelinearizationKey relinearization =
                serializer.readRelinearizationKey(in(kept(GoldenFiles.RELINEARIZATION_KEY)));
        RotationKey rotation = serializer.readRotationKey(in(kept(GoldenFiles.ROTATION_KEY)));
        for (EvaluationKeys keys : List.of(bundle, EvaluationKeys.of(relinearization, List.of(rotation)))) {
            Evaluator evaluator = new Evaluator(context, keys);
            assertSlots(
                    encoder.decode(decryptor.decrypt(evaluator.rotate(fresh, GoldenFiles.ROTATION))),
                    GoldenFiles.ROTATION,
                    1);
            assertSlots(encoder.decode(decryptor.decrypt(evaluator.rescale(evaluator.multiply(fresh, seeded)))), 0, 2);
        }
    }

    private static void assertSlots(double[] x, int stepsLeft, int power) {
        for (int i = 0; i < x.length; i++) {
            double expected = Math.pow(GoldenFiles.slot((i + stepsLeft) % x.length), power);
            assertThat(x[i]).isCloseTo(expected, Offset.offset(power * power * 0.05));
        }
    }
}
