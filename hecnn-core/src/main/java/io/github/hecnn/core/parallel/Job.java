package io.github.hecnn.core.parallel;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;

/**
 * One call of forEach: hands out its indices, knows who is helping and whose task it was called from, keeps what went wrong.
 *
 * <p>Memory or stack may run out at any call from here. A helper that has been counted is therefore counted out in a
 * {@code finally}, and the owner can close the job and wait for the helpers with nothing but reads and writes of fields, which need
 * neither.
 */
final class Job {
    private static final ThreadLocal<Job> RUNNING = new ThreadLocal<>();
    private static final AtomicIntegerFieldUpdater<Job> INSIDE =
            AtomicIntegerFieldUpdater.newUpdater(Job.class, "inside");
    private static final long SPIN_NANOS = 50_000;

    private final Thread owner = Thread.currentThread();
    private final Job outer = running();
    private final Helpers pool;
    private final int count;
    private final AtomicLong next = new AtomicLong(); // long, because it goes beyond the count
    private final Object failureLock = new Object();
    private Throwable failure; // guarded by failureLock
    // A helper counts itself in and then looks whether the job is closed; the owner closes it and then looks at the
    // count. One of them sees the other.
    private volatile int inside;
    private volatile boolean closed;
    private volatile boolean over;
    private volatile boolean ownerAsleep;
    // Dropped at the end: an executor may keep its reference to this job for long.
    private IntConsumer task;

    /** Where the threads come from that help the calling one. */
    interface Helpers {
        Helpers NONE = job -> {};

        /** Asks for threads that call {@link #help} some time; returns at once. Nobody needs to come. */
        void summon(Job job);

        /** Whether threads may come to a job that a task of this other one starts; null if no task does. */
        default boolean joinJobsInside(Job outer) {
            return outer == null;
        }

        /** Helps with one job that a task of this one has started, if there is any; returns whether there was. */
        default boolean helpInside(Job job) {
            return false;
        }

        /** Says that the job needs no more help. */
        default void dismiss(Job job) {}

        /** Ends own threads. */
        default void close() {}
    }

    Job(Helpers pool, int count, IntConsumer task) {
        this.pool = pool;
        this.count = count;
        this.task = task;
    }

    static boolean isRunningInThisThread() {
        return running() != null;
    }

    /** The job whose task this thread is in, or null. */
    static Job running() {
        Job job = RUNNING.get();
        while (job != null && job.over) { // left behind when there was no stack to put things back
            job = job.outer;
        }
        return job;
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

    /** How many indices nobody has taken yet; none of a closed job, whose owner may have had no stack to take the rest away. */
    int remaining() {
        return closed ? 0 : (int) Math.max(0, count - next.get());
    }

    /** Whether the owner has left. */
    boolean isOver() {
        return over;
    }

    /** Takes part from another thread, if it is not too late. What goes wrong once it takes part is the owner's. */
    void help() {
        if (closed) {
            return;
        }
        StackReserve.require();
        INSIDE.incrementAndGet(this);
        try {
            if (!closed) {
                workOn();
            }
        } catch (Throwable t) { // from the preparations; a thread's first thread local needs memory, too
            keep(t);
        } finally {
            if (INSIDE.decrementAndGet(this) == 0 && closed) {
                LockSupport.unpark(owner);
            }
        }
    }

    /** Takes indices until none is left. Whatever the task throws is kept for {@link #rethrow}. */
    private void workOn() {
        Job before = RUNNING.get();
        RUNNING.set(this);
        try {
            while (!closed) { // looked at before an index is taken: one that is taken is also done
                long i = next.getAndIncrement();
                if (i >= count) {
                    break;
                }
                task.accept((int) i);
            }
        } catch (Throwable t) { // an Error of a helper has to reach the caller, too
            keep(t);
            next.set(count);
        } finally {
            if (before == null) {
                RUNNING.remove();
            } else {
                RUNNING.set(before);
            }
        }
    }

    /**
     * The whole call: asks for helpers, takes part, waits for those who came, throws what went wrong. When it returns or throws, nobody is
     * in the task any more. Only for the owner.
     */
    void run() {
        Throwable own = null;
        try {
            pool.summon(this);
            workOn();
        } catch (Throwable t) {
            own = t;
        }
        try {
            finish();
        } catch (Throwable t) {
            own = t;
            closed = true;
            int left; // no call while it waits: there may be no stack for one
            do {
                left = inside;
            } while (left != 0);
        }
        task = null;
        over = true;
        try {
            pool.dismiss(this);
        } catch (Throwable t) {
            own = t;
        }
        if (own != null) {
            keep(own);
        }
        rethrow();
    }

    // Hands out no more indices, lets no more helpers in and waits for those at work; until they are through, helps
    // with what their tasks have started.
    private void finish() {
        next.set(count);
        closed = true;
        long idleSince = System.nanoTime();
        boolean interrupted = false;
        while (inside != 0) {
            if (helpedInside()) {
                idleSince = System.nanoTime();
            } else if (System.nanoTime() - idleSince < SPIN_NANOS) {
                Thread.onSpinWait();
            } else {
                sleepUntilNeeded();
                interrupted |= Thread.interrupted(); // with the flag set, park would not wait
            }
        }
        if (interrupted) {
            owner.interrupt();
        }
    }

    private boolean helpedInside() {
        try {
            return pool.helpInside(this);
        } catch (Throwable t) { // no memory to look for work: its owners do it without help
            keep(t);
            return false;
        }
    }

    private void sleepUntilNeeded() {
        ownerAsleep = true;
        // Looks again after saying so: a job is put into the queue before its owner looks for sleepers.
        if (!helpedInside() && inside != 0) {
            LockSupport.park(this);
        }
        ownerAsleep = false;
    }

    /** Throws what a task has thrown. */
    private void rethrow() {
        Throwable first;
        synchronized (failureLock) {
            first = failure;
        }
        if (first != null) {
            throw Job.<RuntimeException>unchecked(first);
        }
    }

    /** Keeps what went wrong; only the first one if there is no memory for a list. */
    private void keep(Throwable t) {
        synchronized (failureLock) {
            if (failure == null) {
                failure = t;
            } else if (failure != t) {
                try {
                    failure.addSuppressed(t);
                } catch (Throwable noMemory) {
                    return;
                }
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
