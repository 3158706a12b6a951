package io.github.hecnn.ckks.slots;

import io.github.hecnn.ckks.noise.NoiseModel;
import io.github.hecnn.ckks.scheme.CkksEncoder.Slots;
import io.github.hecnn.ckks.scheme.EncodingErrors;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The noise of rehearsed operations: what the real run adds by {@link NoiseModel}, and how operands hand their errors on. Roundings of constants and
 * plain vectors are known; the rest is drawn. Thread-safe.
 */
final class NoiseTracker {
    private static final double ULP = 0x1p-52;

    /** Kinds of noise, so that one value's sources differ. */
    private enum Kind {
        FRESH,
        PLAIN,
        CONSTANT,
        PRODUCT,
        RESCALE,
        DROP,
        DROP_LIMBS,
        RELINEARIZE,
        RELINEARIZE_AND_RESCALE,
        KEY_PRODUCT,
        ROTATE,
        CONJUGATE,
        HOISTED_SUM,
        TIMES_I,
        MONOMIAL,
        REFRESH
    }

    private final NoiseModel model;
    private final int draws;
    private final int slots;
    private final EncodingErrors encoding;
    private final AtomicLong encryptions = new AtomicLong();
    private final AtomicLong plainVectors = new AtomicLong();
    private final Map<PlainVector, Plain> plain = Collections.synchronizedMap(new WeakHashMap<>());

    /** A plain vector's number and its rounding errors by scale. */
    private record Plain(long number, Map<Double, Slots> errors) {}

    NoiseTracker(NoiseModel model, int draws) {
        this.model = model;
        this.draws = draws;
        this.slots = model.parameters().slots();
        this.encoding = EncodingErrors.ofSlots(slots);
    }

    private ErrorSum sum() {
        return new ErrorSum(draws, slots);
    }

    private static long id(Kind kind, long a, long b) {
        return ErrorSum.mix(ErrorSum.mix(kind.name().hashCode(), a), b);
    }

    private Plain plain(PlainVector p) {
        return plain.computeIfAbsent(p, k -> new Plain(plainVectors.incrementAndGet(), new ConcurrentHashMap<>()));
    }

    private Slots plainError(PlainVector p, double scale) {
        return plain(p).errors().computeIfAbsent(scale, s -> encoding.of(p.realParts(), p.imaginaryParts(), s));
    }

    private double scale(int level, int scaleDegree) {
        double s = model.parameters().scale(level);
        return scaleDegree == 2 ? s * s : s;
    }

    SlotErrors fresh(int level, double bound) {
        long id = id(Kind.FRESH, encryptions.incrementAndGet(), draws);
        return sum().addNoise(id, model.fresh(level)).id(id).floor(ULP * bound).errors();
    }

    /** The errors of an operand where it is brought down to a level. */
    SlotErrors aligned(SimulatedVector a, int level) {
        if (a.level == level) {
            return a.errors;
        }
        long id = id(Kind.DROP, a.errors.id, level);
        double relative = model.alignmentError(a.level, level, a.scaleDegree);
        return sum().add(a.errors, 1 + relative)
                .addKnown(a.values.re, a.values.im, relative)
                .addNoise(id, model.rounding(level, a.scaleDegree, a.parts.size()))
                .id(id)
                .floor(a.errors.floor)
                .errors();
    }

    SlotErrors combined(SimulatedVector a, SimulatedVector b, int sign, int level, double bound) {
        SlotErrors x = aligned(a, level);
        SlotErrors y = aligned(b, level);
        return sum().add(x, 1)
                .add(y, sign)
                .id(x.id + sign * y.id)
                .floor(x.floor + y.floor + ULP * bound)
                .errors();
    }

    SlotErrors plus(SimulatedVector a, PlainVector p, int sign, double bound) {
        Slots e = plainError(p, scale(a.level, a.scaleDegree));
        return sum().add(a.errors, 1)
                .addKnown(e.re(), e.im(), sign)
                .id(a.errors.id + sign * id(Kind.PLAIN, plain(p).number(), 0))
                .floor(a.errors.floor + ULP * (bound + p.largest()))
                .errors();
    }

    SlotErrors plus(SimulatedVector a, double c, double bound) {
        return sum().add(a.errors, 1)
                .addKnown(model.constantError(c, a.level, a.scaleDegree))
                .id(a.errors.id + id(Kind.CONSTANT, Double.doubleToLongBits(c), 0))
                .floor(a.errors.floor + ULP * (bound + Math.abs(c)))
                .errors();
    }

    SlotErrors timesInteger(SimulatedVector a, long k) {
        return sum().add(a.errors, (double) k)
                .id(a.errors.id * k)
                .floor(a.errors.floor * Math.abs((double) k) + ULP * a.values.bound * Math.abs((double) k))
                .errors();
    }

    SlotErrors limbsDropped(SimulatedVector a, double factor, int level) {
        return sum().add(a.errors, factor)
                .id(id(Kind.DROP_LIMBS, a.errors.id, level))
                .floor(a.errors.floor + ULP * a.values.bound)
                .errors();
    }

    SlotErrors timesConstant(SimulatedVector a, double c) {
        double rounding = model.constantError(c, a.level, 1);
        return sum().add(a.errors, c + rounding)
                .addKnown(a.values.re, a.values.im, rounding)
                .id(id(Kind.CONSTANT, a.errors.id, Double.doubleToLongBits(c)))
                .floor((a.errors.floor + ULP * a.values.bound) * Math.abs(c))
                .errors();
    }

    SlotErrors timesI(SimulatedVector a) {
        return sum().addTimesI(a.errors)
                .id(id(Kind.TIMES_I, a.errors.id, 0))
                .floor(a.errors.floor)
                .errors();
    }

    /** @param roots the monomial's slots */
    SlotErrors timesMonomial(SimulatedVector a, int power, PlainVector roots) {
        return sum().addTimes(a.errors, roots.realParts(), roots.imaginaryParts())
                .id(power == slots ? id(Kind.TIMES_I, a.errors.id, 0) : id(Kind.MONOMIAL, a.errors.id, power))
                .floor(a.errors.floor + ULP * a.values.bound)
                .errors();
    }

    SlotErrors refreshed(SimulatedVector a, Refresher.Limits limits) {
        long id = id(Kind.REFRESH, a.errors.id, 0);
        double part = limits.complexSlots() ? Math.sqrt(0.5) : 1;
        ErrorSum sum = sum().add(a.errors, 1)
                .addNoise(id, part * limits.deviation())
                .id(id)
                .floor(a.errors.floor);
        return (limits.complexSlots() ? sum : sum.withoutImaginaryPart()).errors();
    }

    SlotErrors sumOfPlainProducts(List<SimulatedVector> a, List<PlainVector> p, int level) {
        ErrorSum sum = sum();
        long id = 0;
        double floor = 0;
        for (int i = 0; i < a.size(); i++) {
            SlotErrors e = aligned(a.get(i), level);
            id += plainProduct(sum, a.get(i).values, e, p.get(i), level);
            floor += (e.floor + ULP * a.get(i).values.bound) * p.get(i).largest();
        }
        return sum.id(id).floor(floor).errors();
    }

    /** Adds a product's errors; the number of the product. */
    private long plainProduct(ErrorSum sum, SlotValues a, SlotErrors e, PlainVector p, int level) {
        Slots rounding = plainError(p, scale(level, 1));
        sum.addTimes(e, p.realParts(), p.imaginaryParts()).addKnownProduct(a.re, a.im, rounding.re(), rounding.im());
        return id(Kind.PLAIN, e.id, plain(p).number());
    }

    SlotErrors sumOfProducts(List<SimulatedVector> a, List<SimulatedVector> b, int level) {
        ErrorSum sum = sum();
        long id = 0;
        double floor = 0;
        for (int i = 0; i < a.size(); i++) {
            SlotErrors x = aligned(a.get(i), level);
            SlotErrors y = aligned(b.get(i), level);
            SlotValues u = a.get(i).values;
            SlotValues v = b.get(i).values;
            sum.addTimes(x, v.re, v.im).addTimes(y, u.re, u.im).addTimes(x, y);
            id += id(Kind.PRODUCT, Math.min(x.id, y.id), Math.max(x.id, y.id));
            floor += x.floor * v.bound + y.floor * u.bound + ULP * u.bound * v.bound;
        }
        return sum.id(id).floor(floor).errors();
    }

    private SlotErrors noisier(SlotErrors e, long id, double deviation) {
        return sum().add(e, 1).addNoise(id, deviation).id(id).floor(e.floor).errors();
    }

    SlotErrors relinearized(SimulatedVector a) {
        return noisier(a.errors, id(Kind.RELINEARIZE, a.errors.id, 0), model.keySwitch(a.level, a.scaleDegree));
    }

    SlotErrors rescaled(SimulatedVector a) {
        return noisier(a.errors, id(Kind.RESCALE, a.errors.id, 0), model.rounding(a.level - 1, 1, a.parts.size()));
    }

    SlotErrors relinearizedAndRescaled(SimulatedVector a) {
        return noisier(
                a.errors,
                id(Kind.RELINEARIZE_AND_RESCALE, a.errors.id, 0),
                model.relinearizationAndRescale(0, a.level));
    }

    /** Without the division by P, which a sum of rotations does once. */
    private ErrorSum rotatedUndivided(SimulatedVector a, int step) {
        ErrorSum sum = sum().addRotated(a.errors, step).floor(a.errors.floor);
        if (step == 0) {
            return sum.id(a.errors.id);
        }
        long id = id(Kind.KEY_PRODUCT, a.errors.id, step);
        return sum.addNoise(id, model.keyProduct(a.level, a.scaleDegree)).id(id);
    }

    /** @param step not 0 */
    SlotErrors rotated(SimulatedVector a, int step) {
        long id = id(Kind.ROTATE, a.errors.id, step);
        return rotatedUndivided(a, step)
                .addNoise(id, model.rounding(a.level, a.scaleDegree, 2))
                .id(id)
                .errors();
    }

    List<SlotErrors> rotatedPlainSums(
            SimulatedVector a, int[] steps, List<SlotValues> rotated, List<List<PlainVector>> p) {
        SlotErrors[] undivided = new SlotErrors[steps.length];
        for (int i = 0; i < steps.length; i++) {
            undivided[i] = rotatedUndivided(a, steps[i]).errors();
        }
        return p.stream()
                .map(sum -> rotatedPlainSum(a, steps, undivided, rotated, sum))
                .toList();
    }

    private SlotErrors rotatedPlainSum(
            SimulatedVector a, int[] steps, SlotErrors[] undivided, List<SlotValues> rotated, List<PlainVector> p) {
        ErrorSum sum = sum();
        long id = 0;
        double floor = 0;
        boolean divided = false;
        for (int i = 0; i < steps.length; i++) {
            if (p.get(i) != null) {
                id += plainProduct(sum, rotated.get(i), undivided[i], p.get(i), a.level);
                floor += (undivided[i].floor + ULP * a.values.bound) * p.get(i).largest();
                divided |= steps[i] != 0;
            }
        }
        if (divided) { // P times a product of the value itself is divided exactly
            id = id(Kind.HOISTED_SUM, id, 0);
            sum.addNoise(id, model.rounding(a.level, 2, 2));
        }
        return sum.id(id).floor(floor).errors();
    }

    SlotErrors conjugated(SimulatedVector a) {
        long id = id(Kind.CONJUGATE, a.errors.id, 0);
        return sum().addConjugate(a.errors)
                .addNoise(id, model.keySwitch(a.level, a.scaleDegree))
                .id(id)
                .floor(a.errors.floor)
                .errors();
    }
}
