package io.github.hecnn.cli.console;

import io.github.hecnn.ckks.error.HeException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Puts any failure into one line of text for the terminal. */
public final class ErrorLine {
    private ErrorLine() {}

    /**
     * {@return one line, without line breaks and without a stack trace}
     *
     * @param failure any
     */
    public static String of(Throwable failure) {
        return describe(failure).replaceAll("\\s*[\\r\\n]+\\s*", " ").strip();
    }

    private static String describe(Throwable failure) {
        if (failure instanceof UncheckedIOException unchecked) {
            return describe(unchecked.getCause());
        }
        if (failure instanceof FileSystemException file) {
            return describeFile(file);
        }
        if (failure instanceof OutOfMemoryError) {
            return "out of memory: needed more than the heap of "
                    + (Runtime.getRuntime().maxMemory() >> 20)
                    + " MiB; raise --heap of hecnn, or -Xmx in .mvn/jvm.config";
        }
        boolean worded = failure instanceof UserError
                || failure instanceof HeException
                || failure instanceof IllegalArgumentException
                || failure instanceof IllegalStateException
                || failure instanceof IOException
                || failure instanceof picocli.CommandLine.ParameterException
                || failure.getClass().getName().startsWith("io.github.hecnn.");
        if (worded && failure.getMessage() != null) {
            return failure.getMessage();
        }
        return "unexpected " + failure.getClass().getSimpleName() + ": " + failure.getMessage()
                + "; run again with --verbose-errors to see where";
    }

    private static String describeFile(FileSystemException failure) {
        String file = failure.getFile();
        if (failure instanceof NoSuchFileException) {
            return file + ": no such file or folder";
        }
        if (failure instanceof AccessDeniedException) {
            return file + ": permission denied";
        }
        if (failure instanceof FileAlreadyExistsException || failure instanceof NotDirectoryException) {
            return file + ": expected a folder, found a file";
        }
        return file + ": " + (failure.getReason() == null ? "cannot be read or written" : failure.getReason());
    }
}
