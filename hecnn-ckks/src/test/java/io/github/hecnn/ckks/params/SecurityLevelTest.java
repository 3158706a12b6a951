package io.github.hecnn.ckks.params;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.hecnn.ckks.bootstrap.BootstrapParameters;
import io.github.hecnn.ckks.error.InvalidParametersException;
import io.github.hecnn.ckks.keys.KeyGenerator;
import io.github.hecnn.ckks.serial.CkksSerializer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The tables of security, and what they refuse. */
class SecurityLevelTest {
    /** ia.cr/2024/463, table 5.2, classical, ternary. */
    @ParameterizedTest
    @CsvSource({
        "10, 26, 0, 0",
        "11, 53, 36, 27",
        "12, 106, 73, 56",
        "13, 214, 147, 114",
        "14, 430, 297, 230",
        "15, 868, 597, 462",
        "16, 1747, 1199, 929",
        "17, 3523, 2411, 1866"
    })
    void limitsAreThoseOfTheGuidelines(int logRingDegree, double most128, double most192, double most256) {
        assertThat(SecurityLevel.CLASSICAL_128.maxLogQP(logRingDegree)).isEqualTo(most128);
        assertThat(SecurityLevel.CLASSICAL_192.maxLogQP(logRingDegree)).isEqualTo(most192);
        assertThat(SecurityLevel.CLASSICAL_256.maxLogQP(logRingDegree)).isEqualTo(most256);
        assertThat(SecurityLevel.NONE.maxLogQP(logRingDegree)).isInfinite();
    }

    /** ia.cr/2019/939, table 1, ternary: of no ring does the newer table allow more. */
    @ParameterizedTest
    @CsvSource({
        "10, 27, 19, 14",
        "11, 54, 37, 29",
        "12, 109, 75, 58",
        "13, 218, 152, 118",
        "14, 438, 305, 237",
        "15, 881, 611, 476"
    })
    void noLimitIsAboveThatOfTheStandardOf2018(int logRingDegree, double most128, double most192, double most256) {
        assertThat(SecurityLevel.CLASSICAL_128.maxLogQP(logRingDegree)).isLessThan(most128);
        assertThat(SecurityLevel.CLASSICAL_192.maxLogQP(logRingDegree)).isLessThan(most192);
        assertThat(SecurityLevel.CLASSICAL_256.maxLogQP(logRingDegree)).isLessThan(most256);
    }

    @ParameterizedTest
    @CsvSource({"CLASSICAL_192, 147, 192", "CLASSICAL_256, 114, 256"})
    void aRefusalNamesTheLargestModulusOfTheLevel(SecurityLevel level, int most, int bits) {
        assertThatThrownBy(() -> CkksParameters.builder()
                        .logRingDegree(13)
                        .levels(2)
                        .securityLevel(level)
                        .build())
                .isInstanceOf(InvalidParametersException.class)
                .hasMessageContaining(
                        "at most " + most + " bits for " + bits + "-bit security at ring degree 2^13, found");
        assertThatThrownBy(() -> CkksParameters.builder()
                        .logRingDegree(10)
                        .levels(0)
                        .scaleBits(20)
                        .firstPrimeBits(21)
                        .securityLevel(level)
                        .build())
                .isInstanceOf(InvalidParametersException.class)
                .hasMessageContaining("log2(Q*P) of none for " + bits + "-bit security at ring degree 2^10");
    }

    @Test
    void theLevelIsReadFromANumberOfBits() {
        assertThat(SecurityLevel.reachedBy(0)).isEqualTo(SecurityLevel.NONE);
        assertThat(SecurityLevel.reachedBy(127)).isEqualTo(SecurityLevel.NONE);
        assertThat(SecurityLevel.reachedBy(128)).isEqualTo(SecurityLevel.CLASSICAL_128);
        assertThat(SecurityLevel.reachedBy(192)).isEqualTo(SecurityLevel.CLASSICAL_192);
        assertThat(SecurityLevel.reachedBy(1000)).isEqualTo(SecurityLevel.CLASSICAL_256);
        assertThatThrownBy(() -> SecurityLevel.CLASSICAL_128.maxLogQP(9))
                .isInstanceOf(InvalidParametersException.class);
    }

    private static CkksParameters one(SecurityLevel level) {
        return CkksParameters.builder()
                .logRingDegree(15)
                .levels(2)
                .upperLevels(1, 49)
                .digits(1)
                .securityLevel(level)
                .build();
    }

    @ParameterizedTest
    @EnumSource(SecurityLevel.class)
    void aFileKeepsTheLevel(SecurityLevel level) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        CkksSerializer.write(out, one(level));
        for (SecurityLevel minimum : SecurityLevel.values()) {
            ByteArrayInputStream in = new ByteArrayInputStream(out.toByteArray());
            if (minimum.bits() <= level.bits()) {
                assertThat(CkksSerializer.readParameters(in, minimum)).isEqualTo(one(level));
            } else {
                assertThatThrownBy(() -> CkksSerializer.readParameters(in, minimum))
                        .isInstanceOf(InvalidParametersException.class)
                        .hasMessageContaining("expected parameters of " + minimum.bits() + "-bit security");
            }
        }
    }

    @Test
    void aSparseSecretGoesWithAtMost128Bits() {
        assertThatThrownBy(() -> BootstrapParameters.builder()
                        .securityLevel(SecurityLevel.CLASSICAL_192)
                        .build())
                .isInstanceOf(InvalidParametersException.class)
                .hasMessageContaining("bits of securityLevel");
        KeyGenerator generator = new KeyGenerator(CkksContext.create(one(SecurityLevel.CLASSICAL_192)));
        assertThatThrownBy(() -> generator.encapsulationKeys(generator.secretKey(), 32))
                .isInstanceOf(InvalidParametersException.class)
                .hasMessageContaining("expected parameters of at most 128-bit security");
    }
}
