package io.github.hecnn.cli.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.hecnn.mlr.data.DataFormatException;
import java.io.UncheckedIOException;

/** What a program remembers between two roles, as the note that the first one's state keeps for it. */
public final class Notes {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Notes() {}

    /**
     * {@return a record as text}
     *
     * @param note a record
     */
    public static String text(Object note) {
        try {
            return MAPPER.writeValueAsString(note);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * {@return the record of a text}
     *
     * @param text what {@link #text} gave
     * @param type of the record
     * @param <T> its type
     * @param whose settings these are, for the error
     * @param again what to do if they are others
     * @throws DataFormatException if the text is no such record
     */
    public static <T> T read(String text, Class<T> type, String whose, String again) {
        try {
            return MAPPER.readValue(text, type);
        } catch (JsonProcessingException e) {
            throw new DataFormatException(
                    "read the " + whose + "'s settings: expected those of this program, found others; " + again, e);
        }
    }
}
