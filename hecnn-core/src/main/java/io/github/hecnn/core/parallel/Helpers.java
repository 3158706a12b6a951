package io.github.hecnn.core.parallel;

/** Where the threads come from that help the calling one. */
interface Helpers {
    Helpers NONE = job -> {};

    /** Asks for threads that call {@link Job#help} some time; returns at once. Nobody needs to come. */
    void summon(Job job);

    /** Whether threads may come to a job that a task of this other one starts; null if no task does. */
    default boolean joinJobsInside(Job outer) {
        return outer == null;
    }

    /** Helps with one job that a task of this one has started, if there is any; returns whether there was. */
    default boolean helpInside(Job job) {
        return false;
    }

    /** Says that the job needs no more help. */
    default void dismiss(Job job) {}

    /** Ends own threads. */
    default void close() {}
}
