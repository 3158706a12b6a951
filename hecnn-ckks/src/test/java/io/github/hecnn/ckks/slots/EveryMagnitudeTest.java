package io.github.hecnn.ckks.slots;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hecnn.ckks.circuit.linear.LinearTransform;
import io.github.hecnn.ckks.circuit.linear.SlotSums;
import io.github.hecnn.ckks.circuit.polynomial.Polynomial;
import io.github.hecnn.ckks.circuit.polynomial.PolynomialEvaluator;
import io.github.hecnn.ckks.error.HeException;
import io.github.hecnn.ckks.keys.RotationSteps;
import io.github.hecnn.ckks.noise.NoiseModel;
import io.github.hecnn.ckks.params.CkksParameters;
import io.github.hecnn.ckks.params.SecurityLevel;
import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.ckks.scheme.CkksEncoder;
import io.github.hecnn.ckks.scheme.CkksFixture;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Plain numbers of every magnitude on every path into a circuit: the result is right, or one of the two runs refuses. */
class EveryMagnitudeTest {
    private static final CkksFixture F = new CkksFixture(
            CkksParameters.builder()
                    .logRingDegree(10)
                    .levels(4)
                    .securityLevel(SecurityLevel.NONE)
                    .build(),
            RotationSteps.of(1, 2, 4));
    private static final int SLOTS = F.slots();
    private static final double[] X = F.random(1);

    private interface Path {
        <V> V on(SlotAlgebra<V> g, V x, double m);
    }

    private static PlainVector all(double m) {
        return PlainVector.constant(m, SLOTS);
    }

    /** The magnitude in one slot, and 0.5 in the others. */
    private static PlainVector oneOf(double m) {
        double[] p = new double[SLOTS];
        Arrays.fill(p, 0.5);
        p[7] = m;
        return PlainVector.real(p);
    }

    /** The magnitude in one slot, and nothing in the others: its coefficients are far smaller. */
    private static PlainVector alone(double m) {
        double[] p = new double[SLOTS];
        p[7] = m;
        return PlainVector.real(p);
    }

    private static double[][] matrix(double m) {
        double[][] a = new double[4][4];
        for (int i = 0; i < 4; i++) {
            a[i][i] = 1;
            a[i][(i + 1) % 4] = m;
        }
        return a;
    }

    private static Map<String, Path> paths() {
        Map<String, Path> p = new LinkedHashMap<>();
        p.put("addPlain", new Path() {
            @Override
            public <V> V on(SlotAlgebra<V> g, V x, double m) {
                return g.addPlain(x, all(m));
            }
        });
        p.put("subtractPlain of one slot", new Path() {
            @Override
            public <V> V on(SlotAlgebra<V> g, V x, double m) {
                return g.subtractPlain(x, oneOf(m));
            }
        });
        p.put("addPlain of a lone slot", new Path() {
            @Override
            public <V> V on(SlotAlgebra<V> g, V x, double m) {
                return g.addPlain(x, alone(m));
            }
        });
        p.put("addConstant", new Path() {
            @Override
            public <V> V on(SlotAlgebra<V> g, V x, double m) {
                return g.addConstant(x, -m);
            }
        });
        p.put("addConstant to a product", new Path() {
            @Override
            public <V> V on(SlotAlgebra<V> g, V x, double m) {
                return g.rescale(g.addConstant(g.multiply(x, x), m));
            }
        });
        p.put("multiplyPlain", new Path() {
            @Override
            public <V> V on(SlotAlgebra<V> g, V x, double m) {
                return g.rescale(g.multiplyPlain(x, all(m)));
            }
        });
        p.put("multiplyPlain of one slot", new Path() {
            @Override
            public <V> V on(SlotAlgebra<V> g, V x, double m) {
                return g.rescale(g.multiplyPlain(x, oneOf(m)));
            }
        });
        p.put("multiplyPlain of a lone slot", new Path() {
            @Override
            public <V> V on(SlotAlgebra<V> g, V x, double m) {
                return g.multiplyPlain(x, alone(m));
            }
        });
        p.put("multiplyConstant", new Path() {
            @Override
            public <V> V on(SlotAlgebra<V> g, V x, double m) {
                return g.rescale(g.multiplyConstant(x, m));
            }
        });
        p.put("constants one after another", new Path() {
            @Override
            public <V> V on(SlotAlgebra<V> g, V x, double m) {
                return g.rescale(g.multiplyConstant(g.rescale(g.multiplyConstant(x, m)), m));
            }
        });
        p.put("multiplyInteger", new Path() {
            @Override
            public <V> V on(SlotAlgebra<V> g, V x, double m) {
                return g.multiplyInteger(x, (long) m + 1);
            }
        });
        p.put("integers one after another", new Path() {
            @Override
            public <V> V on(SlotAlgebra<V> g, V x, double m) {
                V y = x;
                for (int i = 0; i < 4; i++) {
                    y = g.multiplyInteger(y, (long) Math.min(m, 1e9) + 1);
                }
                return y;
            }
        });
        p.put("doubling", new Path() {
            @Override
            public <V> V on(SlotAlgebra<V> g, V x, double m) {
                V y = x;
                for (double s = 1; s < Math.min(m, 1e40); s *= 2) {
                    y = g.add(y, y);
                }
                return y;
            }
        });
        p.put("sumOfPlainProducts", new Path() {
            @Override
            public <V> V on(SlotAlgebra<V> g, V x, double m) {
                return g.rescale(g.sumOfPlainProducts(List.of(x, x, x), List.of(all(m), all(1), oneOf(m))));
            }
        });
        p.put("sumsOfRotatedPlainProducts", new Path() {
            @Override
            public <V> V on(SlotAlgebra<V> g, V x, double m) {
                return g.rescale(g.sumsOfRotatedPlainProducts(
                                x, new int[] {1, 0, 2}, List.of(Arrays.asList(all(m), null, oneOf(m))))
                        .get(0));
            }
        });
        p.put("linear transform", new Path() {
            @Override
            public <V> V on(SlotAlgebra<V> g, V x, double m) {
                return LinearTransform.builder(SLOTS).matrix(matrix(m)).build().apply(g, x);
            }
        });
        p.put("coefficients of powers", new Path() {
            @Override
            public <V> V on(SlotAlgebra<V> g, V x, double m) {
                return PolynomialEvaluator.of(Polynomial.monomial(0.5, m, 0.25, -m))
                        .evaluate(g, x);
            }
        });
        p.put("coefficients of a series", new Path() {
            @Override
            public <V> V on(SlotAlgebra<V> g, V x, double m) {
                return PolynomialEvaluator.of(Polynomial.chebyshev(-1, 1, m, 0.5, m, 0.5, m))
                        .evaluate(g, x);
            }
        });
        p.put("interval of a series", new Path() {
            @Override
            public <V> V on(SlotAlgebra<V> g, V x, double m) {
                return PolynomialEvaluator.of(Polynomial.chebyshev(-m, m, 0.5, 0.5, 0.25))
                        .evaluate(g, x);
            }
        });
        p.put("inner product", new Path() {
            @Override
            public <V> V on(SlotAlgebra<V> g, V x, double m) {
                return SlotSums.of(SLOTS, 4).innerProductPlain(g, x, oneOf(m));
            }
        });
        p.put("product of values", new Path() {
            @Override
            public <V> V on(SlotAlgebra<V> g, V x, double m) {
                V y = g.addConstant(x, m);
                return g.rescale(g.multiply(y, g.negate(y)));
            }
        });
        p.put("powers of a value", new Path() {
            @Override
            public <V> V on(SlotAlgebra<V> g, V x, double m) {
                V y = g.addConstant(x, m);
                return g.relinearizeAndRescale(g.sumOfProducts(
                        List.of(g.rescale(g.square(y)), y), List.of(g.rescale(g.square(y)), g.conjugate(y))));
            }
        });
        p.put("dropToLevel", new Path() {
            @Override
            public <V> V on(SlotAlgebra<V> g, V x, double m) {
                return g.dropToLevel(g.addConstant(x, m), 0);
            }
        });
        p.put("sum of a high and a low value", new Path() {
            @Override
            public <V> V on(SlotAlgebra<V> g, V x, double m) {
                return g.subtract(g.addConstant(x, m), g.dropToLevel(x, 0));
            }
        });
        p.put("rotations and conjugations", new Path() {
            @Override
            public <V> V on(SlotAlgebra<V> g, V x, double m) {
                V y = g.conjugate(g.rotate(g.addPlain(x, oneOf(m)), 1));
                return SlotSums.of(SLOTS, 8).sum(g, g.multiplyByI(y));
            }
        });
        return p;
    }

    private static <V> V run(Path path, SlotAlgebra<V> g, V x, int level, double m) {
        return path.on(g, g.dropToLevel(x, level), m);
    }

    private static String refusal(Runnable run) {
        try {
            run.run();
            return null;
        } catch (HeException e) {
            assertThat(e).hasMessageContainingAll("expected", ";").hasMessageNotContaining("null");
            return e.getMessage();
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.MIN_VALUE, 2e-11, 1e-6, 300, 3e11, 1e30, Double.MAX_VALUE})
    void resultsAreRightOrRefused(double m) {
        rightOrRefused(m);
    }

    @Tag("slow")
    @ParameterizedTest
    @ValueSource(
            doubles = {1e-300, 1e-13, 4.6e-13, 1e-9, 1e-3, 0.4, 1, 7, 1e5, 1e9, 1e15, 9.3e18, 1e24, 1e45, 1e100, 1e200})
    void resultsOfMoreMagnitudesAreRightOrRefused(double m) {
        rightOrRefused(m);
    }

    private static void rightOrRefused(double m) {
        CkksSlotAlgebra real = new CkksSlotAlgebra(F.context, F.keys);
        SimulatedSlotAlgebra rehearsal = SimulatedSlotAlgebra.builder(
                        NoiseModel.ofSecretKeyEncryption(F.context.parameters()))
                .build();
        SimulatedVector v = rehearsal.encrypt(X);
        Ciphertext c = F.encrypt(X);
        List<String> wrong = new ArrayList<>();
        int refused = 0;
        for (Map.Entry<String, Path> e : paths().entrySet()) {
            for (int level : new int[] {4, 1, 0}) {
                List<SimulatedVector> expected = new ArrayList<>();
                List<Ciphertext> got = new ArrayList<>();
                String simulated = refusal(() -> expected.add(run(e.getValue(), rehearsal, v, level, m)));
                String encrypted = refusal(() -> got.add(run(e.getValue(), real, c, level, m)));
                String where = e.getKey() + " of " + m + " at level " + level;
                if (simulated == null && encrypted != null) {
                    wrong.add(where + ": only the real run refuses: " + encrypted);
                }
                if (simulated != null || encrypted != null) {
                    refused++;
                    continue;
                }
                CkksEncoder.Slots s = F.encoder.decodeComplex(F.decryptor.decrypt(got.get(0)));
                double[] deviations = rehearsal.predictedDeviations(expected.get(0));
                double[] slots = rehearsal.decrypt(expected.get(0));
                for (int i = 0; i < SLOTS; i++) {
                    if (!(Math.abs(s.re()[i] - slots[i]) <= 16 * deviations[i])) {
                        wrong.add(where + ": slot " + i + " is " + s.re()[i] + ", not " + slots[i] + " +- "
                                + deviations[i]);
                        break;
                    }
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(refused).isBetween(1, 3 * paths().size());
    }

    @Test
    void whatIsNoNumberIsRefusedOnEveryPath() {
        CkksSlotAlgebra real = new CkksSlotAlgebra(F.context, F.keys);
        SimulatedSlotAlgebra rehearsal =
                SimulatedSlotAlgebra.builder(F.context.parameters()).build();
        SimulatedVector v = rehearsal.encrypt(X);
        Ciphertext c = F.encrypt(X);
        for (double m : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
            paths().forEach((name, path) -> {
                if (name.contains("nteger") || name.equals("doubling")) {
                    return; // takes no doubles
                }
                assertThat(refusal(() -> run(path, real, c, 4, m))).as(name).isNotNull();
                assertThat(refusal(() -> run(path, rehearsal, v, 4, m)))
                        .as(name)
                        .isNotNull();
            });
        }
    }
}
