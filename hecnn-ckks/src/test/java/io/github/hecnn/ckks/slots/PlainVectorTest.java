package io.github.hecnn.ckks.slots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.hecnn.ckks.error.InvalidParametersException;
import org.junit.jupiter.api.Test;

class PlainVectorTest {
    @Test
    void aRepeatedVectorIsTheOneWrittenOut() {
        PlainVector v = PlainVector.repeated(new double[] {1, -2, 0.5}, 6);
        assertThat(v.size()).isEqualTo(6);
        assertThat(v.largest()).isEqualTo(2);
        assertThat(v.isReal()).isTrue();
        assertThat(v.re(4)).isEqualTo(-2);
        assertThat(v.im(4)).isZero();
        assertThat(v.realParts()).containsExactly(1, -2, 0.5, 1, -2, 0.5);
        assertThat(v.realParts()).isSameAs(v.realParts());
        assertThatThrownBy(() -> v.re(6)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void aConstantIsRepeated() {
        assertThat(PlainVector.constant(3, 4).realParts()).containsExactly(3, 3, 3, 3);
    }

    @Test
    void refusesSlotsThatAreNoMultipleOfThePeriod() {
        assertThatThrownBy(() -> PlainVector.repeated(new double[3], 8))
                .isInstanceOf(InvalidParametersException.class)
                .hasMessageContaining("expected a multiple of 3 values as slots, found 8");
        assertThatThrownBy(() -> PlainVector.repeated(new double[0], 8)).isInstanceOf(InvalidParametersException.class);
        assertThatThrownBy(() -> PlainVector.repeated(new double[] {Double.NaN}, 8))
                .isInstanceOf(InvalidParametersException.class)
                .hasMessageContaining("slot 0");
    }
}
