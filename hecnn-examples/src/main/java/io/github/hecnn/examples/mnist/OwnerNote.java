package io.github.hecnn.examples.mnist;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.hecnn.mlr.approx.OutsideInterval;
import io.github.hecnn.mlr.data.DataFormatException;
import io.github.hecnn.mlr.roles.OwnerFile;
import io.github.hecnn.mlr.training.RecipeKind;
import java.io.UncheckedIOException;

/**
 * What this program remembers between encrypting and decrypting, beside what the owner's role does: kept by that as its note.
 *
 * @param settings of the encrypting role
 * @param fingerprint of the training data
 * @param preparationSeconds reading data and planning
 */
record OwnerNote(RunSettings settings, String fingerprint, double preparationSeconds) {
    private static final ObjectMapper MAPPER = new ObjectMapper();

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
}
