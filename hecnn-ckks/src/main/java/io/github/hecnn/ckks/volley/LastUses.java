package io.github.hecnn.ckks.volley;

import io.github.hecnn.ckks.slots.SlotAlgebra;
import java.util.List;

/** Tells the algebra which values have had their last use. */
record LastUses<V>(SlotAlgebra<V> algebra) {
    /** A result, when what it was made of has had its last use; operations that have nothing to do return their operand. */
    V last(V result, V operand) {
        if (result != operand) {
            algebra.release(operand);
        }
        return result;
    }

    /** The same for what may be somebody else's value still. */
    V last(V result, V operand, V kept) {
        return operand == kept ? result : last(result, operand);
    }

    V plusRotated(V v, int step) {
        V rotated = algebra.rotate(v, step);
        return last(algebra.add(v, rotated), rotated);
    }

    /** Rotations that have had their last use; those by nothing are the values themselves. */
    void release(List<List<V>> turned, List<V> values) {
        for (List<V> some : turned) {
            for (V v : some) {
                if (values.stream().noneMatch(value -> value == v)) {
                    algebra.release(v);
                }
            }
        }
    }
}
