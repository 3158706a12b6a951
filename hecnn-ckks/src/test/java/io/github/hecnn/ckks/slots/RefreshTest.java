package io.github.hecnn.ckks.slots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.hecnn.ckks.error.HeException;
import io.github.hecnn.ckks.error.IntervalException;
import io.github.hecnn.ckks.error.InvalidParametersException;
import io.github.hecnn.ckks.error.LevelException;
import io.github.hecnn.ckks.error.MismatchException;
import io.github.hecnn.ckks.error.ScaleException;
import io.github.hecnn.ckks.keys.RotationSteps;
import io.github.hecnn.ckks.noise.NoiseModel;
import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.ckks.scheme.CkksEncoder;
import io.github.hecnn.ckks.scheme.CkksFixture;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Levels rise in both algebras alike, and the rehearsal refuses what the real run would get wrong. */
class RefreshTest {
    private static final CkksFixture F = new CkksFixture(CkksFixture.small(4, 2), RotationSteps.of(1));
    private static final int SLOTS = F.slots();
    private static final Refresher<Ciphertext> OWNER = new OwnerRefresher(F);

    private static Refresher.Limits limits(int period, boolean complex) {
        return new Refresher.Limits(1, 3, period, complex, 0.5, 1e-5);
    }

    private static SimulatedSlotAlgebra.Builder builder(Refresher.Limits limits) {
        return SimulatedSlotAlgebra.builder(F.context.parameters()).refreshing(limits);
    }

    private static void refuses(Class<? extends HeException> type, String text, ThrowingCallable... calls) {
        for (ThrowingCallable call : calls) {
            assertThatThrownBy(call).isInstanceOf(type).hasMessageContaining(text);
        }
    }

    /** x to the 2^12-th part of the way around: twelve products in a chain of four. */
    private static <V> V longCircuit(SlotAlgebra<V> g, V x, List<Integer> levels) {
        V v = x;
        for (int i = 0; i < 12; i++) {
            if (g.level(v) == 0) {
                v = g.refresh(v);
            }
            V square = g.rescale(g.square(v));
            v = g.add(g.rotate(v, 1), g.negate(square)); // levels differ; v - v^2 stays in [-2, 2]
            v = g.rescale(g.multiplyConstant(v, 0.5));
            levels.add(g.level(v));
            if (g.level(v) == 1) {
                v = g.dropToLevel(v, 0);
            }
        }
        return v;
    }

    @Test
    void aCircuitDeeperThanTheChain() {
        CkksSlotAlgebra real = new CkksSlotAlgebra(F.evaluator, OWNER);
        SimulatedSlotAlgebra simulated = builder(OWNER.limits()).build();
        double[] x = F.random(1);
        List<Integer> levels = new ArrayList<>();
        List<Integer> rehearsed = new ArrayList<>();
        Ciphertext a = longCircuit(real, F.encrypt(x), levels);
        SimulatedVector b = longCircuit(simulated, simulated.encrypt(x), rehearsed);
        assertThat(levels).isEqualTo(rehearsed).contains(0, 2);
        assertThat(real.counts()).isEqualTo(simulated.counts());
        assertThat(real.counts().refreshes()).isEqualTo(5);
        assertThat(real.counts().lowestLevel()).isZero();
        OperationCounts before = real.counts();
        real.refresh(a);
        assertThat(real.counts().since(before).refreshes()).isEqualTo(1);
        double[] got = F.decrypt(a);
        double[] expected = simulated.decrypt(b);
        for (int i = 0; i < SLOTS; i++) {
            assertThat(got[i]).isCloseTo(expected[i], within(1e-5));
        }
        SimulatedSlotAlgebra books = builder(OWNER.limits()).booksOnly().build();
        longCircuit(books, books.fresh(), new ArrayList<>());
        assertThat(books.counts()).isEqualTo(before);
    }

    @Test
    void imaginaryPartsSurviveWhereTheyAreMeantTo() {
        CkksSlotAlgebra real = new CkksSlotAlgebra(F.evaluator, OWNER);
        double[] y = F.random(3);
        Ciphertext a = real.refresh(real.dropToLevel(F.symmetric.encrypt(F.encoder.encode(F.random(2), y)), 0));
        CkksEncoder.Slots s = F.encoder.decodeComplex(F.decryptor.decrypt(a), SLOTS);
        SimulatedSlotAlgebra simulated = builder(OWNER.limits()).build();
        double[] im = simulated.decryptImaginary(
                simulated.refresh(simulated.dropToLevel(simulated.encrypt(F.random(2), y), 0)));
        for (int i = 0; i < SLOTS; i++) {
            assertThat(s.im()[i]).isCloseTo(y[i], within(1e-6));
            assertThat(im[i]).isEqualTo(y[i]);
        }
    }

    private static <V> void refusesWhatNoRefresherTakes(SlotAlgebra<V> g, V x) {
        refuses(LevelException.class, "refresh: expected a value of level 1..3, found level 4", () -> g.refresh(x));
        V low = g.dropToLevel(x, 0);
        refuses(LevelException.class, "found level 0; refresh before the level falls below 1", () -> g.refresh(low));
        V two = g.dropToLevel(x, 2);
        refuses(
                ScaleException.class,
                "refresh: expected a value of scale degree 1, found 2; rescale it first",
                () -> g.refresh(g.multiplyConstant(two, 0.5)));
        refuses(
                MismatchException.class,
                "refresh: expected a value of 2 components, found 3; relinearize it first",
                () -> g.refresh(g.rescale(g.multiplyNoRelin(two, two))));
        assertThat(g.counts().refreshes()).isZero();
    }

    /** Tells other limits than it keeps. */
    private record Wrong(Limits limits) implements Refresher<Ciphertext> {
        @Override
        public Ciphertext refresh(Ciphertext v) {
            return v;
        }
    }

    @Test
    void bothAlgebrasRefuseTheSame() {
        refusesWhatNoRefresherTakes(
                new CkksSlotAlgebra(F.evaluator, new Wrong(limits(SLOTS, true))), F.encrypt(F.random(1)));
        SimulatedSlotAlgebra simulated = builder(limits(SLOTS, true)).build();
        refusesWhatNoRefresherTakes(simulated, simulated.encrypt(F.random(1)));
    }

    @Test
    void anAlgebraWithoutARefresherNamesTheRemedy() {
        SimulatedSlotAlgebra simulated =
                SimulatedSlotAlgebra.builder(F.context.parameters()).build();
        refuses(
                MismatchException.class,
                "expected an algebra with a refresher, found one without; give CkksSlotAlgebra a Bootstrapper, or"
                        + " SimulatedSlotAlgebra.Builder.refreshing its limits",
                () -> new CkksSlotAlgebra(F.context, F.keys).refresh(F.encrypt(F.random(1))),
                () -> simulated.refresh(simulated.fresh()));
    }

    @Test
    void limitsAndAlgebraMustFit() {
        refuses(
                MismatchException.class,
                "make algebra and refresher of the same parameters",
                () -> SimulatedSlotAlgebra.builder(SLOTS, 2)
                        .refreshing(limits(SLOTS, true))
                        .build(),
                () -> builder(limits(2 * SLOTS, true)).build(),
                () -> new CkksSlotAlgebra(F.evaluator, new Wrong(limits(2 * SLOTS, true))));
        CkksSlotAlgebra wrong = new CkksSlotAlgebra(F.evaluator, new Wrong(limits(SLOTS, true)));
        refuses(
                MismatchException.class,
                "expected a refresher's result of level 3",
                () -> wrong.refresh(wrong.dropToLevel(F.encrypt(F.random(1)), 1)));
        refuses(
                InvalidParametersException.class,
                "Refresher: expected",
                () -> new Refresher.Limits(-1, 3, 1, true, 1, 0),
                () -> new Refresher.Limits(3, 3, 1, true, 1, 0),
                () -> new Refresher.Limits(0, 3, 0, true, 1, 0),
                () -> new Refresher.Limits(0, 3, 12, true, 1, 0),
                () -> new Refresher.Limits(0, 3, 1, true, 0, 0),
                () -> new Refresher.Limits(0, 3, 1, true, Double.NaN, 0),
                () -> new Refresher.Limits(0, 3, 1, true, 1, -1),
                () -> new Refresher.Limits(0, 3, 1, true, 1, Double.NaN),
                () -> new Refresher.Limits(0, 3, 1, true, 1, Double.POSITIVE_INFINITY));
    }

    private static double[] constant(double c) {
        double[] x = new double[SLOTS];
        Arrays.fill(x, c);
        return x;
    }

    @Test
    void theRehearsalRefusesSlotsBeyondTheBound() {
        SimulatedSlotAlgebra g = builder(limits(SLOTS, true)).build();
        double[] x = constant(0.5); // at the bound
        double[] y = constant(-0.5);
        g.refresh(g.dropToLevel(g.encrypt(x, y), 1));
        x[SLOTS - 1] = 0.5001;
        refuses(
                IntervalException.class,
                "refresh: expected slots in [-0.50000, 0.50000], as larger parts come back wrong, found 0 to 0.50010;"
                        + " scale the value down, or take parameters of a larger bound",
                () -> g.refresh(g.dropToLevel(g.encrypt(x), 1)),
                () -> g.refresh(g.dropToLevel(g.encrypt(y, x), 1)));
        y[7] = -3;
        refuses(IntervalException.class, "found -3 to 0;", () -> g.refresh(g.dropToLevel(g.encrypt(y), 3)));
        assertThat(g.counts().refreshes()).isEqualTo(1);
    }

    @Test
    void aListenerHearsOfThemInstead() {
        List<IntervalException> heard = new ArrayList<>();
        SimulatedSlotAlgebra g =
                builder(limits(SLOTS, true)).onOutsideInterval(heard::add).build();
        assertThat(g.refresh(g.dropToLevel(g.encrypt(constant(0.75)), 1)).level())
                .isEqualTo(3);
        assertThat(heard).singleElement().satisfies(e -> {
            assertThat(e.operation()).isEqualTo("refresh");
            assertThat(e.largest()).isEqualTo(0.75);
            assertThat(e.high()).isEqualTo(0.5);
        });
    }

    @Test
    void aDeclaredBoundIsHeldAgainstTheLimitToo() {
        SimulatedSlotAlgebra g = builder(limits(SLOTS, true)).booksOnly().build();
        assertThat(g.refresh(g.dropToLevel(g.fresh(0.5), 1)).bound()).hasValue(0.5);
        assertThat(g.refresh(g.dropToLevel(g.fresh(), 1)).level()).isEqualTo(3);
        refuses(IntervalException.class, "found 0 to 0.75", () -> g.refresh(g.dropToLevel(g.fresh(0.75), 1)));
    }

    @Test
    void realSlotsAndRepeatedOnesMustBeSo() {
        SimulatedSlotAlgebra g = builder(limits(4, false)).build();
        double[] x = new double[SLOTS];
        Arrays.setAll(x, i -> 0.1 * (i % 4));
        SimulatedVector fine = g.refresh(g.dropToLevel(g.encrypt(x, new double[SLOTS]), 1));
        assertThat(g.decrypt(fine)).containsExactly(x);
        refuses(
                IntervalException.class,
                "expected slots in [0, 0], as imaginary parts are lost, found 0 to 0.20000; take parameters with"
                        + " complexSlots(true)",
                () -> g.refresh(g.dropToLevel(g.encrypt(x, constant(0.2)), 1)));
        x[9] = 0.25;
        refuses(
                MismatchException.class,
                "refresh: expected a vector that repeats itself after 4 slots, found 0.1 in slot 5 and 0.25 in slot 9",
                () -> g.refresh(g.dropToLevel(g.encrypt(x), 1)));
    }

    @Test
    void thePredictedErrorIsAdded() {
        for (boolean complex : new boolean[] {false, true}) {
            SimulatedSlotAlgebra g = SimulatedSlotAlgebra.builder(
                            NoiseModel.ofSecretKeyEncryption(F.context.parameters()))
                    .refreshing(limits(SLOTS, complex))
                    .build();
            SimulatedVector v = g.dropToLevel(g.encrypt(constant(0.1)), 1);
            assertThat(g.predictedDeviation(v)).isLessThan(1e-7);
            double once = complex ? Math.sqrt(0.5) * 1e-5 : 1e-5;
            v = g.refresh(v);
            assertThat(g.predictedDeviation(v)).isCloseTo(once, within(0.01 * once));
            v = g.refresh(v);
            assertThat(g.predictedDeviation(v)).isCloseTo(Math.sqrt(2) * once, within(0.05 * once));
            double imaginary =
                    Arrays.stream(g.predictedImaginaryDeviations(v)).max().orElseThrow();
            assertThat(imaginary > 1e-6).isEqualTo(complex);
            // the same value refreshed twice is the same value
            assertThat(g.predictedDeviation(g.subtract(g.refresh(v), g.refresh(v))))
                    .isLessThan(1e-12);
        }
    }
}
