package io.github.hecnn.mlr.serving;

import io.github.hecnn.ckks.noise.NoiseModel;
import io.github.hecnn.ckks.params.CkksContext;

/**
 * Errors of answers from the noise model, for all queries: with norms in place of slots, by the inequality of Cauchy and Schwarz. Deviations of the real
 * part of a slot.
 *
 * @param circuit where the circuit ends, one level below queries
 * @param rounding of the last division, at level 0, in slots of level 0; 0 if there is none
 */
record AnswerNoise(double circuit, double rounding) {
    /**
     * The errors of an answer.
     *
     * @param parameters of serving
     * @param context {@link ServingParameters#context}
     * @param profile sizes
     * @param layout of the queries
     * @param weightDeviation error of the weights as they are encrypted; 0 if what they decrypt to is the model
     */
    static AnswerNoise of(
            ServingParameters parameters,
            CkksContext context,
            PublicProfile profile,
            QueryLayout layout,
            double weightDeviation) {
        NoiseModel noise = NoiseModel.ofSecretKeyEncryption(context.parameters());
        int level = parameters.level();
        int end = level - 1;
        double weight = weightDeviation * Math.scalb(1.0, profile.liftBits(parameters));
        double turn = noise.keySwitch(level, 1);
        if (profile.merged()) {
            for (int p = parameters.layout().period(); p < parameters.layout().mergedPeriod(); p *= 2) {
                weight = NoiseModel.sum(weight, weight, turn);
            }
        }
        if (layout.forCircuit().babySteps() > 1) {
            weight = NoiseModel.sum(weight, turn);
        }
        double query = noise.fresh(level);
        int rows = layout.rowsPerQuery();
        // rows between two queries hold parts of both
        double queryNorm = profile.queryNorm(parameters) * (rows > 1 ? Math.sqrt(2) : 1);
        double product = NoiseModel.sum(
                queryNorm * weight,
                profile.liftedNorm(parameters) * query,
                Math.sqrt(2.0 * parameters.layout().complexFeatures()) * weight * query);
        double giants = Math.sqrt(rows * (double) layout.forCircuit().giantSteps());
        double sum = NoiseModel.sum(
                product, giants * noise.relinearizationAndRescale(0, level), giants * noise.keySwitch(end, 1));
        double circuit = NoiseModel.sum(2 * sum, Math.sqrt(2.0 * rows) * noise.keySwitch(end, 1));
        return new AnswerNoise(circuit, parameters.kind() == AnswerKind.PLAIN ? 0 : noise.rounding(0, 1, 2));
    }

    /** What no complex slot's error exceeds where the circuit ends. */
    double slotError() {
        return NoiseModel.bound(circuit) * Math.sqrt(2);
    }

    /** Deviation of a slot at level 0. */
    double last(ServingParameters parameters, double flooding) {
        return NoiseModel.sum(circuit * parameters.lastFactor(), rounding, flooding);
    }
}
