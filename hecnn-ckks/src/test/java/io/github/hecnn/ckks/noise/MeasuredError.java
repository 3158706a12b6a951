package io.github.hecnn.ckks.noise;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hecnn.ckks.scheme.CkksEncoder;
import org.assertj.core.data.Offset;

/** Errors of slots against what they should be, per real and imaginary part. */
public record MeasuredError(double deviation, double largest) {
    /** Of real and imaginary parts alike. */
    public static MeasuredError of(CkksEncoder.Slots expected, CkksEncoder.Slots actual) {
        double squares = 0;
        double largest = 0;
        for (int i = 0; i < expected.re().length; i++) {
            double re = actual.re()[i] - expected.re()[i];
            double im = actual.im()[i] - expected.im()[i];
            squares += re * re + im * im;
            largest = Math.max(largest, Math.max(Math.abs(re), Math.abs(im)));
        }
        return new MeasuredError(Math.sqrt(squares / 2 / expected.re().length), largest);
    }

    /** Holds against a predicted deviation: within a tenth, and no slot off by more than 12 of it. */
    public void isAsPredicted(String what, double predicted) {
        isAsPredicted(what, predicted, NoiseModel.MAX_DEVIATIONS);
    }

    /** The same of what was divided in three components, which has longer tails. */
    public void isAsPredictedOfThree(String what, double predicted) {
        isAsPredicted(what, predicted, NoiseModel.MAX_DEVIATIONS_OF_THREE);
    }

    private void isAsPredicted(String what, double predicted, double most) {
        assertThat(deviation / predicted).as(what + ": measured / predicted").isCloseTo(1, Offset.offset(0.1));
        assertThat(largest).as(what + ": largest error").isLessThan(most * predicted);
    }
}
