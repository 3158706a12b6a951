package io.github.hecnn.cli.cryptotl;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.StringJoiner;

/** Small models: a sentence encoder of two files, whose ONNX graph picks every word's random vector, and a network on images. */
public final class TinyOnnx {
    private static final int FLOAT = 1;
    private static final int INT64 = 7;

    private TinyOnnx() {}

    /** Writes {@code model.onnx} and {@code tokenizer.json} for those words. */
    public static void write(Path folder, List<String> words, int width, long seed) throws IOException {
        List<String> pieces = new ArrayList<>(List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]"));
        pieces.addAll(words);
        Files.writeString(folder.resolve("tokenizer.json"), tokenizer(pieces));
        Random random = new Random(seed);
        ByteBuffer table = ByteBuffer.allocate(4 * width * pieces.size()).order(ByteOrder.LITTLE_ENDIAN);
        while (table.hasRemaining()) {
            table.putFloat((float) random.nextGaussian());
        }
        byte[] weights = join(
                number(1, pieces.size()),
                number(1, width),
                number(2, FLOAT),
                text(8, "table"),
                field(9, table.array()));
        byte[] pick = join(text(1, "table"), text(1, "input_ids"), text(2, "out"), text(4, "Gather"));
        byte[] graph = join(
                field(1, pick),
                text(2, "tiny"),
                field(5, weights),
                field(11, value("input_ids", INT64, text(2, "texts"), text(2, "tokens"))),
                field(12, value("out", FLOAT, text(2, "texts"), text(2, "tokens"), number(1, width))));
        byte[] operators = join(text(1, ""), number(2, 13));
        Files.write(folder.resolve("model.onnx"), join(number(1, 8), field(8, operators), field(7, graph)));
    }

    /**
     * A network on images as a file: one convolution of 3 x 3 with random weights, ReLU, global average pooling, a dense layer.
     *
     * @param side rows and columns of its input
     * @param filters features in the last but one layer
     */
    public static byte[] network(int side, int filters, long seed) {
        Random random = new Random(seed);
        byte[] nodes = join(
                field(1, join(text(1, "x"), text(1, "k"), text(2, "conv"), text(4, "Conv"))),
                field(1, join(text(1, "conv"), text(2, "relu"), text(4, "Relu"))),
                field(1, join(text(1, "relu"), text(2, "pooled"), text(4, "GlobalAveragePool"))),
                field(1, join(text(1, "pooled"), text(2, "features"), text(4, "Flatten"))),
                field(1, join(text(1, "features"), text(1, "w"), text(2, "logits"), text(4, "Gemm"))));
        byte[] input = value("x", FLOAT, text(2, "n"), number(1, 3), number(1, side), number(1, side));
        byte[] graph = join(
                nodes,
                text(2, "network"),
                field(5, tensor("k", random, filters, 3, 3, 3)),
                field(5, tensor("w", random, filters, 2)),
                field(11, input),
                field(12, value("logits", FLOAT, text(2, "n"), number(1, 2))));
        byte[] operators = join(text(1, ""), number(2, 13));
        return join(number(1, 8), field(8, operators), field(7, graph));
    }

    private static byte[] tensor(String name, Random random, int... shape) {
        int size = 1;
        byte[] dimensions = {};
        for (int n : shape) {
            size *= n;
            dimensions = join(dimensions, number(1, n));
        }
        ByteBuffer values = ByteBuffer.allocate(4 * size).order(ByteOrder.LITTLE_ENDIAN);
        while (values.hasRemaining()) {
            values.putFloat((float) (0.3 * random.nextGaussian()));
        }
        return join(dimensions, number(2, FLOAT), text(8, name), field(9, values.array()));
    }

    /** WordPiece in lower case with the marks of BERT. */
    private static String tokenizer(List<String> pieces) {
        StringJoiner vocabulary = new StringJoiner(",");
        for (int i = 0; i < pieces.size(); i++) {
            vocabulary.add("\"" + pieces.get(i) + "\":" + i);
        }
        return "{\"version\":\"1.0\",\"truncation\":null,\"padding\":null,\"added_tokens\":[],"
                + "\"normalizer\":{\"type\":\"BertNormalizer\",\"clean_text\":true,\"handle_chinese_chars\":true,"
                + "\"strip_accents\":null,\"lowercase\":true},\"pre_tokenizer\":{\"type\":\"BertPreTokenizer\"},"
                + "\"post_processor\":{\"type\":\"BertProcessing\",\"sep\":[\"[SEP]\",3],\"cls\":[\"[CLS]\",2]},"
                + "\"decoder\":null,\"model\":{\"type\":\"WordPiece\",\"unk_token\":\"[UNK]\","
                + "\"continuing_subword_prefix\":\"##\",\"max_input_chars_per_word\":100,\"vocab\":{"
                + vocabulary + "}}}";
    }

    private static byte[] value(String name, int type, byte[]... dimensions) {
        byte[][] fields = new byte[dimensions.length][];
        for (int i = 0; i < fields.length; i++) {
            fields[i] = field(1, dimensions[i]);
        }
        byte[] tensor = join(number(1, type), field(2, join(fields)));
        return join(text(1, name), field(2, field(1, tensor)));
    }

    /** A field of protocol buffers that holds bytes or another message. */
    private static byte[] field(int number, byte[] content) {
        return join(varint((number << 3) | 2), varint(content.length), content);
    }

    private static byte[] text(int number, String content) {
        return field(number, content.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] number(int number, int content) {
        return join(varint(number << 3), varint(content));
    }

    private static byte[] varint(int value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int rest = value;
        for (; rest > 127; rest >>>= 7) {
            out.write((rest & 127) | 128);
        }
        out.write(rest);
        return out.toByteArray();
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
