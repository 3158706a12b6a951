package io.github.hecnn.core.parallel;

/** Where the threads come from that help the calling one. */
interface Helpers {
    Helpers NONE = job -> {};

    /** Asks for threads that call {@link Job#help} some time; returns at once. Nobody needs to come. */
    void summon(Job job);

    /** Says that the job needs no more help. */
    default void dismiss(Job job) {}

    /** Ends own threads. */
    default void close() {}
}
