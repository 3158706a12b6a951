package io.github.hecnn.ckks.volley;

import io.github.hecnn.ckks.slots.PlainVector;
import io.github.hecnn.ckks.slots.SlotAlgebra;
import java.util.ArrayList;
import java.util.List;

/** The turns of A and what is gathered from them by masks, before any product: see {@link VolleyRevolver}. */
final class Turns<V> {
    private final LastUses<V> uses;
    private final SlotAlgebra<V> algebra;
    private final VolleyLayout layout;
    private final TravelPlan plan;

    Turns(LastUses<V> uses, VolleyLayout layout) {
        this.uses = uses;
        this.layout = layout;
        algebra = uses.algebra();
        plan = layout.travelPlan();
    }

    /** The value in so many columns from a first one on, of every part of a row of the given period. */
    static PlainVector mask(VolleyLayout layout, int first, int width, int period, double value) {
        double[] slots = new double[period];
        for (int i = 0; i < period; i++) {
            int column = i - first;
            slots[i] = column >= 0 && column < width ? value : 0;
        }
        return PlainVector.repeated(slots, layout.slots());
    }

    /**
     * Parts of every group of every tile, by shift, each turned by its giant step; null where there is none.
     *
     * @param left values of A
     * @param factor that A is multiplied with
     */
    List<List<V>> parts(List<V> left, double factor) {
        List<PlainVector> masks = new ArrayList<>();
        for (int block = 0; block < layout.blocks(); block++) {
            // Half, because the real part of a pair is taken as value + conjugate.
            double value = layout.paired() ? factor / 2 : factor;
            masks.add(mask(layout, block * layout.blockWidth(), layout.blockWidth(), layout.stride(), value));
        }
        List<List<V>> parts = new ArrayList<>();
        for (int tile = 0; tile < layout.innerTiles(); tile++) {
            List<V> pairs = left.subList(tile * layout.tilePairs(), (tile + 1) * layout.tilePairs());
            for (int first = 0; first < pairs.size(); first += layout.pairsPerGroup()) {
                List<V> turns = new ArrayList<>();
                for (V pair : pairs.subList(first, Math.min(first + layout.pairsPerGroup(), pairs.size()))) {
                    turns.add(pair);
                    for (int r = 1; r < layout.period(); r++) {
                        turns.add(algebra.rotate(turns.get(turns.size() - 1), -layout.stride()));
                    }
                }
                parts.add(partsByShift(turns, masks));
                turns.removeAll(pairs);
                turns.forEach(algebra::release);
            }
        }
        return parts;
    }

    private List<V> partsByShift(List<V> turns, List<PlainVector> blockMasks) {
        List<V> parts = new ArrayList<>();
        for (int shift = 1 - layout.blocks(); shift < layout.blocks(); shift++) {
            List<V> sources = new ArrayList<>();
            List<PlainVector> masks = new ArrayList<>();
            for (int turn = 0; turn < turns.size(); turn++) {
                int block = turn + shift;
                if (block >= 0 && block < layout.blocks()) {
                    sources.add(turns.get(turn));
                    masks.add(blockMasks.get(block));
                }
            }
            if (sources.isEmpty()) {
                parts.add(null);
            } else {
                V products = algebra.sumOfPlainProducts(sources, masks);
                V part = uses.last(algebra.rescale(products), products);
                parts.add(uses.last(algebra.rotate(part, plan.giantOf(shift) * plan.baby() * layout.blockWidth()), part));
            }
        }
        return parts;
    }
}
