package io.github.hecnn.ckks.scheme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.hecnn.ckks.internal.cipher.Ciphertexts;
import io.github.hecnn.ckks.keys.RotationSteps;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Results in lent arrays are those of the ordinary context, bit for bit, and are refused once they were released. */
class RecyclingContextTest {
    private static final CkksFixture F = new CkksFixture(CkksFixture.small(4, 3), RotationSteps.of(1, 2, 5));
    private static final Evaluator LENDING = new Evaluator(F.context.recycling(), F.keys);
    private static final Ciphertext A = F.encrypt(F.random(1));
    private static final Ciphertext B = F.encrypt(F.random(2));

    private static void assertSame(Ciphertext expected, Ciphertext found) {
        assertThat(found.scale()).isEqualTo(expected.scale());
        assertThat(found.size()).isEqualTo(expected.size());
        assertThat(found.level()).isEqualTo(expected.level());
        for (int k = 0; k < expected.size(); k++) {
            for (int i = 0; i <= expected.level(); i++) {
                assertThat(Arrays.equals(
                                Ciphertexts.components(found).get(k).limb(i),
                                Ciphertexts.components(expected).get(k).limb(i)))
                        .isTrue();
            }
        }
    }

    private static Ciphertext step(Evaluator e, int which, Ciphertext x, Ciphertext y) {
        int level = x.level();
        return switch (which) {
            case 0 -> e.add(x, y);
            case 1 -> e.subtract(x, y);
            case 2 -> e.addPlain(x, F.encoder.encode(F.random(4), level));
            case 3 -> e.addConstant(x, 0.5);
            case 4 -> e.negate(x);
            case 5 -> e.rotate(x, 2);
            case 6 -> e.conjugate(x);
            case 7 -> e.rotate(x, 0); // the operand itself
            case 8 -> e.multiplyByI(x);
            case 9 -> e.multiplyByMonomial(x, 77);
            case 10 -> e.rotateHoisted(x, 1, 5).get(1);
            case 11 -> e.dropToLevel(x, Math.max(1, level - 1));
            default -> level == 0 ? e.negate(x) : product(e, which, x, y);
        };
    }

    private static Ciphertext product(Evaluator e, int which, Ciphertext x, Ciphertext y) {
        return switch (which) {
            case 12 -> e.rescale(e.multiplyPlain(x, F.encoder.encode(F.random(5), x.level())));
            case 13 -> e.rescale(e.multiply(x, y));
            case 14 -> e.relinearizeAndRescale(e.sumOfProducts(List.of(x, y), List.of(y, x)));
            default -> e.rescale(e.dropLimbs(e.multiplyConstant(x, 0.5), x.level())); // shares arrays
        };
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void anyProgramHasTheSameResultsWhateverIsReleasedOnTheWay(long seed) {
        Random random = new Random(seed);
        List<Ciphertext> ordinary = new ArrayList<>(List.of(A, B));
        List<Ciphertext> lent = new ArrayList<>(List.of(A, B));
        for (int i = 0; i < 40; i++) {
            int which = random.nextInt(16);
            int x = random.nextInt(ordinary.size());
            int y = random.nextInt(ordinary.size());
            if (ordinary.get(x).level() == 0 || ordinary.get(y).level() == 0) {
                which %= 11;
            }
            Ciphertext expected = step(F.evaluator.allowingTransparent(), which, ordinary.get(x), ordinary.get(y));
            Ciphertext found = step(LENDING.allowingTransparent(), which, lent.get(x), lent.get(y));
            assertSame(expected, found);
            ordinary.add(expected);
            lent.add(found);
            if (ordinary.size() > 5) {
                int gone = 2 + random.nextInt(4); // A and B stay
                ordinary.remove(gone);
                Ciphertext done = lent.remove(gone);
                if (!lent.contains(done)) {
                    done.release();
                }
            }
            for (int k = 0; k < lent.size(); k++) {
                assertSame(ordinary.get(k), lent.get(k)); // nobody wrote into what is still held
            }
        }
    }

    @Test
    void releasedArraysServeTheNextResult() {
        Ciphertext sum = LENDING.add(A, B);
        double[] array = Ciphertexts.components(sum).get(1).limb(3);
        sum.release();
        Ciphertext next = LENDING.negate(A);
        List<double[]> arrays = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            arrays.add(Ciphertexts.components(next).get(0).limb(i));
            arrays.add(Ciphertexts.components(next).get(1).limb(i));
        }
        assertThat(arrays).anyMatch(a -> a == array);
        next.release();
    }

    @Test
    void aReleasedCiphertextIsRefused() {
        Ciphertext sum = LENDING.add(A, B);
        Ciphertext lower = LENDING.dropLimbs(sum, 2); // shares its arrays
        sum.release();
        sum.release();
        assertThatThrownBy(() -> Ciphertexts.components(sum).get(0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("released");
        assertThatThrownBy(() -> LENDING.add(sum, A)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> F.decrypt(sum)).isInstanceOf(IllegalStateException.class);
        assertSame(F.evaluator.dropLimbs(F.evaluator.add(A, B), 2), lower);
        var kept = Ciphertexts.components(lower).get(0);
        lower.release();
        assertThatThrownBy(() -> kept.limb(0)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(kept::copy).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void releasingAnOrdinaryCiphertextLendsItsArraysToNobody() {
        Ciphertext mine = F.encrypt(F.random(9));
        var polynomial = Ciphertexts.components(mine).get(0);
        double[] before = polynomial.limb(0).clone();
        mine.release();
        for (int i = 0; i < 20; i++) {
            LENDING.add(A, B);
        }
        assertThat(polynomial.limb(0)).containsExactly(before);
    }

    @Test
    void threadsShareTheArraysWithoutSharingResults() throws Exception {
        Ciphertext expected = F.evaluator.rotate(F.evaluator.add(A, B), 1);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int t = 0; t < 4; t++) {
                all.add(threads.submit(() -> {
                    for (int i = 0; i < 40; i++) {
                        Ciphertext sum = LENDING.add(A, B);
                        Ciphertext turned = LENDING.rotate(sum, 1);
                        sum.release();
                        assertSame(expected, turned);
                        turned.release();
                    }
                }));
            }
            for (Future<?> f : all) {
                f.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void ofSeveralThreadsThatReleaseOneCiphertextOneDoes() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            for (int round = 0; round < 50; round++) {
                Ciphertext sum = LENDING.add(A, B);
                List<Future<?>> all = new ArrayList<>();
                for (int t = 0; t < 4; t++) {
                    all.add(threads.submit(sum::release));
                }
                for (Future<?> f : all) {
                    f.get();
                }
                // arrays that went back twice would be lent to both
                Ciphertext x = LENDING.negate(A);
                Ciphertext y = LENDING.negate(B);
                assertSame(F.evaluator.negate(A), x);
                assertSame(F.evaluator.negate(B), y);
                x.release();
                y.release();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void anInterruptedThreadGetsTheRightResult() {
        Ciphertext expected = F.evaluator.multiply(A, B);
        Thread.currentThread().interrupt();
        Ciphertext found = LENDING.multiply(A, B);
        assertThat(Thread.interrupted()).isTrue();
        assertSame(expected, found);
    }
}
