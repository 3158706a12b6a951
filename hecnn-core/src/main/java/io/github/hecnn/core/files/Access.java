package io.github.hecnn.core.files;

/** Who may read a file. */
public enum Access {
    /** Whoever may read a new file by the settings of the system. */
    USUAL,
    /** The owner of the process only, from the file's creation on, where the file system knows permissions. */
    OWNER_ONLY
}
