package io.github.hecnn.cli.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hecnn.cli.files.RunFiles;
import io.github.hecnn.core.files.DyingDisk;
import io.github.hecnn.core.files.FolderLock;
import io.github.hecnn.mlr.exchange.ExchangeFolder;
import io.github.hecnn.mlr.exchange.OwnFolder;
import io.github.hecnn.mlr.roles.JobFile;
import io.github.hecnn.mlr.roles.OwnerFile;
import io.github.hecnn.mlr.roles.ResultFile;
import io.github.hecnn.mlr.roles.TrainingExchange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A role that is killed at any of its renames and deletions, over a finished run of two iterations. */
class CrashedRunTest {
    @TempDir
    private Path folder;

    private Path csv;
    private Path finished;
    private Path out;

    @BeforeEach
    void finishesARun() throws IOException {
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < 12; i++) {
            rows.append(i % 3)
                    .append(",0.")
                    .append(1 + i % 3)
                    .append(",0.")
                    .append(9 - 2 * (i % 3))
                    .append('\n');
        }
        csv = Files.writeString(folder.resolve("f.csv"), rows);
        finished = folder.resolve("finished");
        out = folder.resolve("out");
        assertThat(run("all", finished, 2)).isZero();
        Files.writeString(finished.resolve("notes.txt"), "mine");
    }

    @AfterEach
    void repairs() {
        DyingDisk.repair();
    }

    private int run(String role, Path where, int iterations) {
        return Cli.run(
                        "--role",
                        role,
                        "--out",
                        where,
                        "--features",
                        csv,
                        "--samples",
                        8,
                        "--iterations",
                        iterations,
                        "--threads",
                        1)
                .status();
    }

    private void startAgain() throws IOException {
        if (Files.exists(out)) {
            try (Stream<Path> files = Files.walk(out)) {
                for (Path file :
                        files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
        try (Stream<Path> files = Files.walk(finished)) {
            for (Path file : files.toList()) {
                Files.copy(file, out.resolve(finished.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    /** Kills a role before each of its steps in turn. */
    private int everywhere(String role, int iterations, Check after) throws IOException {
        for (int k = 1; ; k++) {
            startAgain();
            DyingDisk.install(k);
            int status = run(role, out, iterations);
            DyingDisk.repair();
            after.check("step " + k);
            assertThat(hidden()).as("step " + k).isEmpty();
            assertThat(out.resolve("notes.txt")).hasContent("mine");
            if (status == 0 && k > 3) {
                return k - 1;
            }
        }
    }

    private interface Check {
        void check(String what) throws IOException;
    }

    private List<Path> hidden() throws IOException {
        try (Stream<Path> files = Files.walk(out)) {
            return files.filter(f -> f.getFileName().toString().startsWith(".")).toList();
        }
    }

    private Set<String> outputs() throws IOException {
        Set<String> names = new TreeSet<>();
        try (Stream<Path> files = Files.list(out)) {
            files.filter(Files::isRegularFile)
                    .forEach(f -> names.add(f.getFileName().toString()));
        }
        return names;
    }

    /** Every file that the job names, and the secret key and settings of the same run. */
    private JobFile wholeJob() throws IOException {
        ExchangeFolder<JobFile, ResultFile> exchange = new RunFolder(out).exchange();
        JobFile job = exchange.job();
        exchange.jobFiles(job).checkAll();
        OwnFolder<OwnerFile> own = new RunFolder(out).own();
        own.files(own.state(job.runId())).checkAll();
        assertThat(own.files(own.state(job.runId())).get(OwnerFile.SECRET_KEY)).exists();
        return job;
    }

    private void recover() throws IOException {
        for (String name : List.of(".", "owner", "exchange")) {
            FolderLock.acquire(out.resolve(name), "next").close();
        }
    }

    @Test
    void theOldRunOrTheNewOneIsWholeWhereverEncryptingIsKilled() throws IOException {
        Set<Integer> found = new TreeSet<>();
        int steps = everywhere("owner-encrypt", 1, what -> {
            wholeJob(); // for whoever copies the folder as it is
            recover();
            JobFile job = wholeJob();
            found.add(job.iterations());
            ExchangeFolder<JobFile, ResultFile> exchange = new RunFolder(out).exchange();
            boolean old = job.iterations() == 2;
            assertThat(Files.exists(exchange.file(job, TrainingExchange.CLOUD_REPORT)))
                    .as(what)
                    .isEqualTo(old);
            if (old) {
                exchange.answerFiles(exchange.answer(job)).checkAll();
            }
        });
        assertThat(steps).isGreaterThan(10);
        assertThat(found).containsExactly(1, 2);
    }

    @Test
    @Tag("slow")
    void rolesGoOnWhereverEncryptingIsKilled() throws IOException {
        everywhere("owner-encrypt", 1, what -> {
            recover();
            if (wholeJob().iterations() == 1) { // the new one: the cloud has not trained it
                assertThat(run("cloud-train", out, 1)).as(what).isZero();
            }
            assertThat(run("owner-decrypt", out, 1)).as(what).isZero();
            assertThat(run("owner-encrypt", out, 1)).as(what).isZero();
            assertThat(RunFiles.folder(out.resolve("owner"))).as(what).exists();
            assertThat(RunFiles.folder(out.resolve("exchange"))).as(what).exists();
        });
    }

    @Test
    void reportsAreOfOneRunWhereverDecryptingIsKilled() throws IOException {
        assertThat(run("owner-encrypt", finished, 1)).isZero();
        assertThat(run("cloud-train", finished, 1)).isZero();
        Set<String> old = Set.of(
                "model.bin",
                "notes.txt",
                "report.html",
                "report.json",
                "weights.csv",
                "weights-errors.csv",
                "weights-iteration-1.csv",
                "weights-iteration-2.csv");
        Set<String> fresh = Set.of(
                "model.bin",
                "notes.txt",
                "report.html",
                "report.json",
                "weights.csv",
                "weights-errors.csv",
                "weights-iteration-1.csv");
        Set<Integer> found = new TreeSet<>();
        everywhere("owner-decrypt", 1, what -> {
            recover();
            assertThat(outputs()).as(what).isIn(old, fresh);
            boolean isOld = Files.readString(out.resolve("report.json")).contains("\"iterations\" : 2");
            assertThat(outputs().size()).as(what).isEqualTo(isOld ? old.size() : fresh.size());
            found.add(outputs().size());
        });
        assertThat(found).containsExactly(fresh.size(), old.size());
    }

    @Test
    void resultsCanBeDecryptedWhereverTheCloudIsKilled() throws IOException {
        everywhere("cloud-train", 2, what -> {
            recover();
            ExchangeFolder<JobFile, ResultFile> exchange = new RunFolder(out).exchange();
            JobFile job = wholeJob();
            exchange.answerFiles(exchange.answer(job)).checkAll();
        });
        assertThat(run("owner-decrypt", out, 2)).isZero();
    }

    @Test
    void onlyTheFilesOfTheLastRunRemain() throws IOException {
        startAgain();
        assertThat(outputs()).contains("weights-iteration-2.csv");
        assertThat(run("all", out, 1)).isZero();
        assertThat(outputs())
                .containsExactlyInAnyOrder(
                        "model.bin",
                        "notes.txt",
                        "report.html",
                        "report.json",
                        "weights.csv",
                        "weights-errors.csv",
                        "weights-iteration-1.csv");
        assertThat(Files.exists(RunFiles.folder(out.resolve("exchange")).resolve("weights-iteration-1.ckks")))
                .isTrue();
        assertThat(Files.exists(RunFiles.folder(out.resolve("exchange")).resolve("weights-iteration-2.ckks")))
                .isFalse();
        assertThat(RunFiles.folder(out.resolve("owner"))).exists();
    }

    @Test
    @SuppressWarnings("try") // the lock is only held
    void aSecondRunInTheSameFolderIsRefusedByName() throws IOException {
        startAgain();
        try (FolderLock lock = FolderLock.acquire(out.resolve("exchange"), "cloud-train")) {
            for (String role : List.of("owner-encrypt", "cloud-train", "owner-decrypt", "all")) {
                Cli second = Cli.run("--role", role, "--out", out, "--features", csv, "--samples", 8);
                assertThat(second.status()).isEqualTo(1);
                assertThat(second.err()).hasSize(1);
                assertThat(second.err().get(0))
                        .contains("expected no other run in this folder, found cloud-train (process");
            }
        }
    }

    @Test
    void theKeyOfAnotherRunIsRefusedByName() throws IOException {
        startAgain();
        Path other = folder.resolve("other");
        assertThat(run("owner-encrypt", other, 2)).isZero();
        Files.copy(
                RunFiles.find(other, "owner/secret-key.bin"),
                RunFiles.find(out, "owner/secret-key.bin"),
                StandardCopyOption.REPLACE_EXISTING);
        Cli run = Cli.run("--role", "owner-decrypt", "--out", out);
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err().get(0)).contains("secret-key.bin: expected SHA-256", "run --role owner-encrypt again");
    }
}
