package io.github.hecnn.ckks.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.hecnn.ckks.bootstrap.BootstrapPreset;
import io.github.hecnn.ckks.error.InvalidParametersException;
import io.github.hecnn.ckks.error.LevelException;
import io.github.hecnn.ckks.params.CkksPresets;
import io.github.hecnn.ckks.slots.SimulatedSlotAlgebra;
import io.github.hecnn.ckks.slots.SimulatedVector;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class OperationPricesTest {
    private static final OperationPrices PRICES = OperationPrices.of(CkksPresets.SECURE_14.parameters());

    @ParameterizedTest
    @EnumSource(value = Operation.class, mode = EnumSource.Mode.EXCLUDE, names = "REFRESH")
    void everyOperationHasAPriceThatGrowsWithTheLevelAndTheRing(Operation operation) {
        for (int log = 10; log <= 17; log++) {
            OperationPrices prices = OperationPrices.ofLevels(log, 8);
            double last = 0;
            for (int level = 0; level <= 8; level++) {
                double now = prices.seconds(operation, level);
                assertThat(now).isGreaterThan(last);
                last = now;
            }
        }
        assertThat(OperationPrices.ofLevels(16, 8).seconds(operation, 8))
                .isGreaterThan(OperationPrices.ofLevels(12, 8).seconds(operation, 8));
    }

    @Test
    void partsOfAKeySwitchMakeTheWhole() {
        for (int level = 0; level <= 6; level++) {
            double hoisted = PRICES.seconds(Operation.KEY_PRODUCT, level) + PRICES.seconds(Operation.DIVISION, level);
            assertThat(PRICES.seconds(Operation.HOISTED_ROTATION, level)).isCloseTo(hoisted, Offset.offset(1e-12));
            assertThat(PRICES.seconds(Operation.ROTATION, level))
                    .isCloseTo(PRICES.seconds(Operation.DECOMPOSITION, level) + hoisted, Offset.offset(1e-12));
        }
    }

    @Test
    void aDecompositionTransformsEveryDigitToAllPrimes() {
        // 7 limbs in digits of 3, 3 and 1, each extended to 7 + 3 primes
        OperationWork work = OperationWork.of(Operation.DECOMPOSITION, 7, 3, 3);
        assertThat(work.transforms()).isEqualTo(3 * 10);
        assertThat(work.extensionTerms()).isEqualTo(3 * 7 + 3 * 7 + 9);
        assertThat(OperationWork.of(Operation.KEY_PRODUCT, 7, 3, 3).keyTerms()).isEqualTo(2 * 3 * 10);
        assertThat(OperationWork.of(Operation.RESCALE, 7, 3, 3).transforms()).isEqualTo(2 * 7);
    }

    @Test
    void aRehearsalIsPricedOperationByOperationAtItsLevel() {
        SimulatedSlotAlgebra algebra = SimulatedSlotAlgebra.builder(CkksPresets.SECURE_14.parameters())
                .booksOnly()
                .build();
        SimulatedVector v = algebra.rescale(algebra.square(algebra.fresh()));
        algebra.rotate(algebra.add(v, algebra.fresh()), 3);
        assertThat(algebra.seconds(PRICES))
                .isCloseTo(
                        PRICES.seconds(Operation.MULTIPLICATION, 6)
                                + PRICES.seconds(Operation.RELINEARIZATION, 6)
                                + PRICES.seconds(Operation.RESCALE, 6)
                                + PRICES.seconds(Operation.ALIGNMENT, 6)
                                + PRICES.seconds(Operation.ADDITION, 5)
                                + PRICES.seconds(Operation.ROTATION, 5),
                        Offset.offset(1e-12));
    }

    @Test
    void refreshesHaveThePriceTheyAreGiven() {
        assertThat(PRICES.seconds(Operation.REFRESH, 3)).isZero();
        double seconds = BootstrapPreset.BOOT_16.parameters().refreshSeconds();
        OperationPrices prices = OperationPrices.of(
                        BootstrapPreset.BOOT_16.parameters().ckksParameters())
                .withRefresh(seconds);
        assertThat(prices.seconds(Operation.REFRESH, 0)).isEqualTo(seconds);
        double rotation = prices.seconds(Operation.ROTATION, 11);
        int keySwitches = BootstrapPreset.BOOT_16.parameters().prediction().keySwitches();
        assertThat(seconds).isBetween(keySwitches * rotation / 5, keySwitches * rotation * 5);
    }

    @Test
    void theTypicalPriceIsInThousandthsOfARotation() {
        assertThat(OperationPrices.typical(Operation.ROTATION)).isEqualTo(1000);
        assertThat(OperationPrices.typical(Operation.RELINEARIZATION)).isEqualTo(1000);
        assertThat(OperationPrices.typical(Operation.HOISTED_ROTATION)).isBetween(1, 999);
    }

    @ParameterizedTest
    @ValueSource(ints = {9, 18})
    void refusesRingDegreesThatParametersDoNotHave(int log) {
        assertThatThrownBy(() -> OperationPrices.of(log, 1, 1))
                .isInstanceOf(InvalidParametersException.class)
                .hasMessageContaining("10..17");
    }

    @Test
    void refusesOtherNumbers() {
        assertThatThrownBy(() -> OperationPrices.of(14, 0, 1)).isInstanceOf(InvalidParametersException.class);
        assertThatThrownBy(() -> PRICES.seconds(Operation.ADDITION, -1)).isInstanceOf(LevelException.class);
        assertThatThrownBy(() -> PRICES.withRefresh(-1)).isInstanceOf(InvalidParametersException.class);
        assertThatThrownBy(() -> PRICES.withRefresh(Double.NaN)).isInstanceOf(InvalidParametersException.class);
        assertThatThrownBy(() -> OperationWork.of(Operation.ADDITION, 0, 1, 1))
                .isInstanceOf(InvalidParametersException.class);
    }

    @Test
    void theListIsReadAsItIsWritten() {
        UnitPrices some = new UnitPrices(13, 1.5, 0.25, 0.75, 0.125, 0.5);
        assertThat(UnitPrices.parse(some.line())).isEqualTo(some);
        assertThatThrownBy(() -> UnitPrices.parse("13,1,2")).isInstanceOf(IllegalStateException.class);
    }
}
