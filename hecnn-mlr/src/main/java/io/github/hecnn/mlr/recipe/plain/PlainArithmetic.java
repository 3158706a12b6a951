package io.github.hecnn.mlr.recipe.plain;

import io.github.hecnn.mlr.recipe.WeightArithmetic;
import java.util.ArrayList;
import java.util.List;

/** Rows of doubles, which have levels without end. */
enum PlainArithmetic implements WeightArithmetic<double[]> {
    INSTANCE;

    @Override
    public int level(List<double[]> weights) {
        return 0;
    }

    @Override
    public List<double[]> sum(List<double[]> a, List<double[]> b) {
        return combination(List.of(a, b), new double[] {1, 1}, 0);
    }

    @Override
    public List<double[]> combination(List<List<double[]>> terms, double[] factors, int level) {
        List<double[]> out = new ArrayList<>();
        for (int i = 0; i < factors.length; i++) {
            if (factors[i] == 0) {
                continue;
            }
            for (int j = 0; j < terms.get(i).size(); j++) {
                double[] row = terms.get(i).get(j);
                if (out.size() <= j) {
                    out.add(new double[row.length]);
                }
                for (int k = 0; k < row.length; k++) {
                    out.get(j)[k] += factors[i] * row[k];
                }
            }
        }
        return out;
    }

    @Override
    public List<double[]> refresh(List<double[]> weights) {
        return weights;
    }
}
