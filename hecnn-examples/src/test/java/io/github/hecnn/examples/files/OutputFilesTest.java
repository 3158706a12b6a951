package io.github.hecnn.examples.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.hecnn.examples.cli.UserError;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFilesTest {
    @TempDir
    private Path folder;

    @Test
    void committedFilesHaveTheirNamesAndNothingElseIsLeft() throws IOException {
        try (OutputFiles files = OutputFiles.in(folder)) {
            files.write("a.txt", "one");
            files.write("b.txt", "two");
            assertThat(folder.resolve("a.txt")).doesNotExist();
            files.commit();
        }
        assertThat(names()).containsExactlyInAnyOrder("a.txt", "b.txt");
        assertThat(folder.resolve("a.txt")).hasContent("one");
    }

    @Test
    void aFailureLeavesEarlierOutputsIntactAndNoHalfWrittenFile() throws IOException {
        Files.writeString(folder.resolve("a.txt"), "earlier");
        assertThatThrownBy(() -> {
                    try (OutputFiles files = OutputFiles.in(folder)) {
                        files.write("a.txt", "later");
                        throw new IOException("disk full");
                    }
                })
                .isInstanceOf(IOException.class);
        assertThat(names()).containsExactly("a.txt");
        assertThat(folder.resolve("a.txt")).hasContent("earlier");
    }

    @Test
    void aPrivateFileIsForItsOwnerOnly() throws IOException {
        assumeTrue(
                FileSystems.getDefault().supportedFileAttributeViews().contains("posix"),
                "file system without permissions");
        try (OutputFiles files = OutputFiles.in(folder)) {
            try (OutputStream stream = files.createPrivate("secret.bin")) {
                stream.write(1);
            }
            files.commit();
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("secret.bin"))))
                .isEqualTo("rw-------");
    }

    @Test
    void refusesAFolderThatIsAFile() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "x");
        for (Path path : new Path[] {file, file.resolve("below")}) {
            assertThatThrownBy(() -> OutputFiles.in(path))
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining(path.toString())
                    .hasMessageContaining("expected a folder")
                    .hasMessageContaining("--out");
        }
    }

    /** Begins to write and is then stopped, as by Ctrl-C. */
    static final class Interrupted {
        private Interrupted() {}

        public static void main(String[] args) throws IOException {
            OutputFiles files = OutputFiles.in(Path.of(args[0]));
            files.write("a.txt", "later");
            files.create("b.txt").write(1);
            Runtime.getRuntime().exit(130);
        }
    }

    @Test
    void anInterruptedRunLeavesNoHalfWrittenFile() throws Exception {
        Files.writeString(folder.resolve("a.txt"), "earlier");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Interrupted.class.getName(),
                        folder.toString())
                .inheritIO()
                .start();
        assertThat(process.waitFor()).isEqualTo(130);
        assertThat(names()).containsExactly("a.txt");
        assertThat(folder.resolve("a.txt")).hasContent("earlier");
    }

    private Stream<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(f -> f.getFileName().toString()).toList().stream();
        }
    }
}
