package io.github.hecnn.mlr.recipe;

import io.github.hecnn.ckks.circuit.SlotAlgebra;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** Weights in the slots of an algebra. */
record SlotWeights<V>(SlotAlgebra<V> algebra) implements WeightArithmetic<V> {
    @Override
    public int level(List<V> weights) {
        int level = Integer.MAX_VALUE;
        for (V w : weights) {
            level = Math.min(level, algebra.level(w));
        }
        return level;
    }

    @Override
    public List<V> sum(List<V> a, List<V> b) {
        return map(a.size(), p -> algebra.add(a.get(p), b.get(p)));
    }

    @Override
    public List<V> combination(List<List<V>> terms, double[] factors, int level) {
        List<List<V>> used = new ArrayList<>();
        List<Double> multiples = new ArrayList<>();
        int lowest = Integer.MAX_VALUE;
        for (int i = 0; i < factors.length; i++) {
            if (factors[i] != 0 && !terms.get(i).isEmpty()) {
                used.add(terms.get(i));
                multiples.add(factors[i]);
                lowest = Math.min(lowest, level(terms.get(i)));
            }
        }
        int from = level < 0 ? lowest : level + 1;
        return used.isEmpty()
                ? List.of()
                : map(used.get(0).size(), p -> {
                    V sum = null;
                    for (int i = 0; i < used.size(); i++) {
                        V term = algebra.multiplyConstant(
                                algebra.dropToLevel(used.get(i).get(p), from), multiples.get(i));
                        sum = sum == null ? term : algebra.add(sum, term);
                    }
                    return algebra.rescale(sum);
                });
    }

    @Override
    public List<V> refresh(List<V> weights) {
        return map(weights.size(), p -> algebra.refresh(weights.get(p)));
    }

    private List<V> map(int count, IntFunction<V> function) {
        return WeightArithmetic.map(algebra, count, function);
    }
}
