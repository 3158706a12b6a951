package io.github.hecnn.core.internal.kernel.vector.transform;

import io.github.hecnn.core.internal.kernel.NttTables;
import io.github.hecnn.core.internal.kernel.RingKernels;

/**
 * One pass of a transform over part of the coefficients.
 *
 * <p>Passes are objects called through an interface, and not just static methods, so that each is compiled by itself (rule 2).
 */
interface NttPass {
    /**
     * Works on a[from .. from + size), which consists of size/length nodes of the tree of {@link NttTables}, of length coefficients
     * each and numbered from firstNode on.
     */
    void run(NttTables tables, double[] a, int from, int size, int length, int firstNode);

    /**
     * A pass with the length it is for.
     *
     * <p>Its first calls come in pieces of one node, so that it is compiled sooner (rule 5).
     */
    final class Step {
        private static final int FIRST_PIECES = 8000; // HotSpot compiles after 15,000 calls and iterations

        private final NttPass pass;
        private final int length;
        private int pieces = FIRST_PIECES; // to come; a race between threads only makes them a few more

        Step(NttPass pass, int length) {
            this.pass = pass;
            this.length = length;
        }

        private void run(NttTables tables, double[] a, int from, int size) {
            int piece = size;
            if (pieces > 0) {
                piece = Math.max(length, RingKernels.LENGTH_UNIT);
                pieces -= size / piece;
            }
            for (int at = from; at < from + size; at += piece) {
                pass.run(tables, a, at, piece, length, (a.length + at) / length);
            }
        }
    }

    /** The passes of a transform; the inner ones are run to the end on one block that fits the L1 cache, then on the next. */
    @SuppressWarnings("ArrayRecordComponent") // a carrier inside this package, compared by nobody
    record Plan(Step[] before, int block, Step[] inner, Step[] after) {
        /** From in to out, which may be in, and has to be if there are passes before. */
        void run(NttTables tables, double[] in, double[] out) {
            apply(before, tables, out, 0, out.length);
            for (int from = 0; from < out.length; from += block) {
                if (in != out) {
                    System.arraycopy(in, from, out, from, block);
                }
                apply(inner, tables, out, from, block);
            }
            apply(after, tables, out, 0, out.length);
        }

        private static void apply(Step[] steps, NttTables tables, double[] a, int from, int size) {
            for (Step step : steps) {
                step.run(tables, a, from, size);
            }
        }
    }
}
