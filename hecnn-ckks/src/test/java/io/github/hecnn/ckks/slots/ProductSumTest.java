package io.github.hecnn.ckks.slots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.hecnn.ckks.error.InvalidParametersException;
import io.github.hecnn.ckks.error.MismatchException;
import io.github.hecnn.ckks.error.ScaleException;
import io.github.hecnn.ckks.keys.RotationSteps;
import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.ckks.scheme.CkksFixture;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Sums of products, one left factor at a time. */
class ProductSumTest {
    private static final CkksFixture F = new CkksFixture(CkksFixture.small(3, 2), RotationSteps.of(1));
    private static final int SLOTS = F.slots();
    private static final double[][] X = {F.random(1), F.random(2), F.random(3)};
    private static final double[][] V = {F.random(4), F.random(5)};

    private final CkksSlotAlgebra real = new CkksSlotAlgebra(F.context, F.keys);
    private final SimulatedSlotAlgebra simulated =
            SimulatedSlotAlgebra.builder(F.context.parameters()).build();

    @Test
    void theSumsAreThoseOfLists() {
        ProductSum<Ciphertext> sums = new ProductSum<>(real, 2);
        ProductSum<SimulatedVector> rehearsed = new ProductSum<>(simulated, 2);
        List<Ciphertext> v = List.of(F.encrypt(V[0]), F.encrypt(V[1]));
        List<SimulatedVector> w = List.of(simulated.encrypt(V[0]), simulated.encrypt(V[1]));
        for (int i = 0; i < 3; i++) {
            sums.add(real.dropToLevel(F.encrypt(X[i]), 3 - i), v); // the running sum is brought down
            rehearsed.add(simulated.dropToLevel(simulated.encrypt(X[i]), 3 - i), w);
        }
        assertThat(real.counts()).isEqualTo(simulated.counts());
        assertThat(real.counts().multiplications()).isEqualTo(6);
        for (int k = 0; k < 2; k++) {
            Ciphertext sum = sums.sums().get(k);
            assertThat(sum.size()).isEqualTo(3);
            assertThat(sum.level()).isEqualTo(1);
            assertThat(real.scaleDegree(sum)).isEqualTo(2);
            double[] got = F.decrypt(real.relinearizeAndRescale(sum));
            double[] expected = simulated.decrypt(rehearsed.sums().get(k));
            for (int i = 0; i < SLOTS; i++) {
                double exact = X[0][i] * V[k][i] + X[1][i] * V[k][i] + X[2][i] * V[k][i];
                assertThat(expected[i]).isCloseTo(exact, within(1e-12));
                assertThat(got[i]).isCloseTo(exact, within(1e-5));
            }
        }
    }

    @Test
    void refusalsChangeNothing() {
        assertThatThrownBy(() -> new ProductSum<>(simulated, 0)).isInstanceOf(InvalidParametersException.class);
        ProductSum<SimulatedVector> sums = new ProductSum<>(simulated, 2);
        SimulatedVector x = simulated.encrypt(X[0]);
        assertThatThrownBy(sums::sums)
                .isInstanceOf(MismatchException.class)
                .hasMessage("ProductSum.sums: expected at least 1 term, found none; add one first");
        assertThatThrownBy(() -> sums.add(x, List.of(x)))
                .isInstanceOf(MismatchException.class)
                .hasMessageContaining("expected 2 factors, found 1");
        sums.add(x, List.of(x, x));
        List<SimulatedVector> before = sums.sums();
        assertThatThrownBy(() -> sums.add(x, List.of(x, simulated.square(x)))).isInstanceOf(ScaleException.class);
        assertThat(sums.sums()).isSameAs(before);
    }
}
