package io.github.hecnn.mlr.transfer.network;

import io.github.hecnn.ckks.circuit.linear.LinearTransform;
import io.github.hecnn.ckks.slots.PlainVector;
import io.github.hecnn.ckks.slots.SlotAlgebra;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * A dense layer as generalised diagonals in a {@link LinearTransform}. Weights are real and slots complex, so every slot carries two
 * entries of the vector that lie half the width apart, a + i b, and meets (w_a - i w_b) / 2: one product for two weights, and the
 * real part of the sum is what is wanted. Adding the conjugate takes it, for one key switch a layer.
 *
 * <p>The first layer finds its input packed so by the client, its copies turned against each other: offsets
 * 0..width/2/turns - 1 meet every weight in one of the copies, and rotations by whole copies add them up. Later layers find real
 * vectors in equal copies, pair them with one rotation, and need all width/2 offsets.
 *
 * <p>Every copy of the result is equal, padding is 0 and imaginary parts are 0: nothing in the slots but the output.
 */
final class DenseStage implements EncryptedNetwork.Stage {
    private final LinearTransform transform;
    private final PlainVector bias;
    private final boolean first;
    private final int unit;
    private final int half;
    private final int turns;
    private final int slots;
    private final String text;

    /**
     * Compiles a layer.
     *
     * @param first whether the input is as the client packs it
     * @param maxRotationKeys most rotation keys of the transform itself
     */
    DenseStage(Dense dense, NetworkPacking packing, boolean first, int maxRotationKeys) {
        this.first = first;
        slots = packing.slots();
        unit = packing.lanes();
        half = packing.width() / 2;
        turns = first ? packing.turns() : 1;
        double factor = first ? 0.5 / packing.inputFactor() : 0.5;
        PlainVector[] diagonals = new PlainVector[half / turns];
        IntStream.range(0, diagonals.length)
                .parallel()
                .forEach(k -> diagonals[k] = diagonal(dense, packing, k, factor));
        TreeMap<Integer, PlainVector> used = new TreeMap<>();
        for (int k = 0; k < diagonals.length; k++) {
            if (diagonals[k] != null) {
                used.put(k * unit, diagonals[k]);
            }
        }
        if (used.isEmpty()) { // the zero matrix
            used.put(0, PlainVector.constant(0, slots));
        }
        transform = LinearTransform.builder(slots)
                .diagonals(used)
                .maxRotationKeys(maxRotationKeys)
                .build();
        double[] b = dense.bias();
        double[] spread = new double[slots];
        for (int j = 0; j < slots; j++) {
            int entry = packing.placeOf(j);
            spread[j] = entry < b.length ? b[entry] : 0;
        }
        bias = PlainVector.real(spread);
        text = String.format(
                "dense %d -> %d (%d diagonals, %d hoisted and %d single rotations)",
                dense.inputs(),
                b.length,
                transform.plainProducts(),
                transform.hoistedRotations(),
                transform.rotations());
    }

    /** Diagonal of an offset; null if it is empty. */
    private PlainVector diagonal(Dense dense, NetworkPacking packing, int offset, double factor) {
        int outputs = dense.bias().length;
        double[] re = new double[slots];
        double[] im = new double[slots];
        boolean empty = true;
        for (int j = 0; j < slots; j++) {
            int row = packing.placeOf(j);
            if (row >= outputs) {
                continue;
            }
            int source = (j + unit * offset) & (slots - 1);
            int a = first ? packing.entryAt(source) : packing.placeOf(source);
            int b = packing.partnerOf(a);
            re[j] = a < dense.inputs() ? factor * dense.weight(row, a) : 0;
            im[j] = b < dense.inputs() ? -factor * dense.weight(row, b) : 0;
            empty &= re[j] == 0 && im[j] == 0;
        }
        return empty ? null : PlainVector.complex(re, im);
    }

    @Override
    public <V> V apply(SlotAlgebra<V> algebra, V value) {
        V paired = first ? value : algebra.add(value, algebra.multiplyByI(algebra.rotate(value, half * unit)));
        V sum = transform.applyWithoutRescale(algebra, paired);
        for (int copies = 1; copies < turns; copies *= 2) {
            sum = algebra.add(sum, algebra.rotate(sum, copyStep(copies)));
        }
        sum = algebra.add(sum, algebra.conjugate(sum));
        return algebra.rescale(algebra.addPlain(sum, bias));
    }

    private int copyStep(int copies) {
        return copies * 2 * half * unit;
    }

    @Override
    public int levels() {
        return 1;
    }

    @Override
    public void addSteps(SortedSet<Integer> steps) {
        steps.addAll(transform.rotationSteps());
        for (int copies = 1; copies < turns; copies *= 2) {
            steps.add(normalised(copyStep(copies)));
        }
        if (!first) {
            steps.add(normalised(half * unit));
        }
    }

    private int normalised(int step) {
        return step > slots / 2 ? step - slots : step;
    }

    @Override
    public String toString() {
        return text;
    }
}
