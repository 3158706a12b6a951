package io.github.hecnn.ckks.slots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.hecnn.ckks.error.HeException;
import io.github.hecnn.ckks.error.MismatchException;
import io.github.hecnn.ckks.keys.EvaluationKeys;
import io.github.hecnn.ckks.keys.KeyGenerator;
import io.github.hecnn.ckks.keys.RotationSteps;
import io.github.hecnn.ckks.keys.SecretKey;
import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.ckks.scheme.CkksEncoder;
import io.github.hecnn.ckks.scheme.CkksFixture;
import io.github.hecnn.ckks.scheme.Encryptor;
import io.github.hecnn.core.sampling.RandomSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.Function;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The real algebra must do what the simulator says: slots, levels, scale degrees, books and refusals. */
class CkksSlotAlgebraTest {
    private static final int[] STEPS = {1, -3, 64};
    private static final CkksFixture F = new CkksFixture(CkksFixture.small(5, 3), RotationSteps.of(STEPS));
    private static final int SLOTS = F.slots();
    private static final PlainVector MASK = PlainVector.real(F.random(77));
    private static final PlainVector COMPLEX = PlainVector.complex(F.random(78), F.random(79));

    private static CkksSlotAlgebra real() {
        return new CkksSlotAlgebra(F.context, F.keys);
    }

    private static SimulatedSlotAlgebra simulated() {
        return SimulatedSlotAlgebra.builder(SLOTS, 5)
                .rotationSteps(new TreeSet<>(RotationSteps.of(STEPS).asSet()))
                .build();
    }

    /** A random circuit, written once for both algebras. */
    private static <V> List<V> circuit(SlotAlgebra<V> g, V x, V y, long seed) {
        Random r = new Random(seed);
        List<V> pool = new ArrayList<>(List.of(x, y));
        for (int i = 0; i < 40; i++) {
            V a = pool.get(r.nextInt(pool.size()));
            V b = pool.get(r.nextInt(pool.size()));
            boolean deep = Math.min(g.level(a), g.level(b)) == 0;
            V out = switch (r.nextInt(deep ? 11 : 20)) {
                case 0 -> g.add(a, b);
                case 1 -> g.subtract(a, b);
                case 2 -> g.negate(a);
                case 3 -> g.addPlain(a, COMPLEX);
                case 4 -> g.subtractPlain(a, MASK);
                case 5 -> g.addConstant(a, -0.25);
                case 6 -> i % 2 == 0 ? g.multiplyByI(a) : g.multiplyByMonomial(a, 12345 * i - 200_000);
                case 7 -> g.rotate(a, STEPS[r.nextInt(3)] + SLOTS * (r.nextInt(3) - 1));
                case 8 -> g.rotateHoisted(a, new int[] {1, 0, 64}).get(r.nextInt(3));
                case 9 -> g.conjugate(a);
                case 10 -> g.dropToLevel(a, r.nextInt(g.level(a) + 1));
                case 11 -> g.rescale(g.multiplyPlain(a, MASK));
                case 12 -> g.rescale(g.multiplyConstant(a, 0.7));
                case 13 -> g.rescale(g.multiply(a, b));
                case 14 -> g.rescale(g.square(a));
                case 15 -> g.relinearizeAndRescale(g.sumOfProducts(List.of(a, b), List.of(b, x)));
                case 16 ->
                    g.rescale(g.sumsOfRotatedPlainProducts(
                                    a,
                                    new int[] {64, 0, -3},
                                    List.of(List.of(MASK, COMPLEX, MASK), Arrays.asList(null, MASK, COMPLEX)))
                            .get(r.nextInt(2)));
                case 17 -> g.rescale(g.sumOfPlainProducts(List.of(a, b), List.of(MASK, COMPLEX)));
                case 18 -> // terms of two and of three components
                    g.relinearize(g.rescale(g.sumOfPlainProducts(
                            List.of(a, g.rescale(g.multiplyNoRelin(x, y)), b), List.of(MASK, COMPLEX, MASK))));
                default -> g.relinearize(g.rescale(g.add(g.multiplyNoRelin(a, b), g.multiplyPlain(b, MASK))));
            };
            pool.add(out);
        }
        return pool;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void agreesWithTheSimulator(long seed) {
        double[] x = F.random(1);
        double[] y = F.random(2);
        for (int i = 0; i < SLOTS; i++) {
            x[i] *= 0.5;
            y[i] *= 0.5;
        }
        CkksSlotAlgebra real = real();
        SimulatedSlotAlgebra simulated = simulated();
        List<Ciphertext> a = circuit(real, F.encrypt(x), F.encrypt(y), seed);
        List<SimulatedVector> b = circuit(simulated, simulated.encrypt(x), simulated.encrypt(y), seed);
        assertThat(a).hasSameSizeAs(b);
        for (int i = 0; i < a.size(); i++) {
            assertThat(real.level(a.get(i))).isEqualTo(simulated.level(b.get(i)));
            assertThat(real.scaleDegree(a.get(i))).isEqualTo(simulated.scaleDegree(b.get(i)));
            CkksEncoder.Slots got = F.encoder.decodeComplex(F.decryptor.decrypt(a.get(i)), SLOTS);
            double[] re = simulated.decrypt(b.get(i));
            double[] im = simulated.decryptImaginary(b.get(i));
            double size = 1;
            for (int j = 0; j < SLOTS; j++) {
                size = Math.max(size, Math.hypot(re[j], im[j]));
            }
            for (int j = 0; j < SLOTS; j += 13) {
                assertThat(got.re()[j]).isCloseTo(re[j], Offset.offset(1e-6 * size));
                assertThat(got.im()[j]).isCloseTo(im[j], Offset.offset(1e-6 * size));
            }
        }
        assertThat(real.counts()).isEqualTo(simulated.counts());
    }

    private static <V> String refusal(Function<SlotAlgebra<V>, V> f, SlotAlgebra<V> g) {
        try {
            return "nothing refused: " + f.apply(g);
        } catch (HeException e) {
            return e.getClass().getSimpleName() + ": " + e.getMessage();
        }
    }

    /** One refusal, by number; texts must be equal in both algebras. */
    private static <V> V mistake(SlotAlgebra<V> g, V x, int which) {
        PlainVector shortVector = PlainVector.constant(1, 4);
        return switch (which) {
            case 0 -> g.rescale(x);
            case 1 -> g.rescale(g.multiply(g.dropToLevel(x, 0), x));
            case 2 -> g.add(x, g.multiply(x, x));
            case 3 -> g.multiply(x, g.square(x));
            case 4 -> g.rotate(x, 2);
            case 5 -> g.rotateHoisted(x, new int[] {1, 5}).get(0);
            case 6 -> g.multiplyPlain(x, shortVector);
            case 7 -> g.rotate(g.multiplyNoRelin(x, x), 1);
            case 8 -> g.dropToLevel(x, 6);
            case 9 -> g.multiplyConstant(x, Double.POSITIVE_INFINITY);
            case 10 -> g.sumOfProducts(List.of(), List.of());
            case 11 -> g.sumOfPlainProducts(List.of(x), List.of(MASK, MASK));
            case 13 ->
                g.sumsOfRotatedPlainProducts(x, new int[] {1, 2}, List.of(List.of(MASK, MASK)))
                        .get(0);
            case 14 ->
                g.sumsOfRotatedPlainProducts(x, new int[] {1}, List.of(List.of()))
                        .get(0);
            case 12 -> g.conjugate(g.multiplyNoRelin(x, x));
            default -> g.multiplyPlain(g.square(x), MASK);
        };
    }

    @Test
    void refusesInTheSameWordsAsTheSimulator() {
        SimulatedSlotAlgebra simulated = simulated();
        SimulatedVector s = simulated.encrypt(F.random(1));
        Ciphertext c = F.encrypt(F.random(1));
        for (int i = 0; i < 16; i++) {
            int which = i;
            String expected = refusal(g -> mistake(g, s, which), simulated);
            assertThat(expected).doesNotStartWith("nothing refused");
            assertThat(refusal(g -> mistake(g, c, which), real())).isEqualTo(expected);
        }
    }

    @Test
    void needsKeys() {
        CkksSlotAlgebra bare = new CkksSlotAlgebra(F.context, EvaluationKeys.none());
        Ciphertext c = F.encrypt(F.random(1));
        assertThatThrownBy(() -> bare.multiply(c, c)).hasMessageContaining("relinearisation key");
        assertThatThrownBy(() -> bare.conjugate(c)).hasMessageContaining("conjugation key");
        // in the words of the simulator, which relinearises and then rescales
        SimulatedSlotAlgebra without = SimulatedSlotAlgebra.builder(SLOTS, 5)
                .withoutRelinearizationKey()
                .build();
        SimulatedVector v = without.fresh();
        String expected = refusal(g -> g.relinearizeAndRescale(g.multiplyNoRelin(v, v)), without);
        assertThat(expected).contains("relinearize: expected a relinearisation key");
        assertThat(refusal(g -> g.relinearizeAndRescale(g.multiplyNoRelin(c, c)), bare))
                .isEqualTo(expected);
    }

    @Test
    void ciphertextsOfAnotherKeyPairAreRefused() {
        KeyGenerator generator = new KeyGenerator(F.context, RandomSource.seeded(77));
        SecretKey other = generator.secretKey();
        CkksSlotAlgebra theirs =
                new CkksSlotAlgebra(F.context, generator.evaluationKeys(other, RotationSteps.of(1), false));
        Ciphertext mine = F.encrypt(F.random(1));
        Ciphertext their = Encryptor.withSecretKey(F.context, other, RandomSource.seeded(78))
                .encrypt(F.encoder.encode(F.random(2)));
        String text = "expected an object of key pair " + other.keyPairId() + ", found one of key pair "
                + F.secretKey.keyPairId();
        assertThatThrownBy(() -> theirs.add(their, mine))
                .isInstanceOf(MismatchException.class)
                .hasMessageContaining(text);
        assertThatThrownBy(() -> theirs.rotate(mine, 1))
                .isInstanceOf(MismatchException.class)
                .hasMessageContaining(text);
        assertThatThrownBy(() -> theirs.addConstant(mine, 1))
                .isInstanceOf(MismatchException.class)
                .hasMessageContaining(text);
        CkksSlotAlgebra bare = new CkksSlotAlgebra(F.context, EvaluationKeys.none());
        assertThatThrownBy(() -> bare.add(their, mine))
                .isInstanceOf(MismatchException.class)
                .hasMessageContaining(text);
        assertThat(theirs.rotate(their, 1).keyPairId()).isEqualTo(other.keyPairId());
    }
}
