package io.github.hecnn.ckks.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.hecnn.ckks.error.IntervalException;
import io.github.hecnn.ckks.error.LevelException;
import io.github.hecnn.ckks.error.MismatchException;
import io.github.hecnn.ckks.noise.NoiseModel;
import io.github.hecnn.ckks.params.SecurityLevel;
import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.ckks.slots.CkksSlotAlgebra;
import io.github.hecnn.ckks.slots.SimulatedSlotAlgebra;
import io.github.hecnn.ckks.slots.SimulatedVector;
import io.github.hecnn.ckks.slots.SlotAlgebra;
import org.junit.jupiter.api.Test;

/** Bootstrapping as an operation of circuits: rehearsed first, then for real, with the same books and the error that was predicted. */
class RefreshOnAlgebrasTest {
    private static <V> V productOfRefreshed(SlotAlgebra<V> g, V x) {
        V a = g.refresh(g.dropToLevel(x, 3));
        V b = g.rescale(g.square(a));
        return g.refresh(g.dropToLevel(b, 3));
    }

    @Test
    void aRefreshThenAProductThenARefresh() {
        BootstrapFixture f = new BootstrapFixture(BootstrapPreset.TEST_12.parameters());
        double[][] z = f.random(1);
        SimulatedSlotAlgebra rehearsal = SimulatedSlotAlgebra.builder(
                        NoiseModel.ofSecretKeyEncryption(f.context.parameters()))
                .refreshing(f.parameters.refreshLimits())
                .noiseDraws(2)
                .build();
        SimulatedVector expected = productOfRefreshed(rehearsal, rehearsal.encrypt(z[0]));
        CkksSlotAlgebra real = new CkksSlotAlgebra(f.evaluator, f.bootstrapper);
        Ciphertext got = productOfRefreshed(real, f.encrypt(z, 8));
        assertThat(real.counts()).isEqualTo(rehearsal.counts());
        assertThat(real.counts().refreshes()).isEqualTo(2);
        assertThat(got.level()).isEqualTo(expected.level()).isEqualTo(8);
        double[] out = f.encoder.decode(f.decryptor.decrypt(got));
        double[] slots = rehearsal.decrypt(expected);
        double squares = 0;
        for (int i = 0; i < out.length; i++) {
            assertThat(out[i]).isCloseTo(slots[i], within(1e-5));
            squares += (out[i] - slots[i]) * (out[i] - slots[i]);
        }
        double measured = Math.sqrt(squares / out.length);
        assertThat(Math.log(measured / rehearsal.predictedDeviation(expected)) / Math.log(2))
                .isCloseTo(0, within(1.0));
        assertThatThrownBy(() -> real.refresh(f.encrypt(z, 2)))
                .isInstanceOf(LevelException.class)
                .hasMessageContaining("expected a value of level 3..8, found level 2");
        z[0][5] = 1.5; // nobody would notice in the real run
        assertThatThrownBy(() -> rehearsal.refresh(rehearsal.encrypt(z[0])))
                .isInstanceOf(IntervalException.class)
                .hasMessageContaining("expected slots in [-1, 1]");
    }

    @Test
    void copiesOfAShortVectorHaveThePredictedErrorEach() {
        BootstrapFixture f = new BootstrapFixture(BootstrapParameters.builder()
                .logRingDegree(11)
                .levels(5)
                .securityLevel(SecurityLevel.NONE)
                .logSlots(6)
                .slotsToCoeffs(3, 3)
                .coeffsToSlots(2, 4)
                .complexSlots(true)
                .build());
        assertThat(f.bootstrapper.limits()).isEqualTo(f.parameters.refreshLimits());
        assertThat(f.bootstrapper.limits().period()).isEqualTo(64);
        double[][] z = f.random(2);
        Ciphertext r = new CkksSlotAlgebra(f.evaluator, f.bootstrapper).refresh(f.encrypt(z, 5));
        var s = f.encoder.decodeComplex(
                f.decryptor.decrypt(r), f.context.parameters().slots());
        double squares = 0;
        for (int i = 0; i < s.re().length; i++) {
            squares += Math.pow(s.re()[i] - z[0][i % 64], 2) + Math.pow(s.im()[i] - z[1][i % 64], 2);
        }
        double measured = Math.sqrt(squares / s.re().length);
        assertThat(Math.log(measured / f.parameters.refreshLimits().deviation()) / Math.log(2))
                .isCloseTo(0, within(1.0));
    }

    @Test
    void aRefresherOfOtherParametersIsRefused() {
        BootstrapFixture f = new BootstrapFixture(BootstrapParameters.builder()
                .logRingDegree(11)
                .levels(5)
                .securityLevel(SecurityLevel.NONE)
                .build());
        BootstrapFixture other = new BootstrapFixture(BootstrapParameters.builder()
                .logRingDegree(11)
                .levels(6)
                .securityLevel(SecurityLevel.NONE)
                .build());
        assertThatThrownBy(() -> new CkksSlotAlgebra(f.evaluator, other.bootstrapper))
                .isInstanceOf(MismatchException.class)
                .hasMessageContaining("make algebra and refresher of the same parameters");
        CkksSlotAlgebra g = new CkksSlotAlgebra(other.evaluator, f.bootstrapper);
        assertThatThrownBy(() -> g.refresh(other.encrypt(other.random(1), 4))).isInstanceOf(MismatchException.class);
        assertThat(g.counts().refreshes()).isZero();
    }
}
