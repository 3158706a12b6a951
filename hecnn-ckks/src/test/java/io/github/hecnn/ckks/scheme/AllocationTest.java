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

    private static long allocatedPerCall(Supplier<?> operation) {
        com.sun.management.ThreadMXBean bean = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        Object last = null;
        for (int i = 0; i < 200; i++) {
            last = operation.get(); // until pools are filled and hot loops compiled
        }
        long before = bean.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < ROUNDS; i++) {
            last = operation.get();
        }
        long bytes = (bean.getCurrentThreadAllocatedBytes() - before) / ROUNDS;
        assertThat(last).isNotNull();
        return bytes;
    }

    @Test
    void operationsAllocateTheirResultOnly() {
        CkksContext context = CkksContext.create(CkksFixture.small(4, 3), WorkerPool.single());
        KeyGenerator generator = new KeyGenerator(context, RandomSource.seeded(1));
        SecretKey secret = generator.secretKey();
        EvaluationKeys keys = generator.evaluationKeys(secret, RotationSteps.of(1, 2), true);
        Evaluator evaluator = new Evaluator(context, keys);
        CkksEncoder encoder = new CkksEncoder(context);
        Plaintext plain = encoder.encode(new double[context.parameters().slots()]);
        Ciphertext a =
                Encryptor.withSecretKey(context, secret, RandomSource.seeded(2)).encrypt(plain);
        Ciphertext product = evaluator.multiplyNoRelin(a, a);
        long limb = 8L * context.parameters().ringDegree();
        long slack = limb; // lists, closures, small arrays
        assertThat(allocatedPerCall(() -> evaluator.add(a, a))).isLessThan(10 * limb + slack);
        assertThat(allocatedPerCall(() -> evaluator.multiplyPlain(a, plain))).isLessThan(10 * limb + slack);
        assertThat(allocatedPerCall(() -> evaluator.multiplyNoRelin(a, a))).isLessThan(15 * limb + slack);
        assertThat(allocatedPerCall(() -> evaluator.relinearize(product))).isLessThan(10 * limb + slack);
        assertThat(allocatedPerCall(() -> evaluator.rotate(a, 1))).isLessThan(10 * limb + slack);
        assertThat(allocatedPerCall(() -> evaluator.conjugate(a))).isLessThan(10 * limb + slack);
        assertThat(allocatedPerCall(() -> evaluator.rescale(a))).isLessThan(8 * limb + slack);
        assertThat(allocatedPerCall(() -> evaluator.dropToLevel(a, 1))).isLessThan(4 * limb + slack);
        assertThat(allocatedPerCall(() -> List.of(evaluator.rotateHoisted(a, 1, 2))))
                .isLessThan(20 * limb + slack);
    }
}
