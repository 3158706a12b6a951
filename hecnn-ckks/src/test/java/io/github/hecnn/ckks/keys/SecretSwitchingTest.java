package io.github.hecnn.ckks.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.hecnn.ckks.error.InvalidParametersException;
import io.github.hecnn.ckks.error.MismatchException;
import io.github.hecnn.ckks.error.MissingKeyException;
import io.github.hecnn.ckks.internal.cipher.Ciphertexts;
import io.github.hecnn.ckks.internal.cipher.Plaintexts;
import io.github.hecnn.ckks.internal.context.Rings;
import io.github.hecnn.ckks.internal.parts.CiphertextParts;
import io.github.hecnn.ckks.internal.parts.Keys;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.ckks.params.CkksParameters;
import io.github.hecnn.ckks.params.CkksPresets;
import io.github.hecnn.ckks.params.SecurityLevel;
import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.ckks.scheme.CkksEncoder;
import io.github.hecnn.ckks.scheme.CkksFixture;
import io.github.hecnn.ckks.scheme.Decryptor;
import io.github.hecnn.ckks.scheme.Evaluator;
import io.github.hecnn.ckks.scheme.SecretSwitcher;
import io.github.hecnn.core.rns.CrtReconstructor;
import io.github.hecnn.core.rns.KeyHalves;
import io.github.hecnn.core.rns.RnsPolynomial;
import io.github.hecnn.core.sampling.RandomSource;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Keys between secrets: of two owners, and of a sparse secret that is forgotten. */
class SecretSwitchingTest {
    private final CkksFixture f = new CkksFixture(parameters(), RotationSteps.of(1));
    private final KeyGenerator generator = new KeyGenerator(f.context, RandomSource.reproducible(5));

    private static CkksParameters parameters() {
        return CkksParameters.builder()
                .logRingDegree(11)
                .levels(2)
                .digits(2)
                .upperLevels(1, 49)
                .securityLevel(SecurityLevel.NONE)
                .build();
    }

    @Test
    void aCiphertextGoesFromOneOwnerToAnother() {
        SecretKey other = generator.secretKey();
        SecretSwitchingKey key = generator.switchingKey(f.secretKey, other);
        SecretSwitcher switcher = new SecretSwitcher(f.context, key);
        assertThatThrownBy(() -> new SecretSwitcher(CkksContext.create(CkksPresets.SECURE_13.parameters()), key))
                .isInstanceOf(MismatchException.class);
        assertThat(key.from()).isEqualTo(f.secretKey.keyPairId());
        assertThat(key.to()).isEqualTo(other.keyPairId());
        double[] x = f.random(1);
        Ciphertext c = f.encrypt(x);
        Ciphertext d = switcher.apply(c);
        assertThat(d.keyPairId()).isEqualTo(other.keyPairId());
        assertThat(d.scale()).isEqualTo(c.scale());
        double[] y = f.encoder.decode(new Decryptor(f.context, other).decrypt(d));
        for (int i = 0; i < x.length; i++) {
            assertThat(y[i]).isCloseTo(x[i], within(1e-6));
        }
        assertThatThrownBy(() -> f.decryptor.decrypt(d)).isInstanceOf(MismatchException.class);
        assertThatThrownBy(() -> switcher.apply(d)).isInstanceOf(MismatchException.class);
        assertThatThrownBy(() -> switcher.apply(f.evaluator.multiplyNoRelin(c, c)))
                .isInstanceOf(MismatchException.class)
                .hasMessageContaining("2 components");
        SecretKey foreign = new KeyGenerator(CkksContext.create(CkksPresets.SECURE_13.parameters())).secretKey();
        assertThatThrownBy(() -> generator.switchingKey(foreign, other)).isInstanceOf(MismatchException.class);
        assertThatThrownBy(() -> generator.switchingKey(other, foreign)).isInstanceOf(MismatchException.class);
    }

    @Test
    void theKeyToTheSparseSecretExistsModuloQ0AndOneSpecialPrimeOnly() {
        EncapsulationKeys keys = generator.encapsulationKeys(f.secretKey, 32);
        List<Long> small = List.of(
                f.context.parameters().chain().dataPrimes().get(0),
                f.context.parameters().chain().specialPrimes().get(0));
        assertThat(Keys.halves(keys.toSparse()).b()).hasSize(1);
        for (RnsPolynomial p : List.of(
                Keys.halves(keys.toSparse()).b().get(0),
                Keys.halves(keys.toSparse()).a().get(0))) {
            assertThat(p.basis().primes()).isEqualTo(small);
        }
        assertThat(Rings.of(f.context.encapsulationContext()).extendedBasis().primes())
                .isEqualTo(small);
        // the way back is under the dense secret and covers the chain
        assertThat(Keys.halves(keys.toDense()).b()).hasSize(2);
        assertThat(Keys.halves(keys.toDense()).b().get(0).basis())
                .isEqualTo(Rings.of(f.context).extendedBasis());
        // nothing else of the sparse secret is kept
        assertThat(Arrays.stream(EncapsulationKeys.class.getRecordComponents())
                        .map(c -> c.getType().getSimpleName()))
                .containsExactly("long", "KeyPairId", "int", "SwitchingKey", "SwitchingKey");
        assertThat(keys.keyPairId()).isEqualTo(f.secretKey.keyPairId());
        assertThat(keys.memoryBytes()).isEqualTo(8L * 2048 * (2 * 2 + 2 * 2 * 6));
    }

    /** There and back, with the raise between: what is left is the message plus a small multiple of q(0). */
    @Test
    void betweenTheKeysACiphertextIsRaised() {
        EncapsulationKeys keys = generator.encapsulationKeys(f.secretKey, 32);
        double[] x = f.random(3);
        CkksContext zero = f.context.encapsulationContext();
        Ciphertext c = f.symmetric.encrypt(f.encoder.encode(x, null, 0, 0x1p30));
        SwitchingKey k = keys.toSparse();
        RnsPolynomial[] s = Rings.of(zero)
                .keySwitch()
                .switchKey(
                        Ciphertexts.components(c).get(1),
                        Keys.halves(k),
                        KeyHalves.After.adding(Ciphertexts.components(c).get(0)));
        RnsPolynomial[] raised = new RnsPolynomial[2];
        for (int i = 0; i < 2; i++) {
            double[] limb = Rings.of(zero).arithmetic().toCoefficients(s[i]).limb(0);
            double[][] limbs = new double[f.context.parameters().chainLevel() + 1][limb.length];
            for (int t = 0; t < limbs.length; t++) {
                RnsPolynomial.reduce(
                        limb, Rings.of(f.context).basis(limbs.length - 1).modulus(t), limbs[t]);
            }
            raised[i] = Rings.of(f.context)
                    .arithmetic()
                    .toNtt(RnsPolynomial.wrap(
                            Rings.of(f.context).basis(limbs.length - 1),
                            io.github.hecnn.core.rns.Domain.COEFFICIENT,
                            limbs));
        }
        SwitchingKey back = keys.toDense();
        RnsPolynomial[] d = Rings.of(f.context)
                .keySwitch()
                .switchKey(raised[1], Keys.halves(back), KeyHalves.After.adding(raised[0]));
        double q0 = f.context.parameters().chain().dataPrimes().get(0);
        RnsPolynomial m = Plaintexts.polynomial(f.decryptor.decrypt(
                Ciphertexts.of(new CiphertextParts(f.context.parameters().id(), keys.keyPairId(), List.of(d), q0))));
        RnsPolynomial wanted = Plaintexts.polynomial(f.decryptor.decrypt(c));
        double[] all = new CrtReconstructor(m.basis())
                .toDoubles(Rings.of(f.context).arithmetic().toCoefficients(m), q0);
        double[] small = new CrtReconstructor(wanted.basis())
                .toDoubles(Rings.of(f.context).arithmetic().toCoefficients(wanted), q0);
        double largest = 0;
        for (int i = 0; i < all.length; i++) {
            double multiple = Math.rint(all[i] - small[i]);
            largest = Math.max(largest, Math.abs(multiple));
            assertThat(all[i] - small[i]).isCloseTo(multiple, within(1e-9));
        }
        // 33 uniform summands of deviation 0.29: a dense secret of this degree would give multiples of 40 and more
        assertThat(largest).isBetween(2.0, 11.0);
    }

    @Test
    void aSparseSecretIsRefusedWhereItIsNotSafe() {
        assertThatThrownBy(() -> generator.encapsulationKeys(f.secretKey, 0))
                .isInstanceOf(InvalidParametersException.class)
                .hasMessageContaining("Hamming weight in 1..2048, found 0");
        assertThatThrownBy(() -> generator.encapsulationKeys(f.secretKey, 2049))
                .isInstanceOf(InvalidParametersException.class);
        CkksContext secure = CkksContext.create(CkksParameters.builder()
                .logRingDegree(13)
                .levels(0)
                .digits(2)
                .upperLevels(1, 49)
                .build());
        KeyGenerator g = new KeyGenerator(secure, RandomSource.reproducible(1));
        SecretKey s = g.secretKey();
        assertThatThrownBy(() -> g.encapsulationKeys(s, 32))
                .isInstanceOf(InvalidParametersException.class)
                .hasMessageContaining("ring degree of at least 2^16")
                .hasMessageContaining("found 2^13 and 98.0");
        assertThatThrownBy(() -> g.encapsulationKeys(s, 31))
                .isInstanceOf(InvalidParametersException.class)
                .hasMessageContaining("in 32..8192, found 31");
        // without levels above the special prime may be smaller than q(0)
        CkksContext plain = CkksContext.create(CkksFixture.small(1, 2));
        KeyGenerator p = new KeyGenerator(plain, RandomSource.reproducible(1));
        assertThatThrownBy(() -> p.encapsulationKeys(p.secretKey(), 32)).isInstanceOf(InvalidParametersException.class);
    }

    @Test
    void rotationAndConjugationInOne() {
        RotationKey key = generator.rotationAndConjugationKey(f.secretKey, 3);
        Evaluator e = new Evaluator(f.context, EvaluationKeys.of(null, List.of(key)));
        double[] x = f.random(6);
        double[] y = f.random(7);
        Ciphertext c = f.symmetric.encrypt(f.encoder.encode(x, y));
        CkksEncoder.Slots out = f.encoder.decodeComplex(f.decryptor.decrypt(e.rotateAndConjugate(c, 3)));
        for (int i = 0; i < x.length; i++) {
            assertThat(out.re()[i]).isCloseTo(x[(i + 3) % x.length], within(1e-6));
            assertThat(out.im()[i]).isCloseTo(-y[(i + 3) % x.length], within(1e-6));
        }
        assertThatThrownBy(() -> e.rotateAndConjugate(c, 4))
                .isInstanceOf(MissingKeyException.class)
                .hasMessageContaining("no key for 4 steps and conjugation in one")
                .satisfies(m -> assertThat(((MissingKeyException) m).kind())
                        .isEqualTo(MissingKeyException.Kind.ROTATION_AND_CONJUGATION));
    }
}
