package io.github.hecnn.mlr.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Where a result comes from: settings and versions in the order they were added, for reports. Immutable and thread-safe.
 *
 * @param settings unmodifiable; values are strings, numbers or booleans
 */
public record Provenance(Map<String, Object> settings) {
    /** Nothing yet. */
    public static final Provenance EMPTY = new Provenance(Map.of());

    /**
     * Checks the components.
     *
     * @param settings unmodifiable; values are strings, numbers or booleans
     * @throws IllegalArgumentException if a name is blank or a value neither string, number nor boolean
     */
    public Provenance {
        Map<String, Object> copy = new LinkedHashMap<>();
        settings.forEach((name, value) -> {
            if (Objects.requireNonNull(name, "name").isBlank()) {
                throw new IllegalArgumentException("provenance: expected a name, found a blank one; name the setting");
            }
            if (!(value instanceof String || value instanceof Number || value instanceof Boolean)) {
                throw new IllegalArgumentException(
                        "provenance: expected a string, number or boolean for " + name + ", found "
                                + (value == null ? "null" : value.getClass().getSimpleName()) + "; convert it");
            }
            copy.put(name, plain(value));
        });
        settings = Collections.unmodifiableMap(copy);
    }

    /** Numbers that files know: int, long and double; whatever else counts as a number becomes its text. */
    private static Object plain(Object value) {
        if (value instanceof Byte || value instanceof Short) {
            return ((Number) value).intValue();
        }
        if (value instanceof Float f) {
            return f.doubleValue();
        }
        boolean known = !(value instanceof Number)
                || value instanceof Integer
                || value instanceof Long
                || value instanceof Double;
        return known ? value : value.toString();
    }

    /**
     * {@return this with one more setting; an earlier one of that name keeps its place and gets the new value}
     *
     * @param name of the entry
     * @param value anything with a text
     * @throws IllegalArgumentException as the constructor
     */
    public Provenance with(String name, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(settings);
        more.put(name, value);
        return new Provenance(more);
    }

    /** {@return this with {@code javaVersion}, {@code os}, {@code arch} and {@code processors} of the running machine} */
    public Provenance withRuntime() {
        return with("javaVersion", Runtime.version().toString())
                .with("os", System.getProperty("os.name"))
                .with("arch", System.getProperty("os.arch"))
                .with("processors", Runtime.getRuntime().availableProcessors());
    }

    /** One line per setting, names aligned. */
    @Override
    public String toString() {
        int width = settings.keySet().stream().mapToInt(String::length).max().orElse(0);
        StringBuilder s = new StringBuilder();
        settings.forEach((name, value) -> s.append(name)
                .append(" ".repeat(width - name.length()))
                .append("  ")
                .append(value)
                .append('\n'));
        return s.toString();
    }
}
