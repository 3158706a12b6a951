package io.github.hecnn.ckks.slots;

import io.github.hecnn.ckks.cost.Operation;
import java.util.List;
import java.util.function.IntConsumer;

/** An algebra whose operations are measured; see {@link OperationTimes}. Has every method of the interface, so that none is taken apart. */
final class TimedSlotAlgebra<V> implements SlotAlgebra<V> {
    private final SlotAlgebra<V> algebra;
    private final OperationClock clock;

    TimedSlotAlgebra(SlotAlgebra<V> algebra, OperationClock clock) {
        this.algebra = algebra;
        this.clock = clock;
    }

    @Override
    public int slots() {
        return algebra.slots();
    }

    @Override
    public int maxLevel() {
        return algebra.maxLevel();
    }

    @Override
    public int level(V v) {
        return algebra.level(v);
    }

    @Override
    public int scaleDegree(V v) {
        return algebra.scaleDegree(v);
    }

    @Override
    public double smallestConstant(V v) {
        return algebra.smallestConstant(v);
    }

    @Override
    public double limbFactor(int fromLevel, int toLevel) {
        return algebra.limbFactor(fromLevel, toLevel);
    }

    @Override
    public OperationCounts counts() {
        return algebra.counts();
    }

    @Override
    public void release(V v) {
        algebra.release(v);
    }

    @Override
    public void forEach(int count, IntConsumer task) {
        algebra.forEach(count, task);
    }

    @Override
    public void requireWithin(String operation, V v, double low, double high, PlainVector where) {
        algebra.requireWithin(operation, v, low, high, where);
    }

    @Override
    public void requireMagnitude(String operation, V v, double low, double high, PlainVector where) {
        algebra.requireMagnitude(operation, v, low, high, where);
    }

    @Override
    public V add(V a, V b) {
        return clock.time(Operation.ADDITION, () -> algebra.add(a, b));
    }

    @Override
    public V subtract(V a, V b) {
        return clock.time(Operation.ADDITION, () -> algebra.subtract(a, b));
    }

    @Override
    public V negate(V a) {
        return clock.time(Operation.ADDITION, () -> algebra.negate(a));
    }

    @Override
    public V addPlain(V a, PlainVector p) {
        return clock.time(Operation.ADDITION, () -> algebra.addPlain(a, p));
    }

    @Override
    public V subtractPlain(V a, PlainVector p) {
        return clock.time(Operation.ADDITION, () -> algebra.subtractPlain(a, p));
    }

    @Override
    public V addConstant(V a, double c) {
        return clock.time(Operation.ADDITION, () -> algebra.addConstant(a, c));
    }

    @Override
    public V multiplyPlain(V a, PlainVector p) {
        return clock.time(Operation.PLAIN_MULTIPLICATION, () -> algebra.multiplyPlain(a, p));
    }

    @Override
    public V multiplyConstant(V a, double c) {
        return clock.time(Operation.CONSTANT_MULTIPLICATION, () -> algebra.multiplyConstant(a, c));
    }

    @Override
    public V multiplyInteger(V a, long k) {
        return clock.time(Operation.ADDITION, () -> algebra.multiplyInteger(a, k));
    }

    @Override
    public V multiplyByI(V a) {
        return clock.time(Operation.ADDITION, () -> algebra.multiplyByI(a));
    }

    @Override
    public V multiplyByMonomial(V a, int power) {
        return clock.time(Operation.ADDITION, () -> algebra.multiplyByMonomial(a, power));
    }

    @Override
    public V multiply(V a, V b) {
        return clock.time(Operation.MULTIPLICATION, () -> algebra.multiply(a, b));
    }

    @Override
    public V multiplyNoRelin(V a, V b) {
        return clock.time(Operation.MULTIPLICATION, () -> algebra.multiplyNoRelin(a, b));
    }

    @Override
    public V square(V a) {
        return clock.time(Operation.MULTIPLICATION, () -> algebra.square(a));
    }

    @Override
    public V sumOfProducts(List<V> a, List<V> b) {
        return clock.time(Operation.MULTIPLICATION, () -> algebra.sumOfProducts(a, b));
    }

    @Override
    public V sumOfPlainProducts(List<V> a, List<PlainVector> p) {
        return clock.time(Operation.PLAIN_MULTIPLICATION, () -> algebra.sumOfPlainProducts(a, p));
    }

    @Override
    public V relinearize(V a) {
        return clock.time(Operation.RELINEARIZATION, () -> algebra.relinearize(a));
    }

    @Override
    public V rescale(V a) {
        return clock.time(Operation.RESCALE, () -> algebra.rescale(a));
    }

    @Override
    public V relinearizeAndRescale(V a) {
        return clock.time(Operation.RELINEARIZATION, () -> algebra.relinearizeAndRescale(a));
    }

    @Override
    public V dropToLevel(V a, int level) {
        return clock.time(Operation.ALIGNMENT, () -> algebra.dropToLevel(a, level));
    }

    @Override
    public V dropLimbs(V a, int level) {
        return clock.time(Operation.ALIGNMENT, () -> algebra.dropLimbs(a, level));
    }

    @Override
    public V refresh(V a) {
        return clock.time(Operation.REFRESH, () -> algebra.refresh(a));
    }

    @Override
    public V rotate(V a, int stepsLeft) {
        return clock.time(Operation.ROTATION, () -> algebra.rotate(a, stepsLeft));
    }

    @Override
    public List<V> rotateHoisted(V a, int[] stepsLeft) {
        return clock.time(Operation.HOISTED_ROTATION, () -> algebra.rotateHoisted(a, stepsLeft));
    }

    @Override
    public List<V> sumsOfRotatedPlainProducts(V a, int[] stepsLeft, List<List<PlainVector>> p) {
        return clock.time(Operation.HOISTED_ROTATION, () -> algebra.sumsOfRotatedPlainProducts(a, stepsLeft, p));
    }

    @Override
    public V giantStepSums(V a, int[] babySteps, List<List<PlainVector>> p, int[] giantSteps) {
        return clock.time(Operation.HOISTED_ROTATION, () -> algebra.giantStepSums(a, babySteps, p, giantSteps));
    }

    @Override
    public V conjugate(V a) {
        return clock.time(Operation.CONJUGATION, () -> algebra.conjugate(a));
    }
}
