package io.github.hecnn.mlr.roles;

import io.github.hecnn.mlr.recipe.IterationReport;
import io.github.hecnn.mlr.recipe.TrainingListener;
import java.util.function.Supplier;

/** Hears how a role comes along, on the thread that called it. */
public interface RoleListener extends TrainingListener {
    /** Hears nothing. */
    RoleListener NONE = new RoleListener() {};

    /**
     * A phase of a role, such as {@code owner: make keys}; whoever wants to time or show it does so around the work.
     *
     * @param name what is being done
     * @param work to be run once
     * @param <T> what the work returns
     * @return its result
     */
    default <T> T during(String name, Supplier<T> work) {
        return work.get();
    }

    /**
     * Things that are made one by one in the phase that is under way.
     *
     * @param what one of them, such as {@code key}
     * @param done how many there are, from 1
     * @param all how many there will be
     */
    default void counted(String what, int done, int all) {}

    @Override
    default void iterationDone(IterationReport report) {}
}
