package io.github.hecnn.ckks.slots;

import io.github.hecnn.ckks.cost.Operation;
import io.github.hecnn.ckks.cost.OperationPrices;
import io.github.hecnn.ckks.error.IntervalException;
import io.github.hecnn.ckks.params.ModulusCapacity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** The operations of {@link SimulatedSlotAlgebra}: books first, then slots, then whether these still fit. Thread-safe. */
abstract class SimulatedOperations implements SlotAlgebra<SimulatedVector> {
    final int slots;
    final int maxLevel;
    final boolean booksOnly;
    final SlotBooks<SimulatedVector> books;
    /** Null without a noise model. */
    final NoiseTracker noise;

    private final Consumer<IntervalException> intervalListener;
    private final AtomicLong encryptions = new AtomicLong();

    /**
     * @param limits null without a refresher
     * @param noise null without a noise model
     * @param intervalListener null to refuse slots outside of an interval
     */
    SimulatedOperations(
            int slots,
            boolean booksOnly,
            ModulusCapacity capacity,
            boolean transparentAllowed,
            SimulatedBooks.Keys keys,
            Refresher.Limits limits,
            NoiseTracker noise,
            Consumer<IntervalException> intervalListener) {
        this.slots = slots;
        this.maxLevel = capacity.maxLevel();
        this.booksOnly = booksOnly;
        this.noise = noise;
        this.intervalListener = intervalListener;
        this.books = new SimulatedBooks(this, slots, capacity, transparentAllowed, keys, limits);
    }

    /** A result, which has to fit. */
    final SimulatedVector value(
            String operation, int level, int scaleDegree, SimulatedComponents parts, SlotValues values) {
        books.holds(operation, values.bound, level, scaleDegree);
        books.hidden(operation, parts);
        return new SimulatedVector(this, level, scaleDegree, parts, values);
    }

    /** Of a new encryption. */
    final SimulatedComponents freshParts() {
        return SimulatedComponents.fresh(encryptions.incrementAndGet());
    }

    private double scale(int level) {
        return books.capacity().scale(level);
    }

    /** A result with its errors, if they are followed. */
    private SimulatedVector noisy(SimulatedVector result, Supplier<SlotErrors> errors) {
        return noise == null ? result : result.with(errors.get());
    }

    private SimulatedVector like(String operation, SimulatedVector a, SimulatedComponents parts, SlotValues values) {
        return value(operation, a.level, a.scaleDegree, parts, values);
    }

    @Override
    public int slots() {
        return slots;
    }

    @Override
    public int maxLevel() {
        return maxLevel;
    }

    @Override
    public int level(SimulatedVector v) {
        return books.own("level", v).level;
    }

    @Override
    public int scaleDegree(SimulatedVector v) {
        return books.own("scaleDegree", v).scaleDegree;
    }

    @Override
    public double smallestConstant(SimulatedVector v) {
        return ModulusCapacity.smallestConstant(books.capacity().scale(books.own("smallestConstant", v).level));
    }

    @Override
    public void requireWithin(String operation, SimulatedVector v, double low, double high, PlainVector where) {
        books.own(operation, v);
        SlotChecks.interval(operation, low, high);
        if (where != null) {
            SlotChecks.size(operation, slots, where.size());
        }
        if (booksOnly) {
            return;
        }
        report(SlotChecks.outside(operation, v.values.re, low, high, where));
    }

    @Override
    public void requireMagnitude(String operation, SimulatedVector v, double low, double high, PlainVector where) {
        requireWithin(operation, v, -high, high, null);
        if (!booksOnly) {
            report(SlotChecks.tooSmall(operation, v.values.re, low, high, where));
        }
    }

    private void report(IntervalException outside) {
        if (outside == null) {
            return;
        }
        if (intervalListener == null) {
            throw outside;
        }
        intervalListener.accept(outside);
    }

    @Override
    public SimulatedVector add(SimulatedVector a, SimulatedVector b) {
        int level = books.sum("add", a, b);
        SimulatedVector sum = value("add", level, a.scaleDegree, combined(a, b, 1, level), a.values.plus(b.values));
        return noisy(sum, () -> noise.combined(a, b, 1, level, sum.values.bound));
    }

    @Override
    public SimulatedVector subtract(SimulatedVector a, SimulatedVector b) {
        int level = books.difference("subtract", a, b);
        SimulatedVector difference =
                value("subtract", level, a.scaleDegree, combined(a, b, -1, level), a.values.minus(b.values));
        return noisy(difference, () -> noise.combined(a, b, -1, level, difference.values.bound));
    }

    private static SimulatedComponents combined(SimulatedVector a, SimulatedVector b, int sign, int level) {
        return a.parts.aligned(a.level, level).plus(b.parts.aligned(b.level, level), sign);
    }

    @Override
    public SimulatedVector negate(SimulatedVector a) {
        books.own("negate", a);
        return noisy(like("negate", a, a.parts.timesInteger(-1), a.values.times(-1)), () -> noise.timesInteger(a, -1));
    }

    @Override
    public SimulatedVector addPlain(SimulatedVector a, PlainVector p) {
        books.plainSum("addPlain", a, p);
        SimulatedVector sum = like("addPlain", a, a.parts.plus(p, 1, books.scale(a)), a.values.plus(p, 1));
        return noisy(sum, () -> noise.plus(a, p, 1, sum.values.bound));
    }

    @Override
    public SimulatedVector subtractPlain(SimulatedVector a, PlainVector p) {
        books.plainSum("subtractPlain", a, p);
        SimulatedVector difference =
                like("subtractPlain", a, a.parts.plus(p, -1, books.scale(a)), a.values.plus(p, -1));
        return noisy(difference, () -> noise.plus(a, p, -1, difference.values.bound));
    }

    @Override
    public SimulatedVector addConstant(SimulatedVector a, double c) {
        books.constantSum("addConstant", a, c);
        SimulatedVector sum = like("addConstant", a, a.parts.plus(c, books.scale(a)), a.values.plus(c));
        return noisy(sum, () -> noise.plus(a, c, sum.values.bound));
    }

    @Override
    public SimulatedVector multiplyPlain(SimulatedVector a, PlainVector p) {
        return plainSum("multiplyPlain", List.of(a), List.of(p));
    }

    @Override
    public SimulatedVector sumOfPlainProducts(List<SimulatedVector> a, List<PlainVector> p) {
        return plainSum("sumOfPlainProducts", a, p);
    }

    private SimulatedVector plainSum(String operation, List<SimulatedVector> a, List<PlainVector> p) {
        int level = books.plainProducts(operation, a, p);
        SimulatedComponents parts =
                a.get(0).parts.aligned(a.get(0).level, level).times(p.get(0), scale(level));
        for (int i = 1; i < a.size(); i++) {
            SimulatedComponents x = a.get(i).parts.aligned(a.get(i).level, level);
            parts = parts.plus(x.times(p.get(i), scale(level)), 1);
        }
        SimulatedVector sum = value(operation, level, 2, parts, SlotValues.sumOfPlainProducts(values(a), p));
        return noisy(sum, () -> noise.sumOfPlainProducts(a, p, level));
    }

    private static List<SlotValues> values(List<SimulatedVector> a) {
        return a.stream().map(v -> v.values).toList();
    }

    @Override
    public SimulatedVector multiplyConstant(SimulatedVector a, double c) {
        books.constantProduct("multiplyConstant", a, c);
        SimulatedVector product =
                value("multiplyConstant", a.level, 2, a.parts.times(c, scale(a.level)), a.values.times(c));
        return noisy(product, () -> noise.timesConstant(a, c));
    }

    @Override
    public SimulatedVector multiplyInteger(SimulatedVector a, long k) {
        books.integerProduct("multiplyInteger", a, k);
        return noisy(
                like("multiplyInteger", a, a.parts.timesInteger(k), a.values.times((double) k)),
                () -> noise.timesInteger(a, k));
    }

    @Override
    public SimulatedVector multiplyByI(SimulatedVector a) {
        books.own("multiplyByI", a);
        return noisy(
                like("multiplyByI", a, a.parts.timesMonomial(slots, slots), a.values.timesI()), () -> noise.timesI(a));
    }

    @Override
    public SimulatedVector multiplyByMonomial(SimulatedVector a, int power) {
        int exponent = books.monomial(a, power);
        if (exponent == 0) {
            return a;
        }
        PlainVector roots = SlotValues.monomial(exponent, slots);
        return noisy(
                like("multiplyByMonomial", a, a.parts.timesMonomial(exponent, slots), a.values.times(roots)),
                () -> noise.timesMonomial(a, exponent, roots));
    }

    @Override
    public SimulatedVector multiply(SimulatedVector a, SimulatedVector b) {
        return relinearized("multiply", product("multiply", List.of(a), List.of(b)));
    }

    @Override
    public SimulatedVector multiplyNoRelin(SimulatedVector a, SimulatedVector b) {
        return product("multiplyNoRelin", List.of(a), List.of(b));
    }

    @Override
    public SimulatedVector square(SimulatedVector a) {
        return relinearized("square", product("square", List.of(a), List.of(a)));
    }

    @Override
    public SimulatedVector sumOfProducts(List<SimulatedVector> a, List<SimulatedVector> b) {
        return product("sumOfProducts", a, b);
    }

    private SimulatedVector product(String operation, List<SimulatedVector> a, List<SimulatedVector> b) {
        int level = books.products(operation, a, b);
        SimulatedComponents parts = product(a.get(0), b.get(0), level);
        for (int i = 1; i < a.size(); i++) {
            parts = parts.plus(product(a.get(i), b.get(i), level), 1);
        }
        SimulatedVector sum = value(operation, level, 2, parts, SlotValues.sumOfProducts(values(a), values(b)));
        return noisy(sum, () -> noise.sumOfProducts(a, b, level));
    }

    private static SimulatedComponents product(SimulatedVector a, SimulatedVector b, int level) {
        return a.parts.aligned(a.level, level).times(b.parts.aligned(b.level, level));
    }

    @Override
    public SimulatedVector relinearize(SimulatedVector a) {
        books.own("relinearize", a);
        return a.parts.size() == 2 ? a : relinearized("relinearize", a);
    }

    private SimulatedVector relinearized(String operation, SimulatedVector a) {
        books.relinearization(operation, a.level);
        return noisy(like(operation, a, a.parts.relinearized(), a.values), () -> noise.relinearized(a));
    }

    @Override
    public SimulatedVector rescale(SimulatedVector a) {
        books.rescaling(a);
        return noisy(value("rescale", a.level - 1, 1, a.parts.rescaled(a.level), a.values), () -> noise.rescaled(a));
    }

    @Override
    public SimulatedVector relinearizeAndRescale(SimulatedVector a) {
        if (books.own("relinearize", a).parts.size() == 2) {
            return rescale(a);
        }
        books.relinearization("relinearize", a.level);
        books.rescaling(a);
        return noisy(
                value("rescale", a.level - 1, 1, a.parts.relinearizedAndRescaled(a.level), a.values),
                () -> noise.relinearizedAndRescaled(a));
    }

    @Override
    public SimulatedVector dropToLevel(SimulatedVector a, int level) {
        if (!books.drop(a, level)) {
            return a;
        }
        SimulatedVector lower = value("dropToLevel", level, a.scaleDegree, a.parts.aligned(a.level, level), a.values);
        return noisy(lower, () -> noise.aligned(a, level));
    }

    @Override
    public SimulatedVector dropLimbs(SimulatedVector a, int level) {
        if (!books.dropLimbs(a, level)) {
            return a;
        }
        double factor = books.limbFactor(a.level, level);
        SlotValues values = a.values.times(factor);
        return noisy(value("dropLimbs", level, 1, a.parts, values), () -> noise.limbsDropped(a, factor, level));
    }

    @Override
    public double limbFactor(int fromLevel, int toLevel) {
        return books.limbFactor(fromLevel, toLevel);
    }

    @Override
    public SimulatedVector refresh(SimulatedVector a) {
        Refresher.Limits limits = books.refreshable(a);
        if (booksOnly) {
            report(SlotChecks.beyond(limits, a.values.bound));
        } else {
            SlotChecks.repeats(limits.period(), a.values.re);
            SlotChecks.repeats(limits.period(), a.values.im);
            report(SlotChecks.beyond(limits, a.values));
        }
        SlotValues values = limits.complexSlots() ? a.values : a.values.realPart();
        SimulatedVector raised = value("refresh", limits.outputLevel(), 1, freshParts(), values);
        return books.refreshed(noisy(raised, () -> noise.refreshed(a, limits)));
    }

    @Override
    public SimulatedVector rotate(SimulatedVector a, int stepsLeft) {
        return rotated(a, books.rotation(a, stepsLeft));
    }

    @Override
    public List<SimulatedVector> rotateHoisted(SimulatedVector a, int[] stepsLeft) {
        List<SimulatedVector> out = new ArrayList<>(stepsLeft.length);
        for (int step : books.rotations("rotateHoisted", a, stepsLeft)) {
            out.add(rotated(a, step));
        }
        return List.copyOf(out);
    }

    private SimulatedVector rotated(SimulatedVector a, int step) {
        return step == 0
                ? a
                : noisy(like("rotate", a, a.parts.rotated(step), a.values.rotate(step)), () -> noise.rotated(a, step));
    }

    @Override
    public List<SimulatedVector> sumsOfRotatedPlainProducts(
            SimulatedVector a, int[] stepsLeft, List<List<PlainVector>> p) {
        String operation = "sumsOfRotatedPlainProducts";
        List<SlotValues> rotated = new ArrayList<>(stepsLeft.length);
        int[] steps = books.rotatedSums(operation, a, stepsLeft, p);
        for (int step : steps) {
            rotated.add(a.values.rotate(step));
        }
        List<SimulatedVector> sums = p.stream()
                .map(sum -> value(
                        operation,
                        a.level,
                        2,
                        a.parts.rotatedPlainSum(steps, sum, scale(a.level)),
                        SlotValues.sumOfPlainProducts(rotated, sum)))
                .toList();
        if (noise == null) {
            return sums;
        }
        List<SlotErrors> errors = noise.rotatedPlainSums(a, steps, rotated, p);
        return IntStream.range(0, sums.size())
                .mapToObj(o -> sums.get(o).with(errors.get(o)))
                .toList();
    }

    @Override
    public SimulatedVector conjugate(SimulatedVector a) {
        books.conjugation(a);
        return noisy(like("conjugate", a, a.parts.conjugated(), a.values.conjugate()), () -> noise.conjugated(a));
    }

    /**
     * What everything so far would take on one thread, each operation at its own level. Plain vectors count as encoded before.
     *
     * @param prices those of the parameters of the run
     * @return seconds: good for comparing circuits and for a progress bar, not a promise
     */
    public double seconds(OperationPrices prices) {
        return books.seconds(prices);
    }

    /**
     * The same for each kind of operation there was.
     *
     * @param prices seconds of every operation at every level of these parameters
     * @return seconds by operation
     */
    public Map<Operation, Double> secondsByOperation(OperationPrices prices) {
        return books.secondsByOperation(prices);
    }

    @Override
    public OperationCounts counts() {
        return books.counts();
    }
}
