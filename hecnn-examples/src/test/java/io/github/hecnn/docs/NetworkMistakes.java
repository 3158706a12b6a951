package io.github.hecnn.docs;

import io.github.hecnn.mlr.encoder.image.ImageFolder;
import io.github.hecnn.mlr.transfer.network.Dense;
import io.github.hecnn.mlr.transfer.network.EncryptedNetwork;
import io.github.hecnn.mlr.transfer.network.Network;
import io.github.hecnn.mlr.transfer.network.NetworkPacking;
import io.github.hecnn.mlr.transfer.network.inference.InferenceParameters;
import io.github.hecnn.mlr.transfer.network.onnx.OnnxNetwork;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What goes wrong most often with networks and with encoders of images. */
final class NetworkMistakes {
    private NetworkMistakes() {}

    static List<ThrowingCallable> all(Path folder) {
        Network network = new Network(2, List.of(new Dense(new double[][] {{1, 2}}, new double[] {0})));
        return List.of(
                () -> OnnxNetwork.read(folder.resolve("none.onnx")),
                () -> OnnxNetwork.read(Files.writeString(folder.resolve("page.onnx"), "<html>not found</html>")),
                () -> OnnxNetwork.of("relu.onnx", relu("1", "2")),
                () -> OnnxNetwork.of("open.onnx", relu("batch", "width")),
                () -> EncryptedNetwork.compile(network, NetworkPacking.of(network, 1024, 1, 1), 0),
                () -> EncryptedNetwork.compile(network, new NetworkPacking(1024, 3, 1, 1, 1)),
                () -> InferenceParameters.circuitPrivate(60),
                () -> ImageFolder.read(folder.resolve("no-images")),
                () -> ImageFolder.read(images(folder, "flat", "cat.png")),
                () -> ImageFolder.read(images(folder, "splits", "train/cats/1.png", "test/cats/2.png")),
                () -> ImageFolder.read(images(folder, "notes", "cats/1.png", "dogs/readme.txt")));
    }

    private static Path images(Path folder, String name, String... files) throws IOException {
        for (String file : files) {
            Path path = folder.resolve(name).resolve(file);
            Files.createDirectories(path.getParent());
            Files.writeString(path, "no image");
        }
        return folder.resolve(name);
    }

    /** A model of one operator, as protocol buffers: lengths are below 128, so each is one byte. */
    private static byte[] relu(String... dimensions) {
        byte[] node = message(field(1, text("x")), field(2, text("y")), field(4, text("Relu")));
        return message(
                new byte[] {8, 8}, // version of the format
                field(8, message(new byte[] {16, 13})), // version of the operators
                field(
                        7,
                        message(field(1, node), field(11, value("x", dimensions)), field(12, value("y", dimensions)))));
    }

    private static byte[] value(String name, String... dimensions) {
        ByteArrayOutputStream shape = new ByteArrayOutputStream();
        for (String d : dimensions) {
            boolean fixed = Character.isDigit(d.charAt(0));
            shape.writeBytes(field(1, fixed ? new byte[] {8, Byte.parseByte(d)} : field(2, text(d))));
        }
        byte[] tensor = message(new byte[] {8, 1}, field(2, shape.toByteArray()));
        return message(field(1, text(name)), field(2, field(1, tensor)));
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] field(int number, byte[] content) {
        return message(new byte[] {(byte) (number << 3 | 2), (byte) content.length}, content);
    }

    private static byte[] message(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
