package io.github.hecnn.ckks.scheme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.hecnn.ckks.error.MismatchException;
import io.github.hecnn.ckks.internal.cipher.Ciphertexts;
import io.github.hecnn.ckks.internal.parts.CiphertextParts;
import io.github.hecnn.ckks.keys.EvaluationKeys;
import io.github.hecnn.ckks.keys.KeyGenerator;
import io.github.hecnn.ckks.keys.KeyPairId;
import io.github.hecnn.ckks.keys.RotationKey;
import io.github.hecnn.ckks.keys.RotationSteps;
import io.github.hecnn.ckks.keys.SecretKey;
import io.github.hecnn.core.sampling.RandomSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Every operation passes the key pair on, and none mixes two. */
class KeyPairsTest {
    /** One operation on one ciphertext, with the evaluator of its pair or of another one. */
    private interface Unary extends BiFunction<Evaluator, Ciphertext, Ciphertext> {}

    private interface Binary {
        Ciphertext apply(Evaluator e, Ciphertext a, Ciphertext b);
    }

    private static final CkksFixture F = new CkksFixture(CkksFixture.small(2, 1), RotationSteps.of(1));
    private static final KeyPairId MINE = F.secretKey.keyPairId();
    private static final KeyGenerator GENERATOR = new KeyGenerator(F.context, RandomSource.seeded(99));
    private static final SecretKey OTHER = GENERATOR.secretKey();
    private static final Evaluator THEIRS =
            new Evaluator(F.context, GENERATOR.evaluationKeys(OTHER, RotationSteps.of(1), true));
    private static final Evaluator KEYLESS = new Evaluator(F.context, EvaluationKeys.none());
    private static final Plaintext PLAIN = F.encoder.encode(F.random(1));
    private static final Ciphertext A = F.encrypt(F.random(2));
    private static final Ciphertext OF_A_TOO = F.evaluator.multiplyInteger(A, 3);
    private static final Ciphertext B =
            Encryptor.withSecretKey(F.context, OTHER, RandomSource.seeded(3)).encrypt(F.encoder.encode(F.random(4)));

    private static final Map<String, Unary> KEYLESS_UNARY = new LinkedHashMap<>();
    private static final Map<String, Unary> SWITCHING = new LinkedHashMap<>();
    private static final Map<String, Binary> BINARY = new LinkedHashMap<>();

    static {
        KEYLESS_UNARY.put("negate", Evaluator::negate);
        KEYLESS_UNARY.put("addPlain", (e, a) -> e.addPlain(a, PLAIN));
        KEYLESS_UNARY.put("subtractPlain", (e, a) -> e.subtractPlain(a, PLAIN));
        KEYLESS_UNARY.put("addConstant", (e, a) -> e.addConstant(a, 0.5));
        KEYLESS_UNARY.put("multiplyPlain", (e, a) -> e.multiplyPlain(a, PLAIN));
        KEYLESS_UNARY.put("multiplyConstant", (e, a) -> e.multiplyConstant(a, 0.5));
        KEYLESS_UNARY.put("multiplyInteger", (e, a) -> e.multiplyInteger(a, 2));
        KEYLESS_UNARY.put("multiplyByI", Evaluator::multiplyByI);
        KEYLESS_UNARY.put("multiplyByMonomial", (e, a) -> e.multiplyByMonomial(a, 3));
        KEYLESS_UNARY.put("sumOfPlainProducts", (e, a) -> e.sumOfPlainProducts(List.of(a), List.of(PLAIN)));
        KEYLESS_UNARY.put("multiply", (e, a) -> e.multiplyNoRelin(a, a));
        KEYLESS_UNARY.put("rescale", (e, a) -> e.rescale(KEYLESS.multiplyConstant(a, 0.5)));
        KEYLESS_UNARY.put("dropToLevel", (e, a) -> e.dropToLevel(a, 1));
        KEYLESS_UNARY.put("dropLimbs", (e, a) -> e.dropLimbs(a, 1));

        SWITCHING.put("relinearize", (e, a) -> e.relinearize(KEYLESS.multiplyNoRelin(a, a)));
        SWITCHING.put("relinearizeAndRescale", (e, a) -> e.relinearizeAndRescale(KEYLESS.multiplyNoRelin(a, a)));
        SWITCHING.put("multiply", Evaluator::square);
        SWITCHING.put("rotate", (e, a) -> e.rotate(a, 1));
        SWITCHING.put("rotateHoisted", (e, a) -> e.rotateHoisted(a, 1).get(0));
        SWITCHING.put("conjugate", Evaluator::conjugate);
        SWITCHING.put("sumsOfRotatedPlainProducts", (e, a) -> {
            ExtendedPlaintext p = F.encoder.encodeExtended(F.random(5), null, a.level(), a.scale());
            return e.sumsOfRotatedPlainProducts(a, new int[] {1}, List.of(List.of(p)))
                    .get(0);
        });

        BINARY.put("add", Evaluator::add);
        BINARY.put("subtract", Evaluator::subtract);
        BINARY.put("multiply", Evaluator::multiplyNoRelin);
        BINARY.put("sumOfProducts", (e, a, b) -> e.sumOfProducts(List.of(a, a), List.of(a, b)));
        BINARY.put("sumOfPlainProducts", (e, a, b) -> e.sumOfPlainProducts(List.of(a, b), List.of(PLAIN, PLAIN)));
    }

    private static Ciphertext unknown(Ciphertext c) {
        return Ciphertexts.of(
                new CiphertextParts(c.parametersId(), KeyPairId.UNKNOWN, Ciphertexts.components(c), c.scale()));
    }

    private static void refused(String operation, KeyPairId expected, KeyPairId found, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOf(MismatchException.class)
                .hasMessage(operation + ": expected an object of key pair " + expected + ", found one of key pair "
                        + found
                        + "; use keys and ciphertexts of one secret key, keyPairId() of each tells whose it is");
    }

    @Test
    void everyEncryptionCarriesThePairOfItsKey() {
        assertThat(A.keyPairId()).isEqualTo(MINE);
        assertThat(F.asymmetric.encrypt(PLAIN).keyPairId()).isEqualTo(MINE);
        assertThat(B.keyPairId()).isEqualTo(OTHER.keyPairId()).isNotEqualTo(MINE);
    }

    @Test
    void everyOperationPassesThePairOn() {
        for (Map<String, Unary> operations : List.of(KEYLESS_UNARY, SWITCHING)) {
            operations.forEach((name, f) ->
                    assertThat(f.apply(F.evaluator, A).keyPairId()).as(name).isEqualTo(MINE));
        }
        KEYLESS_UNARY.forEach((name, f) ->
                assertThat(f.apply(KEYLESS, B).keyPairId()).as(name).isEqualTo(OTHER.keyPairId()));
        BINARY.forEach((name, f) -> {
            assertThat(f.apply(F.evaluator, A, OF_A_TOO).keyPairId()).as(name).isEqualTo(MINE);
            assertThat(f.apply(F.evaluator, unknown(A), OF_A_TOO).keyPairId())
                    .as(name)
                    .isEqualTo(MINE);
            assertThat(f.apply(KEYLESS, A, unknown(B)).keyPairId()).as(name).isEqualTo(MINE);
        });
    }

    @Test
    void anEvaluatorRefusesCiphertextsOfAnotherPair() {
        for (Map<String, Unary> operations : List.of(KEYLESS_UNARY, SWITCHING)) {
            operations.forEach((name, f) -> refused(name, OTHER.keyPairId(), MINE, () -> f.apply(THEIRS, A)));
        }
    }

    @Test
    void ciphertextsOfTwoPairsAreNotMixedWithoutKeysEither() {
        BINARY.forEach((name, f) -> refused(name, MINE, OTHER.keyPairId(), () -> f.apply(KEYLESS, A, B)));
    }

    @Test
    void onlyAKeySwitchTellsThePairOfAnUnknownCiphertext() {
        KEYLESS_UNARY.forEach(
                (name, f) -> assertThat(f.apply(F.evaluator, unknown(A)).keyPairId())
                        .as(name)
                        .isEqualTo(KeyPairId.UNKNOWN));
        SWITCHING.forEach(
                (name, f) -> assertThat(f.apply(F.evaluator, unknown(A)).keyPairId())
                        .as(name)
                        .isEqualTo(MINE));
    }

    @Test
    void keysThatDoNotTellTheirPairTakeThatOfTheCiphertext() {
        RotationKey k = GENERATOR.rotationKey(F.secretKey, 1);
        EvaluationKeys keys = EvaluationKeys.of(
                null, List.of(new RotationKey(k.parametersId(), KeyPairId.UNKNOWN, k.galoisElement(), k.key())));
        Evaluator e = new Evaluator(F.context, keys);
        assertThat(e.rotate(A, 1).keyPairId()).isEqualTo(MINE);
        assertThat(e.rotate(unknown(A), 1).keyPairId()).isEqualTo(KeyPairId.UNKNOWN);
    }

    @Test
    void theOtherKeyDoesNotDecrypt() {
        Decryptor theirs = new Decryptor(F.context, OTHER);
        Function<Ciphertext, double[]> mine = c -> F.encoder.decode(F.decryptor.decrypt(c));
        refused("decrypt", OTHER.keyPairId(), MINE, () -> theirs.decrypt(A));
        refused("decrypt", MINE, OTHER.keyPairId(), () -> F.decrypt(B));
        assertThat(mine.apply(unknown(A))).isEqualTo(mine.apply(A));
    }
}
