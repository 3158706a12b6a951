package io.github.hecnn.mlr.network;

import io.github.hecnn.ckks.circuit.PlainVector;
import io.github.hecnn.ckks.circuit.SlotAlgebra;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.stream.IntStream;

/**
 * A dense layer as generalised diagonals (Halevi and Shoup's method with baby and giant steps): out = sum over offsets k of
 * diagonal(k) * rotate(in, lanes * k).
 *
 * <p>With k = g * babies + i the baby rotations i share one decomposition, and the giant ones are nested as Horner's rule nests
 * powers, ((s2 rotated) + s1) rotated + s0, so that a single key serves all of them.
 *
 * <p>Where the copies of the input are turned against each other, as the client packs them, offsets 0..D/copies - 1 meet every pair of
 * output and input once in one of the copies; adding the copies up, by rotations around the whole ciphertext, gives every copy the
 * sum. Later layers find equal copies and need all D offsets.
 */
final class DiagonalMatrix {
    private final int slots;
    private final int unit;
    private final int babies;
    private final int[] sumSteps;
    private final int[][] offsets; // [giant][terms]: which baby rotations it uses
    private final PlainVector[][] diagonals; // [giant][terms]
    private final PlainVector bias;
    private final String text;

    private DiagonalMatrix(Dense dense, NetworkPacking packing, boolean turned, int babySteps) {
        slots = packing.slots();
        unit = packing.lanes();
        int span = turned ? packing.width() / packing.copies() : packing.width();
        babies = Math.min(babySteps, span);
        sumSteps = turned ? sumSteps(packing) : new int[0];
        int giants = (span + babies - 1) / babies;
        offsets = new int[giants][];
        diagonals = new PlainVector[giants][];
        double factor = turned ? 1 / packing.inputFactor() : 1;
        IntStream.range(0, giants).parallel().forEach(g -> {
            List<Integer> used = new ArrayList<>();
            List<PlainVector> plain = new ArrayList<>();
            for (int i = 0; i < babies; i++) {
                double[] d = diagonal(dense, packing, turned, g * babies + i, g * babies * unit, factor);
                if (d != null) {
                    used.add(i);
                    plain.add(PlainVector.real(d));
                }
            }
            offsets[g] = used.stream().mapToInt(i -> i).toArray();
            diagonals[g] = plain.toArray(new PlainVector[0]);
        });
        double[] b = dense.bias();
        double[] spread = new double[slots];
        for (int j = 0; j < slots; j++) {
            int entry = (j / unit) & (packing.width() - 1);
            spread[j] = entry < b.length ? b[entry] : 0;
        }
        bias = PlainVector.real(spread);
        text = "dense " + dense.inputs() + " -> " + b.length + " ("
                + Arrays.stream(offsets).mapToInt(o -> o.length).sum() + " diagonals, " + babies + " x " + giants
                + " steps)";
    }

    /**
     * Compiles a layer.
     *
     * @param turned whether the input is as the client packs it; otherwise all copies are equal
     */
    static DiagonalMatrix of(Dense dense, NetworkPacking packing, boolean turned, int babySteps) {
        return new DiagonalMatrix(dense, packing, turned, babySteps);
    }

    /** Diagonal of an offset, turned back by the giant step that comes after it; null if it is empty. */
    private static double[] diagonal(
            Dense dense, NetworkPacking packing, boolean turned, int offset, int giantStep, double factor) {
        int slots = packing.slots();
        int mask = packing.width() - 1;
        int outputs = dense.bias().length;
        double[] out = new double[slots];
        boolean empty = true;
        for (int j = 0; j < slots; j++) {
            int row = (j / packing.lanes()) & mask;
            int source = (j + packing.lanes() * offset) & (slots - 1);
            int column = turned ? packing.entryAt(source) : (source / packing.lanes()) & mask;
            if (row < outputs && column < dense.inputs()) {
                double w = dense.weight(row, column) * factor;
                out[(j + giantStep) & (slots - 1)] = w;
                empty &= w == 0;
            }
        }
        return empty ? null : out;
    }

    private static int[] sumSteps(NetworkPacking packing) {
        List<Integer> steps = new ArrayList<>();
        for (int s = packing.lanes() * packing.width(); s < packing.slots(); s *= 2) {
            steps.add(s);
        }
        return steps.stream().mapToInt(i -> i).toArray();
    }

    void addSteps(SortedSet<Integer> steps) {
        for (int[] terms : offsets) {
            for (int i : terms) {
                if (i > 0) {
                    steps.add(i * unit);
                }
            }
        }
        if (offsets.length > 1) {
            steps.add(normalised(babies * unit));
        }
        for (int s : sumSteps) {
            steps.add(normalised(s));
        }
    }

    private int normalised(int step) {
        return step > slots / 2 ? step - slots : step;
    }

    /** Degree 1 in, degree 1 out, one level down. */
    <V> V apply(SlotAlgebra<V> algebra, V value) {
        int[] babySteps = Arrays.stream(offsets)
                .flatMapToInt(Arrays::stream)
                .distinct()
                .sorted()
                .toArray();
        if (babySteps.length == 0) { // the zero matrix
            V zero = algebra.multiplyConstant(value, 0);
            return algebra.rescale(algebra.addPlain(zero, bias));
        }
        List<V> rotated = algebra.rotateHoisted(
                value, IntStream.of(babySteps).map(i -> i * unit).toArray());
        V sum = null;
        for (int g = offsets.length - 1; g >= 0; g--) {
            sum = sum == null ? null : algebra.rotate(sum, babies * unit);
            if (offsets[g].length > 0) {
                List<V> terms = new ArrayList<>();
                for (int i : offsets[g]) {
                    terms.add(rotated.get(Arrays.binarySearch(babySteps, i)));
                }
                V inner = algebra.sumOfPlainProducts(terms, List.of(diagonals[g]));
                sum = sum == null ? inner : algebra.add(sum, inner);
            }
        }
        for (int step : sumSteps) {
            sum = algebra.add(sum, algebra.rotate(sum, step));
        }
        return algebra.rescale(algebra.addPlain(sum, bias));
    }

    @Override
    public String toString() {
        return text;
    }
}
