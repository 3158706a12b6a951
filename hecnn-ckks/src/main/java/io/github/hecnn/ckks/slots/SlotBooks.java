package io.github.hecnn.ckks.slots;

import io.github.hecnn.ckks.cost.Operation;
import io.github.hecnn.ckks.cost.OperationPrices;
import io.github.hecnn.ckks.params.ModulusCapacity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What every operation of {@link SlotAlgebra} checks and counts, once for both implementations: a rehearsal refuses what the real
 * run would, in the same words, and its counts are those of the real run. Each method refuses before it counts; what it returns
 * is what the operation needs to know. Thread-safe.
 *
 * <p>Results are held against the modulus twice, by the rule of {@link ModulusCapacity}: by their scale and the known operands
 * before the work, as the real run does, and by the bound on their slots where there is one.
 */
abstract class SlotBooks<V> {
    private final int slots;
    private final int maxLevel;
    private final ModulusCapacity capacity;
    private final boolean transparentAllowed;
    private final OperationLedger ledger;
    private final Refresher.Limits limits;

    /** @param limits null without a refresher */
    SlotBooks(int slots, ModulusCapacity capacity, boolean transparentAllowed, Refresher.Limits limits) {
        this.slots = slots;
        this.maxLevel = capacity.maxLevel();
        this.capacity = capacity;
        this.transparentAllowed = transparentAllowed;
        this.limits = SlotChecks.limits(limits, slots, maxLevel);
        this.ledger = new OperationLedger(maxLevel);
    }

    /** The value, if it belongs to this algebra. */
    abstract V own(String operation, V v);

    abstract int level(V v);

    abstract int scaleDegree(V v);

    abstract int components(V v);

    /** At least the largest magnitude of a slot; NaN if unknown. */
    abstract double bound(V v);

    /** The value's own scale, which is canonical for scale degrees 1 and 2. */
    abstract double scale(V v);

    abstract void requireRelinearizationKey(String operation);

    abstract void requireConjugationKey(String operation);

    /** @param step normalised and not 0 */
    abstract void requireRotationKey(String operation, int step);

    OperationCounts counts() {
        return ledger.snapshot();
    }

    double seconds(OperationPrices prices) {
        return ledger.seconds(prices);
    }

    Map<Operation, Double> secondsByOperation(OperationPrices prices) {
        return ledger.secondsByOperation(prices);
    }

    ModulusCapacity capacity() {
        return capacity;
    }

    private double scale(int level, int scaleDegree) {
        double s = capacity.scale(level);
        return scaleDegree == 2 ? s * s : s;
    }

    /** The rule, by scale; values of other scales than the canonical ones are the evaluator's to refuse. */
    private void requireUnknown(String operation, int scaleDegree, int level) {
        if (scaleDegree != 0) {
            capacity.requireUnknown(operation, 1, scale(level, scaleDegree), level);
        }
    }

    /** The rule, by a bound on the slots if there is one. */
    void holds(String operation, double bound, int level, int scaleDegree) {
        if (!Double.isNaN(bound)) {
            capacity.requireKnown(operation, bound, scale(level, scaleDegree), level);
        }
    }

    /** The rule of transparent results, by the components of a rehearsal. */
    void hidden(String operation, SimulatedComponents parts) {
        SlotChecks.notTransparent(operation, parts.transparent(), transparentAllowed);
    }

    /** The level of a sum of two values. */
    int sum(String operation, V a, V b) {
        own(operation, a);
        own(operation, b);
        SlotChecks.equalScaleDegrees(operation, scaleDegree(a), scaleDegree(b));
        int level = align(operation, List.of(a, b));
        requireUnknown(operation, scaleDegree(a), level);
        ledger.count(Operation.ADDITION, level);
        return level;
    }

    /** The level of a difference of two values. */
    int difference(String operation, V a, V b) {
        own(operation, a);
        SlotChecks.notTransparent(operation, a == b, transparentAllowed);
        return sum(operation, a, b);
    }

    void plainSum(String operation, V a, PlainVector p) {
        own(operation, a);
        SlotChecks.size(operation, slots, p.size());
        plainVector(operation, p, level(a), scale(a));
        ledger.count(Operation.ADDITION, level(a));
    }

    void constantSum(String operation, V a, double c) {
        own(operation, a);
        SlotChecks.finite(operation, c);
        plainOperand(operation, Math.abs(c), level(a), scale(a));
        ledger.count(Operation.ADDITION, level(a));
    }

    /** A plain vector must fit by itself, and not vanish: its coefficients may be far smaller than its slots. */
    private void plainVector(String operation, PlainVector p, int level, double scale) {
        plainOperand(operation, p.largest(), level, scale);
        if (p.largest() != 0 && p.largest() * scale < 2.0 * slots && p.vanishes(scale)) {
            throw ModulusCapacity.roundedToZero(operation, p.largest(), scale);
        }
    }

    /** A plain operand must fit by itself, and not vanish. */
    private void plainOperand(String operation, double largest, int level, double scale) {
        ModulusCapacity.requireNotRoundedToZero(operation, largest, scale);
        capacity.requireKnown(operation, largest, scale, level);
    }

    /** The level of a sum of plain products. */
    int plainProducts(String operation, List<V> a, List<PlainVector> p) {
        SlotChecks.equalSizes(operation, a, p);
        for (int i = 0; i < a.size(); i++) {
            degreeOne(operation, a.get(i));
            SlotChecks.size(operation, slots, p.get(i).size());
        }
        int level = align(operation, a);
        plainFactors(operation, level, p);
        ledger.count(Operation.PLAIN_MULTIPLICATION, level);
        ledger.count(Operation.PLAIN_TERM, level, a.size() - 1);
        return level;
    }

    /** Plain factors of one sum; null where a term is left out. */
    private void plainFactors(String operation, int level, List<PlainVector> p) {
        double most = 0;
        for (PlainVector v : p) {
            if (v != null) {
                plainVector(operation, v, level, capacity.scale(level));
                most = Math.max(most, v.largest());
            }
        }
        capacity.requireUnknown(operation, most, scale(level, 2), level);
        SlotChecks.notTransparent(operation, most == 0, transparentAllowed);
    }

    void constantProduct(String operation, V a, double c) {
        degreeOne(operation, a);
        SlotChecks.finite(operation, c);
        plainOperand(operation, Math.abs(c), level(a), capacity.scale(level(a)));
        capacity.requireUnknown(operation, Math.abs(c), scale(level(a), 2), level(a));
        SlotChecks.notTransparent(operation, c == 0, transparentAllowed);
        ledger.count(Operation.CONSTANT_MULTIPLICATION, level(a));
    }

    void integerProduct(String operation, V a, long k) {
        own(operation, a);
        capacity.requireUnknown(operation, Math.abs((double) k), scale(a), level(a));
        SlotChecks.notTransparent(operation, k == 0, transparentAllowed);
        ledger.count(Operation.ADDITION, level(a));
    }

    /** The level of a sum of products of values, which {@link #relinearization} may follow. */
    int products(String operation, List<V> a, List<V> b) {
        SlotChecks.equalSizes(operation, a, b);
        List<V> factors = new ArrayList<>(a);
        factors.addAll(b);
        for (V v : factors) {
            own(operation, v);
            SlotChecks.factor(operation, scaleDegree(v), components(v));
        }
        int level = align(operation, factors);
        capacity.requireUnknown(operation, 1, scale(level, 2), level);
        ledger.count(Operation.MULTIPLICATION, level);
        ledger.count(Operation.PRODUCT_TERM, level, a.size() - 1);
        return level;
    }

    /** @param level of the value */
    void relinearization(String operation, int level) {
        requireRelinearizationKey(operation);
        ledger.count(Operation.RELINEARIZATION, level);
    }

    void rescaling(V a) {
        own("rescale", a);
        SlotChecks.canRescale(level(a), scaleDegree(a), maxLevel);
        ledger.count(Operation.RESCALE, level(a));
        ledger.level(level(a) - 1);
    }

    /** Whether there is anything to drop. */
    boolean drop(V a, int level) {
        own("dropToLevel", a);
        SlotChecks.canDrop("dropToLevel", level(a), level);
        if (level == level(a)) {
            return false;
        }
        lowered("dropToLevel", a, level);
        ledger.count(Operation.ALIGNMENT, level + 1);
        ledger.level(level);
        return true;
    }

    /** Whether there are limbs to drop. */
    boolean dropLimbs(V a, int level) {
        degreeOne("dropLimbs", a);
        SlotChecks.canDrop("dropLimbs", level(a), level);
        if (level == level(a)) {
            return false;
        }
        lowered("dropLimbs", a, level);
        ledger.level(level);
        return true;
    }

    double limbFactor(int fromLevel, int toLevel) {
        SlotChecks.canDrop("limbFactor", maxLevel, fromLevel);
        SlotChecks.canDrop("limbFactor", maxLevel, toLevel);
        return capacity.scale(fromLevel) / capacity.scale(toLevel);
    }

    /** The limits of a value that may be refreshed; {@link #refreshed} follows. */
    Refresher.Limits refreshable(V a) {
        own("refresh", a);
        SlotChecks.canRefresh(limits, level(a), scaleDegree(a), components(a));
        return limits;
    }

    /** Levels may rise: nothing here takes them to fall only. */
    V refreshed(V result) {
        own("refresh", result);
        SlotChecks.refreshed(limits, level(result), scaleDegree(result), components(result));
        ledger.count(Operation.REFRESH, level(result));
        return result;
    }

    /** The power from 0 to below 2N. */
    int monomial(V a, int power) {
        own("multiplyByMonomial", a);
        return Math.floorMod(power, 4 * slots);
    }

    /** The normalised step; 0 if there is nothing to rotate. */
    int rotation(V a, int stepsLeft) {
        rotatable("rotate", a);
        int step = SlotChecks.normalise(stepsLeft, slots);
        if (step != 0) {
            requireRotationKey("rotate", step);
            ledger.rotation(level(a), step);
        }
        return step;
    }

    /** The normalised steps. */
    int[] rotations(String operation, V a, int[] stepsLeft) {
        return rotations(operation, a, stepsLeft, stepsLeft.length);
    }

    private int[] rotations(String operation, V a, int[] stepsLeft, int divisions) {
        rotatable(operation, a);
        int[] steps = SlotChecks.normalise(operation, stepsLeft, slots);
        for (int step : steps) {
            if (step != 0) {
                requireRotationKey(operation, step);
            }
        }
        ledger.hoistedRotations(level(a), steps, divisions);
        return steps;
    }

    /** The normalised steps of sums of plain products of rotations. */
    int[] rotatedSums(String operation, V a, int[] stepsLeft, List<List<PlainVector>> p) {
        degreeOne(operation, a);
        SlotChecks.sums(operation, stepsLeft.length, p);
        int products = 0;
        for (List<PlainVector> sum : p) {
            for (PlainVector v : sum) {
                if (v != null) {
                    SlotChecks.size(operation, slots, v.size());
                    products++;
                }
            }
            plainFactors(operation, level(a), sum);
        }
        int[] steps = rotations(operation, a, stepsLeft, p.size());
        ledger.count(Operation.PLAIN_MULTIPLICATION, level(a), p.size());
        ledger.count(Operation.PLAIN_TERM, level(a), products - p.size());
        return steps;
    }

    /** The normalised giant steps after {@link #rotatedSums} of one level and scale degree 2, with the additions between them. */
    int[] giantSteps(String operation, V a, int sums, int[] giantSteps) {
        SlotChecks.giantSteps(operation, sums, giantSteps.length);
        int[] steps = new int[sums];
        for (int o = sums - 1; o >= 0; o--) {
            steps[o] = rotation(a, giantSteps[o]);
            if (o > 0) {
                capacity.requireUnknown("add", 1, scale(level(a), 2), level(a));
                ledger.count(Operation.ADDITION, level(a));
            }
        }
        return steps;
    }

    void conjugation(V a) {
        rotatable("conjugate", a);
        requireConjugationKey("conjugate");
        ledger.count(Operation.CONJUGATION, level(a));
    }

    private void rotatable(String operation, V a) {
        own(operation, a);
        SlotChecks.twoComponents(operation, components(a));
    }

    private void degreeOne(String operation, V a) {
        own(operation, a);
        SlotChecks.scaleDegreeOne(operation, scaleDegree(a));
    }

    /** A value must still fit where it is brought down to. */
    private void lowered(String operation, V a, int level) {
        requireUnknown(operation, scaleDegree(a), level);
        holds(operation, bound(a), level, scaleDegree(a));
    }

    /** Lowest level of the values; counts those above it. */
    private int align(String operation, List<V> values) {
        int level = maxLevel;
        for (V v : values) {
            level = Math.min(level, level(v));
        }
        for (V v : values) {
            if (level(v) > level) {
                lowered(operation, v, level);
            }
        }
        for (V v : values) {
            if (level(v) > level) {
                ledger.count(Operation.ALIGNMENT, level + 1);
            }
        }
        return level;
    }
}
