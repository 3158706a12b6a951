package io.github.hecnn.core.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileSetTest {
    @TempDir
    private Path folder;

    @AfterEach
    void usualDisk() {
        Disk.active = new Disk();
    }

    private Map<String, String> contents() throws IOException {
        Map<String, String> out = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                out.put(folder.relativize(file).toString().replace('\\', '/'), Files.readString(file));
            }
        }
        return out;
    }

    @Test
    void committedFilesHaveTheirNamesAndNothingElseIsLeft() throws IOException {
        try (FileSet files = FileSet.in(folder.resolve("made"))) {
            files.write("a.txt", Access.USUAL, "one");
            files.write("run-1/b.txt", Access.USUAL, "two");
            assertThat(folder.resolve("made/a.txt")).doesNotExist();
            assertThat(files.pending("a.txt")).hasContent("one");
            files.commit();
        }
        assertThat(contents()).isEqualTo(Map.of("made/a.txt", "one", "made/run-1/b.txt", "two"));
    }

    @Test
    void aFailureLeavesEarlierFilesAndNoFolder() throws IOException {
        Files.writeString(folder.resolve("a.txt"), "earlier");
        try (FileSet files = FileSet.in(folder)) {
            files.write("a.txt", Access.USUAL, "later");
            files.write("run-1/b.txt", Access.USUAL, "later");
        }
        assertThat(contents()).isEqualTo(Map.of("a.txt", "earlier"));
        assertThat(folder.resolve("run-1")).doesNotExist();
    }

    @Test
    void onlyOwnFilesOfAnEarlierSetAreRetired() throws IOException {
        Map<String, String> before = Map.of(
                "part-2",
                "old",
                "part-3",
                "old",
                "part-x",
                "foreign",
                "run-1/part-1",
                "old",
                "run-1/notes",
                "foreign",
                "run-2/part-1",
                "old",
                "other/part-1",
                "foreign");
        for (Map.Entry<String, String> file : before.entrySet()) {
            Files.createDirectories(folder.resolve(file.getKey()).getParent());
            Files.writeString(folder.resolve(file.getKey()), file.getValue());
        }
        try (FileSet files = FileSet.in(folder)) {
            files.write("run-3/part-1", Access.USUAL, "new");
            files.write("part-2", Access.USUAL, "new");
            files.retire(Pattern.compile("(run-\\d/)?part-\\d+"));
            assertThat(folder.resolve("part-3")).exists();
            files.commit();
        }
        assertThat(contents())
                .isEqualTo(Map.of(
                        "part-2",
                        "new",
                        "part-x",
                        "foreign",
                        "run-1/notes",
                        "foreign",
                        "run-3/part-1",
                        "new",
                        "other/part-1",
                        "foreign"));
        assertThat(folder.resolve("run-2")).doesNotExist();
    }

    @Test
    void aSetIsOldOrNewWhereverItsWriterIsKilled() throws Exception {
        Map<String, String> old =
                Map.of("part-1", "old", "part-2", "old", "part-4", "old", "manifest", "old 4", "own", "x");
        Map<String, String> fresh =
                Map.of("part-1", "new", "part-2", "new", "part-3", "new", "manifest", "new 3", "own", "x");
        int killed = 0;
        boolean ended = false;
        boolean sawOld = false;
        boolean sawNew = false;
        for (int k = 2; !ended; k++) { // the first step deletes the probe
            for (Path file : Leftovers.entries(folder)) {
                Files.delete(file);
            }
            for (Map.Entry<String, String> file : old.entrySet()) {
                Files.writeString(folder.resolve(file.getKey()), file.getValue());
            }
            int status = Child.run("set", folder, k);
            ended = status == 0;
            killed += status == 137 ? 1 : 0;
            Map<String, String> left = contents();
            if (left.containsKey("manifest")) {
                // Whoever does not know of journals sees a whole set, too.
                String run = left.get("manifest").split(" ", 2)[0];
                assertThat(left.get("part-1")).as("step " + k).isEqualTo(run);
                assertThat(left.get("part-2")).as("step " + k).isEqualTo(run);
            }
            FolderLock.acquire(folder, "next").close();
            assertThat(contents()).as("step " + k).isIn(old, fresh);
            sawOld |= contents().equals(old);
            sawNew |= contents().equals(fresh) && !ended;
        }
        assertThat(killed).isGreaterThanOrEqualTo(8);
        assertThat(sawOld && sawNew).isTrue();
    }

    @Test
    void aSetWhoseRenameFailsIsFinishedByTheNextOne() throws IOException {
        Child.writeSet(folder, "old", 2);
        Path inTheWay = folder.resolve("part-2");
        FileSet files = FileSet.in(folder);
        files.write("part-1", Access.USUAL, "new");
        files.write("part-2", Access.USUAL, "new");
        files.write("manifest", Access.USUAL, "new 2");
        Files.delete(inTheWay);
        Files.createDirectory(inTheWay);
        assertThatThrownBy(files::commit).isInstanceOf(IOException.class).hasMessageContaining("part-2");
        files.close();
        Files.delete(inTheWay);
        FolderLock.acquire(folder, "next").close();
        assertThat(contents()).isEqualTo(Map.of("part-1", "new", "part-2", "new", "manifest", "new 2"));
    }

    @Test
    void filesOfAKilledWriterAreSweptAtTheNextStart() throws Exception {
        Path foreign = Files.writeString(folder.resolve(".notes.tmp"), "mine");
        assertThat(Child.run("unfinished", folder, 0)).isEqualTo(137);
        assertThat(contents()).hasSize(4);
        assertThat(folder.resolve("sub")).exists();
        try (FileSet next = FileSet.in(folder)) {
            assertThat(next).isNotNull();
            assertThat(contents()).containsOnlyKeys(".notes.tmp");
            assertThat(folder.resolve("sub")).doesNotExist();
        }
        assertThat(foreign).hasContent("mine");
    }

    @Test
    void filesOfALivingWriterAreLeftAlone() throws IOException {
        try (FileSet one = FileSet.in(folder)) {
            one.write("a", Access.USUAL, "one");
            try (FileSet two = FileSet.in(folder)) {
                two.write("b", Access.USUAL, "two");
                two.commit();
            }
            one.commit();
        }
        assertThat(contents()).isEqualTo(Map.of("a", "one", "b", "two"));
    }

    @Test
    void anInterruptedRunLeavesNoHalfWrittenFile() throws Exception {
        Files.writeString(folder.resolve("part-1"), "earlier");
        assertThat(Child.run("interrupted", folder, 0)).isEqualTo(130);
        assertThat(contents()).isEqualTo(Map.of("part-1", "earlier"));
    }

    @Test
    void aJournalThatLeadsElsewhereIsRefused() throws IOException {
        Path inside = Files.createDirectory(folder.resolve("inside"));
        Files.writeString(folder.resolve("precious"), "x");
        String temporary = ".a.0123456789abcdef.999999999.hecnn";
        for (String line :
                List.of("\t../precious", temporary + "\t../precious", "\t/etc/passwd", "../a\tb", "x", "a\tb\tc")) {
            Path journal = inside.resolve(".set.0123456789abcdef.999999999.hecnn-commit");
            Files.writeString(journal, "hecnn set 1\n" + line + "\nend");
            assertThatThrownBy(() -> FolderLock.acquire(inside, "next"))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("expected a list of names in that folder");
            Files.delete(journal);
        }
        assertThat(folder.resolve("precious")).hasContent("x");
    }

    @Test
    void linksAreFollowedAndDevicesRefused() throws IOException {
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Files.writeString(elsewhere.resolve("real"), "earlier");
        Files.createSymbolicLink(folder.resolve("report"), Path.of("elsewhere/real"));
        try (FileSet files = FileSet.in(folder)) {
            files.write("a", Access.USUAL, "later");
            files.write("report", Access.USUAL, "later");
            files.commit();
        }
        assertThat(folder.resolve("report")).isSymbolicLink();
        assertThat(contents()).isEqualTo(Map.of("a", "later", "report", "later", "elsewhere/real", "later"));
        assumeTrue(Files.exists(Path.of("/dev/null")), "a system without /dev/null");
        Files.createSymbolicLink(folder.resolve("device"), Path.of("/dev/null"));
        try (FileSet files = FileSet.in(folder)) {
            assertThatThrownBy(() -> files.write("device", Access.USUAL, "x"))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("expected a file or nothing, found a device or pipe");
        }
        Files.delete(folder.resolve("device"));
    }

    @Test
    void secretsAndTheirFolderAreForTheOwnerOnly() throws IOException {
        assumeTrue(Files.getFileStore(folder).supportsFileAttributeView("posix"), "needs POSIX permissions");
        try (FileSet files = FileSet.in(folder)) {
            files.write("run-1/key", Access.OWNER_ONLY, "secret");
            files.commit();
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("run-1/key"))))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("run-1"))))
                .isEqualTo("rwx------");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "../a", "/a", "a/b/c", ".a", "a b", "a\tb", "taken"})
    void namesThatLeadElsewhereOrAreTakenAreRefused(String name) throws IOException {
        try (FileSet files = FileSet.in(folder)) {
            files.write("taken", Access.USUAL, "x");
            assertThatThrownBy(() -> files.create(name, Access.USUAL, 1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("expected a new name");
        }
    }

    @Test
    void anOpenStreamIsNotCommitted() throws IOException {
        try (FileSet files = FileSet.in(folder)) {
            OutputStream open = files.create("a", Access.USUAL, 1);
            assertThatThrownBy(files::commit)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContainingAll("found an open or failed stream of a", "close it");
            open.close();
            assertThatThrownBy(() -> files.pending("b"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("found none named b");
            files.commit();
        }
    }

    @Test
    void roomAndFolderAreLookedAtBeforeTheWork() throws IOException {
        assertThatThrownBy(() -> FileSet.requireRoom(folder, 1L << 60))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll(folder.toString(), "expected room for", "free some space");
        FileSet.requireRoom(folder, 1);
        Path file = Files.writeString(folder.resolve("file"), "x");
        for (Path path : List.of(file, file.resolve("below"))) {
            assertThatThrownBy(() -> FileSet.in(path))
                    .isInstanceOf(IOException.class)
                    .hasMessageContainingAll(path.toString(), "expected a folder that can be written to, found a file");
        }
    }
}
