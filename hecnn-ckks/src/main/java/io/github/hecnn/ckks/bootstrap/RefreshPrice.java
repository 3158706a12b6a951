package io.github.hecnn.ckks.bootstrap;

import io.github.hecnn.ckks.cost.Operation;
import io.github.hecnn.ckks.cost.OperationPrices;
import java.util.List;

/** The price of a refresh: stages of the transforms, switches around raising, products of the modular reduction. */
final class RefreshPrice {
    private RefreshPrice() {}

    static double seconds(BootstrapPlan p) {
        int low = p.inputLevel();
        OperationPrices whole = OperationPrices.of(p.ckks());
        OperationPrices small =
                OperationPrices.of(p.ckks().logRingDegree(), p.lowSpecialPrimes(), p.lowSpecialPrimes());
        double sum = stages(p.slotsToCoeffs(), small) + stages(p.coeffsToSlots(), whole);
        int top = p.ckks().chainLevel();
        int between = p.ckks().logRingDegree() - 1 - p.logSlots(); // sums over what a sparse vector leaves out
        sum += small.seconds(Operation.ROTATION, 0)
                + small.seconds(Operation.RELINEARIZATION, Math.min(low, 1))
                + (1 + between) * whole.seconds(Operation.ROTATION, top)
                + 2 * whole.seconds(Operation.ROTATION, p.reduction().topLevel());
        return sum + (p.complex() ? 2 : 1) * reduction(p, whole);
    }

    /** Baby steps are hoisted, and their sums divided; giant steps are rotations of these. */
    private static double stages(List<StagePlan> stages, OperationPrices prices) {
        double sum = 0;
        for (StagePlan s : stages) {
            int level = s.level();
            sum += prices.seconds(Operation.DECOMPOSITION, level)
                    + (s.babies() - 1) * prices.seconds(Operation.KEY_PRODUCT, level)
                    + s.giants() * prices.seconds(Operation.DIVISION, level)
                    + (s.giants() - 1) * prices.seconds(Operation.ROTATION, level)
                    + s.diagonals() * prices.seconds(Operation.PLAIN_TERM, level)
                    + prices.seconds(Operation.RESCALE, level);
        }
        return sum;
    }

    /** Products of the cosine, the double angles and the correction, spread over the levels of the reduction. */
    private static double reduction(BootstrapPlan p, OperationPrices prices) {
        int from = p.reduction().topLevel();
        int levels = ModularReductionPlan.levels(p.correctionDegree());
        int products = Predictor.products(p);
        double sum = 0;
        for (int i = 0; i < products; i++) {
            int level = from - i * levels / products;
            sum += prices.seconds(Operation.MULTIPLICATION, level)
                    + prices.seconds(Operation.RELINEARIZATION, level)
                    + prices.seconds(Operation.RESCALE, level);
        }
        return sum;
    }
}
