package io.github.hecnn.mlr.recipe.row;

import io.github.hecnn.ckks.slots.PlainVector;
import java.util.ArrayList;
import java.util.List;

/** Groups of classes taken apart in the clear, as {@link RowCircuit#splitScaled} does it encrypted. */
final class PlainGroups {
    private PlainGroups() {}

    static List<PlainVector> split(RowLayout layout, PlainVector merged) {
        if (merged.size() != layout.slots()) {
            throw new IllegalArgumentException("row decoding: expected a vector of " + layout.slots()
                    + " slots, found one of " + merged.size() + "; take the layout it was made for");
        }
        List<PlainVector> groups = List.of(merged);
        for (int period = layout.mergedPeriod(); period > layout.period(); ) {
            period /= 2;
            List<PlainVector> next = new ArrayList<>();
            for (PlainVector g : groups) {
                next.add(half(g, period, 1, 0));
                next.add(half(g, period, -1, -layout.monomial(period)));
            }
            groups = next;
        }
        return groups.subList(0, layout.groups());
    }

    /** (v + sign * rotation of v by the period) / 2, times a monomial. */
    private static PlainVector half(PlainVector v, int period, int sign, int power) {
        int n = v.size();
        double[] re = new double[n];
        double[] im = new double[n];
        long root = 1; // 5^s modulo 4n, the order of a root of X^(2n) + 1
        for (int s = 0; s < n; s++) {
            int t = (s + period) % n;
            double x = (v.re(s) + sign * v.re(t)) / 2;
            double y = (v.im(s) + sign * v.im(t)) / 2;
            double angle = Math.PI * Math.floorMod(power * root, 4L * n) / (2.0 * n);
            re[s] = x * Math.cos(angle) - y * Math.sin(angle);
            im[s] = x * Math.sin(angle) + y * Math.cos(angle);
            root = root * 5 % (4L * n);
        }
        return PlainVector.complex(re, im);
    }
}
