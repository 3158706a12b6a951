package io.github.hecnn.spark;

/** Where the refresh of an iteration is done; the bits are the same. */
public enum RefreshPlace {
    /** In the driver, which has the bootstrapping keys and the threads for it. */
    DRIVER,
    /**
     * As a task of an executor, the same one for as long as it lives. The driver then needs neither bootstrapping keys nor their memory nor cores; every
     * executor has to have that memory, as any of them may be the one.
     */
    TASK
}
