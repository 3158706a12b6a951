package io.github.hecnn.core.parallel;

import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.IntConsumer;

/**
 * Spreads independent pieces of work, such as the limbs of a polynomial, over threads.
 *
 * <p>The calling thread takes part and the call returns when everything is done. Pieces are handed out one by one, so which
 * thread gets which is not determined; a task that writes only what belongs to its index gives the same result with any
 * number of threads.
 *
 * <p>Thread-safe: several threads may call one pool at a time, and then share its workers. An idle worker spins for 50
 * microseconds, since calls tend to follow each other closely, and sleeps after that.
 */
public final class WorkerPool implements AutoCloseable {
    /** The largest number of threads of a pool. */
    public static final int MAX_THREADS = 1024;

    private static final WorkerPool SINGLE = new WorkerPool(1, Job.Helpers.NONE, false);

    // Not in a class of its own: one whose initialisation runs out of memory is lost for ever.
    private static volatile WorkerPool common;

    private final int threads;
    private final Job.Helpers helpers;
    private final boolean closeable;
    private volatile boolean closed;

    private WorkerPool(int threads, Job.Helpers helpers, boolean closeable) {
        this.threads = threads;
        this.helpers = helpers;
        this.closeable = closeable;
    }

    /**
     * Everything in the calling thread, in the order of the indices. Closing it changes nothing.
     *
     * @return a pool of one thread, always the same
     */
    public static WorkerPool single() {
        return SINGLE;
    }

    /**
     * A pool of its own: the calling thread and {@code threads - 1} daemon threads named hecnn-worker-1, -2, and so on. They
     * live until the pool is closed.
     *
     * @param threads from 1 to {@link #MAX_THREADS}
     * @return a pool to be closed
     * @throws IllegalArgumentException if the number is out of range
     * @throws OutOfMemoryError if the system refuses a thread; those started before are ended
     */
    public static WorkerPool ofThreads(int threads) {
        requireThreads("WorkerPool.ofThreads", threads);
        return new WorkerPool(threads, threads == 1 ? Job.Helpers.NONE : WorkerThreads.start(threads - 1), true);
    }

    /**
     * A pool on somebody else's threads: the calling thread and up to {@code parallelism - 1} threads of the executor. What
     * the executor refuses or never starts is done by the calling thread, so a busy or closed executor costs time and nothing
     * else.
     *
     * @param executor stays open when this pool is closed
     * @param parallelism from 1 to {@link #MAX_THREADS}, the calling thread included
     * @return a pool on those threads
     * @throws IllegalArgumentException if the number is out of range
     */
    public static WorkerPool on(ExecutorService executor, int parallelism) {
        Objects.requireNonNull(executor, "executor");
        requireThreads("WorkerPool.on", parallelism);
        return new WorkerPool(parallelism, job -> summon(executor, parallelism - 1, job), true);
    }

    /**
     * The pool that all share who do not ask for another one: as many threads as processors, started by the first call. Closing it
     * changes nothing.
     *
     * @return the same pool each time
     * @throws OutOfMemoryError if the system refuses a thread; the next call tries again
     */
    public static WorkerPool common() {
        WorkerPool pool = common;
        return pool != null ? pool : startCommon();
    }

    private static synchronized WorkerPool startCommon() {
        if (common == null) {
            int processors = Math.min(Runtime.getRuntime().availableProcessors(), MAX_THREADS);
            common = new WorkerPool(
                    processors, processors == 1 ? Job.Helpers.NONE : WorkerThreads.start(processors - 1), false);
        }
        return common;
    }

    /** {@return how many threads work at a time at the most, the calling one included} */
    public int threads() {
        return threads;
    }

    /**
     * Calls the task with 0, 1, ... count-1, each once, in any order and on several threads, and returns when all calls have
     * returned: what they wrote is then visible to the caller.
     *
     * <p>A call from inside a task runs in the thread of that task, and threads of a pool of {@link #ofThreads} or the {@link #common} one that have
     * nothing else to do help with it: no more threads are at work than with the outer call alone. In a task of another pool, or on an executor,
     * the call runs inline without further threads; except where the outer call has a single index or a single thread.
     *
     * <p>An exception or error of a task is rethrown here, the first one if there are several, with the others as its suppressed
     * exceptions. No index is handed out any more after it, and it is not thrown before every thread has left the task. The same
     * holds for an {@link OutOfMemoryError} or {@link StackOverflowError} of the pool itself, here or in a thread that came to help; the
     * pool can be used on after any of them.
     *
     * <p>An interrupt of the calling thread does not stop the work and is not lost: the thread is interrupted on return.
     *
     * @param count how many indices, 0 or more
     * @param task called by several threads at once
     * @throws IllegalArgumentException if the count is negative
     * @throws IllegalStateException if the pool is closed
     */
    public void forEach(int count, IntConsumer task) {
        Objects.requireNonNull(task, "task");
        if (count < 0) {
            throw new IllegalArgumentException("WorkerPool.forEach: expected a count of 0 or more, found " + count
                    + "; pass the number of pieces of work");
        }
        if (closed) {
            throw new IllegalStateException(
                    "WorkerPool.forEach: expected an open pool, found a closed one; close it after"
                            + " the last use, or use WorkerPool.common()");
        }
        if (threads == 1 || count <= 1 || !helpers.joinJobsInside(Job.running())) {
            for (int i = 0; i < count; i++) {
                task.accept(i);
            }
            return;
        }
        new Job(helpers, count, task).run();
    }

    /**
     * Ends the threads of this pool and waits for them, except when called from inside a task. Calls of {@link #forEach} that
     * are under way in other threads are completed; later ones are refused. {@link #single()}, {@link #common()} and the
     * executor of {@link #on} stay as they are. Closing twice does no harm.
     */
    @Override
    public void close() {
        if (closeable) {
            closed = true;
            helpers.close();
        }
    }

    @Override
    public String toString() {
        return "WorkerPool[threads=" + threads + (closed ? ", closed" : "") + "]";
    }

    private static void summon(Executor executor, int most, Job job) {
        int wanted = Math.min(most, job.remaining() - 1);
        try {
            for (int i = 0; i < wanted; i++) {
                executor.execute(job::help);
            }
        } catch (RejectedExecutionException e) {
            // Fewer helpers, then: the calling thread does the rest.
        }
    }

    private static void requireThreads(String operation, int threads) {
        if (threads < 1 || threads > MAX_THREADS) {
            throw new IllegalArgumentException(operation + ": expected 1 to " + MAX_THREADS + " threads, found "
                    + threads + "; Runtime.getRuntime().availableProcessors() is a good number");
        }
    }
}
