package io.github.hecnn.ckks.scheme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.hecnn.ckks.error.InvalidParametersException;
import io.github.hecnn.ckks.error.LevelException;
import io.github.hecnn.ckks.error.MismatchException;
import io.github.hecnn.ckks.internal.context.Rings;
import io.github.hecnn.ckks.keys.EvaluationKeys;
import io.github.hecnn.ckks.keys.KeyGenerator;
import io.github.hecnn.ckks.keys.RotationSteps;
import io.github.hecnn.ckks.keys.SecretKey;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.ckks.params.CkksParameters;
import io.github.hecnn.ckks.params.SecurityLevel;
import io.github.hecnn.ckks.serial.CkksSerializer;
import io.github.hecnn.core.sampling.RandomSource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Keys of low levels: smaller, on the same ciphertexts. */
class SubContextTest {
    private final CkksFixture f = new CkksFixture(parameters(), RotationSteps.of(1));
    private final CkksContext low = f.context.subContext(2, 2, 2);
    private final EvaluationKeys lowKeys =
            new KeyGenerator(low, RandomSource.seeded(9)).evaluationKeys(f.secretKey, RotationSteps.of(1, 5), true);

    private static CkksParameters parameters() {
        return CkksParameters.builder()
                .logRingDegree(11)
                .levels(4)
                .digits(2)
                .upperLevels(3, 49)
                .securityLevel(SecurityLevel.NONE)
                .build();
    }

    private void assertRotated(Ciphertext c, double[] x, int steps) {
        double[] y = f.decrypt(c);
        for (int i = 0; i < x.length; i++) {
            assertThat(y[i]).isCloseTo(x[(i + steps) % x.length], within(1e-6));
        }
    }

    @Test
    void smallKeysWorkOnTheCiphertextsOfTheWholeContext() {
        double[] x = f.random(1);
        Evaluator small = new Evaluator(low, lowKeys);
        Ciphertext c = f.evaluator.dropToLevel(f.encrypt(x), 2);
        Ciphertext r = small.rotate(c, 5);
        assertRotated(r, x, 5);
        // and back in the whole context, with its own keys
        assertRotated(f.evaluator.rotate(r, 1), x, 6);
        Ciphertext p = small.rescale(small.multiply(r, c));
        assertThat(p.scale()).isEqualTo(f.context.parameters().scale(1));
        double[] y = f.decrypt(f.evaluator.add(p, p));
        for (int i = 0; i < x.length; i++) {
            assertThat(y[i]).isCloseTo(2 * x[i] * x[(i + 5) % x.length], within(1e-6));
        }
        // 2 digits on 3 + 2 primes against 2 digits on 8 + 4
        assertThat(lowKeys.rotationKeys().iterator().next().key().memoryBytes())
                .isEqualTo(2L * 2 * 5 * 2048 * 8)
                .isLessThan(f.keys.rotationKeys().iterator().next().key().memoryBytes() / 2);
        assertThat(lowKeys.keyPairId()).isEqualTo(f.secretKey.keyPairId());
    }

    @Test
    void primesAndTablesAreShared() {
        assertThat(low.root()).isSameAs(f.context);
        assertThat(f.context.root()).isSameAs(f.context);
        assertThat(Rings.of(low).basis(2)).isSameAs(Rings.of(f.context).basis(2));
        assertThat(Rings.of(low).rescaler(2)).isSameAs(Rings.of(f.context).rescaler(2));
        assertThat(Rings.of(low).arithmetic()).isSameAs(Rings.of(f.context).arithmetic());
        assertThat(Rings.of(low).specialBasis().ntt(1))
                .isSameAs(Rings.of(f.context).specialBasis().ntt(1));
        for (int l = 0; l <= 2; l++) {
            assertThat(low.parameters().scale(l))
                    .isEqualTo(f.context.parameters().scale(l));
        }
        assertThat(low.parameters().rootId()).isEqualTo(f.context.parameters().id());
        assertThat(low.parameters().id()).isNotEqualTo(low.parameters().rootId());
        assertThat(low.subContext(1, 1, 2).root()).isSameAs(f.context);
        assertThat(f.context.subContext(6, 4, 2).parameters().maxLevel()).isEqualTo(4);
    }

    @Test
    void secretKeysAndCiphertextsAreThoseOfTheWholeContext() {
        SecretKey s = new KeyGenerator(low, RandomSource.seeded(1)).secretKey();
        assertThat(s.keyPairId()).isEqualTo(f.secretKey.keyPairId());
        double[] x = f.random(2);
        Plaintext m = new CkksEncoder(low).encode(x);
        assertThat(m.level()).isEqualTo(2);
        Ciphertext c = Encryptor.withSecretKey(low, s, RandomSource.seeded(3)).encrypt(m);
        assertRotated(c, x, 0);
        assertRotated(f.evaluator.rotate(c, 1), x, 1);
        assertThat(new CkksEncoder(low).decode(new Decryptor(low, f.secretKey).decrypt(c))[7])
                .isCloseTo(x[7], within(1e-6));
    }

    @Test
    void keysAreRefusedWhereTheyDoNotBelong() {
        assertThatThrownBy(() -> new Evaluator(f.context, lowKeys)).isInstanceOf(MismatchException.class);
        assertThatThrownBy(() -> new Evaluator(low, f.keys)).isInstanceOf(MismatchException.class);
        CkksContext other = f.context.subContext(2, 2, 3);
        assertThatThrownBy(() -> new Evaluator(other, lowKeys)).isInstanceOf(MismatchException.class);
        Evaluator small = new Evaluator(low, lowKeys);
        Ciphertext high = f.encrypt(f.random(3));
        assertThatThrownBy(() -> small.rotate(high, 5))
                .isInstanceOf(LevelException.class)
                .hasMessage(
                        "rotate: expected a ciphertext of at most level 2, where this sub-context ends, found level 4;"
                                + " bring it down with the evaluator of the root() context");
        assertThatThrownBy(() -> small.add(high, high)).isInstanceOf(LevelException.class);
    }

    @Test
    void keysHaveFilesOfTheirOwn() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new CkksSerializer(low).write(out, lowKeys);
        CkksContext again = CkksContext.create(parameters()).subContext(2, 2, 2);
        EvaluationKeys read = new CkksSerializer(again).readEvaluationKeys(new ByteArrayInputStream(out.toByteArray()));
        double[] x = f.random(4);
        assertRotated(new Evaluator(low, read).rotate(f.evaluator.dropToLevel(f.encrypt(x), 1), 5), x, 5);
        assertThatThrownBy(() ->
                        new CkksSerializer(f.context).readEvaluationKeys(new ByteArrayInputStream(out.toByteArray())))
                .isInstanceOf(MismatchException.class);
        assertThatThrownBy(() -> CkksSerializer.write(out, low.parameters()))
                .isInstanceOf(MismatchException.class)
                .hasMessageContaining("write those of its root()");
    }

    @Test
    void refusesWhatIsNotAPartOrDoesNotHoldTheDigits() {
        for (int[] bad : List.of(
                new int[] {8, 2, 4},
                new int[] {-1, 1, 1},
                new int[] {2, 0, 2},
                new int[] {2, 5, 2},
                new int[] {2, 2, 0},
                new int[] {2, 2, 4})) {
            assertThatThrownBy(() -> f.context.subContext(bad[0], bad[1], bad[2]))
                    .isInstanceOf(InvalidParametersException.class);
        }
        assertThatThrownBy(() -> f.context.subContext(2, 1, 2))
                .isInstanceOf(InvalidParametersException.class)
                .hasMessageContaining("use more special primes or more digits");
    }
}
