package io.github.hecnn.cli.train;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** Records that differ in a few components. */
final class Records {
    private Records() {}

    /**
     * A copy.
     *
     * @param record of a public type, or one that is open to tests
     * @param changes names of components with other values
     */
    @SuppressWarnings("unchecked")
    static <R extends Record> R with(R record, Map<String, ?> changes) {
        RecordComponent[] components = record.getClass().getRecordComponents();
        Map<String, Object> left = new TreeMap<>(changes);
        try {
            Object[] values = new Object[components.length];
            for (int i = 0; i < values.length; i++) {
                String name = components[i].getName();
                values[i] = left.containsKey(name)
                        ? left.remove(name)
                        : components[i].getAccessor().invoke(record);
            }
            if (!left.isEmpty()) {
                throw new IllegalArgumentException(
                        "expected components of " + record.getClass() + ", found " + left.keySet());
            }
            Constructor<?> constructor = record.getClass()
                    .getDeclaredConstructor(Arrays.stream(components)
                            .map(RecordComponent::getType)
                            .toArray(Class<?>[]::new));
            return (R) constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("a record has a constructor for its components", e);
        }
    }
}
