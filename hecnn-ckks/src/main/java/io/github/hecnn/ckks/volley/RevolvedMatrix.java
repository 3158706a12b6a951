package io.github.hecnn.ckks.volley;

import java.util.Collections;
import java.util.List;

/**
 * A in all its turns, as {@link VolleyRevolver#revolve} prepares it: once, for any number of products. Immutable.
 *
 * @param <V> values of a slot algebra
 */
public final class RevolvedMatrix<V> {
    private final VolleyLayout layout;
    private final List<List<V>> parts;

    /** Parts: for each inner tile and group of it, and each shift from -(blocks - 1) upwards; null where no pair of the group needs the shift. */
    RevolvedMatrix(VolleyLayout layout, List<List<V>> parts) {
        this.layout = layout;
        this.parts = parts.stream().map(Collections::unmodifiableList).toList();
    }

    /** {@return the layout of the matrix} */
    public VolleyLayout layout() {
        return layout;
    }

    /** {@return ciphertexts it is made of, for estimates of memory: at most {@link VolleyLayout#revolvedCiphertexts}} */
    public int ciphertexts() {
        return (int) parts.stream()
                .flatMap(List::stream)
                .filter(part -> part != null)
                .count();
    }

    /** The part with so many blocks to go, or null. */
    V part(int innerTile, int group, int shift) {
        int index = shift + layout.blocks() - 1;
        List<V> of = parts.get(innerTile * layout.tileGroups() + group);
        return index < 0 || index >= of.size() ? null : of.get(index);
    }
}
