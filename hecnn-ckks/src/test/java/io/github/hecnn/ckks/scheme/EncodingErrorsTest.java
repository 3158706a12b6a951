package io.github.hecnn.ckks.scheme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.hecnn.ckks.error.MismatchException;
import io.github.hecnn.ckks.keys.RotationSteps;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class EncodingErrorsTest {
    private static final CkksFixture F = new CkksFixture(CkksFixture.small(2, 1), RotationSteps.of(1));
    private final EncodingErrors errors = EncodingErrors.ofSlots(F.slots());

    @Test
    void areWhatTheEncoderDoes() {
        double[] re = F.random(1);
        double[] im = F.random(2);
        for (int level = 0; level <= 2; level++) {
            double scale = F.context.parameters().scale(level);
            CkksEncoder.Slots decoded = F.encoder.decodeComplex(F.encoder.encode(re, im, level, scale));
            CkksEncoder.Slots e = errors.of(re, im, scale);
            for (int i = 0; i < re.length; i++) {
                assertThat(re[i] + e.re()[i]).isCloseTo(decoded.re()[i], Offset.offset(1e-14));
                assertThat(im[i] + e.im()[i]).isCloseTo(decoded.im()[i], Offset.offset(1e-14));
            }
        }
    }

    @Test
    void nothingIsRoundedAtAHugeScale() {
        CkksEncoder.Slots e = errors.of(F.random(1), null, 0x1p200);
        assertThat(e.re()).containsOnly(0);
        assertThat(e.im()).containsOnly(0);
    }

    @Test
    void refusesOtherLengths() {
        assertThatThrownBy(() -> EncodingErrors.ofSlots(12))
                .isInstanceOf(MismatchException.class)
                .hasMessageStartingWith("EncodingErrors: expected a power of two of slots, found 12");
        assertThatThrownBy(() -> errors.of(new double[4], null, 1))
                .isInstanceOf(MismatchException.class)
                .hasMessageStartingWith("EncodingErrors: expected 1024 slots, found 4");
    }
}
