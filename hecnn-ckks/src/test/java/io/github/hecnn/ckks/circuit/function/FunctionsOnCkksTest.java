package io.github.hecnn.ckks.circuit.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.hecnn.ckks.error.IntervalException;
import io.github.hecnn.ckks.error.LevelException;
import io.github.hecnn.ckks.error.ScaleException;
import io.github.hecnn.ckks.keys.RotationSteps;
import io.github.hecnn.ckks.params.ModulusCapacity;
import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.ckks.scheme.CkksFixture;
import io.github.hecnn.ckks.slots.CkksSlotAlgebra;
import io.github.hecnn.ckks.slots.PlainVector;
import io.github.hecnn.ckks.slots.SimulatedSlotAlgebra;
import io.github.hecnn.ckks.slots.SimulatedVector;
import io.github.hecnn.ckks.slots.SlotAlgebra;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The functions on ciphertexts and in the rehearsal: near the function, with the levels and the books they promise. */
class FunctionsOnCkksTest {
    private static final int LEVELS = 9;
    private static final CkksFixture F = new CkksFixture(CkksFixture.small(LEVELS, 3), RotationSteps.of(List.of()));
    private static final int SLOTS = F.slots();

    private final CkksSlotAlgebra real = new CkksSlotAlgebra(F.context, F.keys);
    private final SimulatedSlotAlgebra simulated =
            SimulatedSlotAlgebra.builder(F.context.parameters()).build();

    private static List<SlotFunction> functions() {
        return List.of(
                SmoothFunction.sigmoid(8, 15),
                SmoothFunction.tanh(4, 15),
                SmoothFunction.exp(-4, 2, 12),
                SmoothFunction.squareRoot(1.0 / 16, 1, 15),
                SmoothFunction.inverseSquareRoot(1.0 / 16, 1, 15),
                Inverse.of(0.5, 2, 18),
                Inverse.of(1.0 / 16, 1, 15),
                Sign.of(1, 1.0 / 16, 10));
    }

    /** Slots of the domain, its ends among them. */
    private static double[] inputs(SlotFunction f, long seed) {
        double from = f instanceof Sign s ? s.resolution() : f.low();
        Random random = new Random(seed);
        double[] x = random.doubles(SLOTS, from, f.high()).toArray();
        x[0] = from;
        x[1] = f.high();
        if (f instanceof Sign) {
            Arrays.setAll(x, i -> i % 3 == 0 ? -x[i] : x[i]);
        }
        return x;
    }

    private interface Circuit {
        <V> V run(SlotAlgebra<V> algebra, V a, V b);
    }

    /** Runs it on ciphertexts and in the rehearsal, compares books and levels, and gives the slots of the ciphertext. */
    private double[] run(Circuit circuit, double[] a, double[] b, int levels) {
        SimulatedVector expected = circuit.run(simulated, simulated.encrypt(a), simulated.encrypt(b));
        Ciphertext got = circuit.run(real, encrypt(a), encrypt(b));
        assertThat(real.counts()).isEqualTo(simulated.counts());
        assertThat(real.level(got)).isEqualTo(expected.level()).isEqualTo(LEVELS - levels);
        assertThat(real.scaleDegree(got)).isEqualTo(1);
        return F.encoder.decode(F.decryptor.decrypt(got));
    }

    private static Ciphertext encrypt(double[] x) {
        return F.asymmetric.encrypt(F.encoder.encode(x));
    }

    @ParameterizedTest
    @MethodSource("functions")
    void ciphertextsHoldTheFunctionAndTheBooksHoldThePromise(SlotFunction f) {
        double[] x = inputs(f, 7);
        double[] y = run(
                new Circuit() {
                    @Override
                    public <V> V run(SlotAlgebra<V> algebra, V a, V b) {
                        return f.evaluate(algebra, a);
                    }
                },
                x,
                x,
                f.levels());
        assertThat(real.counts().relinearizations()).isEqualTo(f.relinearizations());
        double worst = 0;
        double noise = 0;
        for (int i = 0; i < SLOTS; i++) {
            worst = Math.max(worst, Math.abs(y[i] - f.exactAt(x[i])));
            noise = Math.max(noise, Math.abs(y[i] - f.valueAt(x[i])));
        }
        assertThat(noise).isLessThan(0x1p-17);
        assertThat(worst).isLessThan(f.errorBound() + 0x1p-17);
    }

    @Test
    void comparisonsAreNearTheirFunctions() {
        Comparison by = Comparison.by(Sign.of(1, 1.0 / 16, 10));
        Random random = new Random(3);
        double[] a = random.doubles(SLOTS, -0.5, 0.5).toArray();
        double[] b = random.doubles(SLOTS, -0.5, 0.5).toArray();
        compare(Math::max, by.errorBound() / 2, a, b, by.levels(), new Circuit() {
            @Override
            public <V> V run(SlotAlgebra<V> algebra, V x, V y) {
                return by.maximum(algebra, x, y);
            }
        });
        compare(Math::min, by.errorBound() / 2, a, b, by.levels(), new Circuit() {
            @Override
            public <V> V run(SlotAlgebra<V> algebra, V x, V y) {
                return by.minimum(algebra, x, y);
            }
        });
        compare((x, y) -> Math.abs(x), by.errorBound(), a, b, by.levels(), new Circuit() {
            @Override
            public <V> V run(SlotAlgebra<V> algebra, V x, V y) {
                return by.magnitude(algebra, x);
            }
        });
        compare((x, y) -> Math.max(x, 0), by.errorBound() / 2, a, b, by.levels(), new Circuit() {
            @Override
            public <V> V run(SlotAlgebra<V> algebra, V x, V y) {
                return by.rectified(algebra, x);
            }
        });
        double[] far =
                DoubleStream.of(b).map(x -> x < 0 ? x - 0.0625 : x + 0.0625).toArray();
        double[] zero = new double[SLOTS];
        compare(
                (x, y) -> x > y ? 1 : 0,
                by.sign().errorBound() / 2,
                far,
                zero,
                by.sign().levels(),
                new Circuit() {
                    @Override
                    public <V> V run(SlotAlgebra<V> algebra, V x, V y) {
                        return by.greater(algebra, x, y);
                    }
                });
    }

    private void compare(
            DoubleBinaryOperator exact, double bound, double[] a, double[] b, int levels, Circuit circuit) {
        double[] y = run(circuit, a, b, levels);
        double worst = 0;
        for (int i = 0; i < SLOTS; i++) {
            worst = Math.max(worst, Math.abs(y[i] - exact.applyAsDouble(a[i], b[i])));
        }
        assertThat(worst).isLessThan(bound + 0x1p-17);
    }

    @Test
    void aRehearsalRefusesSlotsOutsideOfTheDomain() {
        for (SlotFunction f : functions()) {
            double[] x = inputs(f, 1);
            x[5] = f.high() + 0.01;
            refused(f, x, "in [");
            x[5] = f.low() - 0.01;
            refused(f, x, "in [");
        }
        Sign sign = Sign.of(1, 1.0 / 16, 10);
        double[] x = inputs(sign, 1);
        x[5] = -0.03;
        refused(sign, x, "sign: expected slots in [0.062500, 1], or their negatives");
        double[] matters = new double[SLOTS];
        Arrays.fill(matters, 1);
        matters[5] = 0;
        sign.evaluate(simulated, simulated.encrypt(x), PlainVector.real(matters));
        Comparison by = Comparison.by(sign);
        by.magnitude(simulated, simulated.encrypt(x));
        SimulatedVector v = simulated.encrypt(x);
        SimulatedVector zero = simulated.encrypt(new double[SLOTS]);
        by.greater(simulated, v, zero, PlainVector.real(matters));
        assertThatThrownBy(() -> by.greater(simulated, v, zero))
                .isInstanceOf(IntervalException.class)
                .hasMessageContaining("greater: expected slots in [0.062500, 1], or their negatives");
    }

    private void refused(SlotFunction f, double[] x, String text) {
        assertThatThrownBy(() -> f.evaluate(simulated, simulated.encrypt(x)))
                .as(f.name())
                .isInstanceOf(IntervalException.class)
                .hasMessageContaining(text);
    }

    @Test
    void tooFewLevelsAndTooLargeResultsAreRefused() {
        SlotFunction f = SmoothFunction.sigmoid(8, 15);
        SimulatedVector low = simulated.dropToLevel(simulated.encrypt(new double[SLOTS]), f.levels() - 1);
        assertThatThrownBy(() -> f.evaluate(simulated, low))
                .isInstanceOf(LevelException.class)
                .hasMessageContaining("sigmoid: expected a value of level " + f.levels());
        SlotFunction large = SmoothFunction.exp(0, 4, 4);
        SimulatedSlotAlgebra tight = SimulatedSlotAlgebra.builder(SLOTS, large.levels())
                .capacity(ModulusCapacity.ofBits(large.levels(), 49, 45))
                .build();
        double[] x = new double[SLOTS];
        Arrays.fill(x, 3.9);
        assertThatThrownBy(() -> large.evaluate(tight, tight.encrypt(x))).isInstanceOf(ScaleException.class);
    }
}
