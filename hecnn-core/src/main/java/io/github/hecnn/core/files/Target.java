package io.github.hecnn.core.files;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where a file goes. A link stays a link: what it points to is replaced, beside itself. What is no regular file, such as a device
 * or a pipe, is never replaced.
 *
 * @param named as it was asked for
 * @param file behind all links
 * @param special whether there is something that is no regular file
 */
record Target(Path named, Path file, boolean special) {
    private static final int MOST_LINKS = 40;

    static Target of(Path named) throws IOException {
        if (named.getFileName() == null || Files.isDirectory(named)) {
            throw new IOException(
                    "write " + named + ": expected the name of a file, found a folder; name a file in it");
        }
        if (Files.exists(named) && !Files.isRegularFile(named)) {
            return new Target(named, named, true);
        }
        Path file = named.toAbsolutePath();
        for (int links = 0; Files.isSymbolicLink(file); links++) {
            if (links == MOST_LINKS) {
                throw new FileSystemLoopException(named.toString());
            }
            file = file.resolveSibling(Files.readSymbolicLink(file));
        }
        return new Target(named, file, false);
    }

    Path folder() {
        return file.getParent();
    }

    Path sibling(String name) {
        return file.resolveSibling(name);
    }
}
