package io.github.hecnn.mlr.transfer.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.hecnn.ckks.error.LevelException;
import io.github.hecnn.ckks.error.MismatchException;
import io.github.hecnn.ckks.error.MissingKeyException;
import io.github.hecnn.ckks.error.ScaleException;
import io.github.hecnn.ckks.slots.SimulatedSlotAlgebra;
import io.github.hecnn.ckks.slots.SimulatedVector;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class EncryptedNetworkRefusalTest {
    private final Network network = Networks.random(20, 5, 3, 1);
    private final NetworkPacking packing = new NetworkPacking(64, 20, 18, 1, 1);
    private final EncryptedNetwork compiled = EncryptedNetwork.compile(network, packing);

    private static void refuses(Class<?> type, String text, ThrowingCallable code) {
        assertThatThrownBy(code)
                .isInstanceOf(type)
                .hasMessageContaining(text)
                .hasMessageContaining("expected")
                .hasMessageContaining("found");
    }

    private static void refuses(String text, ThrowingCallable code) {
        refuses(IllegalArgumentException.class, text, code);
    }

    @Test
    void packingsThatCannotBe() {
        refuses("powers of two", () -> new NetworkPacking(60, 20, 18, 1, 1));
        refuses("powers of two", () -> new NetworkPacking(64, 20, 18, 3, 1));
        refuses("powers of two", () -> new NetworkPacking(64, 20, 18, 0, 1));
        refuses("1 input", () -> new NetworkPacking(64, 0, 18, 1, 1));
        refuses("1 input", () -> new NetworkPacking(64, 20, 0, 1, 1));
        refuses("at most 64", () -> new NetworkPacking(64, 20, 18, 4, 1));
        for (double factor : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            refuses("factor", () -> new NetworkPacking(64, 20, 18, 1, factor));
        }
    }

    @Test
    void inputsAndOutputsOfOtherSizes() {
        refuses("1..1", () -> packing.pack(new double[2][20]));
        refuses("1..1", () -> packing.pack(new double[0][20]));
        refuses("length 20", () -> packing.pack(new double[1][19]));
        refuses("length 64", () -> packing.unpack(new double[3], 1));
        refuses("1..1", () -> packing.unpack(new double[64], 2));
        refuses("1..1", () -> packing.unpack(new double[64], 0));
    }

    @Test
    void inputsThatAreNotFinite() {
        for (double bad : new double[] {Double.NaN, Double.NEGATIVE_INFINITY}) {
            double[] v = new double[20];
            v[7] = bad;
            refuses("at 7", () -> packing.pack(new double[][] {v}));
        }
    }

    @Test
    void networksThatThePackingIsNotFor() {
        refuses("20 -> 18", () -> EncryptedNetwork.compile(network, new NetworkPacking(64, 20, 20, 1, 1)));
        refuses("20 -> 18", () -> EncryptedNetwork.compile(network, new NetworkPacking(64, 21, 18, 1, 1)));
        refuses("at least 32", () -> new NetworkPacking(64, 20, 18, 1, 1, 16));
        refuses("at least 32", () -> new NetworkPacking(64, 20, 18, 1, 1, 48));
        refuses("at most 64", () -> new NetworkPacking(64, 20, 18, 1, 1, 128));
    }

    @Test
    void layersThatAreNotAffine() {
        Network curved = new Network(20, List.of(new Curved(), Networks.dense(new Random(1), 18, 20)));
        refuses("does not double", () -> EncryptedNetwork.compile(curved, packing));
    }

    /** A square that claims to be affine. */
    private static final class Curved implements Layer.Affine {
        @Override
        public int outputs(int inputs) {
            return inputs;
        }

        @Override
        public double[] apply(double[] input) {
            double[] out = input.clone();
            out[7] *= input[7];
            return out;
        }
    }

    @Test
    void tooFewKeys() {
        refuses("at least 1 key", () -> EncryptedNetwork.compile(network, packing, 0));
    }

    @Test
    void oneKeyIsEnoughForDiagonalsThatLieUnevenly() {
        double[][] uneven = new double[64][64];
        for (int i = 0; i < 64; i++) { // diagonals 0, 1 and 4 only
            uneven[i][i] = 1;
            uneven[i][(i + 1) % 64] = 1;
            uneven[i][(i + 4) % 64] = 1;
        }
        Network sparse = new Network(64, List.of(new Dense(uneven, new double[64])));
        NetworkPacking one = new NetworkPacking(64, 64, 64, 1, 1);
        EncryptedNetwork n = EncryptedNetwork.compile(sparse, one, 1);
        assertThat(n.rotationSteps()).hasSize(1);
        assertThat(EncryptedNetwork.compile(sparse, one, 2).rotationSteps()).hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void anotherRing() {
        SimulatedSlotAlgebra other = SimulatedSlotAlgebra.builder(128, 4).build();
        refuses(MismatchException.class, "64 slots", () -> compiled.evaluate(other, other.fresh()));
    }

    @Test
    void tooFewLevels() {
        SimulatedSlotAlgebra low = SimulatedSlotAlgebra.builder(64, 3).build();
        refuses(LevelException.class, "level 4", () -> compiled.evaluate(low, low.fresh()));
    }

    @Test
    void unrescaledInputs() {
        SimulatedSlotAlgebra algebra = SimulatedSlotAlgebra.builder(64, 4).build();
        SimulatedVector product = algebra.multiplyConstant(algebra.encrypt(new double[64]), 2);
        refuses(ScaleException.class, "degree", () -> compiled.evaluate(algebra, product));
    }

    @Test
    void missingKeys() {
        for (int step : compiled.rotationSteps()) {
            SimulatedSlotAlgebra algebra = SimulatedSlotAlgebra.builder(64, 4)
                    .rotationSteps(compiled.rotationSteps().stream()
                            .filter(s -> s != step)
                            .toList())
                    .build();
            refusesWithoutKey(algebra);
        }
        refusesWithoutKey(
                SimulatedSlotAlgebra.builder(64, 4).withoutConjugationKey().build());
        refusesWithoutKey(
                SimulatedSlotAlgebra.builder(64, 4).withoutRelinearizationKey().build());
    }

    private void refusesWithoutKey(SimulatedSlotAlgebra algebra) {
        SimulatedVector input = algebra.encrypt(new double[64]);
        assertThatThrownBy(() -> compiled.evaluate(algebra, input)).isInstanceOf(MissingKeyException.class);
    }
}
