package io.github.hecnn.mlr.recipe.packed;

import io.github.hecnn.ckks.circuit.linear.SlotSums;
import io.github.hecnn.ckks.circuit.polynomial.MaskedPolynomial;
import io.github.hecnn.ckks.slots.SlotAlgebra;
import io.github.hecnn.mlr.recipe.EncryptedDesign;
import io.github.hecnn.mlr.recipe.TrainingListener;
import io.github.hecnn.mlr.recipe.WeightArithmetic;
import java.util.ArrayList;
import java.util.List;

/** The data of the packed recipe: its blocks are pairs of sample blocks. Thread-safe. */
final class PackedDesign<V> implements EncryptedDesign<V> {
    private final PackedLayout layout;
    private final PackedConstants constants;
    private final SlotAlgebra<V> algebra;
    private final SlotSums overSamples;
    private final PackedInputs<V> inputs;
    private final double firstFactor;

    /** Of the latest factor: masks live as long as gradients have it. */
    private volatile PackedCircuit<V> latest;

    private PackedDesign(PackedCircuit<V> first, PackedInputs<V> inputs) {
        this.layout = first.layout();
        this.constants = first.constants();
        this.algebra = first.algebra();
        this.inputs = inputs;
        this.firstFactor = first.factor();
        overSamples = SlotSums.of(layout.slots(), layout.period(), layout.rowLength());
        latest = PackedCircuit.of(layout, constants, algebra, firstFactor);
    }

    /**
     * Spreads the uploads out.
     *
     * @param first circuit of the first factor, used for nothing else
     */
    static <V> PackedDesign<V> of(PackedCircuit<V> first, List<V> uploads, TrainingListener listener) {
        return new PackedDesign<>(first, PackedInputs.expand(first, uploads, listener));
    }

    @Override
    public WeightArithmetic<V> arithmetic() {
        return WeightArithmetic.of(algebra);
    }

    @Override
    public int blocks() {
        return layout.samplePairs();
    }

    @Override
    public long fingerprint() {
        return 31L * layout.toString().hashCode() + Double.hashCode(firstFactor);
    }

    @Override
    public List<V> start() {
        return inputs.weights();
    }

    @Override
    public Partial<V> partial(List<Integer> blocks, List<V> at, double factor) {
        PackedCircuit<V> circuit = circuit(factor);
        List<V> conjugates = circuit.conjugates(at);
        List<List<V>> errors = circuit.map(blocks.size(), i -> {
            int pair = blocks.get(i);
            V labels = at.isEmpty() ? labelsAtZero(circuit, pair) : labels(circuit, pair, conjugates);
            List<V> both = at.isEmpty()
                    ? circuit.errorsAtZero(pair, labels)
                    : circuit.errors(pair, inputs.features(), conjugates, labels);
            if (labels != both.get(0)) {
                releaseOwn(labels, pair);
            }
            return both;
        });
        for (int i = 0; i < conjugates.size(); i++) {
            if (conjugates.get(i) != at.get(i)) {
                algebra.release(conjugates.get(i));
            }
        }
        List<V> all = new ArrayList<>();
        List<Integer> sampleBlocks = new ArrayList<>();
        for (int i = 0; i < errors.size(); i++) {
            for (int half = 0; half < errors.get(i).size(); half++) {
                all.add(errors.get(i).get(half));
                sampleBlocks.add(2 * blocks.get(i) + half);
            }
        }
        List<V> products =
                circuit.map(layout.featurePairs(), p -> circuit.products(p, sampleBlocks, inputs.features(), all));
        for (int i = 0; i < all.size(); i++) {
            releaseOwn(all.get(i), sampleBlocks.get(i) / 2);
        }
        return new Partial<>(products);
    }

    /** Releases what is not the labels of a pair as they came. */
    private void releaseOwn(V value, int pair) {
        if (value != inputs.labels().get(pair)) {
            algebra.release(value);
        }
    }

    private PackedCircuit<V> circuit(double factor) {
        PackedCircuit<V> circuit = latest;
        if (circuit.factor() != factor) {
            circuit = PackedCircuit.of(layout, constants, algebra, factor);
            latest = circuit;
        }
        return circuit;
    }

    /** Labels with the error factor of this gradient in place of that of the first one, at the level the errors will have. */
    private V labels(PackedCircuit<V> circuit, int pair, List<V> conjugates) {
        int level = algebra.level(conjugates.get(0)) - 1 - MaskedPolynomial.depth(constants.degree());
        return labels(circuit, pair, level);
    }

    private V labelsAtZero(PackedCircuit<V> circuit, int pair) {
        return labels(circuit, pair, algebra.level(inputs.labels().get(pair)) - 1);
    }

    private V labels(PackedCircuit<V> circuit, int pair, int level) {
        V labels = inputs.labels().get(pair);
        double ratio = constants.errorFactor(circuit.factor(), true) / constants.errorFactor(firstFactor, true);
        if (ratio == 1) {
            return labels;
        }
        V product = algebra.multiplyConstant(algebra.dropToLevel(labels, level + 1), ratio);
        V out = algebra.rescale(product);
        algebra.release(product);
        return out;
    }

    @Override
    public List<V> gradient(Partial<V> sum) {
        return WeightArithmetic.map(algebra, sum.products().size(), p -> {
            V products = algebra.relinearizeAndRescale(sum.products().get(p));
            V out = overSamples.sum(algebra, products);
            if (out != products) {
                algebra.release(products);
            }
            return out;
        });
    }
}
