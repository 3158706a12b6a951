package io.github.hecnn.ckks.volley;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hecnn.ckks.keys.RotationSteps;
import io.github.hecnn.ckks.params.CkksParameters;
import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.ckks.scheme.CkksFixture;
import io.github.hecnn.ckks.slots.CkksSlotAlgebra;
import io.github.hecnn.ckks.slots.PlainVector;
import io.github.hecnn.ckks.slots.SimulatedSlotAlgebra;
import io.github.hecnn.ckks.slots.SlotAlgebra;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** On real ciphertexts, with the keys the layout asks for and no others: the simulated slots up to noise, and the same books. */
class VolleyCkksTest {
    private static final int LEVELS = 4;

    private static double[][] random(Random random, int rows, int columns) {
        double[][] out = new double[rows][];
        for (int i = 0; i < rows; i++) {
            out[i] = random.doubles(columns, -1, 1).toArray();
        }
        return out;
    }

    /** Sums, their transposed product with masked sums, and a product with the result. */
    private static <V> List<V> circuit(
            SlotAlgebra<V> algebra, VolleyLayout layout, Function<PlainVector, V> encrypt, double[][] a, double[][] b) {
        VolleyEncoder encoder = new VolleyEncoder(layout);
        VolleyRevolver<V> revolver = new VolleyRevolver<>(algebra, layout);
        RevolvedMatrix<V> turned = revolver.revolve(
                VolleyMatrix.left(layout, encoder.left(a).stream().map(encrypt).toList()));
        VolleyMatrix<V> right = VolleyMatrix.right(
                layout, encoder.right(b).stream().map(encrypt).toList());
        VolleyMatrix<V> sums = revolver.sums(turned, right);
        PlainVector mask = revolver.firstColumns(0.1);
        VolleyMatrix<V> next = revolver.transposedProduct(
                turned,
                VolleyMatrix.sparse(
                        layout,
                        sums.values().stream()
                                .map(v -> algebra.multiplyPlain(v, mask))
                                .toList()));
        List<V> out = new ArrayList<>(sums.values());
        out.addAll(next.values());
        out.addAll(revolver.product(turned, right).values());
        return out;
    }

    private void compare(int m, int n, int p) {
        CkksParameters parameters = CkksFixture.small(LEVELS, 2);
        VolleyLayout layout = VolleyLayout.of(parameters.slots(), m, n, p);
        CkksFixture f = new CkksFixture(parameters, RotationSteps.of(VolleyRevolver.rotationSteps(layout)));
        Random random = new Random(5);
        double[][] a = random(random, m, n);
        double[][] b = random(random, p, n);
        CkksSlotAlgebra real = new CkksSlotAlgebra(f.context, f.keys);
        SimulatedSlotAlgebra simulated = new SimulatedSlotAlgebra(layout.slots(), LEVELS);
        List<double[]> expected = circuit(simulated, layout, v -> simulated.encrypt(re(v), im(v)), a, b).stream()
                .map(simulated::decrypt)
                .toList();
        List<Ciphertext> got = circuit(
                real,
                layout,
                v -> f.symmetric.encrypt(f.encoder.encode(re(v), im(v), LEVELS, parameters.scale(LEVELS))),
                a,
                b);
        for (int i = 0; i < expected.size(); i++) {
            double[] slots = f.decrypt(got.get(i));
            for (int s = 0; s < slots.length; s++) {
                assertThat(Math.abs(slots[s] - expected.get(i)[s]))
                        .as("value %d, slot %d", i, s)
                        .isLessThan(1e-5);
            }
        }
        assertThat(real.counts()).isEqualTo(simulated.counts());
    }

    private static double[] re(PlainVector v) {
        double[] out = new double[v.size()];
        for (int i = 0; i < out.length; i++) {
            out[i] = v.re(i);
        }
        return out;
    }

    private static double[] im(PlainVector v) {
        double[] out = new double[v.size()];
        for (int i = 0; i < out.length; i++) {
            out[i] = v.im(i);
        }
        return out;
    }

    @Test
    void pairedVectors() {
        compare(50, 30, 5);
    }

    @Test
    void severalTilesOfBothMatrices() {
        compare(40, 70, 40);
    }

    @Test
    void singleVector() {
        compare(20, 30, 3);
    }
}
