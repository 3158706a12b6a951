package io.github.hecnn.mlr.transfer.network;

import io.github.hecnn.ckks.circuit.linear.LinearTransform;
import io.github.hecnn.ckks.slots.PlainVector;
import io.github.hecnn.ckks.slots.SlotAlgebra;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;

/**
 * A dense layer as generalised diagonals in {@link LinearTransform}s. Weights are real and slots complex, so every slot carries two
 * entries of the vector that lie half the period apart, a + i b, and meets (w_a - i w_b) / 2: one product for two weights, and the
 * real part of the sum is what is wanted. Adding the conjugate takes it, for one key switch a layer.
 *
 * <p>The first layer finds its input packed so by the client, its copies turned against each other: h = width/2/turns offsets meet
 * every weight in one of the copies, and rotations by whole copies add them up. Later layers find real vectors in equal copies, pair
 * them with one rotation, and need h = period/2 offsets. Of these only as many are diagonals as there are outputs, rounded up to a
 * power of two; log2 rotations of sums cover the rest, so a layer of few outputs is cheap however wide its input is.
 *
 * <p>Vectors that are too long for a ciphertext lie in several, and every pair of an input's block and an output's has a transform.
 *
 * <p>Every copy of the result is equal, padding is 0 and imaginary parts are 0: nothing in the slots but the output.
 */
final class DenseStage implements NetworkStage {
    /** [output block][input block] */
    private final List<List<LinearTransform>> transforms = new ArrayList<>();

    private final List<PlainVector> biases = new ArrayList<>();
    /** Rotations whose sums are taken one after the other. */
    private final List<Integer> sums = new ArrayList<>();

    private final boolean first;
    private final int pairing;
    private final int slots;
    private final String text;

    /**
     * Compiles a layer.
     *
     * @param first whether the input is as the client packs it
     * @param maxRotationKeys most rotation keys of each transform itself
     */
    DenseStage(
            Dense dense,
            NetworkPacking packing,
            boolean first,
            VectorLayout in,
            VectorLayout out,
            int maxRotationKeys) {
        this.first = first;
        slots = packing.slots();
        int unit = packing.lanes();
        pairing = in.period() / 2 * unit;
        int turns = first ? packing.turns() : 1;
        int window = in.period() / 2 / turns;
        int offsets = Math.min(window, out.period());
        for (int sum = out.period(); sum < window; sum *= 2) {
            sums.add(sum * unit);
        }
        for (int copies = 1; copies < turns; copies *= 2) {
            sums.add(copies * packing.period() * unit);
        }
        BlockTransform cut = new BlockTransform(dense, packing, first, in, out);
        for (int o = 0; o < out.blocks(); o++) {
            List<LinearTransform> row = new ArrayList<>();
            for (int i = 0; i < in.blocks(); i++) {
                row.add(cut.of(o, i, offsets, maxRotationKeys));
            }
            transforms.add(row);
            biases.add(bias(dense.bias(), o * out.period(), out.period(), unit));
        }
        text = text(dense);
    }

    private PlainVector bias(double[] b, int from, int period, int unit) {
        double[] spread = new double[slots];
        for (int j = 0; j < slots; j++) {
            int entry = from + ((j / unit) & (period - 1));
            spread[j] = entry < b.length ? b[entry] : 0;
        }
        return PlainVector.real(spread);
    }

    private String text(Dense dense) {
        int products = 0;
        int hoisted = 0;
        int rotations = (first ? 0 : transforms.get(0).size()) + sums.size() * transforms.size();
        for (List<LinearTransform> row : transforms) {
            for (LinearTransform t : row) {
                products += t.plainProducts();
                hoisted += t.hoistedRotations();
                rotations += t.rotations();
            }
        }
        return "dense " + dense.inputs() + " -> " + dense.bias().length + " (" + products + " diagonals, " + hoisted
                + " hoisted and " + rotations + " single rotations)";
    }

    @Override
    public <V> List<V> apply(SlotAlgebra<V> algebra, List<V> blocks) {
        List<V> paired = new ArrayList<>();
        for (V v : blocks) {
            paired.add(first ? v : algebra.add(v, algebra.multiplyByI(algebra.rotate(v, pairing))));
        }
        List<V> out = new ArrayList<>();
        for (int o = 0; o < transforms.size(); o++) {
            V sum = null;
            for (int i = 0; i < paired.size(); i++) {
                V product = transforms.get(o).get(i).applyWithoutRescale(algebra, paired.get(i));
                sum = sum == null ? product : algebra.add(sum, product);
            }
            for (int step : sums) {
                sum = algebra.add(sum, algebra.rotate(sum, step));
            }
            sum = algebra.add(sum, algebra.conjugate(sum));
            out.add(algebra.rescale(algebra.addPlain(sum, biases.get(o))));
        }
        return out;
    }

    @Override
    public int levels() {
        return 1;
    }

    @Override
    public void addSteps(SortedSet<Integer> steps) {
        transforms.forEach(row -> row.forEach(t -> steps.addAll(t.rotationSteps())));
        sums.forEach(s -> steps.add(normalised(s)));
        if (!first) {
            steps.add(normalised(pairing));
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
