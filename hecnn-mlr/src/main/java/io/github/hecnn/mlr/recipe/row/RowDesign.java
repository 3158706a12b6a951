package io.github.hecnn.mlr.recipe.row;

import io.github.hecnn.ckks.slots.SlotAlgebra;
import io.github.hecnn.mlr.recipe.EncryptedDesign;
import io.github.hecnn.mlr.recipe.WeightArithmetic;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Training data in rows: {@link RowLayout}. Weights are one value, all groups of classes together, and the same value goes through a refresh.
 * Blocks are asked for when they are needed and then forgotten, so they may be on a disk.
 *
 * @param <V> a vector of slots; immutable
 */
final class RowDesign<V> implements EncryptedDesign<V> {
    private final RowAlgebras<V> algebras;
    private final RowSteps<V> steps;
    private final IntFunction<RowBlock<V>> blocks;
    private final int count;
    private final double mean;
    /** Of the weights of the last call; calls on other threads at the same weights wait for it. */
    private Turned<V> last;

    private record Turned<V>(V weights, List<List<V>> values) {}

    /** @param mean what factors are multiplied by: 1 over the number of all samples, as features are scaled by a mean */
    RowDesign(RowAlgebras<V> algebras, RowSteps<V> steps, IntFunction<RowBlock<V>> blocks, int count, double mean) {
        this.algebras = algebras;
        this.steps = steps;
        this.blocks = blocks;
        this.count = count;
        this.mean = mean;
    }

    @Override
    public WeightArithmetic<V> arithmetic() {
        return WeightArithmetic.of(algebras.refreshing());
    }

    @Override
    public int blocks() {
        return count;
    }

    /** {@inheritDoc} Empty: the public score that samples start at is no weight here. */
    @Override
    public List<V> start() {
        return List.of();
    }

    @Override
    public Partial<V> partial(List<Integer> of, List<V> at, double factor) {
        List<List<V>> turned = at.isEmpty() ? null : turned(at.get(0));
        List<V> sum = null;
        for (int number : of) {
            RowBlock<V> block = blocks.apply(number);
            List<V> products = steps.circuit().products(block, steps.errors(block, turned, factor * mean));
            sum = sum == null ? products : added(sum, products);
        }
        return new Partial<>(sum);
    }

    private synchronized List<List<V>> turned(V weights) {
        if (last == null || last.weights != weights) {
            last = null; // room for the next
            last = new Turned<>(weights, steps.turned(weights));
        }
        return last.values;
    }

    private List<V> added(List<V> a, List<V> b) {
        SlotAlgebra<V> algebra = algebras.backward();
        List<V> out = new ArrayList<>(a.size());
        for (int k = 0; k < a.size(); k++) {
            out.add(algebra.add(a.get(k), b.get(k)));
        }
        return out;
    }

    @Override
    public List<V> gradient(Partial<V> sum) {
        return List.of(steps.circuit().merge(steps.circuit().gradient(sum.products())));
    }
}
