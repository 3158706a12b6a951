package io.github.hecnn.mlr.encoder.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.hecnn.mlr.data.DataFormatException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFolderTest {
    @TempDir
    private Path parent;

    private Path folder;

    @BeforeEach
    void writes() throws IOException {
        folder = TestImages.folder(parent, 2, 3, 1);
    }

    private void refused(String... words) {
        assertThatThrownBy(() -> ImageFolder.read(folder))
                .isInstanceOf(DataFormatException.class)
                .hasMessageContainingAll(words);
    }

    @Test
    void classesAreSubfoldersAndImagesComeInOrder() {
        ImageFolder images = ImageFolder.read(folder);
        assertThat(images.classNames()).containsExactly("a", "b");
        assertThat(images.labels()).containsExactly(0, 0, 0, 1, 1, 1);
        assertThat(images.place(4)).endsWith("1.png").contains("b");
        assertThat(images.name()).isEqualTo("images of images1");
        assertThat(images.image(4).width()).isBetween(20, 40);
    }

    @Test
    void numbersAreSortedBySize() throws IOException {
        for (String name : List.of("10", "9", "2")) {
            Files.createDirectory(parent.resolve("n" + name));
        }
        Path numbers = Files.createDirectory(parent.resolve("numbers"));
        for (String name : List.of("10", "9", "2")) {
            Files.copy(
                    folder.resolve("a/0.png"),
                    Files.createDirectory(numbers.resolve(name)).resolve("x.PNG"));
        }
        assertThat(ImageFolder.read(numbers).classNames()).containsExactly("2", "9", "10");
    }

    @Test
    void hiddenFilesAndLitterArePassedOver() throws IOException {
        Files.writeString(folder.resolve(".DS_Store"), "x");
        Files.writeString(folder.resolve("README.md"), "x");
        Files.createDirectory(folder.resolve(".git"));
        Files.writeString(folder.resolve("a/.hidden.png"), "x");
        Files.writeString(folder.resolve("a/Thumbs.db"), "x");
        Files.writeString(Files.createDirectory(folder.resolve("a/.cache")).resolve("1.png"), "x");
        assertThat(ImageFolder.read(folder).size()).isEqualTo(6);
    }

    @Test
    void linksAreFollowedAndFoldersBelowAreOfTheClass() throws IOException {
        Files.copy(
                folder.resolve("a/0.png"),
                Files.createDirectory(folder.resolve("a/more")).resolve("7.png"));
        Files.createSymbolicLink(folder.resolve("c"), folder.resolve("b"));
        Files.createSymbolicLink(folder.resolve("b/link.png"), folder.resolve("a/0.png"));
        ImageFolder images = ImageFolder.read(folder);
        assertThat(images.classNames()).containsExactly("a", "b", "c");
        assertThat(images.labels()).containsExactly(0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2);
        Files.createSymbolicLink(folder.resolve("a/circle"), folder.resolve("a"));
        assertThatThrownBy(() -> ImageFolder.read(folder))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("circles of links");
        Files.delete(folder.resolve("a/circle"));
        Files.createSymbolicLink(folder.resolve("a/broken.png"), parent.resolve("nothing"));
        refused("broken.png", "found a link to none");
    }

    @Test
    void whatIsNoFolderOfClassesIsRefused() throws IOException {
        assertThatThrownBy(() -> ImageFolder.read(parent.resolve("none")))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("found none; check the path");
        assertThatThrownBy(() -> ImageFolder.read(folder.resolve("a/0.png")))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("found a file");
        assertThatThrownBy(() -> ImageFolder.read(folder.resolve("a")))
                .isInstanceOf(DataFormatException.class)
                .hasMessageContaining("found one beside them");
        Files.createDirectory(folder.resolve("empty"));
        refused("empty: expected at least one image of the class, found none");
        Files.delete(folder.resolve("empty"));
        Files.writeString(folder.resolve("a/labels.txt"), "x");
        refused("labels.txt: expected PNG and JPEG images", "convert or remove it");
        Files.delete(folder.resolve("a/labels.txt"));
        Path one = Files.createDirectory(parent.resolve("one"));
        Files.createDirectory(one.resolve("only"));
        assertThatThrownBy(() -> ImageFolder.read(one)).hasMessageContaining("expected 2..");
        Path parts = Files.createDirectory(parent.resolve("parts"));
        Files.createDirectory(parts.resolve("train"));
        Files.createDirectory(parts.resolve("test"));
        assertThatThrownBy(() -> ImageFolder.read(parts)).hasMessageContaining("found test, train; give one of these");
    }

    @Test
    void classesThatDifferByCapitalLettersAreRefused() throws IOException {
        Files.copy(
                folder.resolve("a/0.png"),
                Files.createDirectory(folder.resolve("B")).resolve("0.png"));
        refused("found B and b; put their images into one folder, or rename one");
    }

    @Test
    void testImagesHaveTheClassesOfTheTrainingImages() throws IOException {
        Path test = TestImages.folder(parent, 2, 1, 2);
        assertThat(ImageFolder.read(test, List.of("a", "b", "z")).classNames()).containsExactly("a", "b", "z");
        Files.move(test.resolve("a"), test.resolve("z"));
        assertThat(ImageFolder.read(test, List.of("a", "b", "z")).labels()).containsExactly(1, 2);
        assertThatThrownBy(() -> ImageFolder.read(test, List.of("a", "b")))
                .isInstanceOf(DataFormatException.class)
                .hasMessageContaining("z: expected a class of the training images (a, b), found another");
    }

    @Test
    void aNameThatSaysAnotherFormatDoesNotMatterButTheContentDoes() throws IOException {
        BufferedImage image = new BufferedImage(12, 9, BufferedImage.TYPE_INT_RGB);
        Files.write(folder.resolve("a/photo.png"), TestImages.bytes(image, "jpeg"));
        Files.write(folder.resolve("a/drawing.jpg"), TestImages.png(image));
        Files.writeString(folder.resolve("a/text.png"), "no image");
        Files.writeString(folder.resolve("a/empty.jpeg"), "");
        ImageFolder images = ImageFolder.read(folder);
        for (int i = 0; i < images.size(); i++) {
            int index = i;
            String name = images.place(i);
            if (name.endsWith("photo.png") || name.endsWith("drawing.jpg")) {
                assertThat(images.image(i).width()).isEqualTo(12);
            } else if (name.endsWith("text.png") || name.endsWith("empty.jpeg")) {
                assertThatThrownBy(() -> images.image(index))
                        .isInstanceOf(DataFormatException.class)
                        .hasMessageStartingWith(name)
                        .hasMessageContaining(name.endsWith("text.png") ? "something else" : "an empty file");
            }
        }
    }

    @Test
    void aFileThatVanishedIsNamed() throws IOException {
        ImageFolder images = ImageFolder.read(folder);
        Files.delete(folder.resolve("a/2.png"));
        assertThatThrownBy(() -> images.image(2))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("2.png: expected a file, found none");
    }
}
