package io.github.hecnn.examples.cryptotl;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.hecnn.mlr.data.DataFormatException;
import io.github.hecnn.mlr.transfer.ClientFile;
import io.github.hecnn.mlr.encoder.text.SentenceModel;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * What this program remembers between asking and training, beside what the client's role does: kept by that as its note.
 *
 * @param data folder of the texts, or null for made-up ones
 * @param target task
 * @param sentences what embeds the texts
 * @param seed of the choice of examples and of the heads
 * @param fingerprint of texts and labels
 */
record ClientNote(
        String data, String target, SentenceModel sentences, int samples, int tests, long seed, String fingerprint) {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    static ClientNote of(ClientSettings settings, String fingerprint) {
        return new ClientNote(
                settings.data() == null
                        ? null
                        : settings.data().toAbsolutePath().normalize().toString(),
                settings.target(),
                settings.sentences(),
                settings.samples(),
                settings.tests(),
                settings.seed(),
                fingerprint);
    }

    String text() {
        try {
            return MAPPER.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ClientNote read(ClientFile state) {
        try {
            return MAPPER.readValue(state.note(), ClientNote.class);
        } catch (JsonProcessingException e) {
            throw new DataFormatException(
                    "read the client's settings: expected those of this program, found others; "
                            + ClientRoles.AGAIN_ASK,
                    e);
        }
    }

    /** The settings of the run, as the asking role had them, with this process's folder and threads. */
    ClientSettings settings(ClientSettings here) {
        return new ClientSettings(
                here.own(),
                data == null ? null : Path.of(data),
                target,
                sentences,
                samples,
                tests,
                here.lanes(),
                seed,
                here.threads());
    }
}
