package io.github.hecnn.core.parallel;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** Daemon threads that help with the jobs in a queue. */
final class WorkerThreads implements Job.Helpers {
    // Waking a sleeping thread takes longer than many a job, so an idle one looks for the next job this long.
    private static final long SPIN_NANOS = 50_000;
    // Whoever comes to a job wakes two more as long as there is work: the caller need not wake all of a large pool by
    // itself.
    private static final int WAKE_EACH = 2;

    // Every so many jobs, threads that have died are looked for. They should not.
    private static final int LOOK_AFTER_JOBS = 64;

    private final Queue<Job> jobs = new ConcurrentLinkedQueue<>();
    private final Consumer<Thread> starter;
    private final long spinNanos;
    private volatile Worker[] workers; // replaced, never written into
    private int jobsSinceLook; // shared without care: being looked for a little later does no harm
    private volatile boolean closed;

    private WorkerThreads(int count, Consumer<Thread> starter) {
        this.starter = starter;
        // With more threads than processors spinning would only take time from those at work.
        spinNanos = count < Runtime.getRuntime().availableProcessors() ? SPIN_NANOS : 0;
        Worker[] all = new Worker[count];
        for (int i = 0; i < count; i++) {
            all[i] = new Worker(i + 1);
        }
        workers = all;
    }

    static WorkerThreads start(int count) {
        return start(count, Thread::start);
    }

    /**
     * Threads that the given function starts.
     *
     * @throws OutOfMemoryError if it throws it; the threads started before are ended
     */
    static WorkerThreads start(int count, Consumer<Thread> starter) {
        Job.running(); // what a failure needs is loaded before there is one
        WorkerThreads threads = new WorkerThreads(count, starter);
        boolean done = false;
        try {
            for (Worker worker : threads.workers) {
                starter.accept(worker);
            }
            done = true;
        } finally {
            if (!done) {
                threads.close();
            }
        }
        return threads;
    }

    @Override
    public void summon(Job job) {
        if (++jobsSinceLook >= LOOK_AFTER_JOBS) {
            jobsSinceLook = 0;
            replaceDead();
        }
        jobs.add(job);
        job.wakeOuterOwners();
        wake(Math.min(WAKE_EACH, job.remaining() - 1));
    }

    // A pool whose threads cannot be replaced now works on with those it has.
    private void replaceDead() {
        Worker[] seen = workers;
        for (int i = 0; i < seen.length; i++) {
            if (!seen[i].isAlive()) {
                try {
                    replace(i);
                } catch (OutOfMemoryError e) {
                    return;
                }
            }
        }
    }

    private synchronized void replace(int index) {
        if (closed || workers[index].isAlive()) {
            return;
        }
        Worker[] all = workers.clone();
        all[index] = new Worker(index + 1);
        starter.accept(all[index]);
        workers = all;
    }

    @Override
    public boolean joinJobsInside(Job outer) {
        return outer == null || outer.isOf(this); // threads of two pools together might be more than processors
    }

    @Override
    public boolean helpInside(Job job) {
        if (jobs.isEmpty()) {
            return false; // without the iterator's memory
        }
        for (Job inner : jobs) {
            if (inner.remaining() > 0 && inner.isInside(job)) {
                inner.help();
                return true;
            }
        }
        return false;
    }

    @Override
    public void dismiss(Job job) {
        jobs.remove(job);
    }

    @Override
    public void close() {
        Worker[] all;
        synchronized (this) {
            closed = true;
            all = workers;
        }
        for (Worker worker : all) {
            LockSupport.unpark(worker);
        }
        if (!Job.isRunningInThisThread()) { // a task would wait for itself
            for (Worker worker : all) {
                joinUninterruptibly(worker);
            }
        }
    }

    private static void joinUninterruptibly(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void wake(int count) {
        int left = count;
        Worker[] all = workers;
        for (int i = 0; i < all.length && left > 0; i++) {
            if (all[i].wakeIfAsleep()) {
                left--;
            }
        }
    }

    private Job find() {
        if (jobs.isEmpty()) {
            return null;
        }
        for (Job job : jobs) {
            if (job.remaining() > 0) {
                return job;
            }
        }
        jobs.removeIf(Job::isOver); // those whose owner had no stack or memory to do it
        return null;
    }

    private final class Worker extends Thread {
        private final AtomicBoolean asleep = new AtomicBoolean();

        Worker(int number) {
            super(outermost(), null, "hecnn-worker-" + number, 0, false); // no thread locals of whoever came first
            setDaemon(true);
        }

        /** The common pool outlives whoever came first: who waits for the end of that one's group must not wait for this thread. */
        private static ThreadGroup outermost() {
            ThreadGroup group = Thread.currentThread().getThreadGroup();
            while (group.getParent() != null) {
                group = group.getParent();
            }
            return group;
        }

        @Override
        public void run() {
            while (!closed) {
                try {
                    work();
                } catch (Throwable t) { // what a task throws is in its job; this is of looking for one
                    Thread.onSpinWait();
                }
            }
        }

        private void work() {
            long idleSince = System.nanoTime();
            while (!closed) {
                if (helpSomebody()) {
                    idleSince = System.nanoTime();
                } else if (System.nanoTime() - idleSince < spinNanos) {
                    Thread.onSpinWait();
                } else {
                    sleep();
                    idleSince = System.nanoTime();
                }
            }
        }

        // A method of its own, so that a sleeping worker's frame holds on to no job.
        private boolean helpSomebody() {
            Job job = find();
            if (job == null) {
                return false;
            }
            wake(Math.min(WAKE_EACH, job.remaining() - 1));
            job.help();
            Thread.interrupted(); // what a task may have left behind
            return true;
        }

        private void sleep() {
            asleep.set(true);
            // Looks again after saying so: a job is put into the queue before its owner looks for sleepers.
            if (find() == null && !closed) {
                LockSupport.park(WorkerThreads.this);
            }
            asleep.set(false);
            Thread.interrupted(); // with the flag set, park would not wait
        }

        boolean wakeIfAsleep() {
            if (!asleep.get()) {
                return false;
            }
            StackReserve.require();
            if (!asleep.compareAndSet(true, false)) {
                return false;
            }
            LockSupport.unpark(this);
            return true;
        }
    }
}
