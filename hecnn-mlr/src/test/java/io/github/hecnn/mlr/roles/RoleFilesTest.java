package io.github.hecnn.mlr.roles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.hecnn.core.parallel.WorkerPool;
import io.github.hecnn.mlr.data.DataFormatException;
import io.github.hecnn.mlr.exchange.FolderLocks;
import io.github.hecnn.mlr.model.MlrModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole cycle through folders: each role sees its own only. */
class RoleFilesTest {
    @TempDir
    private static Path whole;

    private static MlrModel inMemory;

    @TempDir
    private Path folder;

    private Path own;
    private Path exchange;

    @BeforeAll
    static void trains() throws IOException {
        try (DataOwner owner = DataOwner.prepare(RoleData.dataset(), RoleData.SETTINGS)) {
            owner.write(whole.resolve("own"), whole.resolve("exchange"));
            inMemory = owner.open(CloudTrainer.on(WorkerPool.single()).train(owner.job()));
        }
        Path cloud = whole.resolve("cloud");
        copy(whole.resolve("exchange"), cloud);
        train(cloud);
        copy(cloud, whole.resolve("exchange"));
    }

    private static void train(Path folder) {
        TrainingJob job = TrainingJob.readOfAnySecurity(folder, WorkerPool.single());
        CloudTrainer.on(WorkerPool.single()).train(job).write(folder);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file));
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }

    @BeforeEach
    void copies() throws IOException {
        own = folder.resolve("own");
        exchange = folder.resolve("exchange");
        copy(whole.resolve("own"), own);
        copy(whole.resolve("exchange"), exchange);
    }

    /** A file of the only run there. */
    private static Path find(Path folder, String name) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(f -> f.getFileName().toString().equals(name))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void theOwnerOpensTheResultWithoutItsData() {
        try (DataOwner owner = DataOwner.read(own, exchange)) {
            assertThat(owner.open(exchange)).isEqualTo(inMemory);
            assertThatThrownBy(owner::job)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("read the job with CloudTrainer.read");
        }
    }

    @Test
    void whatTheCloudSeesHasNoSecret() throws IOException {
        byte[] secret = Files.readAllBytes(find(own, "secret-key.bin"));
        String middle = text(secret).substring(secret.length / 2, secret.length / 2 + 48);
        try (Stream<Path> files = Files.walk(exchange)) {
            List<Path> all = files.filter(Files::isRegularFile).toList();
            assertThat(all).hasSizeGreaterThan(5);
            for (Path file : all) {
                assertThat(text(Files.readAllBytes(file))).as(file.toString()).doesNotContain(middle);
            }
        }
        if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            for (String name : List.of("secret-key.bin", "settings.json", "untrained-model.bin")) {
                assertThat(PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(find(whole.resolve("own"), name))))
                        .isEqualTo("rw-------");
            }
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1);
    }

    @Test
    void aJobThatProtectsNothingIsRefusedUnlessAskedFor() {
        assertThatThrownBy(() -> CloudTrainer.on(WorkerPool.single()).read(exchange))
                .isInstanceOf(DataFormatException.class)
                .hasMessageContaining("expected parameters of 128-bit security, found a job of 0")
                .hasMessageContaining("TrainingJob.readOfAnySecurity");
    }

    @ParameterizedTest
    @ValueSource(strings = {"job.json", "parameters.bin", "evaluation-keys.bin", "input-1.ckks"})
    void theCloudRefusesFilesThatWereChanged(String name) throws IOException {
        flip(find(exchange, name));
        assertThatThrownBy(() -> train(exchange))
                .isInstanceOf(DataFormatException.class)
                .hasMessageContaining(name)
                .hasMessageContaining("have the data owner prepare the job again (DataOwner.prepare)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "exchange/job.json",
                "exchange/parameters.bin",
                "exchange/cloud-report.json",
                "exchange/weights-iteration-2.ckks",
                "own/settings.json",
                "own/secret-key.bin",
                "own/untrained-model.bin"
            })
    void theOwnerRefusesFilesThatWereChanged(String place) throws IOException {
        Path folderOf = folder.resolve(place).getParent();
        String name = Path.of(place).getFileName().toString();
        flip(find(folderOf, name));
        assertThatThrownBy(() -> DataOwner.read(own, exchange).open(exchange))
                .isInstanceOf(DataFormatException.class)
                .hasMessageContaining(name)
                .hasMessageContaining("again");
    }

    private static void flip(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 4;
        Files.write(file, bytes);
    }

    @Test
    void theJobOfAnotherOwnerIsRefused() {
        Path other = folder.resolve("other");
        try (DataOwner stranger = DataOwner.prepare(RoleData.dataset(2), RoleData.SETTINGS)) {
            stranger.write(other, exchange);
            assertThatThrownBy(() -> DataOwner.read(own, exchange))
                    .isInstanceOf(DataFormatException.class)
                    .hasMessageContaining("run-" + stranger.job().runId())
                    .hasMessageContaining("settings.json: expected a file, found none");
        }
    }

    @Test
    void aNewJobReplacesTheOldOneAndItsResult() throws IOException {
        try (DataOwner again = DataOwner.prepare(RoleData.dataset(), RoleData.SETTINGS)) {
            again.write(own, exchange);
            try (Stream<Path> runs = Files.list(exchange)) {
                assertThat(runs.map(f -> f.getFileName().toString()))
                        .contains("job.json", "run-" + again.job().runId())
                        .doesNotContain(".hecnn.lock");
            }
            assertThatThrownBy(() -> DataOwner.read(own, exchange).open(exchange))
                    .isInstanceOf(DataFormatException.class)
                    .hasMessageContaining("cloud-report.json: expected a file, found none")
                    .hasMessageContaining("have the cloud train again (CloudTrainer.train)");
        }
        train(exchange);
        assertThat(DataOwner.read(own, exchange)
                        .open(exchange)
                        .evaluate(RoleData.dataset())
                        .accuracy())
                .isEqualTo(inMemory.evaluate(RoleData.dataset()).accuracy());
    }

    @Test
    @SuppressWarnings("try") // the lock is only held
    void aSecondRunInTheSameFolderIsRefused() throws IOException {
        try (FolderLocks lock = new FolderLocks("cloud-train").write(exchange)) {
            assertThatThrownBy(() -> DataOwner.read(own, exchange))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("expected no other run in this folder, found cloud-train");
        }
    }
}
