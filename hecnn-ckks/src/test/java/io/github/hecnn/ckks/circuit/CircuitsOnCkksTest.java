package io.github.hecnn.ckks.circuit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.hecnn.ckks.circuit.linear.LinearTransform;
import io.github.hecnn.ckks.circuit.linear.SlotSums;
import io.github.hecnn.ckks.circuit.polynomial.Polynomial;
import io.github.hecnn.ckks.circuit.polynomial.PolynomialEvaluator;
import io.github.hecnn.ckks.error.MissingKeyException;
import io.github.hecnn.ckks.keys.RotationSteps;
import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.ckks.scheme.CkksEncoder;
import io.github.hecnn.ckks.scheme.CkksFixture;
import io.github.hecnn.ckks.slots.CkksSlotAlgebra;
import io.github.hecnn.ckks.slots.PlainVector;
import io.github.hecnn.ckks.slots.SimulatedSlotAlgebra;
import io.github.hecnn.ckks.slots.SimulatedVector;
import io.github.hecnn.ckks.slots.SlotAlgebra;
import java.util.List;
import java.util.NavigableSet;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The circuits on ciphertexts: as close to the rehearsal as the scale allows, and with equal books. */
class CircuitsOnCkksTest {
    private static final int SLOTS = 1024;
    private static final int LEVELS = 7;

    private static final List<LinearTransform> TRANSFORMS = List.of(
            LinearTransform.of(SLOTS, matrix(10, 100, 1)),
            LinearTransform.of(SLOTS, matrix(100, 10, 2)),
            LinearTransform.builder(SLOTS)
                    .matrix(matrix(16, 16, 3))
                    .blockWidth(64)
                    .build(),
            LinearTransform.builder(SLOTS)
                    .matrix(matrix(8, 8, 4), matrix(8, 8, 5))
                    .build(),
            LinearTransform.builder(SLOTS)
                    .matrix(matrix(64, 64, 6))
                    .maxRotationKeys(6)
                    .build(),
            LinearTransform.builder(SLOTS)
                    .matrix(matrix(6, 6, 7))
                    .withoutGiantSteps()
                    .build(),
            LinearTransform.builder(SLOTS)
                    .matrix(matrix(4, 4, 8))
                    .maxRotationKeys(1)
                    .build());

    private static final List<SlotSums> SUMS = List.of(
            SlotSums.of(SLOTS, 16), SlotSums.of(SLOTS, 4, 8), SlotSums.of(SLOTS, SLOTS), SlotSums.of(SLOTS, 32, 32));

    private static final CkksFixture F = new CkksFixture(CkksFixture.small(LEVELS, 3), RotationSteps.of(steps()));

    private final CkksSlotAlgebra real = new CkksSlotAlgebra(F.context, F.keys);
    private final SimulatedSlotAlgebra simulated =
            SimulatedSlotAlgebra.builder(SLOTS, LEVELS).rotationSteps(steps()).build();

    private static NavigableSet<Integer> steps() {
        NavigableSet<Integer> steps = new TreeSet<>();
        TRANSFORMS.forEach(t -> steps.addAll(t.rotationSteps()));
        SUMS.forEach(s -> steps.addAll(s.rotationSteps()));
        return steps;
    }

    /** Rows of sum 1 at most. */
    private static double[][] matrix(int rows, int columns, long seed) {
        Random r = new Random(seed);
        double[][] m = new double[rows][columns];
        for (double[] row : m) {
            for (int i = 0; i < columns; i++) {
                row[i] = (2 * r.nextDouble() - 1) / columns;
            }
        }
        return m;
    }

    private interface Circuit {
        <V> V run(SlotAlgebra<V> algebra, V x);
    }

    /** Runs both, compares the books, and gives the largest difference of any slot. */
    private double difference(Circuit circuit, double[] re, double[] im) {
        SimulatedVector expected = circuit.run(simulated, simulated.encrypt(re, im));
        Ciphertext got = circuit.run(
                real,
                F.symmetric.encrypt(
                        F.encoder.encode(re, im, LEVELS, F.context.parameters().scale(LEVELS))));
        assertThat(real.counts()).isEqualTo(simulated.counts());
        assertThat(real.level(got)).isEqualTo(expected.level());
        assertThat(real.scaleDegree(got)).isEqualTo(expected.scaleDegree());
        CkksEncoder.Slots slots = F.encoder.decodeComplex(F.decryptor.decrypt(got), SLOTS);
        double[] expectedRe = simulated.decrypt(expected);
        double[] expectedIm = simulated.decryptImaginary(expected);
        double worst = 0;
        for (int i = 0; i < SLOTS; i++) {
            worst = Math.max(worst, Math.hypot(slots.re()[i] - expectedRe[i], slots.im()[i] - expectedIm[i]));
        }
        return worst;
    }

    private static IntStream transforms() {
        return IntStream.range(0, TRANSFORMS.size());
    }

    @ParameterizedTest
    @MethodSource("transforms")
    void transforms(int which) {
        LinearTransform t = TRANSFORMS.get(which);
        Circuit circuit = new Circuit() {
            @Override
            public <V> V run(SlotAlgebra<V> algebra, V x) {
                V once = t.apply(algebra, x);
                return t.blocks() == 1 && which != 0 && which != 1 ? t.apply(algebra, once) : once;
            }
        };
        assertThat(difference(circuit, F.random(1), F.random(2))).isLessThan(1e-8);
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    /** Bits that are right in every slot, of 40 bits of scale, with coefficients up to about 1. */
    @ParameterizedTest
    @CsvSource({
        "sigmoid, 1, -8, 8, 64, 27",
        "sigmoid, 3, -8, 8, 64, 23",
        "sigmoid, 7, -8, 8, 64, 26",
        "sigmoid, 7, -8, 8, 16384, 14",
        "sigmoid, 31, -8, 8, 64, 26",
        "sigmoid, 63, -8, 8, 64, 26",
        "cosine, 14, -4, 4, 64, 25",
        "cosine, 46, -20, 20, 64, 22",
        "random, 15, -1, 1, 64, 26",
        "random, 63, -1, 1, 64, 23",
        "random, 127, -1, 1, 64, 23",
        "random, 31, 0.2, 0.9, 64, 23",
        "random, 31, -1.5, 1.9, 64, 25",
        "random, 7, -8, 8, 64, 25",
        "random, 3, -8, 8, 64, 23",
        "random, 31, -2, 2, 64, 23",
        "monomial, 3, -1, 1, 64, 27",
        "monomial, 20, -1, 1, 64, 27"
    })
    void polynomials(String function, int degree, double lo, double hi, double growthLimit, int bits) {
        double[] c = matrix(1, degree + 1, degree)[0];
        Polynomial p = switch (function) {
            case "sigmoid" -> Polynomial.interpolate(CircuitsOnCkksTest::sigmoid, degree, lo, hi);
            case "cosine" -> Polynomial.interpolate(Math::cos, degree, lo, hi);
            case "random" -> Polynomial.chebyshev(lo, hi, c);
            default -> Polynomial.monomial(c);
        };
        PolynomialEvaluator e = PolynomialEvaluator.of(p, growthLimit);
        double[] x = F.random(3);
        for (int i = 0; i < SLOTS; i++) {
            x[i] = lo + (hi - lo) * (1 + x[i]) / 2;
        }
        Circuit circuit = new Circuit() {
            @Override
            public <V> V run(SlotAlgebra<V> algebra, V v) {
                return e.evaluate(algebra, v);
            }
        };
        assertThat(difference(circuit, x, new double[SLOTS])).isLessThan(Math.pow(2, -bits));
    }

    private static IntStream sums() {
        return IntStream.range(0, SUMS.size());
    }

    @ParameterizedTest
    @MethodSource("sums")
    void sums(int which) {
        SlotSums s = SUMS.get(which);
        PlainVector p = PlainVector.real(F.random(4));
        Circuit circuit = new Circuit() {
            @Override
            public <V> V run(SlotAlgebra<V> g, V x) {
                V inner = s.innerProduct(g, x, g.addConstant(x, 0.5));
                V plain = s.innerProductPlain(g, x, p);
                V copies = s.replicate(g, g.rescale(g.multiplyPlain(inner, s.firstMembers())));
                return g.add(g.add(copies, plain), s.sumEverywhere(g, x));
            }
        };
        assertThat(difference(circuit, F.random(5), F.random(6))).isLessThan(3e-9 * (4 + s.width()));
    }

    @Test
    void namesTheMissingKey() {
        LinearTransform other = LinearTransform.of(SLOTS, matrix(200, 200, 9));
        Ciphertext x = F.encrypt(F.random(1));
        assertThatThrownBy(() -> other.apply(real, x)).isInstanceOf(MissingKeyException.class);
    }
}
