package io.github.hecnn.ckks.slots;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hecnn.ckks.circuit.polynomial.Polynomial;
import io.github.hecnn.ckks.circuit.polynomial.PolynomialEvaluator;
import io.github.hecnn.ckks.error.HeException;
import io.github.hecnn.ckks.keys.RotationSteps;
import io.github.hecnn.ckks.noise.NoiseModel;
import io.github.hecnn.ckks.params.CkksParameters;
import io.github.hecnn.ckks.params.ModulusCapacity;
import io.github.hecnn.ckks.params.SecurityLevel;
import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.ckks.scheme.CkksEncoder;
import io.github.hecnn.ckks.scheme.CkksFixture;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Random circuits over all operations, with operands of any magnitude: whenever a decrypted slot is off by more than 16 predicted deviations, the
 * real run or the rehearsal has refused before.
 */
class NeverSilentlyWrongTest {
    private static final int CIRCUITS = 200;
    private static final int MANY_CIRCUITS = 1_000;
    /** With so many circuits the prediction of a single slot by few draws is once too small by more than the rest can bear. */
    private static final int MANY_DRAWS = 48;

    private static final int DRAWS = 16;
    private static final int LEVELS = 5;
    private static final int OPERATIONS = 12;
    private static final double MOST_DEVIATIONS = 16;
    private static final int[] STEPS = {1, -3, 64};

    private static CkksParameters parameters(int logN, int scaleBits, int digits, int weight) {
        return CkksParameters.builder()
                .logRingDegree(logN)
                .levels(LEVELS)
                .scaleBits(scaleBits)
                .digits(digits)
                .secretHammingWeight(weight)
                .securityLevel(SecurityLevel.NONE)
                .build();
    }

    /** One run of all circuits. */
    private static final class Campaign {
        private final CkksFixture f;
        private final CkksSlotAlgebra real;
        private final SimulatedSlotAlgebra rehearsal;
        private int refused;
        private int compared;
        private int wrong;
        private String firstWrong = "";

        Campaign(CkksParameters parameters, boolean valuesChecked, int draws) {
            f = new CkksFixture(parameters, RotationSteps.of(STEPS));
            real = new CkksSlotAlgebra(f.context, f.keys);
            SimulatedSlotAlgebra.Builder b = SimulatedSlotAlgebra.builder(NoiseModel.ofSecretKeyEncryption(parameters))
                    .noiseDraws(draws);
            if (!valuesChecked) {
                b.capacity(ModulusCapacity.ofBits(LEVELS, 900, parameters.scaleBits()));
            }
            rehearsal = b.build();
        }

        void run(int circuits) {
            for (int seed = 0; seed < circuits; seed++) {
                try {
                    circuit(seed);
                } catch (HeException e) {
                    refused++;
                }
            }
        }

        private void circuit(int seed) {
            Random r = new Random(seed);
            double[] x = slots(r);
            double[] y = slots(r);
            double[] z = slots(r);
            List<Ciphertext> a = new ArrayList<>();
            List<SimulatedVector> b = new ArrayList<>();
            b.add(rehearsal.encrypt(x, y));
            b.add(rehearsal.encrypt(z));
            a.add(f.symmetric.encrypt(f.encoder.encode(x, y)));
            a.add(f.encrypt(z));
            for (int i = 0; i < OPERATIONS; i++) {
                long operation = r.nextLong();
                SimulatedVector expected = operation(rehearsal, b, operation);
                Ciphertext got = operation(real, a, operation);
                compare("circuit " + seed + ", operation " + i, expected, got);
                a.add(got);
                b.add(expected);
            }
        }

        /** Magnitudes from 10^-4 to 10^11, mostly around 1. */
        private static double magnitude(Random r) {
            return Math.pow(10, r.nextInt(3) == 0 ? 15 * r.nextDouble() - 4 : 2 * r.nextDouble() - 1.5);
        }

        private double[] slots(Random r) {
            double m = magnitude(r);
            return r.doubles(f.slots(), -m, m).toArray();
        }

        private PlainVector plain(Random r) {
            return r.nextBoolean() ? PlainVector.real(slots(r)) : PlainVector.complex(slots(r), slots(r));
        }

        private <V> V operation(SlotAlgebra<V> g, List<V> pool, long seed) {
            Random r = new Random(seed);
            V a = pick(g, pool, r);
            V b = pick(g, pool, r);
            boolean product = g.level(a) > 0 && g.scaleDegree(a) == 1;
            if (g.scaleDegree(a) == 2 && g.level(a) > 0 && r.nextBoolean()) {
                return g.rescale(a);
            }
            boolean pair = product && g.level(b) > 0 && g.scaleDegree(b) == 1;
            V like = g.scaleDegree(b) == g.scaleDegree(a) ? b : a;
            return switch (r.nextInt(pair ? 20 : product ? 16 : 11)) {
                case 0 -> g.add(a, like);
                case 1 -> g.subtract(g.multiplyInteger(a, 3), like);
                case 2 -> g.negate(a);
                case 3 -> g.addPlain(a, plain(r));
                case 4 -> g.subtractPlain(a, plain(r));
                case 5 -> g.addConstant(a, -magnitude(r));
                case 6 -> g.multiplyByI(a);
                case 7 -> g.rotate(a, STEPS[r.nextInt(3)]);
                case 8 -> g.rotateHoisted(a, new int[] {1, 0, 64}).get(r.nextInt(3));
                case 9 -> g.conjugate(a);
                case 10 ->
                    r.nextBoolean()
                            ? g.multiplyInteger(a, Math.round(magnitude(r)) + 1)
                            : g.dropToLevel(a, r.nextInt(g.level(a) + 1));
                case 11 -> g.multiplyPlain(a, plain(r));
                case 12 -> g.rescale(g.multiplyConstant(a, magnitude(r)));
                case 13 -> {
                    PlainVector p = plain(r);
                    PlainVector q = plain(r);
                    yield g.rescale(
                            g.sumsOfRotatedPlainProducts(a, new int[] {64, 0, -3}, List.of(Arrays.asList(p, q, null)))
                                    .get(0));
                }
                case 14 -> g.dropToLevel(a, r.nextInt(g.level(a) + 1));
                case 15 ->
                    g.level(a) < 3
                            ? g.square(a)
                            : PolynomialEvaluator.of(Polynomial.monomial(0.5, magnitude(r), -0.25, magnitude(r)))
                                    .evaluate(g, a);
                case 16 -> g.rescale(g.multiply(a, b));
                case 17 -> g.relinearizeAndRescale(g.sumOfProducts(List.of(a, b), List.of(b, b)));
                case 18 -> g.rescale(g.sumOfPlainProducts(List.of(a, b), List.of(plain(r), plain(r))));
                default -> g.relinearize(g.multiplyNoRelin(a, b));
            };
        }

        /** Late values more often than early ones. */
        private static <V> V pick(SlotAlgebra<V> g, List<V> pool, Random r) {
            assertThat(g.slots()).isPositive();
            return pool.get(Math.max(r.nextInt(pool.size()), r.nextInt(pool.size())));
        }

        private void compare(String where, SimulatedVector expected, Ciphertext got) {
            assertThat(real.level(got)).isEqualTo(expected.level());
            assertThat(real.scaleDegree(got)).isEqualTo(expected.scaleDegree());
            CkksEncoder.Slots slots = f.encoder.decodeComplex(f.decryptor.decrypt(got), f.slots());
            compared++;
            boolean off = off(where, slots.re(), rehearsal.decrypt(expected), rehearsal.predictedDeviations(expected))
                    || off(
                            where,
                            slots.im(),
                            rehearsal.decryptImaginary(expected),
                            rehearsal.predictedImaginaryDeviations(expected));
            wrong += off ? 1 : 0;
        }

        private boolean off(String where, double[] got, double[] expected, double[] deviations) {
            for (int i = 0; i < got.length; i++) {
                if (!(Math.abs(got[i] - expected[i]) <= MOST_DEVIATIONS * deviations[i])) {
                    if (wrong == 0) {
                        firstWrong = where + ", slot " + i + ": expected " + expected[i] + " +- " + deviations[i]
                                + ", found " + got[i];
                    }
                    return true;
                }
            }
            return false;
        }
    }

    @Test
    void randomCircuitsAreRightOrRefused() {
        areRightOrRefused(parameters(10, 40, 3, 0), CIRCUITS, DRAWS);
    }

    @Tag("slow")
    @ParameterizedTest
    @CsvSource({"11, 40, 2, 64", "11, 40, 3, 0", "10, 30, 6, 0", "12, 44, 1, 0"})
    void randomCircuitsOfOtherParametersAreRightOrRefused(int logN, int scaleBits, int digits, int weight) {
        areRightOrRefused(parameters(logN, scaleBits, digits, weight), MANY_CIRCUITS, MANY_DRAWS);
    }

    private static void areRightOrRefused(CkksParameters parameters, int circuits, int draws) {
        Campaign c = new Campaign(parameters, true, draws);
        c.run(circuits);
        assertThat(c.wrong).as(c.firstWrong).isZero();
        assertThat(c.refused).isBetween(circuits / 10, circuits * 19 / 20);
        assertThat(c.compared).isGreaterThan(circuits * 3);
    }

    /** So the test above can fail: values that outgrow the modulus are there. */
    @Test
    void theSameCircuitsGoWrongWhenNobodyHoldsTheValuesAgainstTheModulus() {
        Campaign c = new Campaign(parameters(10, 40, 3, 0), false, DRAWS);
        c.run(CIRCUITS / 4);
        assertThat(c.wrong).isGreaterThan(10);
    }
}
