package io.github.hecnn.core.parallel;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/** Daemon threads that help with the jobs in a queue. */
final class WorkerThreads implements Helpers {
    // Waking a sleeping thread takes longer than many a job, so an idle one looks for the next job this long.
    private static final long SPIN_NANOS = 50_000;
    // Whoever comes to a job wakes two more as long as there is work: the caller need not wake all of a large pool by
    // itself.
    private static final int WAKE_EACH = 2;

    private final Queue<Job> jobs = new ConcurrentLinkedQueue<>();
    private final Worker[] workers;
    private final long spinNanos;
    private volatile boolean closed;

    private WorkerThreads(int count) {
        workers = new Worker[count];
        // With more threads than processors spinning would only take time from those at work.
        spinNanos = count < Runtime.getRuntime().availableProcessors() ? SPIN_NANOS : 0;
    }

    static WorkerThreads start(int count) {
        WorkerThreads threads = new WorkerThreads(count);
        for (int i = 0; i < count; i++) {
            threads.workers[i] = threads.new Worker(i + 1);
        }
        for (Worker worker : threads.workers) {
            worker.start();
        }
        return threads;
    }

    @Override
    public void summon(Job job) {
        jobs.add(job);
        job.wakeOuterOwners();
        wake(Math.min(WAKE_EACH, job.remaining() - 1));
    }

    @Override
    public boolean joinJobsInside(Job outer) {
        return outer == null || outer.isOf(this); // threads of two pools together might be more than processors
    }

    @Override
    public boolean helpInside(Job job) {
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
        closed = true;
        for (Worker worker : workers) {
            LockSupport.unpark(worker);
        }
        if (!Job.isRunningInThisThread()) { // a task would wait for itself
            for (Worker worker : workers) {
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
        for (int i = 0; i < workers.length && left > 0; i++) {
            if (workers[i].wakeIfAsleep()) {
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
        return null;
    }

    private final class Worker extends Thread {
        private final AtomicBoolean asleep = new AtomicBoolean();

        Worker(int number) {
            super(null, null, "hecnn-worker-" + number, 0, false); // no thread locals of whoever came first
            setDaemon(true);
        }

        @Override
        public void run() {
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
            if (!asleep.get() || !asleep.compareAndSet(true, false)) {
                return false;
            }
            LockSupport.unpark(this);
            return true;
        }
    }
}
