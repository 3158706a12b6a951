package io.github.hecnn.mlr.transfer.network.conv;

import io.github.hecnn.mlr.transfer.network.Layer;
import java.util.Arrays;

/**
 * A factor and a shift for every channel: batch normalisation as it is after training, or a bias. Folded into its neighbours it costs
 * nothing. Immutable and thread-safe.
 *
 * @param input size of the input
 * @param factors [channels], finite
 * @param shifts [channels], finite
 */
@SuppressWarnings("ArrayRecordComponent") // compared by content below
public record ChannelScale(ImageShape input, double[] factors, double[] shifts) implements Layer.Affine {
    /**
     * Checks and copies the components.
     *
     * @param input size of the input
     * @param factors [channels], finite
     * @param shifts [channels], finite
     * @throws IllegalArgumentException if there is not one of each for every channel or a number is not finite
     */
    public ChannelScale {
        if (factors.length != input.channels() || shifts.length != input.channels()) {
            throw new IllegalArgumentException("ChannelScale: expected " + input.channels()
                    + " factors and shifts, one for each channel, found " + factors.length + " and " + shifts.length
                    + "; pass matching arrays");
        }
        factors = factors.clone();
        shifts = shifts.clone();
        Finite.require("ChannelScale factors", factors);
        Finite.require("ChannelScale shifts", shifts);
    }

    /** {@return the factors; a copy} */
    @Override
    public double[] factors() {
        return factors.clone();
    }

    /** {@return the shifts; a copy} */
    @Override
    public double[] shifts() {
        return shifts.clone();
    }

    @Override
    public int outputs(int inputs) {
        input.requireLength("ChannelScale", inputs);
        return inputs;
    }

    @Override
    public double[] apply(double[] image) {
        double[] out = new double[outputs(image.length)];
        for (int i = 0; i < out.length; i++) {
            int channel = i / input.area();
            out[i] = factors[channel] * image[i] + shifts[channel];
        }
        return out;
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof ChannelScale c
                && input.equals(c.input)
                && Arrays.equals(factors, c.factors)
                && Arrays.equals(shifts, c.shifts);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(factors) + Arrays.hashCode(shifts);
    }

    @Override
    public String toString() {
        return "ChannelScale " + input;
    }
}
