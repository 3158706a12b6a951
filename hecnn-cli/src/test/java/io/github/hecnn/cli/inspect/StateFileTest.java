package io.github.hecnn.cli.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hecnn.ckks.keys.KeyGenerator;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.ckks.params.CkksParameters;
import io.github.hecnn.ckks.params.SecurityLevel;
import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.ckks.scheme.CkksEncoder;
import io.github.hecnn.ckks.scheme.Encryptor;
import io.github.hecnn.ckks.serial.CkksSerializer;
import io.github.hecnn.core.sampling.RandomSource;
import io.github.hecnn.mlr.recipe.TrainingState;
import io.github.hecnn.mlr.recipe.TrainingStateFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The state of a checkpoint is told, and each of its bytes is held by a checksum. */
class StateFileTest {
    @Test
    void isToldByItsHeadAndItsChecksum(@TempDir Path folder) throws IOException {
        CkksContext context = CkksContext.create(CkksParameters.builder()
                .logRingDegree(11)
                .levels(1)
                .scaleBits(30)
                .securityLevel(SecurityLevel.NONE)
                .build());
        KeyGenerator generator = new KeyGenerator(context, RandomSource.seeded(1));
        Ciphertext c = Encryptor.withSecretKey(context, generator.secretKey(), RandomSource.seeded(2))
                .encrypt(new CkksEncoder(context).encode(new double[] {1, 2}));
        Path file = folder.resolve("state-3.bin");
        TrainingStateFile.write(
                file,
                new CkksSerializer(context),
                new TrainingState<>(3, 6, 17, false, List.of(List.of(c)), List.of(1.0), List.of(2.0)));
        FileInspector inspector = new FileInspector(false);
        Inspection found = inspector.inspect(file, "x").orElseThrow();
        assertThat(found.kind()).isEqualTo("the state in a checkpoint, encrypted");
        assertThat(found.details())
                .containsEntry("iteration", 3)
                .containsEntry("blocksRead", 6L)
                .containsEntry("finished", false)
                .containsEntry("terms", 1);
        byte[] bytes = Files.readAllBytes(file);
        for (int at : new int[] {9, 40, bytes.length / 2, bytes.length - 1}) {
            byte[] damaged = bytes.clone();
            damaged[at] ^= 4;
            Files.write(file, damaged);
            assertThat(inspector.inspect(file, "x").orElseThrow().problem())
                    .as("byte %d", at)
                    .contains("expected the state of a training with its checksum");
        }
    }
}
