package io.github.hecnn.mlr.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hecnn.mlr.exchange.FileSeal;
import io.github.hecnn.mlr.exchange.SealedJson;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A description of an encrypted data set that every later version must read; it was made from docs/format.md, by no code of this library. */
class DatasetGoldenTest {
    @Test
    void theGoldenDescriptionIsRead() throws IOException {
        try (InputStream in = DatasetGoldenTest.class.getResourceAsStream("dataset.v1.json")) {
            DatasetManifest read = SealedJson.read(in, "golden", DatasetManifest.class, "keep it");
            assertThat(read)
                    .isEqualTo(new DatasetManifest(
                            1,
                            "run 1",
                            "0123456789abcdef",
                            1,
                            2,
                            List.of(
                                    new FileSeal(DatasetManifest.name(0, 0), 10, "00"),
                                    new FileSeal(DatasetManifest.name(0, 1), 20, "11"))));
        }
    }
}
