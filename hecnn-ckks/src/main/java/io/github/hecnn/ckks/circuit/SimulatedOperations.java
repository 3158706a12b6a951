package io.github.hecnn.ckks.circuit;

import io.github.hecnn.ckks.cost.OperationPrices;
import io.github.hecnn.ckks.error.IntervalException;
import io.github.hecnn.ckks.params.ModulusCapacity;
import java.util.ArrayList;
import java.util.List;
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
        this.books = new SimulatedBooks(this, capacity, transparentAllowed, keys, limits);
    }

    /** A result, which has to fit. */
    final SimulatedVector value(String operation, int level, int scaleDegree, int components, SlotValues values) {
        books.holds(operation, values.bound, level, scaleDegree);
        return new SimulatedVector(this, level, scaleDegree, components, values);
    }

    /** A result with its errors, if they are followed. */
    private SimulatedVector noisy(SimulatedVector result, Supplier<SlotErrors> errors) {
        return noise == null ? result : result.with(errors.get());
    }

    private SimulatedVector like(String operation, SimulatedVector a, SlotValues values) {
        return value(operation, a.level, a.scaleDegree, a.components, values);
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
        int components = Math.max(a.components, b.components);
        SimulatedVector sum = value("add", level, a.scaleDegree, components, a.values.plus(b.values));
        return noisy(sum, () -> noise.combined(a, b, 1, level, sum.values.bound));
    }

    @Override
    public SimulatedVector subtract(SimulatedVector a, SimulatedVector b) {
        int level = books.difference("subtract", a, b);
        int components = Math.max(a.components, b.components);
        SimulatedVector difference = value("subtract", level, a.scaleDegree, components, a.values.minus(b.values));
        return noisy(difference, () -> noise.combined(a, b, -1, level, difference.values.bound));
    }

    @Override
    public SimulatedVector negate(SimulatedVector a) {
        return noisy(like("negate", books.own("negate", a), a.values.times(-1)), () -> noise.timesInteger(a, -1));
    }

    @Override
    public SimulatedVector addPlain(SimulatedVector a, PlainVector p) {
        books.plainSum("addPlain", a, p);
        SimulatedVector sum = like("addPlain", a, a.values.plus(p, 1));
        return noisy(sum, () -> noise.plus(a, p, 1, sum.values.bound));
    }

    @Override
    public SimulatedVector subtractPlain(SimulatedVector a, PlainVector p) {
        books.plainSum("subtractPlain", a, p);
        SimulatedVector difference = like("subtractPlain", a, a.values.plus(p, -1));
        return noisy(difference, () -> noise.plus(a, p, -1, difference.values.bound));
    }

    @Override
    public SimulatedVector addConstant(SimulatedVector a, double c) {
        books.constantSum("addConstant", a, c);
        SimulatedVector sum = like("addConstant", a, a.values.plus(c));
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
        int components = a.stream().mapToInt(v -> v.components).max().orElse(2);
        SimulatedVector sum = value(operation, level, 2, components, SlotValues.sumOfPlainProducts(values(a), p));
        return noisy(sum, () -> noise.sumOfPlainProducts(a, p, level));
    }

    private static List<SlotValues> values(List<SimulatedVector> a) {
        return a.stream().map(v -> v.values).toList();
    }

    @Override
    public SimulatedVector multiplyConstant(SimulatedVector a, double c) {
        books.constantProduct("multiplyConstant", a, c);
        SimulatedVector product = value("multiplyConstant", a.level, 2, a.components, a.values.times(c));
        return noisy(product, () -> noise.timesConstant(a, c));
    }

    @Override
    public SimulatedVector multiplyInteger(SimulatedVector a, long k) {
        books.integerProduct("multiplyInteger", a, k);
        return noisy(like("multiplyInteger", a, a.values.times((double) k)), () -> noise.timesInteger(a, k));
    }

    @Override
    public SimulatedVector multiplyByI(SimulatedVector a) {
        return noisy(like("multiplyByI", books.own("multiplyByI", a), a.values.timesI()), () -> noise.timesI(a));
    }

    @Override
    public SimulatedVector multiplyByMonomial(SimulatedVector a, int power) {
        int exponent = books.monomial(a, power);
        if (exponent == 0) {
            return a;
        }
        PlainVector roots = SlotValues.monomial(exponent, slots);
        return noisy(
                like("multiplyByMonomial", a, a.values.times(roots)), () -> noise.timesMonomial(a, exponent, roots));
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
        SimulatedVector sum = value(operation, level, 2, 3, SlotValues.sumOfProducts(values(a), values(b)));
        return noisy(sum, () -> noise.sumOfProducts(a, b, level));
    }

    @Override
    public SimulatedVector relinearize(SimulatedVector a) {
        books.own("relinearize", a);
        return a.components == 2 ? a : relinearized("relinearize", a);
    }

    private SimulatedVector relinearized(String operation, SimulatedVector a) {
        books.relinearization(operation, a.level);
        return noisy(new SimulatedVector(this, a.level, a.scaleDegree, 2, a.values), () -> noise.relinearized(a));
    }

    @Override
    public SimulatedVector rescale(SimulatedVector a) {
        books.rescaling(a);
        return noisy(value("rescale", a.level - 1, 1, a.components, a.values), () -> noise.rescaled(a));
    }

    @Override
    public SimulatedVector relinearizeAndRescale(SimulatedVector a) {
        if (books.own("relinearize", a).components == 2) {
            return rescale(a);
        }
        books.relinearization("relinearize", a.level);
        books.rescaling(a);
        return noisy(value("rescale", a.level - 1, 1, 2, a.values), () -> noise.relinearizedAndRescaled(a));
    }

    @Override
    public SimulatedVector dropToLevel(SimulatedVector a, int level) {
        if (!books.drop(a, level)) {
            return a;
        }
        SimulatedVector lower = new SimulatedVector(this, level, a.scaleDegree, a.components, a.values);
        return noisy(lower, () -> noise.aligned(a, level));
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
        SimulatedVector raised = value("refresh", limits.outputLevel(), 1, 2, values);
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
        return step == 0 ? a : noisy(like("rotate", a, a.values.rotate(step)), () -> noise.rotated(a, step));
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
                .map(sum -> value(operation, a.level, 2, 2, SlotValues.sumOfPlainProducts(rotated, sum)))
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
        return noisy(like("conjugate", a, a.values.conjugate()), () -> noise.conjugated(a));
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

    @Override
    public OperationCounts counts() {
        return books.counts();
    }
}
