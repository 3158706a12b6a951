package io.github.hecnn.core.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Puts a folder in order after processes that ended early: what they had decided is finished, the rest is deleted. */
final class Clearing {
    private static final Set<Path> CLEARED = ConcurrentHashMap.newKeySet();

    private Clearing() {}

    /** As {@link #clear}, if this process has not done so for that folder. */
    static void clearOnce(Path folder) throws IOException {
        if (CLEARED.add(folder.toAbsolutePath().normalize())) {
            clear(folder);
        }
    }

    /**
     * Finishes sets that were decided, and deletes temporary files, of processes that are gone.
     *
     * @throws IOException if a set cannot be finished
     */
    static void clear(Path folder) throws IOException {
        for (Path journal : Leftovers.entries(folder)) {
            if (Leftovers.abandoned(journal, Leftovers.JOURNAL)) {
                Journal.read(journal).run();
            }
        }
        for (Path entry : Leftovers.entries(folder)) {
            if (Leftovers.abandoned(entry, Leftovers.TEMPORARY)
                    && !entry.toString().endsWith("-sub")) {
                Leftovers.discard(entry);
            } else if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS) && Files.isReadable(entry)) {
                clearSubfolder(entry);
            }
        }
    }

    private static void clearSubfolder(Path folder) throws IOException {
        boolean found = false;
        for (Path entry : Leftovers.entries(folder)) {
            if (entry.toString().endsWith("-sub") && Leftovers.abandoned(entry, Leftovers.TEMPORARY)) {
                Leftovers.discard(entry);
                found = true;
            }
        }
        if (found) {
            Leftovers.deleteIfEmpty(folder);
        }
    }
}
