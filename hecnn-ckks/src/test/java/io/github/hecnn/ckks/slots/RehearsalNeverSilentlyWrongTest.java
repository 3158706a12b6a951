package io.github.hecnn.ckks.slots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.hecnn.ckks.circuit.linear.SlotSums;
import io.github.hecnn.ckks.circuit.polynomial.Polynomial;
import io.github.hecnn.ckks.circuit.polynomial.PolynomialEvaluator;
import io.github.hecnn.ckks.error.HeException;
import io.github.hecnn.ckks.error.IntervalException;
import io.github.hecnn.ckks.error.MismatchException;
import io.github.hecnn.ckks.error.ScaleException;
import io.github.hecnn.ckks.error.TransparentCiphertextException;
import io.github.hecnn.ckks.keys.RotationSteps;
import io.github.hecnn.ckks.params.CkksParameters;
import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.ckks.scheme.CkksFixture;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A rehearsal refuses or reports what a real run would get wrong without a word. */
class RehearsalNeverSilentlyWrongTest {
    private static final CkksParameters PARAMETERS = CkksFixture.small(3, 3);
    private static final CkksFixture F = new CkksFixture(PARAMETERS, RotationSteps.of(1, 2));
    private static final int SLOTS = PARAMETERS.slots();

    private final SimulatedSlotAlgebra algebra =
            SimulatedSlotAlgebra.builder(PARAMETERS).build();

    private static double[] all(double v) {
        double[] x = new double[SLOTS];
        Arrays.fill(x, v);
        return x;
    }

    @Test
    void valuesThatOutgrowTheModulusAreRefusedWhereTheyDo() {
        SimulatedVector v = algebra.encrypt(all(301));
        assertThat(v.bound()).hasValue(301);
        String text =
                "expected a result below Q/2 = 2^48.0 at level 0, found slots up to 301 at scale 2^40.0, 2^48.2 in all;"
                        + " scale the values down where they are made, or ";
        assertThatThrownBy(() -> algebra.dropToLevel(v, 0))
                .isInstanceOf(ScaleException.class)
                .hasMessage("dropToLevel: " + text + "stay at level 1 or more");
        SimulatedVector small = algebra.dropToLevel(algebra.encrypt(all(1)), 0);
        assertThatThrownBy(() -> algebra.add(small, v))
                .isInstanceOf(ScaleException.class)
                .hasMessageStartingWith("add: " + text);
        assertThat(algebra.dropToLevel(v, 1).level()).isEqualTo(1);
        SimulatedVector most = algebra.dropToLevel(algebra.encrypt(all(200)), 0);
        assertThatThrownBy(() -> algebra.add(most, most)).isInstanceOf(ScaleException.class);
        assertThatThrownBy(() -> algebra.addConstant(most, 60)).isInstanceOf(ScaleException.class);
        assertThatThrownBy(() -> algebra.addPlain(most, PlainVector.constant(60, SLOTS)))
                .isInstanceOf(ScaleException.class);
        assertThatThrownBy(() -> algebra.multiplyInteger(most, 2)).isInstanceOf(ScaleException.class);
        assertThatThrownBy(() -> SlotSums.of(SLOTS, 4).sum(algebra, most)).isInstanceOf(ScaleException.class);
        SimulatedVector twenty = algebra.dropToLevel(algebra.encrypt(all(20)), 1);
        assertThatThrownBy(() -> algebra.square(twenty))
                .isInstanceOf(ScaleException.class)
                .hasMessageContaining("slots up to 400");
        assertThat(algebra.decrypt(algebra.subtract(most, small))[0]).isEqualTo(199);
    }

    @Test
    void whatIsNoNumberOrInfiniteIsRefused() {
        assertThatThrownBy(() -> algebra.encrypt(all(Double.NaN)))
                .isInstanceOf(MismatchException.class)
                .hasMessageContaining("NaN in slot 0");
        assertThatThrownBy(() -> algebra.encrypt(all(1), all(Double.POSITIVE_INFINITY)))
                .isInstanceOf(MismatchException.class);
        assertThatThrownBy(() -> algebra.encrypt(all(1e300))).isInstanceOf(ScaleException.class);
        assertThatThrownBy(() -> algebra.encrypt(all(1e-13)))
                .isInstanceOf(ScaleException.class)
                .hasMessageContaining("round to zero");
    }

    @Test
    void booksAloneFollowADeclaredBound() {
        SimulatedSlotAlgebra books =
                SimulatedSlotAlgebra.builder(PARAMETERS).booksOnly().build();
        SimulatedVector v = books.fresh(10);
        SimulatedVector square = books.rescale(books.square(v));
        assertThat(square.bound()).hasValue(100);
        assertThat(books.add(square, square).bound()).hasValue(200);
        assertThat(books.multiplyInteger(books.rotate(v, 1), -3).bound()).hasValue(30);
        assertThatThrownBy(() -> books.add(books.dropToLevel(square, 0), books.multiplyInteger(square, 2)))
                .isInstanceOf(ScaleException.class);
        assertThat(books.add(v, books.fresh()).bound()).isEmpty();
        assertThatThrownBy(() -> algebra.fresh(1)).isInstanceOf(MismatchException.class);
        assertThatThrownBy(() -> books.fresh(Double.NaN)).isInstanceOf(ScaleException.class);
    }

    @Test
    void theIntervalOfAPolynomialIsHeld() {
        Polynomial p = Polynomial.interpolate(x -> 1 / (1 + Math.exp(-x)), 3, -1, 1);
        PolynomialEvaluator sigmoid = PolynomialEvaluator.of(p);
        double[] x = all(0.25);
        x[9] = 3;
        SimulatedVector v = algebra.encrypt(x);
        assertThatThrownBy(() -> sigmoid.evaluate(algebra, v))
                .isInstanceOf(IntervalException.class)
                .hasMessage(
                        "PolynomialEvaluator: expected slots in [-1, 1], for which the polynomial holds, found 0.25000 to 3;"
                                + " scale the input down, or take a polynomial of a wider interval");
        List<IntervalException> heard = new ArrayList<>();
        SimulatedSlotAlgebra warned = SimulatedSlotAlgebra.builder(PARAMETERS)
                .onOutsideInterval(heard::add)
                .build();
        SimulatedVector y = sigmoid.evaluate(warned, warned.encrypt(x));
        assertThat(warned.decrypt(y)[9]).isCloseTo(p.valueAt(3), Offset.offset(1e-9));
        assertThat(heard).singleElement().satisfies(e -> {
            assertThat(e.largest()).isEqualTo(3);
            assertThat(e.smallest()).isEqualTo(0.25);
            assertThat(e.low()).isEqualTo(-1);
            assertThat(e.high()).isEqualTo(1);
            assertThat(e.operation()).isEqualTo("PolynomialEvaluator");
        });
        double[] mask = all(1);
        mask[9] = 0;
        assertThat(algebra.decrypt(sigmoid.evaluate(algebra, v, PlainVector.real(mask)))[0])
                .isCloseTo(p.valueAt(0.25), Offset.offset(1e-9));
        assertThat(algebra.decrypt(sigmoid.evaluate(algebra, algebra.encrypt(all(-1))))[0])
                .isCloseTo(p.valueAt(-1), Offset.offset(1e-9));
        Polynomial powers = Polynomial.monomial(0.5, 0.25).validOn(-2, 2);
        assertThat(powers.validTo()).isEqualTo(2);
        assertThatThrownBy(() -> PolynomialEvaluator.of(powers).evaluate(algebra, v))
                .isInstanceOf(IntervalException.class);
        assertThat(p.validFrom()).isEqualTo(-1);
    }

    @Test
    void coefficientsBelowTheScaleAreLeftOut() {
        CkksSlotAlgebra real = new CkksSlotAlgebra(F.context, F.keys);
        for (Polynomial p : List.of(
                Polynomial.monomial(0.5, 0.25, 1e-14, 0.125, 1e-15),
                Polynomial.monomial(1e-16, 0.5, 1e-20),
                Polynomial.chebyshev(-1, 1, 0.3, 1e-14, 0.2, 1e-14, 1e-14, 1e-13))) {
            PolynomialEvaluator e = PolynomialEvaluator.of(p);
            double[] x = F.random(3);
            double[] got = F.decrypt(e.evaluate(real, F.encrypt(x)));
            double[] simulated = algebra.decrypt(e.evaluate(algebra, algebra.encrypt(x)));
            for (int i = 0; i < SLOTS; i += 17) {
                assertThat(got[i]).isCloseTo(p.valueAt(x[i]), Offset.offset(1e-6));
                assertThat(simulated[i]).isCloseTo(p.valueAt(x[i]), Offset.offset(1e-11));
            }
        }
    }

    private static <V> String refusal(Function<SlotAlgebra<V>, V> f, SlotAlgebra<V> g) {
        try {
            return "nothing refused: " + f.apply(g);
        } catch (HeException e) {
            return e.getClass().getSimpleName() + ": " + e.getMessage();
        }
    }

    private static <V> V mistake(SlotAlgebra<V> g, V x, int which) {
        PlainVector zero = PlainVector.constant(0, SLOTS);
        V low = g.dropToLevel(x, 0);
        return switch (which) {
            case 0 -> g.square(low);
            case 1 -> g.multiplyPlain(low, PlainVector.constant(1, SLOTS));
            case 2 -> g.multiplyConstant(x, 1e-13);
            case 3 -> g.addConstant(x, 1e-14);
            case 4 -> g.addPlain(x, PlainVector.constant(1e-14, SLOTS));
            case 5 -> g.multiplyConstant(x, 0);
            case 6 -> g.multiplyPlain(x, zero);
            case 7 -> g.multiplyInteger(x, 0);
            case 8 -> g.subtract(x, x);
            case 9 -> g.sumOfPlainProducts(List.of(x, x), List.of(zero, zero));
            case 10 ->
                g.sumsOfRotatedPlainProducts(x, new int[] {1, 2}, List.of(Arrays.asList(null, zero)))
                        .get(0);
            case 11 -> g.multiplyInteger(low, 1000);
            case 12 -> g.addConstant(low, 300);
            case 13 -> g.subtractPlain(low, PlainVector.constant(-300, SLOTS));
            case 14 -> g.multiplyConstant(g.dropToLevel(x, 1), 1e13);
            case 15 -> g.dropToLevel(g.square(x), 0);
            case 16 -> g.sumOfProducts(List.of(low), List.of(x));
            case 17 -> g.multiplyPlain(x, PlainVector.constant(1e30, SLOTS));
            case 18 -> g.multiplyNoRelin(low, x);
            default -> g.rescale(x);
        };
    }

    @Test
    void bothRunsRefuseInTheSameWords() {
        CkksSlotAlgebra real = new CkksSlotAlgebra(F.context, F.keys);
        SimulatedVector s = algebra.encrypt(F.random(1));
        Ciphertext c = F.encrypt(F.random(1));
        for (int i = 0; i < 20; i++) {
            int which = i;
            String expected = refusal(g -> mistake(g, s, which), algebra);
            assertThat(expected).doesNotStartWith("nothing refused");
            assertThat(refusal(g -> mistake(g, c, which), real)).isEqualTo(expected);
        }
        SimulatedSlotAlgebra open =
                SimulatedSlotAlgebra.builder(PARAMETERS).allowingTransparent().build();
        SimulatedVector v = open.encrypt(F.random(1));
        assertThat(open.decrypt(open.subtract(v, v))).containsOnly(0);
        CkksSlotAlgebra openReal = new CkksSlotAlgebra(F.evaluator.allowingTransparent());
        assertThat(F.decrypt(openReal.subtract(c, c))[0]).isCloseTo(0, Offset.offset(1e-9));
        assertThatThrownBy(() -> algebra.subtract(s, s)).isInstanceOf(TransparentCiphertextException.class);
    }

    /** Random circuits whose values may outgrow the modulus: a wrong result only where one of the two runs has refused. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void noWrappedResultWithoutARefusal(long seed) {
        Random random = new Random(seed);
        CkksSlotAlgebra real = new CkksSlotAlgebra(F.context, F.keys);
        double[] x = F.random(seed);
        double size = Math.pow(10, random.nextInt(4));
        for (int i = 0; i < SLOTS; i++) {
            x[i] *= size;
        }
        List<SimulatedVector> plain = new ArrayList<>(List.of(algebra.encrypt(x)));
        List<Ciphertext> encrypted = new ArrayList<>(List.of(F.encrypt(x)));
        int refused = 0;
        for (int i = 0; i < 40; i++) {
            int a = random.nextInt(plain.size());
            int b = random.nextInt(plain.size());
            int kind = random.nextInt(10);
            double k = Math.pow(10, random.nextInt(8) - 3);
            try {
                SimulatedVector s = step(algebra, plain.get(a), plain.get(b), kind, k);
                Ciphertext c = step(real, encrypted.get(a), encrypted.get(b), kind, k);
                plain.add(s);
                encrypted.add(c);
            } catch (HeException e) {
                refused++;
                continue;
            }
            double[] expected = algebra.decrypt(plain.get(plain.size() - 1));
            double[] got = F.decrypt(encrypted.get(encrypted.size() - 1));
            double largest = Math.max(1, plain.get(plain.size() - 1).bound().orElseThrow());
            for (int j = 0; j < SLOTS; j += 31) {
                assertThat(Math.abs(got[j] - expected[j]))
                        .isLessThan(Math.max(1e-3, 1e-3 * largest) * Math.max(1, size));
            }
        }
        assertThat(refused).isPositive();
    }

    private static <V> V step(SlotAlgebra<V> g, V a, V b, int kind, double k) {
        return switch (kind) {
            case 0 -> g.add(a, b);
            case 1 -> g.subtract(a, b);
            case 2 -> g.addConstant(a, k);
            case 3 -> g.multiplyInteger(a, Math.round(k));
            case 4 -> g.rescale(g.multiplyConstant(a, k));
            case 5 -> g.rescale(g.multiplyPlain(a, PlainVector.constant(k, SLOTS)));
            case 6 -> g.rescale(g.multiply(a, b));
            case 7 -> g.dropToLevel(a, g.level(a) / 2);
            case 8 -> g.add(a, g.rotate(a, 1));
            default -> g.addPlain(a, PlainVector.constant(k, SLOTS));
        };
    }
}
