package io.github.hecnn.mlr.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.hecnn.ckks.error.FormatException;
import io.github.hecnn.ckks.keys.KeyGenerator;
import io.github.hecnn.ckks.keys.SecretKey;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.ckks.params.CkksParameters;
import io.github.hecnn.ckks.params.SecurityLevel;
import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.ckks.scheme.CkksEncoder;
import io.github.hecnn.ckks.scheme.Decryptor;
import io.github.hecnn.ckks.scheme.Encryptor;
import io.github.hecnn.core.sampling.RandomSource;
import io.github.hecnn.mlr.data.DataFormatException;
import io.github.hecnn.mlr.exchange.FileSeal;
import io.github.hecnn.mlr.exchange.SealedJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EncryptedDatasetTest {
    private static final CkksContext CONTEXT = context(3);
    private static final SecretKey SECRET = new KeyGenerator(CONTEXT, RandomSource.seeded(1)).secretKey();
    private static final CkksEncoder ENCODER = new CkksEncoder(CONTEXT);
    private static final Encryptor ENCRYPTOR = Encryptor.withSecretKey(CONTEXT, SECRET, RandomSource.seeded(2));

    @TempDir
    private Path folder;

    private static CkksContext context(int levels) {
        return CkksContext.create(CkksParameters.builder()
                .logRingDegree(10)
                .levels(levels)
                .scaleBits(40)
                .securityLevel(SecurityLevel.NONE)
                .build());
    }

    private static Ciphertext encrypt(double value, int level) {
        return ENCRYPTOR.encrypt(ENCODER.encode(new double[] {value, value}, level));
    }

    /** Two blocks of a part of two values and one of one at a lower level; the slots are 10 block + part. */
    private EncryptedDataset write() throws IOException {
        EncryptedDataset.Writer writer = new EncryptedDataset.Writer(folder, CONTEXT, "job 7", 2, 2);
        for (int part = 1; part >= 0; part--) { // in any order
            for (int block = 0; block < 2; block++) {
                double v = 10.0 * block + part;
                writer.write(block, part, part == 0 ? List.of(encrypt(v, 3), encrypt(-v, 3)) : List.of(encrypt(v, 1)));
            }
        }
        return writer.finish();
    }

    private static double decrypt(Ciphertext c) {
        return ENCODER.decode(new Decryptor(CONTEXT, SECRET).decrypt(c))[0];
    }

    @Test
    void readsInAnyOrderWhatWasWritten() throws IOException {
        EncryptedDataset written = write();
        assertThat(written.bytes())
                .isEqualTo(EncryptedDataset.bytes(CONTEXT.parameters(), 2, new int[] {2, 1}, new int[] {3, 1}));
        EncryptedDataset dataset = EncryptedDataset.open(folder, CONTEXT, "job 7");
        assertThat(dataset.blocks()).isEqualTo(2);
        assertThat(dataset.parts()).isEqualTo(2);
        for (int block : new int[] {1, 0, 1}) {
            List<Ciphertext> second = dataset.read(block, 1);
            assertThat(second).hasSize(1);
            assertThat(second.get(0).level()).isEqualTo(1);
            assertThat(decrypt(second.get(0)))
                    .isCloseTo(10.0 * block + 1, org.assertj.core.api.Assertions.within(1e-6));
            assertThat(dataset.read(block, 0)).hasSize(2);
        }
    }

    private Path file(int block, int part) {
        return folder.resolve(DatasetManifest.name(block, part));
    }

    @Test
    void refusesAMissingOrTruncatedPartWhenItIsOpened() throws IOException {
        write();
        byte[] bytes = Files.readAllBytes(file(1, 0));
        Files.write(file(1, 0), java.util.Arrays.copyOf(bytes, bytes.length - 1));
        assertThatThrownBy(() -> EncryptedDataset.open(folder, CONTEXT, "job 7"))
                .isInstanceOf(DataFormatException.class)
                .hasMessageContaining(
                        "block-00001-part-0000.ckks with " + bytes.length + " bytes, found " + (bytes.length - 1));
        Files.delete(file(1, 0));
        assertThatThrownBy(() -> EncryptedDataset.open(folder, CONTEXT, "job 7"))
                .isInstanceOf(DataFormatException.class)
                .hasMessageContaining("found none; have the owner write the data set again");
    }

    @Test
    void refusesADamagedPartWhenItIsRead() throws IOException {
        write();
        EncryptedDataset dataset = EncryptedDataset.open(folder, CONTEXT, "job 7");
        byte[] bytes = Files.readAllBytes(file(0, 1));
        bytes[bytes.length / 2] ^= 1;
        Files.write(file(0, 1), bytes);
        assertThatThrownBy(() -> dataset.read(0, 1))
                .isInstanceOf(DataFormatException.class)
                .hasMessageContaining("expected SHA-256");
        dataset.read(1, 1);
        byte[] later = Files.readAllBytes(file(1, 1));
        later[later.length / 2] ^= 1;
        Files.write(file(1, 1), later); // after the first look
        assertThatThrownBy(() -> dataset.read(1, 1)).isInstanceOf(FormatException.class);
    }

    @Test
    void refusesTheFolderOfAnotherJobOrOfOtherParameters() throws IOException {
        write();
        assertThatThrownBy(() -> EncryptedDataset.open(folder, CONTEXT, "job 8"))
                .isInstanceOf(DataFormatException.class)
                .hasMessageContaining("expected a data set of job job 8, found job 7");
        assertThatThrownBy(() -> EncryptedDataset.open(folder, context(2), "job 7"))
                .isInstanceOf(DataFormatException.class)
                .hasMessageContaining("expected a data set of parameters");
    }

    @Test
    void refusesAnUnfinishedFolder() throws IOException {
        write();
        EncryptedDataset.Writer writer = new EncryptedDataset.Writer(folder, CONTEXT, "job 7", 2, 2);
        writer.write(0, 0, List.of(encrypt(1, 0)));
        assertThatThrownBy(writer::finish)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("found none for block 0, part 1");
        assertThatThrownBy(() -> EncryptedDataset.open(folder, CONTEXT, "job 7"))
                .isInstanceOf(DataFormatException.class)
                .hasMessageContaining("expected a file, found none");
    }

    /** Longest names, and lengths of terabytes. */
    @Test
    void aManifestOfTheMostFilesCanBeReadAgain() throws IOException {
        List<FileSeal> seals = IntStream.range(0, EncryptedDataset.MOST_FILES)
                .mapToObj(i -> new FileSeal(DatasetManifest.name(99_999, 9_999), 9_999_999_999_999L, "a".repeat(64)))
                .toList();
        String job = "j".repeat(1000);
        DatasetManifest most = new DatasetManifest(1, job, DatasetManifest.id(-1), 99_999, 9_999, seals);
        Path file = folder.resolve("most.json");
        Files.writeString(file, SealedJson.text(most));
        assertThat(SealedJson.read(file, DatasetManifest.class, "write it again"))
                .isEqualTo(most);
    }

    @Test
    void refusesMoreFilesThanAManifestCanNameBeforeOneIsWritten() throws IOException {
        assertThatThrownBy(() -> new EncryptedDataset.Writer(folder, CONTEXT, "job 7", 25_001, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected at most 50000 files")
                .hasMessageContaining("found 25001 blocks of 2 parts");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void refusesNumbersOutOfRange() throws IOException {
        assertThatThrownBy(() -> new EncryptedDataset.Writer(folder, CONTEXT, "job 7", 0, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1..99999 blocks");
        EncryptedDataset.Writer writer = new EncryptedDataset.Writer(folder, CONTEXT, "job 7", 2, 2);
        assertThatThrownBy(() -> writer.write(2, 0, List.of(encrypt(1, 0)))).hasMessageContaining("block 0..1");
        assertThatThrownBy(() -> writer.write(0, 0, List.of())).hasMessageContaining("at least 1 ciphertext");
        EncryptedDataset dataset = write();
        assertThatThrownBy(() -> dataset.read(0, 2)).hasMessageContaining("part 0..1");
        assertThatThrownBy(() -> EncryptedDataset.bytes(CONTEXT.parameters(), 1, new int[2], new int[1]))
                .hasMessageContaining("a level for each of 2 parts");
    }
}
