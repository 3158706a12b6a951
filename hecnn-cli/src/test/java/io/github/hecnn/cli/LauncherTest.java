package io.github.hecnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.module.ModuleFinder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The launcher as a process: flags, exit status, and Ctrl-C. */
class LauncherTest {
    @TempDir
    private Path folder;

    @Test
    void nobodyNeedsFlags() throws IOException, InterruptedException {
        Ran ran = Ran.of(Ran.process("--heap", "300m", "version", "--json"));
        assertThat(ran.status()).as(ran.err()).isZero();
        assertThat(ran.err()).isEmpty();
        JsonNode version = ran.json();
        assertThat(version.path("heapBytes").asLong()).isBetween(250L << 20, 310L << 20);
        boolean vectors = ModuleFinder.ofSystem().find("jdk.incubator.vector").isPresent();
        assertThat(version.path("kernels").asText().contains("module jdk.incubator.vector is present"))
                .isEqualTo(vectors);
    }

    @Test
    void theExitStatusOfTheChildIsPassedOn() throws IOException, InterruptedException {
        Ran wrong = Ran.of(Ran.process("train", "--csv", folder.resolve("none.csv")));
        assertThat(wrong.status()).isEqualTo(2);
        assertThat(wrong.err())
                .startsWith("error: --csv: expected a file, found none")
                .hasLineCount(1);
        Ran heap = Ran.of(Ran.process("--heap", "much", "train"));
        assertThat(heap.status()).isEqualTo(2);
        assertThat(heap.err())
                .startsWith("error: --heap: expected megabytes or gigabytes")
                .hasLineCount(1);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS) // has no such signals
    void ctrlCLeavesWholeFilesAndTheRunCanBeDoneAgain() throws IOException, InterruptedException {
        Path csv = HecnnTest.trees(folder, 12);
        Path out = folder.resolve("out");
        Path errors = folder.resolve("errors.txt");
        Object[] train = {"train", "--csv", csv, "--samples", "8", "--iterations", "1", "--out", out};
        for (String moment : List.of("owner: write keys ...", "cloud: train ...")) {
            interrupt(moment, errors, out, train);
        }
        Ran again = Ran.here(train);
        assertThat(again.status()).as(again.err()).isZero();
        assertThat(Ran.here("inspect", "--check", out).status()).isZero();
        try (Stream<Path> all = Files.walk(out)) {
            assertThat(all.filter(f -> f.getFileName().toString().startsWith(".")))
                    .isEmpty();
        }
    }

    @Test
    @Tag("slow")
    @DisabledOnOs(OS.WINDOWS)
    void ctrlCInALongTrainingLeavesACheckpointToGoOnFrom() throws IOException, InterruptedException {
        Path out = folder.resolve("long");
        Object[] train = {
            "train",
            "long",
            "--samples",
            "512",
            "--batch",
            "256",
            "--iterations",
            "6",
            "--insecure-ring",
            "12",
            "--out",
            out
        };
        interrupt("iteration 2 of 6: ", folder.resolve("errors.txt"), out, train);
        List<Object> resumed = new ArrayList<>(List.of(train));
        resumed.addAll(List.of("--resume", "--json"));
        Ran done = Ran.here(resumed.toArray());
        assertThat(done.status()).as(done.err()).isZero();
        assertThat(done.json().path("accuracyPerIteration")).hasSize(6);
        assertThat(done.err()).contains("iteration 6 of 6: ").doesNotContain("iteration 2 of 6: ");
        assertThat(Ran.here("inspect", "--check", out).status()).isZero();
    }

    /** Starts the program, and sends what Ctrl-C sends once it has said something; every file that is there is whole then. */
    private static void interrupt(String moment, Path errors, Path out, Object... command)
            throws IOException, InterruptedException {
        Process process = Ran.process(command).redirectError(errors.toFile()).start();
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            String line = lines.readLine();
            while (line != null && !line.contains(moment)) {
                assertThat(line).doesNotContain("\r", "\u001b");
                line = lines.readLine();
            }
            assertThat(line).as("the run came to '" + moment + "'").isNotNull();
            List<ProcessHandle> children = process.children().toList();
            assertThat(children).hasSize(1);
            assertThat(new ProcessBuilder("kill", "-INT", Long.toString(process.pid()))
                            .start()
                            .waitFor())
                    .isZero();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(130);
            children.get(0).onExit().orTimeout(10, TimeUnit.SECONDS).join();
        }
        assertThat(errors).content().doesNotContain("Exception", "at io.github");
        assertThat(visibleFiles(out)).allSatisfy(file -> {
            if (file.toString().matches(".*\\.(bin|ckks|json)")) {
                assertThat(Ran.here("inspect", file).out()).as("%s", file).doesNotContain("damaged");
            }
        });
    }

    private static List<Path> visibleFiles(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .filter(f -> !f.getFileName().toString().startsWith("."))
                    .toList();
        }
    }
}
