package io.github.hecnn.core.parallel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

// The time limit is there for deadlocks: a test ends in far less.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WorkerPoolTest {
    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(30, TimeUnit.SECONDS)) {
                throw new IllegalStateException("expected the other threads to come, found nobody");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void sleep(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void assertEachIndexOnce(WorkerPool pool, int count) {
        AtomicIntegerArray hits = new AtomicIntegerArray(Math.max(count, 1));
        pool.forEach(count, hits::incrementAndGet);
        for (int i = 0; i < count; i++) {
            assertThat(hits.get(i)).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 8})
    void callsEveryIndexOnce(int threads) {
        try (WorkerPool pool = WorkerPool.ofThreads(threads)) {
            assertThat(pool.threads()).isEqualTo(threads);
            for (int count : new int[] {0, 1, 2, 3, 7, 8, 9, 100, 10_000}) {
                assertEachIndexOnce(pool, count);
            }
        }
    }

    // Sums in the order of the terms, so that one misplaced double would show.
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 8})
    void resultsAreVisibleAndDoNotDependOnTheThreads(int threads) {
        try (WorkerPool pool = WorkerPool.ofThreads(threads)) {
            for (int round = 0; round < 2000; round++) {
                double[] expected = new double[20];
                double[] found = new double[20];
                int r = round;
                WorkerPool.single().forEach(20, i -> expected[i] = Math.sin(r + i));
                pool.forEach(20, i -> found[i] = Math.sin(r + i));
                assertThat(found).isEqualTo(expected);
            }
        }
    }

    @Test
    void aGroupOfThreadsThatUsesAPoolEndsWithoutIt() throws InterruptedException {
        ThreadGroup group = new ThreadGroup("program");
        WorkerPool[] pool = new WorkerPool[1];
        int[] left = new int[1];
        Thread main = new Thread(group, () -> {
            pool[0] = WorkerPool.ofThreads(3);
            pool[0].forEach(100, k -> Thread.onSpinWait());
            left[0] = group.activeCount();
        });
        main.start();
        main.join();
        assertThat(left[0])
                .as("threads of the group, the program's own included")
                .isEqualTo(1);
        pool[0].close();
    }

    @Test
    void allThreadsWorkAtOnceAndAreNamedDaemons() {
        Set<Thread> seen = ConcurrentHashMap.newKeySet();
        try (WorkerPool pool = WorkerPool.ofThreads(6)) {
            CountDownLatch all = new CountDownLatch(6);
            pool.forEach(6, i -> {
                seen.add(Thread.currentThread());
                all.countDown();
                await(all);
            });
        }
        assertThat(seen).hasSize(6).contains(Thread.currentThread());
        seen.remove(Thread.currentThread());
        Set<String> names = new HashSet<>();
        seen.forEach(t -> names.add(t.getName()));
        assertThat(names)
                .containsExactlyInAnyOrder(
                        "hecnn-worker-1", "hecnn-worker-2", "hecnn-worker-3", "hecnn-worker-4", "hecnn-worker-5");
        assertThat(seen).allMatch(Thread::isDaemon).noneMatch(Thread::isAlive);
    }

    @Test
    void workersComeBackAfterTheyHaveFallenAsleep() throws InterruptedException {
        try (WorkerPool pool = WorkerPool.ofThreads(3)) {
            for (int round = 0; round < 20; round++) {
                Thread.sleep(3);
                CountDownLatch all = new CountDownLatch(3);
                pool.forEach(3, i -> {
                    all.countDown();
                    await(all);
                });
            }
        }
    }

    @Test
    void idleWorkersSleep() throws InterruptedException {
        Set<Thread> workers = ConcurrentHashMap.newKeySet();
        try (WorkerPool pool = WorkerPool.ofThreads(3)) {
            CountDownLatch all = new CountDownLatch(3);
            pool.forEach(3, i -> {
                workers.add(Thread.currentThread());
                all.countDown();
                await(all);
            });
            workers.remove(Thread.currentThread());
            for (Thread worker : workers) {
                while (worker.getState()
                        != Thread.State.WAITING) { // the time limit of the class ends this if it never does
                    Thread.sleep(1);
                }
            }
        }
        assertThat(workers).hasSize(2);
    }

    @Test
    void singleRunsInOrderInTheCallingThreadOnly() {
        List<Integer> order = new ArrayList<>();
        Set<Thread> seen = new HashSet<>();
        WorkerPool pool = WorkerPool.single();
        pool.forEach(100, i -> {
            order.add(i);
            seen.add(Thread.currentThread());
        });
        assertThat(pool.threads()).isEqualTo(1);
        assertThat(order).isEqualTo(IntStream.range(0, 100).boxed().toList());
        assertThat(seen).containsExactly(Thread.currentThread());
        pool.close();
        assertEachIndexOnce(pool, 10);
    }

    @Test
    void commonPoolCannotBeClosed() {
        WorkerPool pool = WorkerPool.common();
        assertThat(pool.threads()).isEqualTo(Runtime.getRuntime().availableProcessors());
        pool.close();
        assertThat(WorkerPool.common()).isSameAs(pool);
        assertEachIndexOnce(pool, 1000);
    }

    @Test
    void callsToAnotherPoolFromInsideATaskRunInline() {
        ExecutorService executor = Executors.newFixedThreadPool(4);
        try (WorkerPool outer = WorkerPool.ofThreads(4);
                WorkerPool other = WorkerPool.ofThreads(4)) {
            AtomicInteger calls = new AtomicInteger();
            CountDownLatch all = new CountDownLatch(4);
            outer.forEach(4, i -> {
                Thread here = Thread.currentThread();
                all.countDown();
                await(all);
                for (WorkerPool inner : List.of(other, WorkerPool.on(executor, 4), WorkerPool.common())) {
                    inner.forEach(
                            10,
                            j -> other.forEach(3, k -> {
                                assertThat(Thread.currentThread()).isSameAs(here);
                                calls.incrementAndGet();
                            }));
                }
            });
            assertThat(calls).hasValue(4 * 3 * 10 * 3);
        } finally {
            executor.shutdown();
        }
    }

    // The caller or the worker is through with its index first, and comes to the other's inner call awake or asleep.
    @ParameterizedTest
    @CsvSource({"true, 0", "false, 0", "true, 5", "false, 5"})
    void idleThreadsHelpWithCallsFromInsideATask(boolean callerFirst, int pauseMillis) {
        Thread caller = Thread.currentThread();
        try (WorkerPool pool = WorkerPool.ofThreads(2)) {
            for (int round = 0; round < 20; round++) {
                CountDownLatch both = new CountDownLatch(2);
                Set<Thread> seen = ConcurrentHashMap.newKeySet();
                pool.forEach(2, i -> {
                    both.countDown();
                    await(both);
                    if ((Thread.currentThread() == caller) == callerFirst) {
                        return;
                    }
                    for (int call = 0; call < 3; call++) { // with pauses in which the other one falls asleep
                        sleep(pauseMillis);
                        CountDownLatch inner = new CountDownLatch(2);
                        pool.forEach(2, j -> {
                            seen.add(Thread.currentThread());
                            inner.countDown();
                            await(inner);
                        });
                    }
                });
                assertThat(seen).hasSize(2).contains(caller);
            }
        }
    }

    @Test
    void callsThreeDeepCallEveryIndexOnceOnThreadsOfThePoolOnly() {
        Set<Thread> seen = ConcurrentHashMap.newKeySet();
        try (WorkerPool pool = WorkerPool.ofThreads(3)) {
            for (int round = 0; round < 300; round++) {
                int outer = 2 + round % 4;
                AtomicIntegerArray hits = new AtomicIntegerArray(outer * 5 * 4);
                AtomicInteger working = new AtomicInteger();
                pool.forEach(
                        outer,
                        i -> pool.forEach(
                                5,
                                j -> pool.forEach(4, k -> {
                                    assertThat(working.incrementAndGet()).isLessThanOrEqualTo(3);
                                    seen.add(Thread.currentThread());
                                    hits.incrementAndGet((i * 5 + j) * 4 + k);
                                    working.decrementAndGet();
                                })));
                for (int h = 0; h < hits.length(); h++) {
                    assertThat(hits.get(h)).isEqualTo(1);
                }
            }
        }
        assertThat(seen).hasSizeLessThanOrEqualTo(3).contains(Thread.currentThread());
    }

    @Test
    void callsFromInsideASingleIndexAreSpread() {
        try (WorkerPool pool = WorkerPool.ofThreads(3)) {
            CountDownLatch all = new CountDownLatch(3);
            pool.forEach(
                    1,
                    i -> pool.forEach(3, j -> {
                        all.countDown();
                        await(all);
                    }));
            assertThat(all.getCount()).isZero();
        }
    }

    @Test
    void severalThreadsShareAPool() throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(8);
        try (WorkerPool pool = WorkerPool.ofThreads(3)) {
            List<Future<?>> done = new ArrayList<>();
            for (int c = 0; c < 8; c++) {
                done.add(callers.submit(() -> {
                    for (int round = 0; round < 300; round++) {
                        assertEachIndexOnce(pool, 1 + round % 40);
                    }
                }));
            }
            for (Future<?> f : done) {
                f.get();
            }
        } finally {
            callers.shutdown();
        }
    }

    @Test
    void aLoneThreadOfTheExecutorDoesNotWaitForItself() throws Exception {
        ExecutorService executor = Executors.newSingleThreadExecutor();
        try {
            WorkerPool pool = WorkerPool.on(executor, 4);
            executor.submit(() -> assertEachIndexOnce(pool, 100)).get();
            assertEachIndexOnce(pool, 100);
        } finally {
            executor.shutdown();
        }
    }

    @Test
    void executorTakesPartAndStaysOpen() throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(8);
        try {
            CyclicBarrier barrier = new CyclicBarrier(3);
            Set<Thread> seen = ConcurrentHashMap.newKeySet();
            WorkerPool pool = WorkerPool.on(executor, 3);
            pool.forEach(30, i -> {
                seen.add(Thread.currentThread());
                try {
                    barrier.await(30, TimeUnit.SECONDS);
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            assertThat(seen).hasSize(3).contains(Thread.currentThread());
            pool.close();
            assertThat(executor.isShutdown()).isFalse();
            assertThat(executor.submit(() -> 5).get()).isEqualTo(5);
            assertThatThrownBy(() -> pool.forEach(1, i -> {})).isInstanceOf(IllegalStateException.class);
        } finally {
            executor.shutdown();
        }
    }

    @Test
    void aClosedExecutorLeavesTheWorkToTheCaller() {
        ExecutorService executor = Executors.newFixedThreadPool(2);
        executor.shutdown();
        assertEachIndexOnce(WorkerPool.on(executor, 3), 100);
    }

    @Test
    void closedPoolsRefuse() {
        WorkerPool pool = WorkerPool.ofThreads(2);
        pool.close();
        pool.close();
        assertThat(pool).hasToString("WorkerPool[threads=2, closed]");
        assertThatThrownBy(() -> pool.forEach(3, i -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("forEach: expected an open pool, found a closed one");
    }

    @Test
    void closingFromInsideATaskEndsTheThreadsLater() throws InterruptedException {
        WorkerPool pool = WorkerPool.ofThreads(3);
        Set<Thread> seen = ConcurrentHashMap.newKeySet();
        CountDownLatch all = new CountDownLatch(3);
        pool.forEach(3, i -> {
            seen.add(Thread.currentThread());
            all.countDown();
            await(all);
            pool.close();
        });
        seen.remove(Thread.currentThread());
        for (Thread worker : seen) {
            worker.join();
        }
        assertThat(seen).hasSize(2);
    }

    @Test
    void refusesBadNumbers() {
        for (int threads : new int[] {0, -1, 1025}) {
            assertThatThrownBy(() -> WorkerPool.ofThreads(threads))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("ofThreads: expected 1 to 1024 threads, found " + threads);
            ExecutorService executor = Executors.newSingleThreadExecutor();
            assertThatThrownBy(() -> WorkerPool.on(executor, threads))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("on: expected 1 to 1024 threads, found " + threads);
            executor.shutdown();
        }
        assertThatThrownBy(() -> WorkerPool.single().forEach(-1, i -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected a count of 0 or more, found -1");
    }
}
