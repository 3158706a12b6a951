package io.github.hecnn.ckks.scheme;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hecnn.ckks.internal.context.Rings;
import io.github.hecnn.ckks.internal.parts.Keys;
import io.github.hecnn.ckks.keys.KeyGenerator;
import io.github.hecnn.ckks.keys.PublicKey;
import io.github.hecnn.ckks.keys.RotationSteps;
import io.github.hecnn.ckks.keys.SecretKey;
import io.github.hecnn.ckks.noise.NoiseModel;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.ckks.params.CkksParameters;
import io.github.hecnn.ckks.params.CkksPresets;
import io.github.hecnn.ckks.params.SecurityLevel;
import io.github.hecnn.core.rns.KeyHalves;
import io.github.hecnn.core.rns.RnsBasis;
import io.github.hecnn.core.sampling.RandomSource;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Encryption modulo Q and one special prime, divided by it. */
class PublicKeyEncryptionTest {
    private static CkksParameters.Builder parameters(int logN, int digits) {
        return CkksParameters.builder()
                .logRingDegree(logN)
                .levels(4)
                .scaleBits(40)
                .digits(digits)
                .securityLevel(SecurityLevel.NONE);
    }

    private record Deviation(double deviation, double most) {}

    private static Deviation error(CkksContext context, SecretKey secret, PublicKey key, int level) {
        CkksEncoder encoder = new CkksEncoder(context);
        double[] x =
                new Random(level).doubles(context.parameters().slots(), -1, 1).toArray();
        Plaintext m = encoder.encode(x, level);
        Ciphertext c =
                Encryptor.withPublicKey(context, key, RandomSource.seeded(3)).encrypt(m);
        assertThat(c.level()).isEqualTo(level);
        double[] y = encoder.decode(new Decryptor(context, secret).decrypt(c));
        double squares = 0;
        double most = 0;
        for (int i = 0; i < x.length; i++) {
            double e = y[i] - x[i];
            squares += e * e;
            most = Math.max(most, Math.abs(e));
        }
        return new Deviation(Math.sqrt(squares / x.length), most);
    }

    @ParameterizedTest(name = "N = 2^{0}, {1} digits, Hamming weight {2}")
    @CsvSource({"12, 2, 0", "13, 5, 0", "13, 1, 0", "12, 3, 64"})
    void itIsAsPreciseAsPredictedAtEveryLevel(int logN, int digits, int weight) {
        CkksParameters p = parameters(logN, digits).secretHammingWeight(weight).build();
        CkksContext context = CkksContext.create(p);
        KeyGenerator generator = new KeyGenerator(context, RandomSource.seeded(1));
        SecretKey secret = generator.secretKey();
        PublicKey key = generator.publicKey(secret);
        NoiseModel model = NoiseModel.ofPublicKeyEncryption(p);
        for (int level = p.maxLevel(); level >= 0; level--) {
            Deviation e = error(context, secret, key, level);
            assertThat(e.deviation()).isCloseTo(model.fresh(level), Percentage.withPercentage(10));
            assertThat(e.most()).isLessThan(NoiseModel.bound(model.fresh(level)));
        }
    }

    @Test
    void aKeyWithoutSpecialPrimeWorksWithTheNoiseOfItsErrors() {
        CkksParameters p = parameters(12, 2).build();
        CkksContext context = CkksContext.create(p);
        KeyGenerator generator = new KeyGenerator(context, RandomSource.seeded(1));
        SecretKey secret = generator.secretKey();
        PublicKey key = generator.publicKey(secret);
        RnsBasis data = Rings.of(context).basis(p.maxLevel());
        PublicKey old = new PublicKey(
                key.parametersId(),
                key.keyPairId(),
                Keys.of(
                        new KeyHalves(
                                List.of(Keys.b(key).restrict(data)),
                                List.of(Keys.a(key).restrict(data))),
                        Keys.seed(key.key())));
        for (int level : new int[] {4, 1, 0}) {
            double n = p.ringDegree();
            double expected = Math.sqrt(n / 2 * 3.2 * 3.2 * (1 + n * 4 / 3)) / p.scale(level);
            assertThat(error(context, secret, old, level).deviation())
                    .isCloseTo(expected, Percentage.withPercentage(10));
        }
    }

    @Test
    void theKeyOfASubContextWorksThere() {
        CkksContext context = CkksContext.create(parameters(12, 2).build());
        SecretKey secret = new KeyGenerator(context, RandomSource.seeded(1)).secretKey();
        CkksContext low = context.subContext(2, 2, 2);
        PublicKey key = new KeyGenerator(low, RandomSource.seeded(2)).publicKey(secret);
        assertThat(Keys.b(key).basis()).isEqualTo(Rings.of(low).publicKeyBasis(2));
        assertThat(Keys.b(key).size()).isEqualTo(4);
        NoiseModel model = NoiseModel.ofPublicKeyEncryption(context.parameters());
        for (int level = 2; level >= 0; level--) {
            assertThat(error(low, secret, key, level).deviation())
                    .isCloseTo(model.fresh(level), Percentage.withPercentage(10));
        }
    }

    @Test
    void theKeyCoversTheUsersLevelsOnly() {
        CkksContext context =
                CkksContext.create(parameters(11, 2).upperLevels(3, 48).build());
        SecretKey secret = new KeyGenerator(context, RandomSource.seeded(1)).secretKey();
        PublicKey key = new KeyGenerator(context, RandomSource.seeded(2)).publicKey(secret);
        assertThat(Keys.b(key).basis()).isEqualTo(Rings.of(context).publicKeyBasis(4));
        long special = context.parameters().chain().specialPrimes().get(0);
        assertThat(Keys.b(key).basis().primes()).hasSize(6).endsWith(special);
        NoiseModel model = NoiseModel.ofPublicKeyEncryption(context.parameters());
        for (int level : new int[] {4, 0}) {
            assertThat(error(context, secret, key, level).deviation())
                    .isCloseTo(model.fresh(level), Percentage.withPercentage(10));
        }
    }

    @Test
    void sumsAndProductsWithEncryptionsOfTheSecretKeyAreRight() {
        CkksFixture f = new CkksFixture(parameters(11, 2).build(), RotationSteps.of(1));
        double[] x = f.random(1);
        Ciphertext a = f.asymmetric.encrypt(f.encoder.encode(x));
        Ciphertext b = f.encrypt(x);
        double[] difference = f.decrypt(f.evaluator.subtract(a, b));
        double[] product = f.decrypt(f.evaluator.rescale(f.evaluator.multiply(a, f.evaluator.rotate(a, 1))));
        for (int i = 0; i < x.length; i++) {
            assertThat(Math.abs(difference[i])).isLessThan(0x1p-26);
            assertThat(Math.abs(product[i] - x[i] * x[(i + 1) % x.length])).isLessThan(0x1p-24);
        }
    }

    @Tag("slow")
    @Test
    void nineteenPrimesInARingOf2To15LeaveMoreThan24Bits() {
        CkksParameters p = CkksPresets.N15L19.parameters();
        CkksContext context = CkksContext.create(p);
        KeyGenerator generator = new KeyGenerator(context, RandomSource.seeded(1));
        SecretKey secret = generator.secretKey();
        PublicKey key = generator.publicKey(secret);
        Deviation e = error(context, secret, key, p.maxLevel());
        assertThat(e.most()).isLessThan(0x1p-24); // it varies by a bit from one encryption to the next
    }
}
