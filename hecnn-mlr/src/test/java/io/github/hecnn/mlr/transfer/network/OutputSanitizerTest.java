package io.github.hecnn.mlr.transfer.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.hecnn.ckks.error.InvalidParametersException;
import io.github.hecnn.ckks.error.MismatchException;
import io.github.hecnn.ckks.error.ScaleException;
import io.github.hecnn.ckks.internal.cipher.Ciphertexts;
import io.github.hecnn.ckks.keys.EvaluationKeys;
import io.github.hecnn.ckks.keys.KeyGenerator;
import io.github.hecnn.ckks.keys.PublicKey;
import io.github.hecnn.ckks.keys.SecretKey;
import io.github.hecnn.ckks.noise.NoiseFlooding;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.ckks.params.CkksParameters;
import io.github.hecnn.ckks.params.CkksPresets;
import io.github.hecnn.ckks.params.SecurityLevel;
import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.ckks.scheme.CkksEncoder;
import io.github.hecnn.ckks.scheme.Decryptor;
import io.github.hecnn.ckks.scheme.Encryptor;
import io.github.hecnn.ckks.scheme.Evaluator;
import io.github.hecnn.core.sampling.RandomSource;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OutputSanitizerTest {
    private final CkksContext context = small(2, 30);
    private final KeyGenerator generator = new KeyGenerator(context, RandomSource.reproducible(1));
    private final SecretKey secret = generator.secretKey();
    private final PublicKey key = generator.publicKey(secret);
    private final CkksEncoder encoder = new CkksEncoder(context);
    private final double[] values = new Random(1).doubles(512, -3, 3).toArray();
    private final Ciphertext output = Encryptor.withSecretKey(context, secret, RandomSource.reproducible(2))
            .encrypt(encoder.encode(values));

    private static CkksContext small(int levels, int scaleBits) {
        return CkksContext.create(CkksParameters.builder()
                .logRingDegree(10)
                .levels(levels)
                .scaleBits(scaleBits)
                .firstPrimeBits(37)
                .securityLevel(SecurityLevel.NONE)
                .build());
    }

    private double deviation(Ciphertext c) {
        double[] decrypted = encoder.decode(new Decryptor(context, secret).decrypt(c));
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            sum += (decrypted[i] - values[i]) * (decrypted[i] - values[i]);
        }
        return Math.sqrt(sum / values.length);
    }

    @Test
    void addsTheNoiseItSaysAndFreshRandomness() {
        OutputSanitizer sanitizer = new OutputSanitizer(context, key, 1e-3, RandomSource.reproducible(3));
        Ciphertext a = sanitizer.sanitize(output);
        Ciphertext b = sanitizer.sanitize(output);
        assertThat(a.level()).isZero();
        assertThat(a.size()).isEqualTo(2);
        assertThat(deviation(output)).isLessThan(1e-5);
        assertThat(deviation(a)).isCloseTo(1e-3, within(1.5e-4)); // 512 samples: 3 % is one deviation
        assertThat(deviation(b)).isCloseTo(1e-3, within(1.5e-4));
        Evaluator evaluator = new Evaluator(context, EvaluationKeys.none());
        Ciphertext low = evaluator.dropToLevel(output, 0);
        assertThat(Ciphertexts.components(a).get(1))
                .isNotEqualTo(Ciphertexts.components(low).get(1));
        assertThat(Ciphertexts.components(a).get(1))
                .isNotEqualTo(Ciphertexts.components(b).get(1));
        assertThat(Ciphertexts.seed(a)).isEmpty();
    }

    @Test
    void floodsAsTheTheoremAsksAndCountsItsQueries() {
        NoiseFlooding flooding = new NoiseFlooding(0x1p-28, 2, 20);
        OutputSanitizer sanitizer = OutputSanitizer.withFlooding(context, key, flooding, RandomSource.seeded(3));
        // sqrt(12 * 2) * 2^10 times the slot's error, times sqrt(N/2) = 2^4.5 for the real part
        double expected = Math.sqrt(24) * 1024 * 0x1p-28 * Math.sqrt(512);
        for (int i = 0; i < 2; i++) {
            assertThat(deviation(sanitizer.sanitize(output))).isBetween(0.9 * expected, 1.1 * expected);
        }
        assertThatThrownBy(() -> sanitizer.sanitize(output))
                .isInstanceOf(InvalidParametersException.class)
                .hasMessageContaining("at most 2 outputs, as was promised, found one more");
        assertThatThrownBy(() -> OutputSanitizer.withFlooding(
                        context, key, new NoiseFlooding(0.01, 1, 20), RandomSource.seeded(3)))
                .isInstanceOf(ScaleException.class)
                .hasMessageContaining("OutputSanitizer: expected value and flooding below Q/2 = 2^");
    }

    @Test
    void refusesWhatIsNotAsDescribed() {
        for (double bad : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> new OutputSanitizer(context, key, bad))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("positive deviation");
        }
        Evaluator evaluator = new Evaluator(context, EvaluationKeys.none());
        Ciphertext product = evaluator.multiplyConstant(output, 2);
        OutputSanitizer sanitizer = new OutputSanitizer(context, key, OutputSanitizer.DEVIATION);
        assertThatThrownBy(() -> sanitizer.sanitize(product)).isInstanceOf(ScaleException.class);
        Ciphertext three = evaluator.rescale(evaluator.multiplyNoRelin(output, output));
        assertThatThrownBy(() -> sanitizer.sanitize(three))
                .isInstanceOf(MismatchException.class)
                .hasMessageContaining("2 components, found 3");
        CkksContext other = small(1, 31);
        SecretKey otherSecret = new KeyGenerator(other, RandomSource.reproducible(1)).secretKey();
        Ciphertext foreign = Encryptor.withSecretKey(other, otherSecret, RandomSource.reproducible(2))
                .encrypt(new CkksEncoder(other).encode(values));
        assertThatThrownBy(() -> sanitizer.sanitize(foreign)).isInstanceOf(MismatchException.class);
        assertThatThrownBy(() -> new OutputSanitizer(other, key, 1)).isInstanceOf(MismatchException.class);
        CkksContext flat = small(0, 30);
        KeyGenerator flatKeys = new KeyGenerator(flat, RandomSource.reproducible(1));
        PublicKey flatKey = flatKeys.publicKey(flatKeys.secretKey());
        assertThatThrownBy(() -> new OutputSanitizer(flat, flatKey, 1))
                .isInstanceOf(InvalidParametersException.class)
                .hasMessageContaining("level 1");
    }

    @Test
    void refusesASeededSourceUnderASecurityLevel() {
        CkksContext secure = CkksContext.create(CkksPresets.SECURE_13.parameters());
        KeyGenerator keys = new KeyGenerator(secure);
        PublicKey its = keys.publicKey(keys.secretKey());
        assertThatThrownBy(() -> new OutputSanitizer(secure, its, 1e-3, RandomSource.seeded(1)))
                .isInstanceOf(InvalidParametersException.class)
                .hasMessageContaining("OutputSanitizer: expected RandomSource.secure()");
    }

    @Test
    void parametersAreSecure() {
        assertThat(CryptoTlParameters.standard().securityLevel()).isEqualTo(SecurityLevel.CLASSICAL_128);
        assertThat(CryptoTlParameters.standard().maxLevel()).isEqualTo(4);
        assertThat(CryptoTlParameters.circuitPrivate().securityLevel()).isEqualTo(SecurityLevel.CLASSICAL_128);
    }
}
