package io.github.hecnn.cli.train;

import io.github.hecnn.cli.files.Damages;
import io.github.hecnn.cli.files.RunFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Truncated, changed, foreign and missing files given to a role. */
class DamagedFilesTest {
    private static TrainedRun run;

    @TempDir
    private Path folder;

    @BeforeAll
    static void runs() throws IOException {
        run = TrainedRun.get();
    }

    @ParameterizedTest
    @ValueSource(strings = {"job.json", "parameters.bin", "evaluation-keys.bin", "input-1.ckks", "input-3.ckks"})
    void theCloudRefusesDamagedFiles(String name) throws IOException {
        refusesEveryDamage("cloud-train", RunFiles.find(run.out(), "exchange/" + name), "owner-encrypt");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "exchange/job.json",
                "exchange/parameters.bin",
                "exchange/cloud-report.json",
                "exchange/weights-iteration-1.ckks",
                "exchange/weights-iteration-2.ckks",
                "owner/settings.json",
                "owner/secret-key.bin"
            })
    void theOwnerRefusesDamagedFiles(String name) throws IOException {
        refusesEveryDamage("owner-decrypt", RunFiles.find(run.out(), name), "");
    }

    private void refusesEveryDamage(String role, Path file, String fix) throws IOException {
        byte[] good = Files.readAllBytes(file);
        String name = file.getFileName().toString();
        try {
            for (Map.Entry<String, byte[]> damage : Damages.of(good).entrySet()) {
                Files.write(file, damage.getValue());
                run.refuses(role, damage.getKey(), name, "expected", "found", fix);
            }
        } finally {
            Files.write(file, good);
        }
        Path away = folder.resolve(name);
        Files.move(file, away);
        try {
            run.refuses(role, "missing", name, "expected", "file, found", fix);
        } finally {
            Files.move(away, file);
        }
    }

    @Test
    void filesOfAnotherRunAreRefused() throws IOException {
        Path other = folder.resolve("other");
        TrainedRun.succeed("--role", "owner-encrypt", "--out", other, "--features", "h200", "--samples", 64);
        Map<String, String> cases = new TreeMap<>();
        cases.put("exchange/job.json", "cloud-train");
        cases.put("exchange/input-1.ckks", "cloud-train");
        cases.put("exchange/evaluation-keys.bin", "cloud-train");
        cases.put("owner/secret-key.bin", "owner-decrypt");
        cases.put("owner/settings.json", "owner-decrypt");
        for (Map.Entry<String, String> file : cases.entrySet()) {
            Path mine = RunFiles.find(run.out(), file.getKey());
            Path kept = folder.resolve("kept");
            Files.move(mine, kept);
            Files.copy(RunFiles.find(other, file.getKey()), mine, StandardCopyOption.REPLACE_EXISTING);
            try {
                run.refuses(file.getValue(), file.getKey(), "expected", "found");
            } finally {
                Files.move(kept, mine, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }
}
