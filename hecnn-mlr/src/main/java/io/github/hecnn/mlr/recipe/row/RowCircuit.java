package io.github.hecnn.mlr.recipe.row;

import io.github.hecnn.ckks.slots.SlotAlgebra;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Products of a {@link RowLayout} on an algebra: scores from weights, gradients from errors, and groups of classes in one value and apart
 * again. No masks; one level for the scores and one for the gradient. Rotations that share their operand are hoisted, those of running
 * sums go by Horner's rule with one key. Needs the keys of {@link RowLayout#rotationSteps}, conjugation and relinearisation. Immutable and
 * thread-safe.
 *
 * <p>Values go in and come out with scale degree 1, at the canonical scale of their level, except where a method says otherwise.
 *
 * @param <V> a vector of slots; immutable
 */
public final class RowCircuit<V> {
    private final RowLayout layout;
    private final SlotAlgebra<V> forward;
    private final SlotAlgebra<V> backward;

    /**
     * A circuit on one algebra.
     *
     * @param layout where everything is
     * @param algebra arithmetic
     * @throws IllegalArgumentException if they have different numbers of slots
     */
    public RowCircuit(RowLayout layout, SlotAlgebra<V> algebra) {
        this(layout, RowAlgebras.of(algebra));
    }

    /**
     * A circuit.
     *
     * @param layout where everything is
     * @param algebras arithmetic
     * @throws IllegalArgumentException if they have different numbers of slots
     */
    public RowCircuit(RowLayout layout, RowAlgebras<V> algebras) {
        if (algebras.forward().slots() != layout.slots()) {
            throw new IllegalArgumentException("row circuit: expected an algebra of " + layout.slots()
                    + " slots, found one of " + algebras.forward().slots() + "; make the layout for algebra.slots()");
        }
        this.layout = layout;
        forward = algebras.forward();
        backward = algebras.backward();
    }

    /**
     * Weights turned to every baby step: once for all blocks of a batch.
     *
     * @param weights one value for each group, two components
     * @return [group][baby step]
     */
    public List<List<V>> turned(List<V> weights) {
        int[] steps = new int[layout.babySteps()];
        for (int b = 0; b < steps.length; b++) {
            steps[b] = b * layout.groupWidth();
        }
        List<List<V>> out = new ArrayList<>(weights.size());
        for (V w : weights) {
            out.add(hoisted(forward, w, steps));
        }
        return out;
    }

    private List<V> hoisted(SlotAlgebra<V> algebra, V v, int[] steps) {
        return steps.length == 1 ? List.of(v) : algebra.rotateHoisted(v, steps);
    }

    /**
     * Twice the scores of one block: the real part of the sum over complex features of x * conjugate of w, and its conjugate.
     *
     * @param block features of the samples, brought to the level of the weights by {@link SlotAlgebra#dropLimbs}
     * @param turned of {@link #turned}
     * @return real values for each group, one level below the weights, times {@link SlotAlgebra#limbFactor}
     */
    public List<V> doubledScores(RowBlock<V> block, List<List<V>> turned) {
        List<V> sums = new ArrayList<>(Collections.nCopies(turned.size(), null));
        int stride = layout.babySteps() * layout.groupWidth();
        int level = forward.level(turned.get(0).get(0));
        for (int a = layout.giantSteps() - 1; a >= 0; a--) {
            List<V> x = withFewerLimbs(block.ofGiantStep(a), level);
            for (int q = 0; q < turned.size(); q++) {
                V inner = forward.relinearizeAndRescale(forward.sumOfProducts(x, turned.get(q)));
                V outer = sums.get(q);
                sums.set(q, outer == null ? inner : forward.add(inner, forward.rotate(outer, stride)));
            }
        }
        List<V> out = new ArrayList<>(sums.size());
        for (V s : sums) {
            out.add(forward.add(s, forward.conjugate(s)));
        }
        return out;
    }

    /**
     * Products of the features of one block with errors, summed over giant steps only: what blocks of a batch, and machines, add up. Features are
     * brought to the level of the errors for free by {@link SlotAlgebra#dropLimbs}, so they are those of the forward pass times
     * {@link SlotAlgebra#limbFactor}.
     *
     * @param block features of the samples
     * @param errors real values, one for each group, all of one level
     * @return [group * {@link RowLayout#babySteps} + baby step] scale degree 2, three components, at the level of the errors
     */
    public List<V> products(RowBlock<V> block, List<V> errors) {
        int[] steps = new int[layout.giantSteps()];
        for (int a = 0; a < steps.length; a++) {
            steps[a] = -a * layout.babySteps() * layout.groupWidth();
        }
        int level = backward.level(errors.get(0));
        List<List<V>> turned = new ArrayList<>(errors.size());
        for (V e : errors) {
            turned.add(hoisted(backward, e, steps));
        }
        List<V> out = new ArrayList<>(Collections.nCopies(errors.size() * layout.babySteps(), null));
        for (int b = 0; b < layout.babySteps(); b++) {
            List<V> x = withFewerLimbs(block.ofBabyStep(b), level);
            for (int q = 0; q < errors.size(); q++) {
                out.set(q * layout.babySteps() + b, backward.sumOfProducts(x, turned.get(q)));
            }
        }
        return out;
    }

    private List<V> withFewerLimbs(List<V> values, int level) {
        List<V> out = new ArrayList<>(values.size());
        for (V v : values) {
            out.add(forward.dropLimbs(v, level));
        }
        return out;
    }

    /**
     * The gradient: the sum over all samples.
     *
     * @param products of {@link #products}, or a sum of several
     * @return for each group the sum of error * feature, laid out like weights, one level below the products
     */
    public List<V> gradient(List<V> products) {
        List<V> out = new ArrayList<>(layout.groups());
        for (int q = 0; q < layout.groups(); q++) {
            V sum = null;
            for (int b = layout.babySteps() - 1; b >= 0; b--) {
                V inner = backward.relinearizeAndRescale(products.get(q * layout.babySteps() + b));
                sum = sum == null ? inner : backward.add(inner, backward.rotate(sum, -layout.groupWidth()));
            }
            for (int step = layout.period(); step < layout.slots(); step *= 2) {
                sum = backward.add(sum, backward.rotate(sum, step));
            }
            out.add(backward.conjugate(sum));
        }
        return out;
    }

    /**
     * All groups in one value, exactly and for free, for one refresh of them all.
     *
     * @param groups one value for each group, which repeats after {@link RowLayout#period} slots
     * @return a value that repeats after {@link RowLayout#mergedPeriod} slots, as large as all of them together
     */
    public V merge(List<V> groups) {
        List<V> now = groups;
        for (int period = layout.period(); now.size() > 1; period *= 2) {
            List<V> next = new ArrayList<>();
            for (int i = 0; i < now.size(); i += 2) {
                V first = now.get(i);
                next.add(
                        i + 1 == now.size()
                                ? first
                                : backward.add(
                                        first, backward.multiplyByMonomial(now.get(i + 1), layout.monomial(period))));
            }
            now = next;
        }
        return now.get(0);
    }

    /**
     * The opposite of {@link #merge}, but for a factor.
     *
     * @param merged a value of scale degree 1
     * @return the groups times the number of groups, rounded up to a power of two, at the same level
     */
    public List<V> splitScaled(V merged) {
        List<V> groups = List.of(merged);
        for (int period = layout.mergedPeriod(); period > layout.period(); ) {
            period /= 2;
            List<V> next = new ArrayList<>();
            for (V g : groups) {
                V other = forward.rotate(g, period);
                next.add(forward.add(g, other));
                next.add(forward.multiplyByMonomial(forward.subtract(g, other), -layout.monomial(period)));
            }
            int each = period / layout.period(); // groups in each, and some values at the end hold none
            groups = next.subList(0, (layout.groups() + each - 1) / each);
        }
        return groups;
    }
}
