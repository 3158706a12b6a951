package io.github.hecnn.ckks.slots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.hecnn.ckks.cost.Operation;
import io.github.hecnn.ckks.error.HeException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class OperationTimesTest {
    private final OperationTimes times = new OperationTimes();
    private final SimulatedSlotAlgebra bare = new SimulatedSlotAlgebra(8, 4);
    private final SlotAlgebra<SimulatedVector> timed = times.of(bare);
    private final SimulatedVector a = bare.encrypt(new double[] {1, 2, 3, 4, 5, 6, 7, 8});

    @Test
    void everyOperationOfTheInterfaceIsPassedOnAsAWhole() {
        Set<String> missing = new TreeSet<>();
        for (Method m : SlotAlgebra.class.getMethods()) {
            boolean there = Arrays.stream(TimedSlotAlgebra.class.getDeclaredMethods())
                    .anyMatch(d -> d.getName().equals(m.getName()) && d.getParameterCount() == m.getParameterCount());
            if (!there) {
                missing.add(m.getName());
            }
        }
        assertThat(missing).as("taken apart by a default method").isEmpty();
    }

    @Test
    void timesGoToTheKindOfTheCall() {
        assertThat(times.seconds()).isEmpty();
        SimulatedVector sum = timed.add(a, timed.rotate(a, 1));
        assertThat(bare.decrypt(sum)).startsWith(3, 5, 7);
        assertThat(times.seconds()).containsOnlyKeys(Operation.ADDITION, Operation.ROTATION);
        timed.relinearizeAndRescale(timed.multiplyNoRelin(a, sum));
        timed.rotateHoisted(a, new int[] {1, 2});
        timed.sumOfPlainProducts(List.of(a), List.of(PlainVector.real(new double[] {1, 1, 1, 1, 1, 1, 1, 1})));
        assertThat(times.seconds())
                .containsOnlyKeys(
                        Operation.ADDITION,
                        Operation.ROTATION,
                        Operation.MULTIPLICATION,
                        Operation.RELINEARIZATION,
                        Operation.HOISTED_ROTATION,
                        Operation.PLAIN_MULTIPLICATION)
                .allSatisfy((kind, seconds) -> assertThat(seconds).isPositive().isLessThan(60));
    }

    @Test
    void booksAndRefusalsAreThoseOfTheAlgebra() {
        timed.multiply(a, a);
        assertThat(timed.counts()).isEqualTo(bare.counts());
        assertThat(timed.counts().relinearizations()).isEqualTo(1);
        assertThatThrownBy(() -> timed.rescale(a))
                .isInstanceOf(HeException.class)
                .hasMessageContaining("rescale");
    }
}
