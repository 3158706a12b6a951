package io.github.hecnn.ckks.volley;

import io.github.hecnn.ckks.cost.Operation;
import io.github.hecnn.ckks.cost.OperationPrices;

/**
 * How parts of a product travel between blocks of a row. A part of turn r that lies in block b has shift = b - r blocks to go to the
 * left, between -(turns - 1) and blocks - 1. It goes {@code giant} times {@code baby} blocks by one kind of rotation and the remaining 0 .. baby - 1 by the other, so that about
 * 4 sqrt(blocks / 2) rotations serve all shifts.
 */
final class TravelPlan {
    private static final int ROTATION = OperationPrices.typical(Operation.ROTATION);
    private static final int HOISTED_ROTATION = OperationPrices.typical(Operation.HOISTED_ROTATION);

    private final int turns;
    private final int blocks;
    private final int baby;
    private final long cost;

    private TravelPlan(int turns, int blocks, int baby, int groups, int innerTiles, int columnTiles) {
        this.turns = turns;
        this.blocks = blocks;
        this.baby = baby;
        long others = giants() - 1L;
        long hoisted = innerTiles * others + groups * (baby - 1L);
        long single = groups * (2L * baby - 1) + innerTiles * (giants() + others);
        cost = columnTiles * (hoisted * HOISTED_ROTATION + single * ROTATION);
    }

    /**
     * The plan of least work for a product and a transposed product with so many groups of blocks in a tile. Among equals that of fewest baby
     * steps: it saves in the product, which comes first and so on more levels, what it costs in the transposed product.
     */
    static TravelPlan cheapest(int turns, int blocks, int groups, int innerTiles, int columnTiles) {
        TravelPlan best = new TravelPlan(turns, blocks, 1, groups, innerTiles, columnTiles);
        for (int baby = 2; baby <= blocks; baby *= 2) {
            TravelPlan next = new TravelPlan(turns, blocks, baby, groups, innerTiles, columnTiles);
            if (next.cost < best.cost) {
                best = next;
            }
        }
        return best;
    }

    /** Of a product and a transposed product, in thousandths of a key switch. */
    long cost() {
        return cost;
    }

    int baby() {
        return baby;
    }

    int lowestGiant() {
        return Math.floorDiv(1 - turns, baby);
    }

    int highestGiant() {
        return (blocks - 1) / baby;
    }

    int giants() {
        return highestGiant() - lowestGiant() + 1;
    }

    /** Blocks to go; may be outside the range of shifts for the outermost giants. */
    int shift(int giant, int babySteps) {
        return giant * baby + babySteps;
    }

    int giantOf(int shift) {
        return Math.floorDiv(shift, baby);
    }
}
