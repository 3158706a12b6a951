package io.github.hecnn.core.internal.kernel.vector.sums;

import static io.github.hecnn.core.internal.kernel.Residues.TERMS_PER_EXTENSION;

import io.github.hecnn.core.internal.kernel.BaseTarget;

/**
 * The sums of a base extension for one target: one to nine terms, each number with a loop of its own that has no loop over the terms inside
 * ({@link VectorTermLoops}, {@link VectorManyTermLoops}), and more terms in passes of nine.
 */
final class VectorTermSums {
    /**
     * out[from ..] = start*startWeight + the packed rows from first on times the target's weights from first on.
     */
    private interface Loop {
        void run(
                double[] pack,
                int first,
                double[] start,
                int startAt,
                double startWeight,
                BaseTarget target,
                double[] out,
                int from,
                int size,
                boolean lazy);
    }

    /** The loops for one and two terms, after two that do nothing (rule 2). The others are too big to be inlined (rule 3). */
    private static final Loop[] SMALL = {
        (pack, first, start, startAt, startWeight, target, out, from, size, lazy) -> {},
        (pack, first, start, startAt, startWeight, target, out, from, size, lazy) -> {},
        VectorTermLoops::one,
        VectorTermLoops::two
    };

    private VectorTermSums() {}

    /** All terms and e, which is the row after them. */
    static void sum(double[] pack, int count, BaseTarget target, double[] out, int from, int size) {
        int e = count * PackedTerms.BLOCK;
        double startWeight = PackedTerms.startWeight(target, count);
        boolean once = count <= TERMS_PER_EXTENSION;
        int terms = Math.min(count, TERMS_PER_EXTENSION);
        run(pack, 0, terms, pack, e, startWeight, target, out, from, size, once && target.lazy);
        for (int first = TERMS_PER_EXTENSION;
                first <= count && count > TERMS_PER_EXTENSION;
                first += TERMS_PER_EXTENSION) {
            int last = Math.min(first + TERMS_PER_EXTENSION, count + 1); // e is one more term
            run(pack, first, last, out, from, 1.0, target, out, from, size, last > count && target.lazy);
        }
    }

    /** The rows from first up to last, which is one to nine later; start may be out. */
    private static void run(
            double[] pack,
            int first,
            int last,
            double[] start,
            int startAt,
            double startWeight,
            BaseTarget target,
            double[] out,
            int from,
            int size,
            boolean lazy) {
        switch (last - first) {
            case 3 -> VectorTermLoops.three(pack, first, start, startAt, startWeight, target, out, from, size, lazy);
            case 4 -> VectorTermLoops.four(pack, first, start, startAt, startWeight, target, out, from, size, lazy);
            case 5 -> VectorManyTermLoops.five(pack, first, start, startAt, startWeight, target, out, from, size, lazy);
            case 6 -> VectorManyTermLoops.six(pack, first, start, startAt, startWeight, target, out, from, size, lazy);
            case 7 ->
                VectorManyTermLoops.seven(pack, first, start, startAt, startWeight, target, out, from, size, lazy);
            case 8 ->
                VectorManyTermLoops.eight(pack, first, start, startAt, startWeight, target, out, from, size, lazy);
            case 9 -> VectorManyTermLoops.nine(pack, first, start, startAt, startWeight, target, out, from, size, lazy);
            default -> {
                for (int i = 0; i < 3; i++) {
                    SMALL[i == 2 ? 1 + last - first : i].run(
                            pack, first, start, startAt, startWeight, target, out, from, size, lazy);
                }
            }
        }
    }
}
