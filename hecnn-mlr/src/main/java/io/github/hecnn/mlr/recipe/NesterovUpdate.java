package io.github.hecnn.mlr.recipe;

/**
 * One step of {@link Schedule}, as multiples of what there was: the only place that knows the rule.
 *
 * <p>stepped' = extrapolated + a (G - lambda P), extrapolated' = (1 + m) stepped' - m stepped, where P is the sequence at which the gradient G
 * is taken and lambda the weight decay.
 *
 * @param stepSize a, with the learning rate
 * @param momentum m
 * @param decay a lambda
 * @param gradientAtStepped which sequence P is
 */
record NesterovUpdate(double stepSize, double momentum, double decay, boolean gradientAtStepped) {
    static NesterovUpdate of(MlrConfig config, int iteration) {
        Schedule.Step step = config.schedule().step(iteration, config.samples());
        double size = step.stepSize() * config.learningRate();
        return new NesterovUpdate(
                size, step.momentum(), size * config.l2(), config.schedule().gradientAtStepped());
    }

    /** A sequence that is formed from older weights and the gradient, each times a number. */
    record Row(double extrapolated, double stepped, double gradient) {}

    /** The stepped sequence, or the extrapolated one. */
    Row row(boolean ofStepped) {
        return ofStepped ? stepped() : extrapolated();
    }

    Row stepped() {
        return gradientAtStepped ? new Row(1, -decay, stepSize) : new Row(1 - decay, 0, stepSize);
    }

    Row extrapolated() {
        Row s = stepped();
        return new Row(
                (1 + momentum) * s.extrapolated, (1 + momentum) * s.stepped - momentum, (1 + momentum) * s.gradient);
    }
}
