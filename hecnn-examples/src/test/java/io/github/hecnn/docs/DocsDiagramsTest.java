package io.github.hecnn.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hecnn.docs.diagrams.Diagrams;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.SAXException;

/** The diagrams are what their generators draw, on the packages, books and presets of today. */
class DocsDiagramsTest {
    private static final Path IMAGES = Docs.FOLDER.resolve("images");

    @Test
    void theFilesAreWhatTheGeneratorsDraw() throws IOException {
        Map<String, String> drawn = Diagrams.all(Docs.ROOT);
        for (Map.Entry<String, String> d : drawn.entrySet()) {
            Path file = IMAGES.resolve(d.getKey());
            if (Docs.WRITE) {
                Files.createDirectories(IMAGES);
                Files.writeString(file, d.getValue());
            }
            assertThat(file)
                    .as("draw it again with %s", Docs.HOW_TO_WRITE)
                    .content()
                    .isEqualTo(d.getValue());
        }
        try (Stream<Path> files = Files.list(IMAGES)) {
            assertThat(files.map(f -> f.getFileName().toString())).containsExactlyInAnyOrderElementsOf(drawn.keySet());
        }
    }

    @Test
    void theyAreSoundXmlForLightAndDarkPagesWithWordsForThoseWhoDoNotSee()
            throws IOException, ParserConfigurationException, SAXException {
        for (Map.Entry<String, String> d : Diagrams.all(Docs.ROOT).entrySet()) {
            Document xml = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new ByteArrayInputStream(d.getValue().getBytes(StandardCharsets.UTF_8)));
            assertThat(xml.getElementsByTagName("title").getLength()).isOne();
            assertThat(xml.getElementsByTagName("desc").item(0).getTextContent())
                    .isNotBlank();
            assertThat(xml.getElementsByTagName("style").item(0).getTextContent())
                    .contains("prefers-color-scheme: dark");
        }
    }
}
