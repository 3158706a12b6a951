package io.github.hecnn.ckks.inplace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.hecnn.ckks.error.LevelException;
import io.github.hecnn.ckks.error.MismatchException;
import io.github.hecnn.ckks.error.MissingKeyException;
import io.github.hecnn.ckks.error.ScaleException;
import io.github.hecnn.ckks.internal.cipher.Ciphertexts;
import io.github.hecnn.ckks.keys.EvaluationKeys;
import io.github.hecnn.ckks.keys.RotationSteps;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.ckks.scheme.CkksFixture;
import io.github.hecnn.ckks.scheme.Evaluator;
import io.github.hecnn.ckks.scheme.Plaintext;
import io.github.hecnn.core.parallel.WorkerPool;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

class InPlaceEvaluatorTest {
    private static final CkksFixture F = new CkksFixture(CkksFixture.small(4, 3), RotationSteps.of(1));
    private static final InPlaceEvaluator IN_PLACE = new InPlaceEvaluator(F.context, F.keys);
    private static final Ciphertext A = F.encrypt(F.random(1));
    private static final Ciphertext B = F.encrypt(F.random(2));
    private static final Plaintext P = F.encoder.encode(F.random(3));

    private static Plaintext at(Ciphertext x, int seed) {
        return F.encoder.encode(F.random(seed), x.level());
    }

    /** What each method takes the place of. */
    private static Ciphertext chain(Evaluator e) {
        Ciphertext x = e.subtract(e.add(e.negate(A), B), A);
        x = e.rescale(e.relinearize(e.multiplyNoRelin(x, B)));
        x = e.rescale(e.multiplyPlain(x, at(x, 3)));
        return e.rotate(e.addPlain(x, at(x, 4)), 1);
    }

    private static Ciphertext chain(InPlaceEvaluator e) {
        Ciphertext x = e.subtractInPlace(e.addInPlace(e.evaluator().negate(A), B), A);
        x = e.rescaleInPlace(e.relinearizeInPlace(e.multiplyNoRelinInPlace(x, B)));
        x = e.rescaleInPlace(e.multiplyPlainInPlace(x, at(x, 3)));
        return e.rotateInPlace(e.addPlainInPlace(x, at(x, 4)), 1);
    }

    @Test
    void aChainHasTheResultOfTheEvaluator() {
        Ciphertext expected = chain(F.evaluator);
        Ciphertext found = chain(IN_PLACE);
        assertThat(found.scale()).isEqualTo(expected.scale());
        for (int i = 0; i <= expected.level(); i++) {
            assertThat(Ciphertexts.components(found).get(0).limb(i))
                    .containsExactly(Ciphertexts.components(expected).get(0).limb(i));
            assertThat(Ciphertexts.components(found).get(1).limb(i))
                    .containsExactly(Ciphertexts.components(expected).get(1).limb(i));
        }
    }

    @Test
    void theFirstOperandIsUsedUpAndTheSecondIsNot() {
        Ciphertext x = IN_PLACE.evaluator().negate(A);
        Ciphertext y = IN_PLACE.evaluator().negate(B);
        IN_PLACE.addInPlace(x, y);
        assertThatThrownBy(() -> IN_PLACE.addInPlace(x, y)).isInstanceOf(IllegalStateException.class);
        assertThat(Ciphertexts.components(y).get(0).limb(0)).hasSize(2048);
        // both operands the same one
        Ciphertext twice = IN_PLACE.addInPlace(y, y);
        assertThat(F.decrypt(twice)[7]).isCloseTo(-2 * F.random(2)[7], within(1e-6));
    }

    @Test
    void nothingToDoLeavesTheOperand() {
        Ciphertext x = IN_PLACE.evaluator().negate(A);
        assertThat(IN_PLACE.rotateInPlace(x, 0)).isSameAs(x);
        assertThat(IN_PLACE.relinearizeInPlace(x)).isSameAs(x);
        assertThat(Ciphertexts.components(x).get(0).limb(0)).hasSize(2048);
    }

    @Test
    void arraysThatAResultSharesWithItsOperandStay() {
        Ciphertext product = IN_PLACE.evaluator().multiplyNoRelin(A, B);
        double[] third = Ciphertexts.components(product).get(2).limb(1).clone();
        Ciphertext other = IN_PLACE.evaluator().multiplyPlain(A, P);
        Ciphertext sum = IN_PLACE.addInPlace(product, other); // the third component is the product's
        for (int i = 0; i < 20; i++) {
            IN_PLACE.evaluator().negate(A).release();
        }
        assertThat(Ciphertexts.components(sum).get(2).limb(1)).containsExactly(third);
    }

    @Test
    void whatIsRefusedLeavesTheOperandAsItWas() {
        Ciphertext x = IN_PLACE.evaluator().negate(A);
        Ciphertext low = IN_PLACE.evaluator().dropToLevel(A, 0);
        Ciphertext product = IN_PLACE.evaluator().multiplyNoRelin(A, B);
        InPlaceEvaluator keyless = new InPlaceEvaluator(F.context, EvaluationKeys.none());
        assertThatThrownBy(() -> IN_PLACE.addInPlace(x, product)).isInstanceOf(ScaleException.class);
        assertThatThrownBy(() -> IN_PLACE.subtractInPlace(x, product)).isInstanceOf(ScaleException.class);
        assertThatThrownBy(() -> IN_PLACE.addPlainInPlace(x, F.encoder.encode(F.random(1), 2)))
                .isInstanceOf(LevelException.class);
        assertThatThrownBy(() -> IN_PLACE.multiplyPlainInPlace(x, F.encoder.encode(F.random(1), 2)))
                .isInstanceOf(LevelException.class);
        assertThatThrownBy(() -> IN_PLACE.multiplyNoRelinInPlace(product, x)).isInstanceOf(MismatchException.class);
        assertThatThrownBy(() -> keyless.relinearizeInPlace(product)).isInstanceOf(MissingKeyException.class);
        assertThatThrownBy(() -> IN_PLACE.rescaleInPlace(x)).isInstanceOf(ScaleException.class);
        assertThatThrownBy(() -> IN_PLACE.rescaleInPlace(low)).isInstanceOf(ScaleException.class);
        assertThatThrownBy(() -> IN_PLACE.rotateInPlace(x, 3)).isInstanceOf(MissingKeyException.class);
        for (Ciphertext c : new Ciphertext[] {x, low, product}) {
            assertThat(Ciphertexts.components(c).get(0).limb(0)).hasSize(2048);
        }
    }

    @Test
    void aChainAllocatesLessThanALimbOnceItHasRun() {
        CkksContext single = CkksContext.create(F.context.parameters(), WorkerPool.single());
        InPlaceEvaluator e = new InPlaceEvaluator(single, F.keys);
        com.sun.management.ThreadMXBean bean = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long limb = 8L * single.parameters().ringDegree();
        long bytes = Long.MAX_VALUE;
        int operations = 6;
        for (int attempt = 0; attempt < 400 && bytes >= operations * limb; attempt++) { // until all is compiled
            long before = bean.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 20; i++) {
                Ciphertext x = e.addInPlace(e.evaluator().add(A, B), A);
                x = e.relinearizeInPlace(e.multiplyNoRelinInPlace(x, B));
                x = e.rotateInPlace(e.rescaleInPlace(x), 1);
                x.release();
            }
            bytes = (bean.getCurrentThreadAllocatedBytes() - before) / 20;
        }
        assertThat(bytes).isLessThan(operations * limb);
    }
}
