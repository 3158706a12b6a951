package io.github.hecnn.core.internal.kernel.switching;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hecnn.core.internal.kernel.KernelCases;
import io.github.hecnn.core.internal.kernel.NttTables;
import io.github.hecnn.core.internal.kernel.RingKernels;
import io.github.hecnn.core.internal.kernel.portable.PortableKernels;
import io.github.hecnn.core.internal.kernel.vector.VectorKernels;
import io.github.hecnn.core.modular.Modulus;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class SwitchingKernelsTest {
    private static final int N = 1024;
    private static final long AT_ONCE = 1;
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final Modulus Q = Modulus.of(12289);

    @Test
    void everyOperationGoesOverAndTheBitsStayTheSame() {
        Map<String, double[]> expected = KernelCases.run(new PortableKernels());
        SwitchingKernels kernels =
                new SwitchingKernels(new PortableKernels(), new VectorKernels(), AT_ONCE, 20 * SECOND);
        assertThat(kernels.waiting()).isEqualTo(18);
        long end = System.nanoTime() + 120 * SECOND;
        while (kernels.waiting() > 0 && System.nanoTime() < end) {
            assertSame(KernelCases.run(kernels), expected);
            assertLazyIsCongruent(kernels);
        }
        assertThat(kernels.waiting()).isEqualTo(0);
        assertSame(KernelCases.run(kernels), expected);
    }

    private static void assertLazyIsCongruent(RingKernels kernels) {
        NttTables tables = NttTables.of(10, Q);
        double[] expected = new double[N];
        for (int j = 0; j < N; j++) {
            expected[j] = j % 100 - 50;
        }
        double[] lazy = expected.clone();
        new PortableKernels().forwardNtt(tables, expected);
        kernels.forwardNttLazy(tables, lazy);
        double[] reduced = new double[N];
        new PortableKernels().reduce(lazy, reduced, Q);
        assertThat(reduced).isEqualTo(expected);
    }

    private static void assertSame(Map<String, double[]> found, Map<String, double[]> expected) {
        assertThat(found.keySet()).isEqualTo(expected.keySet());
        expected.forEach((name, values) -> {
            if (!Arrays.equals(found.get(name), values)) { // one assertion on arrays costs more than the kernels
                assertThat(found.get(name)).as(name).isEqualTo(values);
            }
        });
    }

    @Test
    void itIsCalledAsWhatItBecomes() {
        RingKernels kernels = new SwitchingKernels(new PortableKernels(), new VectorKernels());
        assertThat(kernels.name()).isEqualTo(new VectorKernels().name());
    }

    @Test
    void beforeItsTimeNothingIsTried() {
        AtomicInteger calls = new AtomicInteger();
        SwitchingKernels kernels =
                new SwitchingKernels(new PortableKernels(), calling(calls::incrementAndGet), Long.MAX_VALUE, SECOND);
        multiply(kernels, 1000);
        assertThat(calls).hasValue(0);
        assertThat(kernels.waiting()).isEqualTo(18);
    }

    @Test
    @Timeout(60)
    void kernelsThatStaySlowAreNotTaken() throws InterruptedException {
        CountDownLatch two = new CountDownLatch(2);
        Thread user = Thread.currentThread();
        AtomicInteger mistaken = new AtomicInteger();
        RingKernels slow = calling(() -> {
            mistaken.addAndGet(Thread.currentThread() == user ? 1 : 0);
            two.countDown();
            sleep();
        });
        SwitchingKernels kernels = new SwitchingKernels(new PortableKernels(), slow, AT_ONCE, AT_ONCE);
        while (!two.await(1, TimeUnit.MILLISECONDS)) {
            multiply(kernels, 10); // a first trial, later a second one
        }
        multiply(kernels, 10);
        assertThat(mistaken).hasValue(0);
        assertThat(kernels.waiting()).isEqualTo(18);
    }

    private static void multiply(RingKernels kernels, int times) {
        double[] a = new double[N];
        double[] out = new double[N];
        Arrays.fill(a, 2);
        for (int i = 0; i < times; i++) {
            kernels.multiply(a, a, out, Q);
        }
        assertThat(out).containsOnly(4);
    }

    private static void sleep() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Portable kernels that do something else first. */
    private static RingKernels calling(Runnable before) {
        RingKernels portable = new PortableKernels();
        return (RingKernels) Proxy.newProxyInstance(
                RingKernels.class.getClassLoader(), new Class<?>[] {RingKernels.class}, (proxy, method, arguments) -> {
                    before.run();
                    try {
                        return method.invoke(portable, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
