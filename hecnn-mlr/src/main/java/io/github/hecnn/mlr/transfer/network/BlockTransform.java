package io.github.hecnn.mlr.transfer.network;

import io.github.hecnn.ckks.circuit.linear.LinearTransform;
import io.github.hecnn.ckks.cost.Operation;
import io.github.hecnn.ckks.cost.OperationPrices;
import io.github.hecnn.ckks.error.InvalidParametersException;
import io.github.hecnn.ckks.slots.PlainVector;
import io.github.hecnn.core.parallel.WorkerPool;
import java.util.Map;
import java.util.TreeMap;

/** Cuts the part of a dense layer between one block of its input and one of its output into diagonals of complex slots. */
final class BlockTransform {
    private static final int ROTATION = OperationPrices.typical(Operation.ROTATION);
    private static final int HOISTED = OperationPrices.typical(Operation.HOISTED_ROTATION);

    private final Dense dense;
    private final NetworkPacking packing;
    private final boolean first;
    private final VectorLayout in;
    private final VectorLayout out;
    private final double factor;

    /** @param first whether the input is as the client packs it */
    BlockTransform(Dense dense, NetworkPacking packing, boolean first, VectorLayout in, VectorLayout out) {
        this.dense = dense;
        this.packing = packing;
        this.first = first;
        this.in = in;
        this.out = out;
        factor = first ? 0.5 / packing.inputFactor() : 0.5;
    }

    /**
     * The transform of a pair of blocks.
     *
     * @param offsets diagonals 0..offsets-1 are looked at
     * @param maxKeys most rotation keys
     */
    LinearTransform of(int outBlock, int inBlock, int offsets, int maxKeys) {
        PlainVector[] diagonals = new PlainVector[offsets];
        WorkerPool.common().forEach(offsets, k -> diagonals[k] = diagonal(outBlock, inBlock, k));
        Map<Integer, PlainVector> used = new TreeMap<>();
        for (int k = 0; k < offsets; k++) {
            if (diagonals[k] != null) {
                used.put(k * packing.lanes(), diagonals[k]);
            }
        }
        if (used.isEmpty()) { // the zero matrix
            used.put(0, PlainVector.constant(0, packing.slots()));
        }
        LinearTransform even = builder(used, maxKeys).evenSteps().build();
        try {
            LinearTransform uneven = builder(used, maxKeys).build();
            return cost(uneven) <= cost(even) ? uneven : even;
        } catch (InvalidParametersException e) { // diagonals lie so unevenly that they would need more keys
            return even;
        }
    }

    private LinearTransform.Builder builder(Map<Integer, PlainVector> diagonals, int maxKeys) {
        return LinearTransform.builder(packing.slots()).diagonals(diagonals).maxRotationKeys(maxKeys);
    }

    private static long cost(LinearTransform t) {
        return (long) HOISTED * t.hoistedRotations() + (long) ROTATION * t.rotations();
    }

    /** Diagonal of an offset; null if it is empty. */
    private PlainVector diagonal(int outBlock, int inBlock, int offset) {
        int slots = packing.slots();
        int lanes = packing.lanes();
        int rows = dense.bias().length;
        double[] re = new double[slots];
        double[] im = new double[slots];
        boolean empty = true;
        for (int j = 0; j < slots; j++) {
            int row = outBlock * out.period() + ((j / lanes) & (out.period() - 1));
            if (row >= rows) {
                continue;
            }
            int source = (j + lanes * offset) & (slots - 1);
            int a = first ? packing.entryAt(source) : (source / lanes) & (in.period() - 1);
            int b = a ^ (in.period() / 2);
            int columns = inBlock * in.period();
            re[j] = columns + a < in.length() ? factor * dense.weight(row, columns + a) : 0;
            im[j] = columns + b < in.length() ? -factor * dense.weight(row, columns + b) : 0;
            empty &= re[j] == 0 && im[j] == 0;
        }
        return empty ? null : PlainVector.complex(re, im);
    }
}
