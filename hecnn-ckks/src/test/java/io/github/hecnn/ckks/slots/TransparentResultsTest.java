package io.github.hecnn.ckks.slots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.hecnn.ckks.error.HeException;
import io.github.hecnn.ckks.error.TransparentCiphertextException;
import io.github.hecnn.ckks.keys.RotationSteps;
import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.ckks.scheme.CkksFixture;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Results that anybody could read, made in ways that do not show it: rehearsal and real run see the same ones. */
class TransparentResultsTest {
    private static final CkksFixture F = new CkksFixture(CkksFixture.small(3, 3), RotationSteps.of(1, 2));
    private static final int SLOTS = F.slots();
    private static final int N = 2 * SLOTS;
    private static final PlainVector P = PlainVector.real(F.random(5));
    private static final PlainVector MINUS_P = PlainVector.real(negated(F.random(5)));
    private static final PlainVector OTHER = PlainVector.real(F.random(6));

    private static double[] negated(double[] x) {
        return Arrays.stream(x).map(v -> -v).toArray();
    }

    private interface Circuit {
        <V> V on(SlotAlgebra<V> g, V a, V b);
    }

    private static Map<String, Circuit> transparent() {
        Map<String, Circuit> c = new LinkedHashMap<>();
        c.put("a minus the same with a constant", new Circuit() {
            @Override
            public <V> V on(SlotAlgebra<V> g, V a, V b) {
                return g.subtract(a, g.addConstant(a, 0.5));
            }
        });
        c.put("a minus the same with a vector", new Circuit() {
            @Override
            public <V> V on(SlotAlgebra<V> g, V a, V b) {
                return g.subtract(g.subtractPlain(a, P), a);
            }
        });
        c.put("a plus its negative", new Circuit() {
            @Override
            public <V> V on(SlotAlgebra<V> g, V a, V b) {
                return g.add(a, g.negate(a));
            }
        });
        c.put("double a minus a twice", new Circuit() {
            @Override
            public <V> V on(SlotAlgebra<V> g, V a, V b) {
                return g.subtract(g.subtract(g.multiplyInteger(a, 2), a), g.addConstant(a, 1));
            }
        });
        c.put("a and b in and out again", new Circuit() {
            @Override
            public <V> V on(SlotAlgebra<V> g, V a, V b) {
                return g.subtract(g.subtract(g.add(a, b), a), b);
            }
        });
        c.put("i squared and one", new Circuit() {
            @Override
            public <V> V on(SlotAlgebra<V> g, V a, V b) {
                return g.add(g.multiplyByI(g.multiplyByI(a)), a);
            }
        });
        c.put("monomials around the ring", new Circuit() {
            @Override
            public <V> V on(SlotAlgebra<V> g, V a, V b) {
                return g.add(g.multiplyByMonomial(g.multiplyByMonomial(a, 3), N - 3), a);
            }
        });
        c.put("a monomial and i", new Circuit() {
            @Override
            public <V> V on(SlotAlgebra<V> g, V a, V b) {
                return g.subtract(g.multiplyByMonomial(a, N / 2), g.multiplyByI(a));
            }
        });
        c.put("products in both orders", new Circuit() {
            @Override
            public <V> V on(SlotAlgebra<V> g, V a, V b) {
                return g.subtract(g.multiplyNoRelin(a, b), g.multiplyNoRelin(b, a));
            }
        });
        c.put("relinearised products in both orders", new Circuit() {
            @Override
            public <V> V on(SlotAlgebra<V> g, V a, V b) {
                return g.subtract(g.multiply(a, b), g.multiply(b, a));
            }
        });
        c.put("products of opposite signs", new Circuit() {
            @Override
            public <V> V on(SlotAlgebra<V> g, V a, V b) {
                return g.sumOfProducts(List.of(a, g.negate(a)), List.of(b, b));
            }
        });
        c.put("one square, rescaled twice", new Circuit() {
            @Override
            public <V> V on(SlotAlgebra<V> g, V a, V b) {
                return g.subtract(
                        g.relinearizeAndRescale(g.multiplyNoRelin(a, a)),
                        g.relinearizeAndRescale(g.multiplyNoRelin(a, a)));
            }
        });
        c.put("rescaled opposites", new Circuit() {
            @Override
            public <V> V on(SlotAlgebra<V> g, V a, V b) {
                return g.add(g.rescale(g.multiplyPlain(a, P)), g.rescale(g.multiplyPlain(g.negate(a), P)));
            }
        });
        c.put("opposite vectors", new Circuit() {
            @Override
            public <V> V on(SlotAlgebra<V> g, V a, V b) {
                return g.sumOfPlainProducts(List.of(a, a), List.of(P, MINUS_P));
            }
        });
        c.put("a constant vector and a constant", new Circuit() {
            @Override
            public <V> V on(SlotAlgebra<V> g, V a, V b) {
                return g.subtract(g.multiplyPlain(a, PlainVector.constant(0.25, SLOTS)), g.multiplyConstant(a, 0.25));
            }
        });
        c.put("one rotation twice", new Circuit() {
            @Override
            public <V> V on(SlotAlgebra<V> g, V a, V b) {
                return g.subtract(g.rotate(a, 1), g.rotate(a, 1 + SLOTS));
            }
        });
        c.put("rotations of what a vector makes different", new Circuit() {
            @Override
            public <V> V on(SlotAlgebra<V> g, V a, V b) {
                return g.subtract(g.rotate(a, 2), g.rotate(g.addPlain(a, P), 2));
            }
        });
        c.put("conjugates", new Circuit() {
            @Override
            public <V> V on(SlotAlgebra<V> g, V a, V b) {
                return g.add(g.conjugate(a), g.conjugate(g.negate(a)));
            }
        });
        c.put("rotated sums of opposite vectors", new Circuit() {
            @Override
            public <V> V on(SlotAlgebra<V> g, V a, V b) {
                return g.sumsOfRotatedPlainProducts(a, new int[] {1, 1}, List.of(List.of(P, MINUS_P)))
                        .get(0);
            }
        });
        c.put("a sum brought down", new Circuit() {
            @Override
            public <V> V on(SlotAlgebra<V> g, V a, V b) {
                V low = g.dropToLevel(b, 1);
                return g.subtract(g.subtract(g.add(a, low), low), g.dropToLevel(a, 1));
            }
        });
        return c;
    }

    private static List<Circuit> hidden() {
        return List.of(
                new Circuit() {
                    @Override
                    public <V> V on(SlotAlgebra<V> g, V a, V b) {
                        return g.subtract(a, b);
                    }
                },
                new Circuit() {
                    @Override
                    public <V> V on(SlotAlgebra<V> g, V a, V b) {
                        return g.subtract(g.rotate(a, 1), g.rotate(a, 2));
                    }
                },
                new Circuit() {
                    @Override
                    public <V> V on(SlotAlgebra<V> g, V a, V b) {
                        return g.subtract(g.multiplyPlain(a, P), g.multiplyPlain(a, OTHER));
                    }
                },
                new Circuit() {
                    @Override
                    public <V> V on(SlotAlgebra<V> g, V a, V b) {
                        return g.subtract(g.dropToLevel(a, 1), g.dropToLevel(g.dropToLevel(a, 2), 1));
                    }
                },
                new Circuit() {
                    @Override
                    public <V> V on(SlotAlgebra<V> g, V a, V b) {
                        return g.subtract(g.rotate(g.rotate(a, 1), 1), g.rotate(a, 2));
                    }
                },
                new Circuit() {
                    @Override
                    public <V> V on(SlotAlgebra<V> g, V a, V b) {
                        return g.subtract(g.multiply(a, a), g.multiply(g.addConstant(a, 0.5), a));
                    }
                },
                new Circuit() {
                    @Override
                    public <V> V on(SlotAlgebra<V> g, V a, V b) {
                        return g.subtract(g.multiplyConstant(a, 0.5), g.multiplyConstant(a, 0.25));
                    }
                });
    }

    private static <V> String refusal(SlotAlgebra<V> g, Circuit f, V a, V b) {
        try {
            f.on(g, a, b);
            return "nothing refused";
        } catch (HeException e) {
            return e.getClass().getSimpleName() + ": " + e.getMessage();
        }
    }

    @Test
    void bothRunsRefuseTheSameOnes() {
        CkksSlotAlgebra real = new CkksSlotAlgebra(F.context, F.keys);
        Ciphertext a = F.encrypt(F.random(1));
        Ciphertext b = F.encrypt(F.random(2));
        SimulatedSlotAlgebra rehearsal =
                SimulatedSlotAlgebra.builder(F.context.parameters()).build();
        SimulatedSlotAlgebra books =
                SimulatedSlotAlgebra.builder(F.context.parameters()).booksOnly().build();
        SimulatedVector x = rehearsal.encrypt(F.random(1));
        SimulatedVector y = rehearsal.encrypt(F.random(2));
        SimulatedVector u = books.fresh();
        SimulatedVector v = books.fresh();
        transparent().forEach((name, f) -> {
            String found = refusal(real, f, a, b);
            assertThat(found).as(name).startsWith("TransparentCiphertextException");
            assertThat(refusal(rehearsal, f, x, y)).as(name).isEqualTo(found);
            assertThat(refusal(books, f, u, v)).as(name).isEqualTo(found);
        });
        for (Circuit f : hidden()) {
            assertThat(refusal(real, f, a, b)).isEqualTo("nothing refused");
            assertThat(refusal(rehearsal, f, x, y)).isEqualTo("nothing refused");
            assertThat(refusal(books, f, u, v)).isEqualTo("nothing refused");
        }
    }

    @Test
    void twoEncryptionsOfOneVectorHideTheirDifference() {
        SimulatedSlotAlgebra rehearsal =
                SimulatedSlotAlgebra.builder(F.context.parameters()).build();
        double[] x = F.random(1);
        SimulatedVector difference = rehearsal.subtract(rehearsal.encrypt(x), rehearsal.encrypt(x));
        assertThat(rehearsal.decrypt(difference)).containsOnly(0);
        SimulatedSlotAlgebra open = SimulatedSlotAlgebra.builder(F.context.parameters())
                .allowingTransparent()
                .build();
        SimulatedVector a = open.encrypt(x);
        assertThat(open.decrypt(open.subtract(open.addConstant(a, 0.5), a))[3]).isEqualTo(0.5, Offset.offset(1e-15));
        assertThatThrownBy(() -> rehearsal.add(difference, rehearsal.negate(difference)))
                .isInstanceOf(TransparentCiphertextException.class)
                .hasMessageContaining("allowingTransparent()");
    }

    /** Few values and no noise of their own make results meet. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void randomCircuitsAreTransparentInBothRunsOrInNeither(long seed) {
        CkksSlotAlgebra real = new CkksSlotAlgebra(F.context, F.keys);
        SimulatedSlotAlgebra rehearsal =
                SimulatedSlotAlgebra.builder(F.context.parameters()).booksOnly().build();
        Random random = new Random(seed);
        int refused = 0;
        for (int circuit = 0; circuit < 12; circuit++) {
            List<Ciphertext> a = new ArrayList<>(List.of(F.encrypt(F.random(1))));
            List<SimulatedVector> x = new ArrayList<>(List.of(rehearsal.fresh()));
            for (int i = 0; i < 25; i++) {
                long step = random.nextLong();
                String[] found = {step(real, a, step), step(rehearsal, x, step)};
                assertThat(found[1]).isEqualTo(found[0]);
                refused += found[0].startsWith("Transparent") ? 1 : 0;
            }
        }
        assertThat(refused).isPositive();
    }

    private static <V> String step(SlotAlgebra<V> g, List<V> pool, long seed) {
        Random r = new Random(seed);
        V a = pool.get(r.nextInt(pool.size()));
        V b = pool.get(r.nextInt(pool.size()));
        try {
            pool.add(
                    switch (r.nextInt(12)) {
                        case 0 -> g.add(a, b);
                        case 1, 2, 3 -> g.subtract(a, b);
                        case 4 -> g.negate(a);
                        case 5 -> g.multiplyInteger(a, r.nextInt(5) - 2);
                        case 6 -> g.rotate(a, r.nextInt(2) + 1);
                        case 7 -> g.conjugate(a);
                        case 8 -> g.rescale(g.multiply(a, b));
                        case 9 -> g.relinearizeAndRescale(g.multiplyNoRelin(b, a));
                        case 10 -> r.nextBoolean() ? g.addPlain(a, P) : g.rescale(g.multiplyPlain(a, P));
                        default -> r.nextBoolean() ? g.multiplyByI(a) : g.dropToLevel(a, Math.max(1, g.level(a) - 1));
                    });
            return "nothing refused";
        } catch (HeException e) {
            return e.getClass().getSimpleName() + ": " + e.getMessage();
        }
    }
}
