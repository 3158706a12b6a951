package io.github.hecnn.core.parallel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** No memory, no stack, no threads: the caller gets the error, and the pool works on. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WorkerPoolStarvedTest {
    private static void requireAllThreads(WorkerPool pool) {
        CountDownLatch all = new CountDownLatch(pool.threads());
        pool.forEach(pool.threads(), i -> {
            all.countDown();
            try {
                assertThat(all.await(20, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    @Test
    void aFullHeapWhileWorkersJoinReachesTheCallerAndThePoolLives() throws IOException, InterruptedException {
        int errors = 0;
        for (int seed = 1; seed <= 4; seed++) {
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx16m",
                            "-XX:-UseTLAB",
                            "-XX:+UseSerialGC",
                            "-cp",
                            System.getProperty("java.class.path"),
                            StarvedMain.class.getName(),
                            Integer.toString(seed))
                    .redirectErrorStream(true)
                    .start();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor())
                    .as("3: hung, 4: a thread left in a task, 5: a worker died; %s", text)
                    .isZero();
            assertThat(text).contains("alive, errors=");
            errors +=
                    Integer.parseInt(text.substring(text.indexOf("errors=") + 7).strip());
        }
        assertThat(errors).isPositive();
    }

    @SuppressWarnings("InfiniteRecursion") // that is the test
    private static int deep(WorkerPool pool, int[] inTask, int depth) {
        pool.forEach(2, i -> {
            inTask[i] = 1; // no calls: there may be stack for the first and none for the second
            inTask[i] = 0;
        });
        return 1 + deep(pool, inTask, depth + 1);
    }

    @Test
    void aStackThatIsUsedUpReachesTheCallerAndThePoolLives() throws InterruptedException {
        try (WorkerPool pool = WorkerPool.ofThreads(3)) {
            for (int round = 0; round < 20; round++) {
                int[] inTask = new int[2];
                List<Throwable> found = new ArrayList<>();
                Thread small = new Thread(
                        null,
                        () -> found.add(catchThrowable(() -> deep(pool, inTask, 0))),
                        "small",
                        200_000 + 16L * round);
                small.start();
                small.join();
                assertThat(found).singleElement().isInstanceOf(StackOverflowError.class);
                assertThat(inTask).containsOnly(0);
            }
            assertThatThrownBy(() -> pool.forEach(20, i -> deep(pool, new int[2], 0)))
                    .isInstanceOf(StackOverflowError.class);
            requireAllThreads(pool);
        }
    }

    @Test
    void aThreadThatTheSystemRefusesIsAnErrorAndEndsTheOthers() throws InterruptedException {
        Set<Thread> started = ConcurrentHashMap.newKeySet();
        assertThatThrownBy(() -> WorkerThreads.start(4, t -> {
                    if (started.size() == 2) {
                        throw new OutOfMemoryError("unable to create native thread");
                    }
                    started.add(t);
                    t.start();
                }))
                .isInstanceOf(OutOfMemoryError.class);
        assertThat(started).hasSize(2);
        for (Thread t : started) {
            t.join(20_000);
            assertThat(t.isAlive()).isFalse();
        }
    }

    @Test
    void deadWorkersAreReplacedAsSoonAsTheSystemAllows() {
        AtomicInteger asked = new AtomicInteger();
        WorkerThreads threads = WorkerThreads.start(2, t -> {
            int n = asked.incrementAndGet();
            if (n == 4) {
                throw new OutOfMemoryError("unable to create native thread");
            }
            if (n > 2) { // the first two never live
                t.start();
            }
        });
        for (int call = 0; call < 300; call++) {
            AtomicInteger sum = new AtomicInteger();
            new Job(threads, 5, sum::addAndGet).run();
            assertThat(sum).hasValue(10);
        }
        assertThat(asked).hasValue(5);
        Set<Thread> seen = ConcurrentHashMap.newKeySet();
        CountDownLatch all = new CountDownLatch(3);
        new Job(threads, 3, i -> {
                    seen.add(Thread.currentThread());
                    all.countDown();
                    try {
                        assertThat(all.await(20, TimeUnit.SECONDS)).isTrue();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                })
                .run();
        assertThat(seen).hasSize(3);
        threads.close();
        assertThat(seen).filteredOn(t -> t != Thread.currentThread()).noneMatch(Thread::isAlive);
    }

    @Test
    void anExecutorWithoutThreadsIsAnErrorOfTheCallAndNoMore() {
        AtomicInteger refusals = new AtomicInteger(1);
        ExecutorService executor = Executors.newFixedThreadPool(2, r -> {
            if (refusals.getAndDecrement() > 0) {
                throw new OutOfMemoryError("unable to create native thread");
            }
            return new Thread(r);
        });
        try (WorkerPool pool = WorkerPool.on(executor, 3)) {
            assertThatThrownBy(() -> pool.forEach(10, i -> {})).isInstanceOf(OutOfMemoryError.class);
            requireAllThreads(pool);
        } finally {
            executor.shutdown();
        }
    }
}
