package io.github.hecnn.ckks.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.hecnn.ckks.internal.cipher.Ciphertexts;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.ckks.params.SecurityLevel;
import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.core.parallel.WorkerPool;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Between the steps of a refresh polynomials lie in arrays that are used again: what that saves, and that it mixes up nothing. */
class RefreshAllocationTest {
    /** 200 MB at N = 2^16, in limbs; 24 of them are the result. */
    static final int MOST_LIMBS = 400;

    private static final BootstrapFixture F = new BootstrapFixture(BootstrapParameters.builder()
            .logRingDegree(11)
            .levels(5)
            .complexSlots(true)
            .securityLevel(SecurityLevel.NONE)
            .build());
    private static final Ciphertext C = F.encrypt(F.random(1), 3);
    private static final Ciphertext D = F.encrypt(F.random(2), 5);

    /** Bytes that a refresh allocates on the calling thread, which has to do all the work; the least of some. */
    static long allocated(Bootstrapper b, Ciphertext c, int most, long enough) {
        com.sun.management.ThreadMXBean bean = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long bytes = Long.MAX_VALUE;
        for (int i = 0; i < most && bytes > enough; i++) { // code that is not compiled yet allocates
            long before = bean.getCurrentThreadAllocatedBytes();
            b.refresh(c);
            bytes = Math.min(bytes, bean.getCurrentThreadAllocatedBytes() - before);
        }
        return bytes;
    }

    private static void assertSame(Ciphertext expected, Ciphertext found) {
        for (int k = 0; k < 2; k++) {
            for (int i = 0; i <= expected.level(); i++) {
                assertThat(Arrays.equals(
                                Ciphertexts.components(found).get(k).limb(i),
                                Ciphertexts.components(expected).get(k).limb(i)))
                        .isTrue();
            }
        }
    }

    @Test
    void aRefreshAllocatesLittleMoreThanItsResult() {
        CkksContext single = CkksContext.create(F.parameters.ckksParameters(), WorkerPool.single());
        Bootstrapper b = new Bootstrapper(single, F.parameters, F.keys);
        long limit = (long) MOST_LIMBS * Double.BYTES * single.parameters().ringDegree();
        assertThat(allocated(b, C, 60, limit)).isLessThan(limit);
    }

    @Test
    void operandsAndEarlierResultsStayAsTheyWere() {
        Ciphertext first = F.bootstrapper.refresh(C);
        double[] result = Ciphertexts.components(first).get(1).limb(5).clone();
        double[] operand = Ciphertexts.components(C).get(0).limb(0).clone();
        Ciphertext again = F.bootstrapper.refresh(C);
        F.bootstrapper.refresh(D);
        assertThat(Ciphertexts.components(first).get(1).limb(5)).containsExactly(result);
        assertThat(Ciphertexts.components(C).get(0).limb(0)).containsExactly(operand);
        assertSame(first, again);
        first.release(); // lends its arrays to the next
        assertSame(again, F.bootstrapper.refresh(C));
        assertThat(Ciphertexts.components(again).get(1).limb(5)).containsExactly(result);
    }

    @Test
    void threadsThatRefreshAtATimeDisturbNobody() throws Exception {
        List<Ciphertext> expected = List.of(F.bootstrapper.refresh(C), F.bootstrapper.refresh(D));
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            List<Future<Ciphertext>> all = new ArrayList<>();
            for (int t = 0; t < 6; t++) {
                Ciphertext c = t % 2 == 0 ? C : D;
                all.add(threads.submit(() -> F.bootstrapper.refresh(c)));
            }
            for (int t = 0; t < 6; t++) {
                assertSame(expected.get(t % 2), all.get(t).get());
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void anInterruptOrAnExceptionOnTheWayLeavesNoTrace() {
        Ciphertext expected = F.bootstrapper.refresh(C);
        for (BootstrapStep at : BootstrapStep.values()) {
            assertThatThrownBy(() -> F.bootstrapper.refresh(D, step -> {
                        if (step == at) {
                            throw new IllegalStateException("enough");
                        }
                    }))
                    .hasMessage("enough");
        }
        Thread.currentThread().interrupt();
        Ciphertext found = F.bootstrapper.refresh(C);
        assertThat(Thread.interrupted()).isTrue();
        assertSame(expected, found);
    }
}
