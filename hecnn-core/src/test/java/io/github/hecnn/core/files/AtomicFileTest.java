package io.github.hecnn.core.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AtomicFileTest {
    @TempDir
    private Path folder;

    @AfterEach
    void usualDisk() {
        Disk.active = new Disk();
    }

    private static void write(Path file, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        AtomicFile.write(file, Access.USUAL, bytes.length, out -> out.write(bytes));
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(f -> f.getFileName().toString()).sorted().toList();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65_535, 65_536, 65_537, 300_000})
    void whatIsWrittenIsThereToTheLastByte(int size) throws IOException {
        byte[] bytes = new byte[size];
        new java.util.Random(size).nextBytes(bytes);
        AtomicFile.write(folder.resolve("a"), Access.USUAL, AtomicFile.UNKNOWN_BYTES, out -> {
            int half = size / 2;
            out.write(bytes, 0, half);
            for (int i = half; i < size; i++) {
                out.write(bytes[i]);
            }
        });
        assertThat(Files.readAllBytes(folder.resolve("a"))).isEqualTo(bytes);
        assertThat(names()).containsExactly("a");
    }

    @Test
    void anEarlierFileSurvivesAFailureOfTheContent() throws IOException {
        Path file = Files.writeString(folder.resolve("a"), "earlier");
        assertThatThrownBy(() -> AtomicFile.write(file, Access.USUAL, 10, out -> {
                    out.write(1);
                    throw new IOException("no more");
                }))
                .isInstanceOf(IOException.class)
                .hasMessage("no more");
        assertThat(file).hasContent("earlier");
        assertThat(names()).containsExactly("a");
    }

    @Test
    void aLinkStaysALinkAndItsFileIsReplacedBesideItself() throws IOException {
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Path real = Files.writeString(elsewhere.resolve("real"), "earlier");
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("middle"));
        Files.createSymbolicLink(folder.resolve("middle"), Path.of("elsewhere", "real"));
        write(link, "later");
        assertThat(link).isSymbolicLink();
        assertThat(real).hasContent("later").isRegularFile();
        Path dangling = Files.createSymbolicLink(folder.resolve("dangling"), Path.of("elsewhere", "new"));
        write(dangling, "new");
        assertThat(dangling).isSymbolicLink();
        assertThat(elsewhere.resolve("new")).hasContent("new");
        Path loop = Files.createSymbolicLink(folder.resolve("loop"), Path.of("loop"));
        assertThatThrownBy(() -> write(loop, "x")).isInstanceOf(IOException.class);
    }

    @Test
    void aDeviceAndAPipeAreWrittenIntoAndNeverReplaced() throws Exception {
        assumeTrue(Files.exists(Path.of("/dev/null")), "a system without /dev/null");
        write(Path.of("/dev/null"), "into the void");
        assertThat(Files.isRegularFile(Path.of("/dev/null"))).isFalse();
        Path toNull = Files.createSymbolicLink(folder.resolve("null"), Path.of("/dev/null"));
        write(toNull, "into the void");
        assertThat(Files.isRegularFile(toNull)).isFalse();
        Files.delete(toNull);
        Path pipe = folder.resolve("pipe");
        assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0, "a system without pipes");
        CompletableFuture<String> read = CompletableFuture.supplyAsync(() -> {
            try (InputStream in = Files.newInputStream(pipe)) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                return e.toString();
            }
        });
        write(pipe, "through the pipe");
        assertThat(read.get(20, TimeUnit.SECONDS)).isEqualTo("through the pipe");
        assertThat(Files.isRegularFile(pipe)).isFalse();
    }

    @Test
    void aFolderIsRefused() {
        assertThatThrownBy(() -> write(folder, "x"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("expected the name of a file, found a folder");
        assertThatThrownBy(() -> write(folder.resolve("none").resolve("file"), "x"))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll("expected a folder that can be written to", "none does not exist");
    }

    @Test
    void aSecretIsForItsOwnerOnlyFromItsFirstByteOn() throws IOException {
        assumeTrue(Files.getFileStore(folder).supportsFileAttributeView("posix"), "needs POSIX permissions");
        Path file = Files.writeString(folder.resolve("secret"), "readable by all");
        AtomicFile.write(file, Access.OWNER_ONLY, 1, out -> {
            Path temporary = folder.resolve(names().get(0));
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(temporary)))
                    .isEqualTo("rw-------");
            out.write(1);
        });
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    /** Has room for so many bytes. */
    private static final class FullDisk extends Disk {
        private final long said;
        private long left;

        FullDisk(long said, long left) {
            this.said = said;
            this.left = left;
        }

        @Override
        protected void write(FileChannel channel, ByteBuffer bytes) throws IOException {
            if (bytes.remaining() > left) {
                throw new IOException("No space left on device");
            }
            left -= bytes.remaining();
            super.write(channel, bytes);
        }

        @Override
        protected long free(Path folder) {
            return said;
        }
    }

    @Test
    void aFullDiskIsToldBeforeWithFileNeedAndRoom() throws IOException {
        Path file = Files.writeString(folder.resolve("keys.bin"), "earlier");
        Disk.active = new FullDisk(2_500_000, Long.MAX_VALUE);
        assertThatThrownBy(() -> AtomicFile.write(file, Access.USUAL, 110_000_000, out -> out.write(1)))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        "write " + file + ": expected room for 110.0 MB, found 2.5 MB free; free some space, or choose"
                                + " a folder on another disk");
        assertThat(file).hasContent("earlier");
        assertThat(names()).containsExactly("keys.bin");
    }

    @Test
    void aDiskThatFillsUpIsToldWithFileNeedAndRoom() throws IOException {
        Path file = Files.writeString(folder.resolve("keys.bin"), "earlier");
        byte[] much = new byte[300_000];
        Disk.active = new FullDisk(400_000, 450_000);
        assertThatThrownBy(() -> AtomicFile.write(file, Access.USUAL, AtomicFile.UNKNOWN_BYTES, out -> {
                    out.write(much);
                    out.write(much);
                }))
                .isInstanceOf(IOException.class)
                .hasMessage("write " + file
                        + ": expected room for more than 300000 bytes, found 700000 bytes free (No space"
                        + " left on device); free some space, or choose a folder on another disk");
        assertThat(file).hasContent("earlier");
        assertThat(names()).containsExactly("keys.bin");
    }

    @Test
    void anotherFailureOfTheDiskIsNotTakenForAFullOne() {
        Disk.active = new Disk() {
            @Override
            protected void write(FileChannel channel, ByteBuffer bytes) throws IOException {
                throw new IOException("Input/output error");
            }

            @Override
            protected long free(Path folder) {
                return 1L << 40;
            }
        };
        assertThatThrownBy(() -> write(folder.resolve("a"), "text"))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll("a: expected a disk that takes it", "Input/output error", "another folder");
    }
}
