package io.github.hecnn.ckks.scheme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.github.hecnn.ckks.keys.EvaluationKeys;
import io.github.hecnn.ckks.keys.KeyGenerator;
import io.github.hecnn.ckks.keys.RotationSteps;
import io.github.hecnn.ckks.keys.SecretKey;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.core.parallel.WorkerPool;
import io.github.hecnn.core.sampling.RandomSource;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Many mixed operations on two threads: nothing piles up on the heap, and the values stay right to the end. */
class LongRunTest {
    private static final int ROUNDS = 450;
    private static final int WINDOWS = 3;

    @Test
    void aLongRunOfMixedOperationsLeavesTheHeapAsItWas() {
        try (WorkerPool workers = WorkerPool.ofThreads(2)) {
            CkksContext context = CkksContext.create(CkksFixture.small(4, 2), workers);
            KeyGenerator generator = new KeyGenerator(context, RandomSource.seeded(1));
            SecretKey secret = generator.secretKey();
            EvaluationKeys keys = generator.evaluationKeys(secret, RotationSteps.of(1, 2, 5), true);
            Mix mix = new Mix(context, secret, keys);
            mix.rounds(0, ROUNDS);
            // A limb kept in every round would be twice this, in every window. What the process keeps once (pools, tables, code's books) is in one of them.
            long most = (long) ROUNDS * 8 * context.parameters().ringDegree() / 2;
            long before = usedHeap();
            long least = Long.MAX_VALUE;
            for (int window = 1; window <= WINDOWS && least >= most; window++) {
                mix.rounds(window * ROUNDS, ROUNDS);
                long after = usedHeap();
                least = Math.min(least, after - before);
                before = after;
            }
            assertThat(least).as("bytes that a window of %d rounds left", ROUNDS).isLessThan(most);
        }
    }

    private static long usedHeap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** One round uses every operation once and checks what comes out. */
    private static final class Mix {
        private final CkksEncoder encoder;
        private final Encryptor encryptor;
        private final Decryptor decryptor;
        private final Evaluator evaluator;
        private final int slots;

        Mix(CkksContext context, SecretKey secret, EvaluationKeys keys) {
            encoder = new CkksEncoder(context);
            encryptor = Encryptor.withSecretKey(context, secret, RandomSource.seeded(2));
            decryptor = new Decryptor(context, secret);
            evaluator = new Evaluator(context, keys);
            slots = context.parameters().slots();
        }

        void rounds(int first, int count) {
            for (int i = first; i < first + count; i++) {
                round(i);
            }
        }

        private void round(int seed) {
            double[] x = new Random(seed).doubles(slots, -1, 1).toArray();
            double[] y = new Random(~seed).doubles(slots, -1, 1).toArray();
            Ciphertext a = encryptor.encrypt(encoder.encode(x));
            Plaintext p = encoder.encode(y);
            Ciphertext square = evaluator.rescale(evaluator.relinearize(evaluator.multiplyNoRelin(a, a)));
            Ciphertext mixed = evaluator.add(evaluator.rotate(a, 5), evaluator.conjugate(a));
            List<Ciphertext> hoisted = evaluator.rotateHoisted(mixed, 1, 2);
            Ciphertext scaled = evaluator.rescale(evaluator.multiplyPlain(hoisted.get(1), p));
            Ciphertext sum = evaluator.subtract(evaluator.add(square, scaled), evaluator.negate(square));
            double[] got = encoder.decode(decryptor.decrypt(sum));
            for (int i = 0; i < slots; i += 97) {
                int k = (i + 2) % slots;
                double expected = 2 * x[i] * x[i] + y[i] * (x[(k + 5) % slots] + x[k]);
                assertThat(got[i]).isCloseTo(expected, offset(1e-4));
            }
        }
    }
}
