package io.github.hecnn.ckks.scheme;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hecnn.ckks.keys.EvaluationKeys;
import io.github.hecnn.ckks.keys.KeyGenerator;
import io.github.hecnn.ckks.keys.RotationSteps;
import io.github.hecnn.ckks.keys.SecretKey;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.core.parallel.WorkerPool;
import io.github.hecnn.core.sampling.RandomSource;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** A steady-state operation allocates its result and next to nothing else: scratch is pooled and no vector is boxed. */
class AllocationTest {
    private static final int ROUNDS = 50;

    /** Interpreted and half-compiled code boxes vectors, so calls are repeated until the compiler is done, or given up on. */
    private static void assertAllocates(long mostBytes, Supplier<?> operation) {
        com.sun.management.ThreadMXBean bean = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long bytes = Long.MAX_VALUE;
        Object result = null;
        for (int attempt = 0; attempt < 200 && bytes >= mostBytes; attempt++) {
            long before = bean.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < ROUNDS; i++) {
                result = operation.get();
            }
            bytes = (bean.getCurrentThreadAllocatedBytes() - before) / ROUNDS;
        }
        assertThat(result).isNotNull();
        assertThat(bytes).isLessThan(mostBytes);
    }

    @Test
    void operationsAllocateTheirResultOnly() {
        CkksContext context = CkksContext.create(CkksFixture.small(4, 3), WorkerPool.single());
        KeyGenerator generator = new KeyGenerator(context, RandomSource.seeded(1));
        SecretKey secret = generator.secretKey();
        EvaluationKeys keys = generator.evaluationKeys(secret, RotationSteps.of(1, 2), true);
        Evaluator evaluator = new Evaluator(context, keys);
        CkksEncoder encoder = new CkksEncoder(context);
        Plaintext plain = encoder.encode(new double[] {1, 2});
        Ciphertext a =
                Encryptor.withSecretKey(context, secret, RandomSource.seeded(2)).encrypt(plain);
        Ciphertext product = evaluator.multiplyNoRelin(a, a);
        long limb = 8L * context.parameters().ringDegree();
        long slack = limb; // lists, closures, small arrays
        assertAllocates(10 * limb + slack, () -> evaluator.add(a, a));
        assertAllocates(10 * limb + slack, () -> evaluator.multiplyPlain(a, plain));
        assertAllocates(15 * limb + slack, () -> evaluator.multiplyNoRelin(a, a));
        assertAllocates(10 * limb + slack, () -> evaluator.relinearize(product));
        assertAllocates(10 * limb + slack, () -> evaluator.rotate(a, 1));
        assertAllocates(10 * limb + slack, () -> evaluator.conjugate(a));
        assertAllocates(8 * limb + slack, () -> evaluator.rescaleAnyScale(a));
        assertAllocates(4 * limb + slack, () -> evaluator.dropToLevel(a, 1));
        assertAllocates(20 * limb + slack, () -> List.of(evaluator.rotateHoisted(a, 1, 2)));
    }
}
