package io.github.hecnn.cli.train;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.hecnn.mlr.data.ImageSet;
import io.github.hecnn.mlr.data.synthetic.SyntheticDigits;
import io.github.hecnn.mlr.data.synthetic.SyntheticDigits.Split;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images in the form of MNIST's, by the options of the run. */
class OtherImagesTest {
    @TempDir
    private Path folder;

    /** The built-in digits as four IDX files, labelled from 1. */
    private void digits(int count) throws IOException {
        for (Split split : Split.values()) {
            String name = split == Split.TRAINING ? "train" : "t10k";
            ImageSet set = SyntheticDigits.first(split, count);
            try (DataOutputStream images = open(name + "-images.idx3-ubyte", 0x803, count, 28, 28);
                    DataOutputStream labels = open(name + "-labels.idx1-ubyte", 0x801, count)) {
                for (int i = 0; i < count; i++) {
                    images.write(set.pixels()[i]);
                    labels.write(set.labels()[i] + 1);
                }
            }
        }
    }

    private DataOutputStream open(String name, int... header) throws IOException {
        DataOutputStream out =
                new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(folder.resolve(name))));
        for (int h : header) {
            out.writeInt(h);
        }
        return out;
    }

    @Test
    void theReportNamesTheDataSetAndErrorsNameOptions() throws IOException {
        digits(200);
        Path out = folder.resolve("out");
        TrainedRun.succeed("--data", folder, "--rehearse", "--out", out, "--samples", 80, "--shuffle-seed", 3);
        var report = new ObjectMapper().readTree(out.resolve("report.json").toFile());
        assertThat(report.get("dataset").asText()).isEqualTo("images of " + folder.getFileName());
        assertThat(report.get("details").get("labelNames").toString())
                .isEqualTo("[\"1\",\"2\",\"3\",\"4\",\"5\",\"6\",\"7\",\"8\",\"9\",\"10\"]");
        assertThat(report.get("accuracyPerIteration").get(1).asDouble()).isGreaterThan(0.8);
        Cli few = Cli.run("--data", folder, "--rehearse", "--out", out, "--samples", 2);
        assertThat(few.status()).isEqualTo(1);
        assertThat(few.err().get(0)).contains("split: expected training samples of", "--shuffle-seed 1");
        Cli many = Cli.run("--data", folder, "--rehearse", "--out", out, "--samples", 300);
        assertThat(many.err().get(0)).contains("--samples: expected at most 200 as in", "found 300; take fewer");
        Path empty = Files.createDirectory(folder.resolve("empty"));
        Cli none = Cli.run("--data", empty, "--rehearse", "--out", out);
        assertThat(none.err().get(0))
                .contains("give --data the folder that contains mnist/, or fetch it with --download");
    }
}
