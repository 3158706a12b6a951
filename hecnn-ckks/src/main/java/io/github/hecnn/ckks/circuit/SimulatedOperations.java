package io.github.hecnn.ckks.circuit;

import io.github.hecnn.ckks.error.IntervalException;
import io.github.hecnn.ckks.params.ModulusCapacity;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The operations of {@link SimulatedSlotAlgebra}: books first, then slots, then whether these still fit. Thread-safe. */
abstract class SimulatedOperations implements SlotAlgebra<SimulatedVector> {
    final int slots;
    final int maxLevel;
    final boolean booksOnly;
    final SlotBooks<SimulatedVector> books;
    private final Consumer<IntervalException> intervalListener;

    /** @param intervalListener null to refuse slots outside of an interval */
    SimulatedOperations(
            int slots,
            boolean booksOnly,
            ModulusCapacity capacity,
            boolean transparentAllowed,
            SimulatedBooks.Keys keys,
            Consumer<IntervalException> intervalListener) {
        this.slots = slots;
        this.maxLevel = capacity.maxLevel();
        this.booksOnly = booksOnly;
        this.intervalListener = intervalListener;
        this.books = new SimulatedBooks(this, capacity, transparentAllowed, keys);
    }

    /** A result, which has to fit. */
    final SimulatedVector value(String operation, int level, int scaleDegree, int components, SlotValues values) {
        books.holds(operation, values.bound, level, scaleDegree);
        return new SimulatedVector(this, level, scaleDegree, components, values);
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
        IntervalException outside = SlotChecks.outside(operation, v.values.re, low, high, where);
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
        return value("add", level, a.scaleDegree, Math.max(a.components, b.components), a.values.plus(b.values));
    }

    @Override
    public SimulatedVector subtract(SimulatedVector a, SimulatedVector b) {
        int level = books.difference("subtract", a, b);
        return value("subtract", level, a.scaleDegree, Math.max(a.components, b.components), a.values.minus(b.values));
    }

    @Override
    public SimulatedVector negate(SimulatedVector a) {
        return like("negate", books.own("negate", a), a.values.times(-1));
    }

    @Override
    public SimulatedVector addPlain(SimulatedVector a, PlainVector p) {
        books.plainSum("addPlain", a, p);
        return like("addPlain", a, a.values.plus(p, 1));
    }

    @Override
    public SimulatedVector subtractPlain(SimulatedVector a, PlainVector p) {
        books.plainSum("subtractPlain", a, p);
        return like("subtractPlain", a, a.values.plus(p, -1));
    }

    @Override
    public SimulatedVector addConstant(SimulatedVector a, double c) {
        books.constantSum("addConstant", a, c);
        return like("addConstant", a, a.values.plus(c));
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
        return value(operation, level, 2, components, SlotValues.sumOfPlainProducts(values(a), p));
    }

    private static List<SlotValues> values(List<SimulatedVector> a) {
        return a.stream().map(v -> v.values).toList();
    }

    @Override
    public SimulatedVector multiplyConstant(SimulatedVector a, double c) {
        books.constantProduct("multiplyConstant", a, c);
        return value("multiplyConstant", a.level, 2, a.components, a.values.times(c));
    }

    @Override
    public SimulatedVector multiplyInteger(SimulatedVector a, long k) {
        books.integerProduct("multiplyInteger", a, k);
        return like("multiplyInteger", a, a.values.times((double) k));
    }

    @Override
    public SimulatedVector multiplyByI(SimulatedVector a) {
        return like("multiplyByI", books.own("multiplyByI", a), a.values.timesI());
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
        return value(operation, level, 2, 3, SlotValues.sumOfProducts(values(a), values(b)));
    }

    @Override
    public SimulatedVector relinearize(SimulatedVector a) {
        books.own("relinearize", a);
        return a.components == 2 ? a : relinearized("relinearize", a);
    }

    private SimulatedVector relinearized(String operation, SimulatedVector a) {
        books.relinearization(operation);
        return new SimulatedVector(this, a.level, a.scaleDegree, 2, a.values);
    }

    @Override
    public SimulatedVector rescale(SimulatedVector a) {
        books.rescaling(a);
        return value("rescale", a.level - 1, 1, a.components, a.values);
    }

    @Override
    public SimulatedVector dropToLevel(SimulatedVector a, int level) {
        return books.drop(a, level) ? new SimulatedVector(this, level, a.scaleDegree, a.components, a.values) : a;
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
        return step == 0 ? a : like("rotate", a, a.values.rotate(step));
    }

    @Override
    public List<SimulatedVector> sumsOfRotatedPlainProducts(
            SimulatedVector a, int[] stepsLeft, List<List<PlainVector>> p) {
        String operation = "sumsOfRotatedPlainProducts";
        List<SlotValues> rotated = new ArrayList<>(stepsLeft.length);
        for (int step : books.rotatedSums(operation, a, stepsLeft, p)) {
            rotated.add(a.values.rotate(step));
        }
        return p.stream()
                .map(sum -> value(operation, a.level, 2, 2, SlotValues.sumOfPlainProducts(rotated, sum)))
                .toList();
    }

    @Override
    public SimulatedVector conjugate(SimulatedVector a) {
        books.conjugation(a);
        return like("conjugate", a, a.values.conjugate());
    }

    @Override
    public OperationCounts counts() {
        return books.counts();
    }
}
