package io.github.hecnn.ckks.slots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.hecnn.ckks.circuit.linear.LinearTransform;
import io.github.hecnn.ckks.circuit.linear.SlotSums;
import io.github.hecnn.ckks.circuit.polynomial.Polynomial;
import io.github.hecnn.ckks.circuit.polynomial.PolynomialEvaluator;
import io.github.hecnn.ckks.error.InvalidParametersException;
import io.github.hecnn.ckks.error.MismatchException;
import io.github.hecnn.ckks.keys.RotationSteps;
import io.github.hecnn.ckks.noise.NoiseModel;
import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.ckks.scheme.CkksEncoder;
import io.github.hecnn.ckks.scheme.CkksFixture;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableSet;
import java.util.Random;
import java.util.TreeSet;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the rehearsal predicts of whole circuits is what ciphertexts do: within a tenth, and no slot further off than 12 deviations. */
class PredictedNoiseTest {
    private static final int SLOTS = 1024;
    private static final int LEVELS = 7;
    private static final LinearTransform TRANSFORM = LinearTransform.builder(SLOTS)
            .matrix(matrix(64, 64, 3))
            .blockWidth(64)
            .build();
    private static final SlotSums SUMS = SlotSums.of(SLOTS, 16);
    private static final CkksFixture F = new CkksFixture(CkksFixture.small(LEVELS, 3), RotationSteps.of(steps()));
    private static final PlainVector MASK = mask();
    private static final PlainVector COMPLEX = PlainVector.complex(F.random(8), F.random(9));

    private static NavigableSet<Integer> steps() {
        NavigableSet<Integer> steps = new TreeSet<>(TRANSFORM.rotationSteps());
        steps.addAll(SUMS.rotationSteps());
        return steps;
    }

    private static double[][] matrix(int rows, int columns, long seed) {
        Random r = new Random(seed);
        double[][] m = new double[rows][columns];
        for (double[] row : m) {
            Arrays.setAll(row, i -> (2 * r.nextDouble() - 1) / Math.sqrt(columns));
        }
        return m;
    }

    /** Zeros, ones and thousands. */
    private static PlainVector mask() {
        double[] m = new double[SLOTS];
        Arrays.setAll(m, i -> i % 4 == 0 ? 0 : i % 4 == 1 ? 1000 : 1);
        return PlainVector.real(m);
    }

    private static <V> V circuit(String name, SlotAlgebra<V> g, V x, V y) {
        return switch (name) {
            case "sum" -> g.subtract(g.add(x, x), y);
            case "product" -> g.relinearizeAndRescale(g.multiplyNoRelin(x, y));
            case "eighth power" -> {
                V two = g.rescale(g.square(x));
                V four = g.rescale(g.square(two));
                yield g.rescale(g.multiply(four, g.rescale(g.multiply(two, two))));
            }
            case "product tree" -> {
                V a = g.rescale(g.multiply(x, y));
                V b = g.rescale(g.multiply(g.addConstant(x, 0.3), g.multiplyByI(y)));
                yield g.relinearizeAndRescale(g.sumOfProducts(List.of(a, y), List.of(b, a)));
            }
            case "polynomial" ->
                PolynomialEvaluator.of(Polynomial.chebyshev(-1.5, 1.5, matrix(1, 16, 15)[0]))
                        .evaluate(g, y);
            case "monomials" -> // times i by another way, so half of the difference cancels
                g.subtract(
                        g.multiplyByMonomial(g.add(x, y), SLOTS),
                        g.multiplyByI(g.add(y, g.multiplyByMonomial(y, -77))));
            case "large values" -> g.rescale(g.multiplyConstant(g.dropToLevel(g.multiplyInteger(x, 1L << 30), 3), 0.3));
            case "linear transform" -> TRANSFORM.apply(g, g.rescale(g.multiplyPlain(x, COMPLEX)));
            case "sums of slots" -> SUMS.innerProduct(g, x, y);
            case "mask" -> g.rescale(g.multiplyPlain(x, MASK));
            case "rotated mask" -> g.rotate(g.rescale(g.multiplyPlain(x, MASK)), 1);
            case "hoisted sums" ->
                g.rescale(g.sumsOfRotatedPlainProducts(
                                x, new int[] {1, 0, 2, 4}, List.of(Arrays.asList(COMPLEX, MASK, null, COMPLEX)))
                        .get(0));
            case "real part" -> g.add(x, g.conjugate(x));
            case "plain sum" -> g.subtractPlain(g.addPlain(g.square(x), MASK), COMPLEX);
            default -> throw new IllegalArgumentException(name);
        };
    }

    @ParameterizedTest
    @CsvSource({
        "sum",
        "product",
        "eighth power",
        "product tree",
        "polynomial",
        "monomials",
        "large values",
        "linear transform",
        "sums of slots",
        "mask",
        "rotated mask",
        "hoisted sums",
        "real part",
        "plain sum"
    })
    void errorsAreAsPredicted(String name) {
        for (boolean publicKey : new boolean[] {false, true}) {
            NoiseModel model = publicKey
                    ? NoiseModel.ofPublicKeyEncryption(F.context.parameters())
                    : NoiseModel.ofSecretKeyEncryption(F.context.parameters());
            SimulatedSlotAlgebra g = SimulatedSlotAlgebra.builder(model)
                    .rotationSteps(steps())
                    .noiseDraws(48)
                    .build();
            CkksSlotAlgebra real = new CkksSlotAlgebra(F.context, F.keys);
            Measured all = new Measured();
            for (int seed = 10; seed < 40; seed += 10) {
                double[] re = F.random(seed);
                double[] im = F.random(seed + 1);
                double[] other = F.random(seed + 2);
                SimulatedVector expected = circuit(name, g, g.encrypt(re, im), g.encrypt(other));
                Ciphertext x = encrypt(publicKey, re, im);
                all.add(name, g, expected, circuit(name, real, x, encrypt(publicKey, other, null)));
            }
            all.check(name);
        }
    }

    private static Ciphertext encrypt(boolean publicKey, double[] re, double[] im) {
        return (publicKey ? F.asymmetric : F.symmetric).encrypt(F.encoder.encode(re, im));
    }

    /** Squares of errors and of predictions: of all slots, and of every fourth relative to each other, as the mask treats these alike. */
    private static final class Measured {
        private double measured;
        private double predicted;
        private final double[] relative = new double[4];
        private final double[] count = new double[4];

        void add(String name, SimulatedSlotAlgebra g, SimulatedVector expected, Ciphertext actual) {
            CkksEncoder.Slots got = F.encoder.decodeComplex(F.decryptor.decrypt(actual), SLOTS);
            add(name, got.re(), g.decrypt(expected), g.predictedDeviations(expected));
            add(name, got.im(), g.decryptImaginary(expected), g.predictedImaginaryDeviations(expected));
            double[] part = g.predictedDeviations(expected);
            double squares = Arrays.stream(part).map(d -> d * d).sum();
            assertThat(g.predictedDeviation(expected) / Math.sqrt(squares / SLOTS))
                    .isCloseTo(1, Offset.offset(1e-9));
        }

        private void add(String name, double[] got, double[] expected, double[] deviations) {
            for (int i = 0; i < SLOTS; i++) {
                double e = got[i] - expected[i];
                double d = deviations[i];
                measured += e * e;
                predicted += d * d;
                assertThat(Math.abs(e)).as(name + ", slot " + i).isLessThanOrEqualTo(NoiseModel.bound(d));
                relative[i % 4] += e * e / (d * d);
                count[i % 4]++;
            }
        }

        void check(String name) {
            assertThat(Math.sqrt(measured / predicted))
                    .as(name + ": measured / predicted")
                    .isCloseTo(1, Offset.offset(0.1));
            for (int i = 0; i < 4; i++) {
                assertThat(Math.sqrt(relative[i] / count[i]))
                        .as(name + ": slots by themselves")
                        .isBetween(0.8, 1.25);
            }
        }
    }

    private static final NoiseModel MODEL = NoiseModel.ofSecretKeyEncryption(F.context.parameters());

    @Test
    void equalRunsHaveEqualErrorsSoThatTheirDifferenceHasNone() {
        SimulatedSlotAlgebra g =
                SimulatedSlotAlgebra.builder(MODEL).allowingTransparent().build();
        SimulatedVector x = g.encrypt(F.random(1));
        SimulatedVector y = g.encrypt(F.random(1));
        SimulatedVector once = g.rotate(g.rescale(g.multiply(x, y)), 1);
        SimulatedVector again =
                g.rotateHoisted(g.rescale(g.multiply(y, x)), new int[] {1}).get(0);
        assertThat(g.predictedDeviation(g.subtract(once, again))).isLessThan(1e-14);
        assertThat(g.predictedDeviation(g.subtract(x, y))).isGreaterThan(g.predictedDeviation(x));
    }

    @Test
    void refusesWithoutAModel() {
        SimulatedSlotAlgebra plain = new SimulatedSlotAlgebra(SLOTS, LEVELS);
        SimulatedVector v = plain.fresh();
        assertThatThrownBy(() -> plain.predictedDeviation(v))
                .isInstanceOf(MismatchException.class)
                .hasMessageContaining("make it with builder(NoiseModel)");
        assertThatThrownBy(() -> plain.predictedImaginaryDeviations(v)).isInstanceOf(MismatchException.class);
        SimulatedSlotAlgebra other =
                SimulatedSlotAlgebra.builder(MODEL).noiseDraws(1).build();
        assertThatThrownBy(() -> other.predictedDeviations(v)).isInstanceOf(MismatchException.class);
        assertThatThrownBy(() -> SimulatedSlotAlgebra.builder(MODEL).noiseDraws(0))
                .isInstanceOf(InvalidParametersException.class)
                .hasMessageStartingWith("noiseDraws: expected 1..1024, found 0");
    }
}
