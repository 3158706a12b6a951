package io.github.hecnn.ckks.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.hecnn.ckks.error.InvalidParametersException;
import io.github.hecnn.ckks.error.LevelException;
import io.github.hecnn.ckks.error.MismatchException;
import io.github.hecnn.ckks.error.MissingKeyException;
import io.github.hecnn.ckks.error.ScaleException;
import io.github.hecnn.ckks.keys.EvaluationKeys;
import io.github.hecnn.ckks.keys.KeyGenerator;
import io.github.hecnn.ckks.keys.RotationKey;
import io.github.hecnn.ckks.keys.SecretKey;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.ckks.params.CkksPresets;
import io.github.hecnn.ckks.params.SecurityLevel;
import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.ckks.scheme.Encryptor;
import io.github.hecnn.core.sampling.RandomSource;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What is refused, and that it is refused before work begins. */
class BootstrapRefusalTest {
    private static final BootstrapFixture F = new BootstrapFixture(small().build());

    private static BootstrapParameters.Builder small() {
        return BootstrapParameters.builder()
                .logRingDegree(11)
                .levels(4)
                .logSlots(4)
                .slotsToCoeffs(4)
                .coeffsToSlots(4)
                .correctionDegree(1)
                .messageRatioBits(10)
                .securityLevel(SecurityLevel.NONE);
    }

    private static void refused(UnaryOperator<BootstrapParameters.Builder> change, String text) {
        assertThatThrownBy(() -> change.apply(small()).build())
                .isInstanceOf(InvalidParametersException.class)
                .hasMessageContaining(text);
    }

    @Test
    void settingsOutOfRange() {
        refused(b -> b.logRingDegree(10), "logRingDegree in 11..17, found 10");
        refused(b -> b.levels(1), "expected more levels than the 1 of slotsToCoeffs, found 1; use levels(2) or more");
        refused(b -> b.scaleBits(46), "scaleBits in 30..45");
        refused(b -> b.logSlots(11).slotsToCoeffs().coeffsToSlots(), "logSlots in 1..10, found 11");
        refused(b -> b.logSlots(0), "logSlots in 1..10");
        refused(b -> b.slotsToCoeffs(2, 3), "slotsToCoeffs of 1 to 10 butterflies, 4 together");
        refused(b -> b.coeffsToSlots(5, -1), "coeffsToSlots");
        refused(b -> b.correctionDegree(2), "degree 1, 3 or 5, found 2");
        refused(b -> b.messageRatioBits(2), "messageRatioBits in 3..14");
        refused(b -> b.integerBound(7), "integerBound in 8..16");
        refused(b -> b.ephemeralWeight(8), "ephemeralWeight in 16..64");
        refused(b -> b.bound(0), "expected a bound above 0 and at most 128.0");
        refused(b -> b.bound(129), "found 129.0; use a larger messageRatioBits");
        refused(b -> b.bound(Double.NaN), "expected a bound");
        refused(b -> b.digits(0), "digits");
        refused(b -> b.securityLevel(SecurityLevel.CLASSICAL_128), "128-bit security");
    }

    @Test
    void presetsHave128Bits() {
        for (BootstrapPreset p : BootstrapPreset.values()) {
            boolean secure = p != BootstrapPreset.TEST_12;
            assertThat(p.parameters().ckksParameters().securityLevel().bits()).isEqualTo(secure ? 128 : 0);
        }
        assertThatThrownBy(() -> BootstrapParameters.builder().levels(13).build())
                .isInstanceOf(InvalidParametersException.class)
                .hasMessageContaining("at most 1747 bits");
    }

    @Test
    void presetsPromiseWhatTheyAreFor() {
        BootstrapPrediction balanced = BootstrapPreset.BOOT_16.parameters().prediction();
        assertThat(balanced.levelsLeft()).isEqualTo(8);
        assertThat(balanced.meanErrorBits()).isLessThan(-23);
        assertThat(balanced.maxErrorBits()).isLessThan(-18);
        assertThat(balanced.failureBits()).isBetween(-55.0, -54.0);
        assertThat(balanced.keyBytes() + balanced.tableBytes()).isLessThan(3_400_000_000L);
        BootstrapPrediction precise =
                BootstrapPreset.BOOT_16_PRECISE.parameters().prediction();
        assertThat(precise.levelsLeft()).isEqualTo(7);
        assertThat(precise.meanErrorBits()).isLessThan(-23.5);
        assertThat(precise.maxErrorBits()).isLessThan(-20);
        assertThat(precise.failureBits()).isLessThan(-50);
        BootstrapPrediction training =
                BootstrapPreset.BOOT_16_TRAINING.parameters().prediction();
        assertThat(training.levelsLeft()).isEqualTo(11);
        assertThat(training.meanErrorBits()).isLessThan(-19.5);
        assertThat(training.failureBits()).isLessThan(-50);
        BootstrapParameters never =
                BootstrapParameters.builder().integerBound(16).build();
        assertThat(never.prediction().failureBits()).isEqualTo(Double.NEGATIVE_INFINITY);
    }

    @Test
    void equalParametersAreEqual() {
        BootstrapParameters a = small().build();
        assertThat(a).isEqualTo(F.parameters).hasSameHashCodeAs(F.parameters);
        assertThat(a.id()).isEqualTo(F.parameters.id());
        for (BootstrapParameters other : List.of(
                small().bound(2).build(),
                small().integerBound(12).build(),
                small().complexSlots(true).build(),
                small().levels(5).build())) {
            assertThat(other).isNotEqualTo(a);
            assertThat(other.id()).isNotEqualTo(a.id());
        }
    }

    @Test
    void ciphertextsThatCannotBeRefreshed() {
        double[][] z = F.random(1);
        Ciphertext low = F.encrypt(z, 0);
        assertThatThrownBy(() -> F.bootstrapper.refresh(low))
                .isInstanceOf(LevelException.class)
                .hasMessage(
                        "refresh: expected a ciphertext of level 1..4, found level 0; refresh before the level falls"
                                + " below 1");
        Ciphertext good = F.encrypt(z, 2);
        assertThatThrownBy(() -> F.bootstrapper.refreshAll(List.of(good, low))).isInstanceOf(LevelException.class);
        Ciphertext above = F.encryptor.encrypt(F.encoder.encode(z[0], null, 6, 0x1p40));
        assertThatThrownBy(() -> F.bootstrapper.refresh(above)).isInstanceOf(LevelException.class);
        assertThatThrownBy(() -> F.bootstrapper.refresh(F.evaluator.multiply(good, good)))
                .isInstanceOf(ScaleException.class)
                .hasMessageContaining("rescale the product first");
        assertThatThrownBy(() -> F.bootstrapper.refresh(F.evaluator.multiplyNoRelin(good, good)))
                .isInstanceOf(MismatchException.class)
                .hasMessageContaining("2 components, found 3");
        SecretKey other = new KeyGenerator(F.context, RandomSource.seeded(9)).secretKey();
        Ciphertext foreign = Encryptor.withSecretKey(F.context, other).encrypt(F.encoder.encode(z[0]));
        assertThatThrownBy(() -> F.bootstrapper.refresh(foreign))
                .isInstanceOf(MismatchException.class)
                .hasMessageContaining("key pair");
    }

    @Test
    void keysThatDoNotFit() {
        BootstrapParameters bounded = small().bound(2).build();
        CkksContext same = CkksContext.create(bounded.ckksParameters());
        assertThatThrownBy(() -> new Bootstrapper(same, bounded, F.keys))
                .isInstanceOf(MismatchException.class)
                .hasMessageContaining("expected keys of bootstrap parameters");
        CkksContext foreign = CkksContext.create(CkksPresets.SECURE_13.parameters());
        assertThatThrownBy(() -> new Bootstrapper(foreign, F.parameters, F.keys))
                .isInstanceOf(MismatchException.class);
        assertThatThrownBy(() -> new BootstrapKeyGenerator(foreign, F.parameters))
                .isInstanceOf(MismatchException.class);
        SecretKey foreignSecret = new KeyGenerator(foreign).secretKey();
        assertThatThrownBy(() -> new BootstrapKeyGenerator(F.context, F.parameters).keys(foreignSecret))
                .isInstanceOf(MismatchException.class);
        SecretKey other = new KeyGenerator(F.context, RandomSource.seeded(9)).secretKey();
        BootstrapKeys others = new BootstrapKeyGenerator(F.context, F.parameters).keys(other);
        assertThatThrownBy(() -> new BootstrapKeys(
                        F.parameters.id(), F.keys.evaluationKeys(), F.keys.lowKeys(), others.encapsulationKeys()))
                .isInstanceOf(MismatchException.class)
                .hasMessageContaining("key pair");
    }

    @Test
    void keysThatAreMissing() {
        EvaluationKeys whole = F.keys.evaluationKeys();
        List<RotationKey> rotations = List.copyOf(whole.rotationKeys());
        refusedKeys(EvaluationKeys.of(null, rotations), F.keys.lowKeys(), MissingKeyException.Kind.RELINEARIZATION);
        EvaluationKeys fewer =
                EvaluationKeys.of(whole.relinearizationKey().orElseThrow(), rotations.subList(1, rotations.size()));
        refusedKeys(fewer, F.keys.lowKeys(), MissingKeyException.Kind.ROTATION);
        EvaluationKeys without =
                EvaluationKeys.of(whole.relinearizationKey().orElseThrow(), rotations.subList(0, rotations.size() - 1));
        refusedKeys(without, F.keys.lowKeys(), MissingKeyException.Kind.ROTATION_AND_CONJUGATION);
        refusedKeys(whole, EvaluationKeys.none(), MissingKeyException.Kind.ROTATION);
        // keys of the whole context are not those of the low one
        assertThatThrownBy(() -> new Bootstrapper(
                        F.context,
                        F.parameters,
                        new BootstrapKeys(F.parameters.id(), whole, whole, F.keys.encapsulationKeys())))
                .isInstanceOfAny(MismatchException.class, MissingKeyException.class);
    }

    private static void refusedKeys(EvaluationKeys whole, EvaluationKeys low, MissingKeyException.Kind kind) {
        BootstrapKeys keys = new BootstrapKeys(F.parameters.id(), whole, low, F.keys.encapsulationKeys());
        assertThatThrownBy(() -> new Bootstrapper(F.context, F.parameters, keys))
                .isInstanceOf(MissingKeyException.class)
                .satisfies(e -> assertThat(((MissingKeyException) e).kind()).isEqualTo(kind));
    }
}
