package io.github.hecnn.mlr.exchange;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.hecnn.core.files.Sha256;
import io.github.hecnn.mlr.data.DataFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Records as JSON with a checksum in the last field, so that a flipped digit in a settings file is noticed. The checksum
 * protects against accidents, not against somebody who can write the file.
 */
public final class SealedJson {
    private static final String SEAL = "sha256";
    private static final int MAX_BYTES = 8 << 20;
    private static final ObjectMapper MAPPER = new ObjectMapper()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES);

    private SealedJson() {}

    /**
     * {@return the text of a record with its checksum}
     *
     * @param record of a type that {@link #read} knows
     */
    public static String text(Object record) {
        ObjectNode node = MAPPER.valueToTree(record);
        node.put(SEAL, seal(node));
        return node.toPrettyString() + "\n";
    }

    /**
     * Reads a record.
     *
     * @param file what {@link #text} made
     * @param type a record type
     * @param fix said at the end of an error: which role writes the file
     * @param <T> its type
     * @return the record
     * @throws DataFormatException if the file is missing, too long, not JSON, not this record, or changed since it was written
     * @throws IOException if a file cannot be read
     */
    public static <T> T read(Path file, Class<T> type, String fix) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return read(in, file.toString(), type, fix);
        } catch (NoSuchFileException e) {
            throw new DataFormatException("read " + file + ": expected a file, found none; " + fix, e);
        }
    }

    /**
     * Reads a record from a stream up to its end.
     *
     * @param in left open
     * @param file its name in errors
     * @param type a record type
     * @param fix said at the end of an error: which role writes the file
     * @param <T> its type
     * @return the record
     * @throws DataFormatException as {@link #read(Path, Class, String)}
     * @throws IOException if the stream cannot be read
     */
    public static <T> T read(InputStream in, String file, Class<T> type, String fix) throws IOException {
        byte[] bytes = in.readNBytes(MAX_BYTES + 1);
        if (bytes.length > MAX_BYTES) {
            throw new DataFormatException(
                    "read " + file + ": expected at most " + MAX_BYTES + " bytes, found more; " + fix);
        }
        JsonNode node;
        try {
            node = MAPPER.readTree(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (JsonProcessingException | CharacterCodingException e) {
            throw new DataFormatException(
                    "read " + file + ": expected JSON, found something damaged or foreign; " + fix, e);
        }
        if (!(node instanceof ObjectNode object) || !object.path(SEAL).isTextual()) {
            throw new DataFormatException(
                    "read " + file + ": expected a JSON object with a checksum, found none; " + fix);
        }
        String written = object.remove(SEAL).textValue();
        String actual = seal(object);
        if (!written.equals(actual)) {
            throw new DataFormatException("read " + file + ": expected checksum " + shorten(written) + ", found "
                    + shorten(actual) + "; the file was changed or damaged, " + fix);
        }
        try {
            return MAPPER.treeToValue(object, type);
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new DataFormatException(
                    "read " + file + ": expected the fields of " + type.getSimpleName() + ", found others; " + fix, e);
        }
    }

    private static String seal(ObjectNode node) {
        return Sha256.of(node.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static String shorten(String hash) {
        return hash.substring(0, Math.min(12, hash.length()));
    }
}
