package io.github.hecnn.core.parallel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Exceptions from tasks, and interrupts. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WorkerPoolFailureTest {
    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void anExceptionReachesTheCallerAndEndsTheWork(int threads) {
        try (WorkerPool pool = WorkerPool.ofThreads(threads)) {
            for (int round = 0; round < 200; round++) {
                AtomicInteger started = new AtomicInteger();
                AtomicInteger running = new AtomicInteger();
                IllegalStateException thrown = new IllegalStateException("at 5");
                Throwable found = catchThrowable(() -> pool.forEach(Integer.MAX_VALUE, i -> {
                    running.incrementAndGet();
                    started.incrementAndGet();
                    try {
                        if (i == 5) {
                            throw thrown;
                        }
                    } finally {
                        running.decrementAndGet();
                    }
                }));
                assertThat(found).isSameAs(thrown);
                assertThat(running).hasValue(0);
                int atReturn = started.get();
                assertThat(atReturn).isLessThan(Integer.MAX_VALUE);
                assertThat(started).hasValue(atReturn);
            }
        }
    }

    @Test
    void noThreadIsLeftInATaskWhenTheExceptionIsThrown() {
        try (WorkerPool pool = WorkerPool.ofThreads(2)) {
            CyclicBarrier both = new CyclicBarrier(2);
            AtomicInteger finished = new AtomicInteger();
            assertThatThrownBy(() -> pool.forEach(2, i -> {
                        await(both);
                        if (i == 0) {
                            throw new IllegalArgumentException("first");
                        }
                        sleep(30);
                        finished.incrementAndGet();
                    }))
                    .hasMessage("first");
            assertThat(finished).hasValue(1);
        }
    }

    @Test
    void furtherExceptionsAreSuppressed() {
        try (WorkerPool pool = WorkerPool.ofThreads(3)) {
            CyclicBarrier all = new CyclicBarrier(3);
            Throwable found = catchThrowable(() -> pool.forEach(3, i -> {
                await(all);
                throw new IllegalArgumentException("at " + i);
            }));
            assertThat(found).isInstanceOf(IllegalArgumentException.class);
            assertThat(found.getSuppressed()).hasSize(2).allMatch(IllegalArgumentException.class::isInstance);
        }
    }

    @Test
    void theSameExceptionTwiceIsNotSuppressedByItself() {
        try (WorkerPool pool = WorkerPool.ofThreads(2)) {
            CyclicBarrier both = new CyclicBarrier(2);
            IllegalStateException shared = new IllegalStateException("shared");
            assertThatThrownBy(() -> pool.forEach(2, i -> {
                        await(both);
                        throw shared;
                    }))
                    .isSameAs(shared)
                    .hasNoSuppressedExceptions();
        }
    }

    @Test
    void errorsAndCheckedExceptionsAreThrownAsTheyAre() {
        try (WorkerPool pool = WorkerPool.ofThreads(2)) {
            assertThatThrownBy(() -> pool.forEach(10, i -> {
                        throw new StackOverflowError("deep");
                    }))
                    .isInstanceOf(StackOverflowError.class);
            assertThatThrownBy(() -> pool.forEach(10, i -> {
                        throw WorkerPoolFailureTest.<RuntimeException>sneaky(new IOException("disk"));
                    }))
                    .isInstanceOf(IOException.class);
        }
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <E extends Throwable> E sneaky(Throwable t) throws E {
        throw (E) t;
    }

    @Test
    void worksOnAfterAFailure() {
        try (WorkerPool pool = WorkerPool.ofThreads(3)) {
            for (int round = 0; round < 100; round++) {
                assertThatThrownBy(() -> pool.forEach(50, i -> {
                            throw new IllegalStateException();
                        }))
                        .isInstanceOf(IllegalStateException.class);
                AtomicInteger sum = new AtomicInteger();
                pool.forEach(50, sum::addAndGet);
                assertThat(sum).hasValue(50 * 49 / 2);
            }
        }
    }

    @Test
    void aFailureInsideANestedCallIsTheFailureOfTheOuterOne() {
        try (WorkerPool pool = WorkerPool.ofThreads(3)) {
            assertThatThrownBy(() -> pool.forEach(
                            6,
                            i -> pool.forEach(6, j -> {
                                if (i == 3 && j == 3) {
                                    throw new IllegalStateException("inner");
                                }
                            })))
                    .hasMessage("inner");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void anInterruptNeitherStopsTheWorkNorIsLost(int threads) {
        try (WorkerPool pool = WorkerPool.ofThreads(threads)) {
            AtomicInteger sum = new AtomicInteger();
            Thread.currentThread().interrupt();
            pool.forEach(100, sum::addAndGet);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(sum).hasValue(100 * 99 / 2);
        }
    }

    @Test
    void anInterruptWhileWaitingForTheWorkersLeavesNothingRunning() {
        Thread caller = Thread.currentThread();
        try (WorkerPool pool = WorkerPool.ofThreads(2)) {
            CyclicBarrier both = new CyclicBarrier(2);
            AtomicInteger finished = new AtomicInteger();
            pool.forEach(2, i -> {
                await(both);
                if (Thread.currentThread() != caller) {
                    // By now the caller is through with its own index and waits, or will soon.
                    sleep(20);
                    caller.interrupt();
                    sleep(20);
                }
                finished.incrementAndGet();
            });
            assertThat(finished).hasValue(2);
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void aTaskThatInterruptsItsWorkerDoesNotHarmTheNextOne() {
        Thread caller = Thread.currentThread();
        try (WorkerPool pool = WorkerPool.ofThreads(2)) {
            CyclicBarrier both = new CyclicBarrier(2);
            pool.forEach(2, i -> {
                await(both);
                if (Thread.currentThread() != caller) {
                    Thread.currentThread().interrupt();
                }
            });
            AtomicInteger interrupted = new AtomicInteger();
            pool.forEach(2, i -> {
                await(both);
                if (Thread.currentThread().isInterrupted()) {
                    interrupted.incrementAndGet();
                }
            });
            assertThat(interrupted).hasValue(0);
        }
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
