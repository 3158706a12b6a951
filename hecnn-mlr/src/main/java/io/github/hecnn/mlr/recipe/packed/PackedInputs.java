package io.github.hecnn.mlr.recipe.packed;

import io.github.hecnn.ckks.slots.PlainVector;
import io.github.hecnn.ckks.slots.SlotAlgebra;
import io.github.hecnn.mlr.recipe.TrainingListener;
import java.util.ArrayList;
import java.util.List;

/**
 * The uploads of the packed recipe, spread out once over the slots: one level, a few hoisted rotations of each upload.
 *
 * @param features expanded feature pairs, index {@code sampleBlock * featurePairs + pair}, times {@link PackedConstants#inputFactor}
 * @param weights the first weights, one for each feature pair; empty if they are zero
 * @param labels for each pair of sample blocks, labels less the polynomial's constant term, times the error factor of the first gradient
 */
record PackedInputs<V>(List<V> features, List<V> weights, List<V> labels) {

    static <V> PackedInputs<V> expand(PackedCircuit<V> circuit, List<V> uploads, TrainingListener listener) {
        PackedLayout layout = circuit.layout();
        List<V> blocks = new ArrayList<>();
        for (int i = 0; i < layout.inputUploads(); i++) {
            blocks.addAll(expandInputs(circuit, uploads.get(i), i));
            listener.progress("preparation", (i + 1.0) / layout.uploads());
        }
        List<V> labels = new ArrayList<>();
        for (int i = 0; i < layout.labelUploads(); i++) {
            labels.addAll(expandLabels(circuit, uploads.get(layout.uploads() - layout.labelUploads() + i), i));
        }
        listener.progress("preparation", 1);
        int features = layout.sampleBlocks() * layout.featurePairs();
        List<V> weights = new ArrayList<>(blocks.subList(features, blocks.size()));
        for (V start : uploads.subList(layout.inputUploads(), layout.inputUploads() + layout.startUploads())) {
            weights.add(circuit.algebra().dropToLevel(start, circuit.algebra().level(blocks.get(0))));
        }
        return new PackedInputs<>(List.copyOf(blocks.subList(0, features)), weights, labels);
    }

    /** Block q of every row goes to all classes: class j takes it from a rotation by q - j blocks. */
    private static <V> List<V> expandInputs(PackedCircuit<V> circuit, V upload, int index) {
        PackedLayout layout = circuit.layout();
        int first = index * layout.classSlots();
        int count = Math.min(layout.classSlots(), layout.inputBlocks() - first);
        int classes = layout.classes();
        List<V> turned = rotations(circuit.algebra(), upload, 1 - classes, count - 1, layout.width());
        List<V> out = circuit.map(count, q -> {
            boolean weights = first + q >= layout.sampleBlocks() * layout.featurePairs();
            double factor = weights ? 1 : circuit.constants().inputFactor();
            List<V> values = new ArrayList<>();
            List<PlainVector> masks = new ArrayList<>();
            for (int j = 0; j < classes; j++) {
                values.add(turned.get(q - j + classes - 1));
                masks.add(circuit.masks().ofClass(j, factor));
            }
            return rescaled(circuit.algebra(), circuit.algebra().sumOfPlainProducts(values, masks));
        });
        release(circuit.algebra(), turned, upload);
        return out;
    }

    /** Segment i of every class goes to all its segments: segment k takes it from a rotation by i - k segments. */
    private static <V> List<V> expandLabels(PackedCircuit<V> circuit, V upload, int index) {
        PackedLayout layout = circuit.layout();
        SlotAlgebra<V> algebra = circuit.algebra();
        int segments = layout.labelsPerUpload();
        int first = index * segments;
        int count = Math.min(segments, layout.samplePairs() - first);
        List<V> turned = rotations(algebra, upload, 1 - segments, count - 1, layout.labelSegment());
        List<V> out = circuit.map(count, i -> {
            double factor = circuit.constants().errorFactor(circuit.factor(), layout.loneSampleBlock(first + i));
            if (segments == 1) {
                return rescaled(algebra, algebra.multiplyConstant(upload, factor));
            }
            List<V> values = new ArrayList<>();
            List<PlainVector> masks = new ArrayList<>();
            for (int k = 0; k < segments; k++) {
                values.add(turned.get(i - k + segments - 1));
                masks.add(circuit.masks().ofSegment(k, factor));
            }
            return rescaled(algebra, algebra.sumOfPlainProducts(values, masks));
        });
        release(algebra, turned, upload);
        return out;
    }

    /** Of a product that nobody else has. */
    private static <V> V rescaled(SlotAlgebra<V> algebra, V product) {
        V out = algebra.rescale(product);
        algebra.release(product);
        return out;
    }

    /** Rotations by from, from + 1, ..., to strides. */
    private static <V> List<V> rotations(SlotAlgebra<V> algebra, V v, int from, int to, int stride) {
        int[] steps = new int[to - from + 1];
        for (int i = 0; i < steps.length; i++) {
            steps[i] = (from + i) * stride;
        }
        return algebra.rotateHoisted(v, steps);
    }

    /** All rotations of a value; that by nothing is the value itself. */
    private static <V> void release(SlotAlgebra<V> algebra, List<V> rotations, V of) {
        for (V v : rotations) {
            if (v != of) {
                algebra.release(v);
            }
        }
    }
}
