package io.github.hecnn.core.internal.kernel.vector.sums;

import static io.github.hecnn.core.internal.kernel.vector.lanes.Lanes.L;
import static io.github.hecnn.core.internal.kernel.vector.lanes.Lanes.all;
import static io.github.hecnn.core.internal.kernel.vector.lanes.Lanes.load;
import static io.github.hecnn.core.internal.kernel.vector.lanes.Lanes.multiply;
import static io.github.hecnn.core.internal.kernel.vector.lanes.Lanes.reduce;

import io.github.hecnn.core.internal.kernel.DividedSums;
import io.github.hecnn.core.internal.kernel.LimbDivision;
import io.github.hecnn.core.internal.kernel.Residues;
import jdk.incubator.vector.DoubleVector;

/** The loops of {@link DividedSums} with the Vector API. */
public final class VectorDivision implements DividedSums.Loops {
    /** b is the subtrahend and a the addend or null, both with their block at from; s has it at 0, out at at. */
    private interface Loop {
        void run(
                LimbDivision d,
                double[] s,
                double[] b,
                double[] a,
                int from,
                int size,
                double[] out,
                int at,
                double q,
                double qInv);
    }

    /** Two loops that do nothing, and those that are wanted (rule 2). */
    private static final Loop[] LOOPS = {
        (d, s, b, a, from, size, out, at, q, qInv) -> {},
        (d, s, b, a, from, size, out, at, q, qInv) -> {},
        VectorDivision::plain,
        VectorDivision::add,
        VectorDivision::addScaled
    };

    @Override
    public void sums(
            double[][] digits,
            double[][] k0,
            double[][] k1,
            int count,
            int from,
            int size,
            double[] s0,
            double[] s1,
            double q,
            double qInv) {
        VectorSums.block(digits, k0, k1, count, s0, s1, from, from + size, from, q, qInv, true);
    }

    @Override
    public void divide(
            LimbDivision d, int half, double[] s, int from, int size, double[] out, int at, double q, double qInv) {
        double[] a = d.addends[half];
        int loop = a == null ? 2 : d.addendFactor == 1.0 ? 3 : 4;
        for (int i = 0; i < 3; i++) {
            LOOPS[i == 2 ? loop : i].run(d, s, d.subtrahends[half], a, from, size, out, at, q, qInv);
        }
    }

    private static void plain(
            LimbDivision d,
            double[] s,
            double[] b,
            double[] a,
            int from,
            int size,
            double[] out,
            int at,
            double q,
            double qInv) {
        DoubleVector round = all(Residues.ROUND);
        DoubleVector roundQ = all(Residues.ROUND * q);
        DoubleVector plusQ = all(q);
        DoubleVector minusQ = all(-q);
        DoubleVector inverse = all(qInv);
        DoubleVector w = all(d.inverse);
        DoubleVector wOverQ = all(d.inverseOverQ);
        for (int j = 0; j < size; j += L) {
            DoubleVector r = multiply(load(s, j).sub(load(b, from + j)), w, wOverQ, roundQ, minusQ, round);
            reduce(r, plusQ, inverse, round).intoArray(out, at + j);
        }
    }

    private static void add(
            LimbDivision d,
            double[] s,
            double[] b,
            double[] a,
            int from,
            int size,
            double[] out,
            int at,
            double q,
            double qInv) {
        DoubleVector round = all(Residues.ROUND);
        DoubleVector roundQ = all(Residues.ROUND * q);
        DoubleVector plusQ = all(q);
        DoubleVector minusQ = all(-q);
        DoubleVector inverse = all(qInv);
        DoubleVector w = all(d.inverse);
        DoubleVector wOverQ = all(d.inverseOverQ);
        for (int j = 0; j < size; j += L) {
            DoubleVector r = multiply(load(s, j).sub(load(b, from + j)), w, wOverQ, roundQ, minusQ, round);
            reduce(r.add(load(a, from + j)), plusQ, inverse, round).intoArray(out, at + j);
        }
    }

    private static void addScaled(
            LimbDivision d,
            double[] s,
            double[] b,
            double[] a,
            int from,
            int size,
            double[] out,
            int at,
            double q,
            double qInv) {
        DoubleVector round = all(Residues.ROUND);
        DoubleVector roundQ = all(Residues.ROUND * q);
        DoubleVector plusQ = all(q);
        DoubleVector minusQ = all(-q);
        DoubleVector inverse = all(qInv);
        DoubleVector w = all(d.inverse);
        DoubleVector wOverQ = all(d.inverseOverQ);
        DoubleVector f = all(d.addendFactor);
        DoubleVector fOverQ = all(d.addendFactorOverQ);
        for (int j = 0; j < size; j += L) {
            DoubleVector r = multiply(load(s, j).sub(load(b, from + j)), w, wOverQ, roundQ, minusQ, round);
            DoubleVector x = multiply(load(a, from + j), f, fOverQ, roundQ, minusQ, round);
            reduce(r.add(x), plusQ, inverse, round).intoArray(out, at + j);
        }
    }
}
