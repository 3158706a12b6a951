package io.github.hecnn.examples.mnist;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.hecnn.mlr.approx.OutsideInterval;
import io.github.hecnn.mlr.data.DataFormatException;
import io.github.hecnn.mlr.features.Preconditioner;
import io.github.hecnn.mlr.features.ScalingKind;
import io.github.hecnn.mlr.roles.OwnerFile;
import io.github.hecnn.mlr.training.RecipeKind;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * What this program remembers between encrypting and decrypting, beside what the owner's role does: kept by that as its note.
 *
 * @param data folder with mnist/, or null for the built-in data
 * @param features where samples and features come from
 * @param samples as in the settings
 * @param seed null for secure randomness
 * @param fingerprint of the training data
 * @param preparationSeconds reading data and planning
 */
record OwnerNote(
        String data,
        FeatureChoice features,
        String scaling,
        int samples,
        Long seed,
        String fingerprint,
        double preparationSeconds) {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    static OwnerNote of(RunSettings settings, String fingerprint, double preparationSeconds) {
        return new OwnerNote(
                settings.data() == null
                        ? null
                        : settings.data().toAbsolutePath().normalize().toString(),
                settings.features().absolute(),
                settings.scaling().toString(),
                settings.samples(),
                settings.seed(),
                fingerprint,
                preparationSeconds);
    }

    String text() {
        try {
            return MAPPER.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    static OwnerNote read(OwnerFile state) {
        try {
            return MAPPER.readValue(state.note(), OwnerNote.class);
        } catch (JsonProcessingException e) {
            throw new DataFormatException(
                    "read the owner's settings: expected those of this program, found others; "
                            + RunFolder.AGAIN_ENCRYPT,
                    e);
        }
    }

    /** The settings of the run, as the encrypting role had them, with this process's threads. */
    RunSettings settings(RunSettings here, OwnerFile state) {
        return new RunSettings(
                RecipeKind.named(state.job().recipe()),
                data == null ? null : Path.of(data),
                false,
                samples,
                state.job().iterations(),
                features,
                ScalingKind.named(scaling),
                false,
                here.threads(),
                seed,
                here.out(),
                here.role(),
                state.job().initialWeight(),
                Preconditioner.named(state.preconditioner()),
                OutsideInterval.valueOf(state.outsideInterval()),
                false);
    }
}
