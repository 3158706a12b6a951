package io.github.hecnn.mlr.recipe.packed;

import io.github.hecnn.ckks.slots.PlainVector;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntPredicate;

/**
 * The masks of a layout, each made once for a value: algebras recognise plain vectors by identity. Numbers change with the step, so one of
 * these is for one step. Thread-safe.
 */
final class PackedMasks {
    private final PackedLayout layout;
    private final Map<List<Number>, PlainVector> classMasks = new ConcurrentHashMap<>();
    private final Map<List<Number>, PlainVector> segmentMasks = new ConcurrentHashMap<>();
    private final Map<Double, PlainVector> firstSlotMasks = new ConcurrentHashMap<>();

    PackedMasks(PackedLayout layout) {
        this.layout = layout;
    }

    /** The slots of one class. */
    PlainVector ofClass(int classIndex, double value) {
        return classMasks.computeIfAbsent(
                List.of(classIndex, value), key -> mask(value, j -> j == classIndex, u -> true));
    }

    /** The slots of one segment of labels. */
    PlainVector ofSegment(int segment, double value) {
        return segmentMasks.computeIfAbsent(
                List.of(segment, value), key -> mask(value, j -> true, u -> u / layout.labelSegment() == segment));
    }

    /** The first slot of every class, where sums over features end up. */
    PlainVector ofFirstSlots(double value) {
        return firstSlotMasks.computeIfAbsent(value, key -> mask(value, j -> j < layout.classes(), u -> u == 0));
    }

    private PlainVector mask(double value, IntPredicate classes, IntPredicate positions) {
        double[] row = new double[layout.rowLength()];
        for (int j = 0; j < layout.classSlots(); j++) {
            for (int u = 0; u < layout.width(); u++) {
                row[layout.slot(0, j, u)] = classes.test(j) && positions.test(u) ? value : 0;
            }
        }
        return PlainVector.repeated(row, layout.slots());
    }
}
