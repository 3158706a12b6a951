package io.github.hecnn.core.files;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;

/** Failures of the platform in words: which file, what was expected, what was found. */
final class Wording {
    private static final Pattern FULL = Pattern.compile("(?i)space|quota|too large");
    private static final long NEXT_TO_NOTHING = 1 << 20;

    private Wording() {}

    /** A file or folder that cannot be made. */
    static IOException unwritable(Path target, Path folder, FileSystemException e) {
        if (isFull(e, Disk.active.free(folder), 0)) {
            return full(target, -1, 0, Disk.active.free(folder), e);
        }
        return new IOException(
                "write " + target + ": expected a folder that can be written to, found " + reason(folder, e)
                        + "; choose another one",
                e);
    }

    /** A write that failed after some bytes; the free space is that beside them. */
    static IOException failed(Path target, long bytes, long written, long free, IOException e) {
        if (isFull(e, free, Math.max(0, bytes - written))) {
            return full(target, bytes, written, free, e);
        }
        return new IOException(
                "write " + target + ": expected a disk that takes it, found after " + size(written) + ": "
                        + e.getMessage() + "; check the disk, or choose another folder",
                e);
    }

    /** No room; the size is -1 if nobody knows it. */
    static IOException full(Path target, long bytes, long written, long free, IOException e) {
        String needed = bytes >= 0 ? size(bytes) : "more than " + size(written);
        String found = free < 0 ? "a full disk" : size(free + written) + " free";
        return new IOException(
                "write " + target + ": expected room for " + needed + ", found " + found
                        + (e == null || e.getMessage() == null ? "" : " (" + lastPart(e) + ")")
                        + "; free some space, or choose a folder on another disk",
                e);
    }

    private static boolean isFull(IOException e, long free, long stillNeeded) {
        return (e.getMessage() != null && FULL.matcher(lastPart(e)).find())
                || (free >= 0 && free < Math.max(NEXT_TO_NOTHING, stillNeeded));
    }

    private static String lastPart(IOException e) {
        return e instanceof FileSystemException f && f.getReason() != null ? f.getReason() : e.getMessage();
    }

    private static String reason(Path folder, FileSystemException e) {
        for (Path part = folder.toAbsolutePath(); part != null; part = part.getParent()) {
            if (Files.isRegularFile(part)) {
                return part.equals(folder.toAbsolutePath()) ? "a file" : "a file: " + part;
            }
        }
        if (e instanceof NoSuchFileException) {
            return "that " + folder + " does not exist";
        }
        if (e instanceof AccessDeniedException) {
            return "that " + folder + " may not be written to";
        }
        if (e instanceof NotDirectoryException || e instanceof FileAlreadyExistsException) {
            return "that " + e.getFile() + " is not a folder";
        }
        return e.getMessage();
    }

    /** Bytes for people. */
    static String size(long bytes) {
        return bytes < 1_000_000 ? bytes + " bytes" : String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }
}
