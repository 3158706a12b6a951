package io.github.hecnn.core.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderLockTest {
    @TempDir
    private Path folder;

    @Test
    void twoRunsOfOneProcessRefuseEachOtherByName() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), folder);
        try (FolderLock first = FolderLock.acquire(folder, "owner-encrypt")) {
            assertThat(first).isNotNull();
            for (Path same : new Path[] {folder, link, folder.resolve("x").resolve("..")}) {
                Files.createDirectories(folder.resolve("x"));
                assertThatThrownBy(() -> FolderLock.acquire(same, "cloud-train"))
                        .isInstanceOf(IOException.class)
                        .hasMessageContainingAll(
                                "expected no other run in this folder, found owner-encrypt (process",
                                "wait for its end, or choose another folder");
            }
        }
        FolderLock again = FolderLock.acquire(folder, "cloud-train");
        again.close();
        again.close();
        assertThat(folder.resolve(".hecnn.lock")).doesNotExist();
    }

    @Test
    void anotherProcessIsRefusedByNameUntilItIsKilled() throws Exception {
        Process child = Child.start("lock", folder, 0);
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(lines.readLine()).isEqualTo("locked");
            assertThatThrownBy(() -> FolderLock.acquire(folder, "owner-encrypt"))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("found cloud-train (process " + child.pid() + ", since ");
            assertThatThrownBy(() -> FolderLock.acquire(folder, "owner-encrypt"))
                    .hasMessageContaining("found cloud-train (process " + child.pid());
        } finally {
            child.destroyForcibly().waitFor();
        }
        FolderLock.acquire(folder, "owner-encrypt").close();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aFolderThatIsAFileIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "x");
        assertThatThrownBy(() -> FolderLock.acquire(file, "owner-encrypt"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("expected a folder that can be written to, found a file");
    }

    @Test
    void aLockFileThatIsALinkIsNotFollowed() throws IOException {
        Path precious = Files.writeString(folder.resolve("precious"), "x");
        Path inside = Files.createDirectory(folder.resolve("inside"));
        Files.createSymbolicLink(inside.resolve(".hecnn.lock"), precious);
        assertThatThrownBy(() -> FolderLock.acquire(inside, "owner-encrypt")).isInstanceOf(IOException.class);
        assertThat(precious).hasContent("x");
    }
}
