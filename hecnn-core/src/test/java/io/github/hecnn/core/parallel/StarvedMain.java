package io.github.hecnn.core.parallel;

import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Run in a JVM of its own with a small heap by WorkerPoolStarvedTest: fills the heap while fresh workers come to their first job, then gives
 * it free again and asks all workers for help. Prints how many calls ended in an error.
 */
final class StarvedMain {
    private static final int THREADS = 4;
    private static final int ROUNDS = 6;
    private static final int PIECES = 200;

    private static volatile Object sink;

    private StarvedMain() {}

    public static void main(String[] args) throws InterruptedException {
        watch();
        Random random = new Random(Long.parseLong(args[0]));
        byte[][] hold = new byte[200_000][];
        AtomicInteger inTask = new AtomicInteger();
        int errors = 0;
        for (int round = 0; round < ROUNDS; round++) {
            WorkerPool pool = WorkerPool.ofThreads(THREADS);
            int allocating = random.nextInt(3);
            int nesting = random.nextInt(2);
            int held = fill(hold);
            int freed = random.nextInt(40);
            for (int i = 0; i < freed; i++) {
                hold[--held] = null;
            }
            for (int call = 0; call < 5; call++) {
                try {
                    pool.forEach(PIECES, i -> {
                        inTask.incrementAndGet();
                        try {
                            if (allocating > 0 && i % allocating == 0) {
                                sink = new byte[1000];
                            }
                            if (nesting > 0 && i % 10 == 0) {
                                pool.forEach(3, j -> {});
                            }
                        } finally {
                            inTask.decrementAndGet();
                        }
                    });
                } catch (Error e) {
                    if (!isOfMemory(e)) {
                        throw e;
                    }
                    errors++;
                }
                if (inTask.get() != 0) {
                    Runtime.getRuntime().halt(4);
                }
            }
            for (int i = 0; i < held; i++) {
                hold[i] = null;
            }
            requireAll(pool);
            pool.close();
        }
        System.out.println("alive, errors=" + errors);
    }

    // What the JVM links for the first time then, it reports as an error of its own, caused by the missing memory.
    private static boolean isOfMemory(Throwable e) {
        for (Throwable t = e; t != null; t = t.getCause()) {
            if (t instanceof OutOfMemoryError) {
                return true;
            }
        }
        return false;
    }

    private static int fill(byte[][] hold) {
        int held = 0;
        int size = 1 << 16;
        while (size >= 1 && held < hold.length) {
            try {
                hold[held] = new byte[size];
                held++;
            } catch (OutOfMemoryError e) {
                size /= 4;
            }
        }
        return held;
    }

    private static void requireAll(WorkerPool pool) {
        CountDownLatch all = new CountDownLatch(THREADS);
        pool.forEach(THREADS, i -> {
            all.countDown();
            try {
                if (!all.await(20, TimeUnit.SECONDS)) {
                    Runtime.getRuntime().halt(5);
                }
            } catch (InterruptedException e) {
                Runtime.getRuntime().halt(6);
            }
        });
    }

    private static void watch() {
        Thread watchdog = new Thread(() -> {
            try {
                Thread.sleep(60_000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            Runtime.getRuntime().halt(3);
        });
        watchdog.setDaemon(true);
        watchdog.start();
    }
}
