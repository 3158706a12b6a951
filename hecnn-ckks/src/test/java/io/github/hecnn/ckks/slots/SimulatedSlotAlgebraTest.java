package io.github.hecnn.ckks.slots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SimulatedSlotAlgebraTest {
    private static final int SLOTS = 16;
    private final Random random = new Random(7);
    private final SimulatedSlotAlgebra algebra = new SimulatedSlotAlgebra(SLOTS, 5);
    private final double[] x = numbers();
    private final double[] y = numbers();
    private final double[] u = numbers();
    private final double[] v = numbers();
    private final SimulatedVector a = algebra.encrypt(x, y);
    private final SimulatedVector b = algebra.encrypt(u, v);
    private final SimulatedVector real = algebra.encrypt(x);

    private double[] numbers() {
        return random.doubles(SLOTS, -1, 1).toArray();
    }

    private interface Slot {
        double at(int i);
    }

    private void check(SimulatedVector value, int level, int degree, Slot re, Slot im) {
        assertThat(algebra.level(value)).isEqualTo(level).isEqualTo(value.level());
        assertThat(algebra.scaleDegree(value)).isEqualTo(degree).isEqualTo(value.scaleDegree());
        double[] gotRe = algebra.decrypt(value);
        double[] gotIm = algebra.decryptImaginary(value);
        for (int i = 0; i < SLOTS; i++) {
            assertThat(gotRe[i]).isCloseTo(re.at(i), within(1e-14));
            assertThat(gotIm[i]).isCloseTo(im.at(i), within(1e-14));
        }
    }

    @Test
    void linearOperations() {
        check(algebra.add(a, b), 5, 1, i -> x[i] + u[i], i -> y[i] + v[i]);
        check(algebra.subtract(a, b), 5, 1, i -> x[i] - u[i], i -> y[i] - v[i]);
        check(algebra.subtract(real, b), 5, 1, i -> x[i] - u[i], i -> -v[i]);
        check(algebra.add(real, real), 5, 1, i -> 2 * x[i], i -> 0);
        check(algebra.negate(a), 5, 1, i -> -x[i], i -> -y[i]);
        check(algebra.multiplyInteger(a, -3), 5, 1, i -> -3 * x[i], i -> -3 * y[i]);
        check(algebra.multiplyByI(a), 5, 1, i -> -y[i], i -> x[i]);
        check(algebra.multiplyByI(real), 5, 1, i -> 0, i -> x[i]);
        check(algebra.conjugate(a), 5, 1, i -> x[i], i -> -y[i]);
        check(algebra.addConstant(a, 0.5), 5, 1, i -> x[i] + 0.5, i -> y[i]);
    }

    @Test
    void plainOperands() {
        PlainVector p = PlainVector.real(u);
        PlainVector q = PlainVector.complex(u, v);
        check(algebra.addPlain(a, p), 5, 1, i -> x[i] + u[i], i -> y[i]);
        check(algebra.addPlain(real, q), 5, 1, i -> x[i] + u[i], i -> v[i]);
        check(algebra.subtractPlain(a, q), 5, 1, i -> x[i] - u[i], i -> y[i] - v[i]);
        check(algebra.multiplyPlain(a, p), 5, 2, i -> x[i] * u[i], i -> y[i] * u[i]);
        check(algebra.multiplyPlain(a, q), 5, 2, i -> x[i] * u[i] - y[i] * v[i], i -> x[i] * v[i] + y[i] * u[i]);
        check(algebra.multiplyConstant(a, 0.25), 5, 2, i -> x[i] / 4, i -> y[i] / 4);
        check(
                algebra.sumOfPlainProducts(List.of(a, real), List.of(p, q)),
                5,
                2,
                i -> x[i] * u[i] + x[i] * u[i],
                i -> y[i] * u[i] + x[i] * v[i]);
        check(algebra.multiplyPlain(real, PlainVector.constant(2, SLOTS)), 5, 2, i -> 2 * x[i], i -> 0);
    }

    @Test
    void products() {
        Slot re = i -> x[i] * u[i] - y[i] * v[i];
        Slot im = i -> x[i] * v[i] + y[i] * u[i];
        check(algebra.multiply(a, b), 5, 2, re, im);
        assertThat(algebra.multiply(a, b).components()).isEqualTo(2);
        SimulatedVector three = algebra.multiplyNoRelin(a, b);
        assertThat(three.components()).isEqualTo(3);
        check(three, 5, 2, re, im);
        check(algebra.relinearize(three), 5, 2, re, im);
        check(algebra.rescale(algebra.relinearize(three)), 4, 1, re, im);
        check(algebra.square(a), 5, 2, i -> x[i] * x[i] - y[i] * y[i], i -> 2 * x[i] * y[i]);
        SimulatedVector sum = algebra.sumOfProducts(List.of(a, real), List.of(b, a));
        assertThat(sum.components()).isEqualTo(3);
        check(sum, 5, 2, i -> re.at(i) + x[i] * x[i], i -> im.at(i) + x[i] * y[i]);
    }

    @Test
    void whateverWorksComponentByComponentTakesThree() {
        SimulatedVector three = algebra.multiplyNoRelin(real, real);
        assertThat(algebra.add(three, algebra.square(real)).components()).isEqualTo(3);
        assertThat(algebra.subtract(algebra.square(real), three).components()).isEqualTo(3);
        assertThat(algebra.negate(algebra.multiplyByI(three)).components()).isEqualTo(3);
        assertThat(algebra.multiplyInteger(algebra.addConstant(three, 1), 2).components())
                .isEqualTo(3);
        SimulatedVector lower = algebra.dropToLevel(algebra.rescale(three), 2);
        SimulatedVector product = algebra.multiplyPlain(lower, PlainVector.real(u));
        assertThat(product.components()).isEqualTo(3);
        check(algebra.relinearize(product), 2, 2, i -> x[i] * x[i] * u[i], i -> 0);
    }

    @Test
    void operandsAreAlignedDown() {
        SimulatedVector low = algebra.dropToLevel(b, 2);
        check(algebra.add(a, low), 2, 1, i -> x[i] + u[i], i -> y[i] + v[i]);
        check(algebra.multiplyNoRelin(low, real), 2, 2, i -> x[i] * u[i], i -> x[i] * v[i]);
        check(
                algebra.sumOfPlainProducts(List.of(a, low), List.of(PlainVector.real(u), PlainVector.real(u))),
                2,
                2,
                i -> (x[i] + u[i]) * u[i],
                i -> (y[i] + v[i]) * u[i]);
        assertThat(algebra.counts().alignments()).isEqualTo(4);
        assertThat(algebra.dropToLevel(a, 5)).isSameAs(a);
        assertThat(algebra.counts().lowestLevel()).isEqualTo(2);
    }

    @Test
    void rotations() {
        for (int steps : new int[] {1, -1, 5, 8, -8, 15, 17, -35}) {
            check(
                    algebra.rotate(a, steps),
                    5,
                    1,
                    i -> x[Math.floorMod(i + steps, SLOTS)],
                    i -> y[Math.floorMod(i + steps, SLOTS)]);
        }
        assertThat(algebra.rotate(a, 0)).isSameAs(a);
        assertThat(algebra.rotate(a, -2 * SLOTS)).isSameAs(a);
        List<SimulatedVector> turned = algebra.rotateHoisted(a, new int[] {0, 3, -2});
        assertThat(turned.get(0)).isSameAs(a);
        check(turned.get(1), 5, 1, i -> x[(i + 3) % SLOTS], i -> y[(i + 3) % SLOTS]);
        check(turned.get(2), 5, 1, i -> x[(i + 14) % SLOTS], i -> y[(i + 14) % SLOTS]);
        OperationCounts counts = algebra.counts();
        assertThat(counts.rotations()).isEqualTo(8);
        assertThat(counts.hoistedRotations()).isEqualTo(2);
        assertThat(counts.hoistings()).isEqualTo(1);
        assertThat(counts.rotationSteps()).containsExactly(-3, -2, -1, 1, 3, 5, 8);
    }

    @Test
    void everyCount() {
        OperationCounts before = algebra.counts();
        assertThat(before.keySwitches()).isZero();
        assertThat(before.lowestLevel()).isEqualTo(5);
        PlainVector p = PlainVector.real(u);
        algebra.rescale(algebra.multiply(a, b));
        algebra.square(a);
        algebra.relinearize(algebra.sumOfProducts(List.of(a, a, a), List.of(b, b, b)));
        algebra.relinearize(a);
        algebra.sumOfPlainProducts(List.of(a, b), List.of(p, p));
        algebra.multiplyPlain(a, p);
        algebra.multiplyConstant(a, 2);
        algebra.multiplyInteger(a, 2);
        algebra.addPlain(a, p);
        algebra.addConstant(a, 1);
        algebra.add(a, b);
        algebra.negate(algebra.multiplyByI(a));
        algebra.rotateHoisted(a, new int[] {0});
        algebra.conjugate(a);
        OperationCounts counts = algebra.counts();
        assertThat(counts.multiplications()).isEqualTo(5);
        assertThat(counts.relinearizations()).isEqualTo(3);
        assertThat(counts.plainMultiplications()).isEqualTo(3);
        assertThat(counts.constantMultiplications()).isEqualTo(1);
        assertThat(counts.additions()).isEqualTo(2 + 1 + 1 + 1 + 1 + 1);
        assertThat(counts.rescales()).isEqualTo(1);
        assertThat(counts.hoistings()).isZero();
        assertThat(counts.conjugations()).isEqualTo(1);
        assertThat(counts.usesConjugation()).isTrue();
        assertThat(counts.keySwitches()).isEqualTo(4);
        assertThat(counts.lowestLevel()).isEqualTo(4);
        algebra.square(b);
        OperationCounts since = algebra.counts().since(counts);
        assertThat(since.keySwitches()).isEqualTo(1);
        assertThat(since.multiplications()).isEqualTo(1);
        assertThat(since.additions()).isZero();
    }

    @Test
    void booksOnlyCountsTheSame() {
        SimulatedSlotAlgebra books =
                SimulatedSlotAlgebra.builder(SLOTS, 5).booksOnly().build();
        for (SimulatedSlotAlgebra each : List.of(algebra, books)) {
            SimulatedVector c = each.encrypt(x);
            SimulatedVector d = each.encrypt(x, y);
            SimulatedVector e = each.rescale(each.multiply(each.rotate(c, 3), d));
            e = each.addPlain(each.addConstant(each.negate(e), 1), PlainVector.complex(u, v));
            e = each.rescale(each.multiplyPlain(each.multiplyByI(e), PlainVector.real(u)));
            each.relinearize(
                    each.sumOfProducts(each.rotateHoisted(e, new int[] {1, 2}), List.of(c, each.conjugate(d))));
            each.subtract(each.fresh(), each.multiplyInteger(c, 2));
        }
        assertThat(books.counts()).isEqualTo(algebra.counts());
        assertThat(books.slots()).isEqualTo(SLOTS);
        assertThat(books.maxLevel()).isEqualTo(5);
    }

    @Test
    void countsUnderThreads() {
        IntStream.range(0, 1000).parallel().forEach(i -> algebra.rotate(algebra.add(a, b), 1 + i % 4));
        assertThat(algebra.counts().rotations()).isEqualTo(1000);
        assertThat(algebra.counts().additions()).isEqualTo(1000);
        assertThat(algebra.counts().rotationSteps()).containsExactly(1, 2, 3, 4);
    }
}
