/**
 * The one writer of files: {@link AtomicFile} for a single file, {@link FileSet} for files that belong together, {@link FolderLock}
 * for a folder in which one run works at a time. After a crash or a kill at any moment there is the old content or the new one,
 * and the next start clears away what was left. {@link Sha256} tells whether a file is the one that was meant.
 */
package io.github.hecnn.core.files;
