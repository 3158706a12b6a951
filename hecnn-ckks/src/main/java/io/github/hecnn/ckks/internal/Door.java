package io.github.hecnn.ckks.internal;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The way into objects of an exported class for packages of this module that are not its own: the class opens the door in its static
 * initialiser, and whoever is to enter keeps the door in a constant. So the class needs no public method for what users shall not see, and
 * dependencies still run one way: this package knows none of those classes.
 *
 * <pre>{@code
 * static { Door.open(CkksContext.class, RingContext.class, c -> c.ring, null); }                           // in CkksContext
 * private static final Door<CkksContext, RingContext> RING = Door.to(CkksContext.class, RingContext.class);  // elsewhere
 * }</pre>
 *
 * @param <T> the class
 * @param <I> what is inside
 */
public final class Door<T, I> {
    private static final Map<Class<?>, Door<?, ?>> OPEN = new ConcurrentHashMap<>();

    private final Class<I> kind;
    private final Function<T, I> opener;
    private final Function<I, T> maker;

    private Door(Class<I> kind, Function<T, I> opener, Function<I, T> maker) {
        this.kind = kind;
        this.opener = opener;
        this.maker = maker;
    }

    /**
     * Opens a door, once; for the initialiser of the class.
     *
     * @param type the class
     * @param inside what is inside
     * @param opener from an object to what is inside
     * @param maker the other way; null if nobody else makes such objects
     */
    public static <T, I> void open(Class<T> type, Class<I> inside, Function<T, I> opener, Function<I, T> maker) {
        OPEN.put(type, new Door<>(inside, opener, maker));
    }

    /**
     * The door that a class has opened; initialises it.
     *
     * @throws IllegalStateException if it has opened none to that
     */
    @SuppressWarnings("unchecked") // open put it there under the same type
    public static <T, I> Door<T, I> to(Class<T> type, Class<I> inside) {
        try {
            Class.forName(type.getName(), true, type.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("a class finds itself", e);
        }
        Door<?, ?> door = OPEN.get(type);
        if (door == null || !door.kind.equals(inside)) {
            throw new IllegalStateException(type.getName() + ": expected a door to " + inside.getName()
                    + ", found none; open it in the static initialiser");
        }
        return (Door<T, I>) door;
    }

    /** What is inside of an object. */
    public I inside(T object) {
        return opener.apply(object);
    }

    /** An object around it. */
    public T around(I inside) {
        return Objects.requireNonNull(maker, "nobody else makes such objects").apply(inside);
    }
}
