package io.github.hecnn.core.internal.kernel;

/**
 * One pass of a transform over part of the coefficients.
 *
 * <p>Passes are objects called through an interface, and not just static methods, for a reason of speed: the JIT must compile each of them by
 * itself. Inlined into one big method, some vector calls would exceed its budgets, and every vector would then be an object. A call
 * with many different receivers is never inlined.
 */
interface NttPass {
    /**
     * Works on a[from .. from + size), which consists of size/length nodes of the tree of {@link NttTables}, of length coefficients
     * each and numbered from firstNode on.
     */
    void run(NttTables tables, double[] a, int from, int size, int length, int firstNode);

    /** A pass with the length it is for. */
    record Step(NttPass pass, int length) {}

    /** The passes of a transform; the inner ones are run to the end on one block that fits the L1 cache, then on the next. */
    @SuppressWarnings("ArrayRecordComponent") // a carrier inside this package, compared by nobody
    record Plan(Step[] before, int block, Step[] inner, Step[] after) {
        void run(NttTables tables, double[] a) {
            apply(before, tables, a, 0, a.length);
            for (int from = 0; from < a.length; from += block) {
                apply(inner, tables, a, from, block);
            }
            apply(after, tables, a, 0, a.length);
        }

        private static void apply(Step[] steps, NttTables tables, double[] a, int from, int size) {
            for (Step step : steps) {
                int length = step.length;
                step.pass.run(tables, a, from, size, length, (a.length + from) / length);
            }
        }
    }
}
