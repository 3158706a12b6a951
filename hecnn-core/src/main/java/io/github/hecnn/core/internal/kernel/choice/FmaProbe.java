package io.github.hecnn.core.internal.kernel.choice;

/** Whether Math.fma is one instruction. Without hardware it goes through BigDecimal and is about 100 times slower. */
final class FmaProbe {
    private static final int BATCHES = 16;
    private static final int CALLS = 64;

    /** The interpreter takes some 50 ns a call when the hardware has the instruction, thousands when not. */
    private static final double LIMIT_NANOS = 600;

    private FmaProbe() {}

    static boolean isFast() {
        double best = Double.POSITIVE_INFINITY;
        double x = 1.0;
        for (int batch = 0; batch < BATCHES; batch++) {
            long start = System.nanoTime();
            for (int i = 0; i < CALLS; i++) {
                x = Math.fma(x, 1.0000000001, 1e-9);
            }
            best = Math.min(best, (System.nanoTime() - start) / (double) CALLS);
        }
        return best < LIMIT_NANOS && x > 1.0; // x is used, or the loop would be dead code
    }
}
