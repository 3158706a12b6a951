package io.github.hecnn.ckks.circuit.polynomial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.hecnn.ckks.error.IntervalException;
import io.github.hecnn.ckks.slots.PlainVector;
import io.github.hecnn.ckks.slots.SimulatedSlotAlgebra;
import io.github.hecnn.ckks.slots.SimulatedVector;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MaskedPolynomialTest {
    private static final int SLOTS = 32;
    private static final int LEVELS = 8;
    private static final double[] CUBIC = {0.5, 0.1, 0, -0.01};

    private static PlainVector mask(double value) {
        double[] out = new double[SLOTS];
        for (int i = 0; i < SLOTS; i += 4) {
            out[i] = value;
        }
        return PlainVector.real(out);
    }

    @Test
    void evaluatesTermsFromTheSquareOnInMaskedSlotsOnly() {
        Random random = new Random(5);
        for (int degree = 2; degree <= 20; degree++) {
            for (int pattern = 0; pattern < 4; pattern++) {
                double[] c = new double[degree + 1];
                for (int k = 0; k <= degree; k++) {
                    c[k] = pattern == 0 || (k + pattern) % 3 == 0 || k == degree ? random.nextGaussian() : 0;
                }
                check(c, random);
            }
        }
    }

    private static void check(double[] c, Random random) {
        double[] x = random.doubles(SLOTS, -1.2, 1.2).toArray();
        SimulatedSlotAlgebra algebra = new SimulatedSlotAlgebra(SLOTS, LEVELS);
        MaskedPolynomial<SimulatedVector> polynomial = new MaskedPolynomial<>(
                algebra, Polynomial.monomial(c).validOn(-2, 2), MaskedPolynomialTest::mask, "test");
        SimulatedVector terms = polynomial.higherTerms(algebra.encrypt(x));
        assertThat(algebra.scaleDegree(terms)).isEqualTo(2);
        assertThat(algebra.level(terms)).isEqualTo(LEVELS - MaskedPolynomial.depth(c.length - 1) + 1);
        double[] found = algebra.decrypt(terms);
        for (int i = 0; i < SLOTS; i++) {
            double expected = 0;
            for (int k = c.length - 1; k >= 2 && i % 4 == 0; k--) {
                expected = (expected + c[k]) * x[i];
            }
            assertThat(found[i]).isCloseTo(expected * x[i], within(1e-12 * (1 + Math.abs(expected)) * 100));
        }
    }

    @Test
    void aCubicTakesOneSquareAndOneProduct() {
        SimulatedSlotAlgebra algebra = new SimulatedSlotAlgebra(SLOTS, LEVELS);
        new MaskedPolynomial<>(algebra, Polynomial.monomial(CUBIC), MaskedPolynomialTest::mask, "test")
                .higherTerms(algebra.fresh());
        assertThat(algebra.counts().relinearizations()).isEqualTo(1);
        assertThat(algebra.counts().multiplications()).isEqualTo(2);
    }

    private static double[] with(int slot, double value) {
        double[] x = new double[SLOTS];
        x[slot] = value;
        return x;
    }

    @Test
    void aSimulationHoldsTheWantedSlotsToTheInterval() {
        Polynomial cubic = Polynomial.monomial(CUBIC).validOn(-1, 1);
        SimulatedSlotAlgebra algebra = new SimulatedSlotAlgebra(SLOTS, LEVELS);
        MaskedPolynomial<SimulatedVector> polynomial =
                new MaskedPolynomial<>(algebra, cubic, MaskedPolynomialTest::mask, "cubic of the test");
        polynomial.higherTerms(algebra.encrypt(with(4, 1)));
        polynomial.higherTerms(algebra.encrypt(with(4, -1)));
        polynomial.higherTerms(algebra.encrypt(with(5, 1.5)));
        for (double outside : new double[] {1.01, -1.01}) {
            SimulatedVector x = algebra.encrypt(with(4, outside));
            assertThatThrownBy(() -> polynomial.higherTerms(x))
                    .isInstanceOf(IntervalException.class)
                    .hasMessageContaining("cubic of the test")
                    .hasMessageContaining("1.01");
        }
        List<IntervalException> heard = new ArrayList<>();
        SimulatedSlotAlgebra goesOn = SimulatedSlotAlgebra.builder(SLOTS, LEVELS)
                .onOutsideInterval(heard::add)
                .build();
        new MaskedPolynomial<>(goesOn, cubic, MaskedPolynomialTest::mask, "cubic of the test")
                .higherTerms(goesOn.encrypt(with(4, 1.01)));
        assertThat(heard).hasSize(1);
    }

    @Test
    void depthIsTheLogarithmOfTheNumberOfCoefficients() {
        int[] degrees = {1, 2, 3, 4, 7, 8, 15, 16};
        int[] depths = {1, 2, 2, 3, 3, 4, 4, 5};
        for (int i = 0; i < degrees.length; i++) {
            assertThat(MaskedPolynomial.depth(degrees[i])).isEqualTo(depths[i]);
        }
    }
}
