package io.github.hecnn.core.parallel;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;

/** One call of forEach: hands out its indices, knows who is helping and whose task it was called from, keeps what went wrong. */
final class Job {
    private static final ThreadLocal<Job> RUNNING = new ThreadLocal<>();
    // Added to the number of helpers when no more may join, which makes it negative.
    private static final int CLOSED = Integer.MIN_VALUE;
    private static final long SPIN_NANOS = 50_000;

    private final Thread owner = Thread.currentThread();
    private final Job outer = RUNNING.get();
    private final Helpers pool;
    private final int count;
    private final AtomicLong next = new AtomicLong(); // long, because it goes beyond the count
    private final AtomicInteger helpers = new AtomicInteger();
    private final Object failureLock = new Object();
    private Throwable failure; // guarded by failureLock
    private volatile boolean ownerAsleep;
    // Dropped at the end: an executor may keep its reference to this job for long.
    private IntConsumer task;

    Job(Helpers pool, int count, IntConsumer task) {
        this.pool = pool;
        this.count = count;
        this.task = task;
    }

    static boolean isRunningInThisThread() {
        return RUNNING.get() != null;
    }

    /** The job whose task this thread is in, or null. */
    static Job running() {
        return RUNNING.get();
    }

    boolean isOf(Helpers helpers) {
        return pool == helpers;
    }

    /** Whether this job was started by a task of the other one, or of a job that was, and so on. */
    boolean isInside(Job other) {
        Job job = outer;
        while (job != null && job != other) {
            job = job.outer;
        }
        return job != null;
    }

    /** Wakes those who wait for the end of a job that this one is inside of: they can help with it. */
    void wakeOuterOwners() {
        for (Job job = outer; job != null; job = job.outer) {
            if (job.ownerAsleep) {
                LockSupport.unpark(job.owner);
            }
        }
    }

    /** How many indices nobody has taken yet. */
    int remaining() {
        return (int) Math.max(0, count - next.get());
    }

    /** Takes part from another thread, if it is not too late. */
    void help() {
        int now;
        do {
            now = helpers.get();
            if (now < 0) {
                return;
            }
        } while (!helpers.compareAndSet(now, now + 1));
        workOn();
        if (helpers.decrementAndGet() == CLOSED) {
            LockSupport.unpark(owner);
        }
    }

    /** Takes indices until none is left. Whatever the task throws is kept for {@link #rethrow}. */
    void workOn() {
        Job outer = RUNNING.get();
        RUNNING.set(this);
        try {
            for (long i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
                task.accept((int) i);
            }
        } catch (Throwable t) { // an Error of a helper has to reach the caller, too
            next.set(count);
            keep(t);
        } finally {
            if (outer == null) {
                RUNNING.remove();
            } else {
                RUNNING.set(outer);
            }
        }
    }

    /**
     * Hands out no more indices, lets no more helpers in and waits for those at work; until they are through, helps with what their tasks
     * have started. Only for the owner.
     */
    void finish() {
        next.set(count);
        helpers.addAndGet(CLOSED);
        long idleSince = System.nanoTime();
        boolean interrupted = false;
        while (helpers.get() != CLOSED) {
            if (pool.helpInside(this)) {
                idleSince = System.nanoTime();
            } else if (System.nanoTime() - idleSince < SPIN_NANOS) {
                Thread.onSpinWait();
            } else {
                sleepUntilNeeded();
                interrupted |= Thread.interrupted(); // with the flag set, park would not wait
            }
        }
        task = null;
        if (interrupted) {
            owner.interrupt();
        }
    }

    private void sleepUntilNeeded() {
        ownerAsleep = true;
        // Looks again after saying so: a job is put into the queue before its owner looks for sleepers.
        if (!pool.helpInside(this) && helpers.get() != CLOSED) {
            LockSupport.park(this);
        }
        ownerAsleep = false;
    }

    /** Throws what a task has thrown. */
    void rethrow() {
        Throwable first;
        synchronized (failureLock) {
            first = failure;
        }
        if (first != null) {
            throw Job.<RuntimeException>unchecked(first);
        }
    }

    private void keep(Throwable t) {
        synchronized (failureLock) {
            if (failure == null) {
                failure = t;
            } else if (failure != t) {
                failure.addSuppressed(t);
            }
        }
    }

    // A task cannot declare a checked exception, but code from elsewhere may throw one all the same: pass it on as it
    // is.
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <E extends Throwable> E unchecked(Throwable t) throws E {
        throw (E) t;
    }
}
