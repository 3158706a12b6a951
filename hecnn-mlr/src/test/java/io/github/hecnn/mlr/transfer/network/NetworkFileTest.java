package io.github.hecnn.mlr.transfer.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.hecnn.mlr.data.DataFormatException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NetworkFileTest {
    @TempDir
    Path folder;

    private final Network network = Networks.random(6, 3, 2, 1);

    private byte[] written() throws IOException {
        Path file = folder.resolve("n");
        NetworkFile.write(file, network);
        return Files.readAllBytes(file);
    }

    private Path sealed(byte[] bytes) throws IOException {
        CRC32 crc = new CRC32();
        crc.update(bytes, 0, bytes.length - 4);
        ByteBuffer.wrap(bytes).putInt(bytes.length - 4, (int) crc.getValue());
        return Files.write(folder.resolve("m"), bytes);
    }

    @Test
    void readsWhatItWrote() throws IOException {
        written();
        assertThat(NetworkFile.read(folder.resolve("n"))).isEqualTo(network);
    }

    /** Any change of a byte, with and without a right checksum, gives a network or the documented error, nothing else. */
    @Test
    void survivesDamage() throws IOException {
        byte[] good = written();
        Random r = new Random(4);
        for (int i = 0; i < 500; i++) {
            byte[] bad = good.clone();
            bad[i < 100 ? i : r.nextInt(bad.length - 4)] ^= (byte) (1 << r.nextInt(8));
            Path plain = Files.write(folder.resolve("p"), bad);
            assertThatThrownBy(() -> NetworkFile.read(plain)).isInstanceOf(DataFormatException.class);
            Path file = sealed(bad);
            try {
                assertThat(NetworkFile.read(file).layers()).isNotEmpty();
            } catch (DataFormatException e) {
                assertThat(e).hasMessageContaining("m: expected");
            }
            Path cut = sealed(Arrays.copyOf(good, 4 + r.nextInt(good.length - 4)));
            assertThatThrownBy(() -> NetworkFile.read(cut)).isInstanceOf(DataFormatException.class);
        }
    }

    @Test
    void refusesWhatIsNotAsDescribed() throws IOException {
        assertThatThrownBy(() -> NetworkFile.read(folder.resolve("absent")))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("none");
        assertThatThrownBy(() -> NetworkFile.write(folder.resolve("no/such"), network))
                .isInstanceOf(UncheckedIOException.class);
        assertThatThrownBy(() -> NetworkFile.read(folder)).isInstanceOf(UncheckedIOException.class);
        Path huge = folder.resolve("huge");
        try (RandomAccessFile file = new RandomAccessFile(huge.toFile(), "rw")) {
            file.setLength((1L << 30) + 1); // takes no space on disk
        }
        refused("at most 1073741824 bytes", huge);
        refused("another kind", Files.write(folder.resolve("empty"), new byte[0]));
        refused("another kind", Files.write(folder.resolve("other"), new byte[100]));
        byte[] flipped = written();
        flipped[flipped.length / 2] ^= 1;
        refused("checksum", Files.write(folder.resolve("flipped"), flipped));
        refused("the end", sealed(Arrays.copyOf(written(), 60)));
        byte[] longer = Arrays.copyOf(written(), written().length + 8);
        refused("after the last layer", sealed(longer));
        refused("a length of -1", sealed(withInt(8, -1)));
        refused("layer tag 9", sealed(withByte(16, 9)));
        refused("layer 1", sealed(withInt(8, 7))); // 7 inputs for layers of 6
        refused("odd", sealed(withInt(17, 2)));
        byte[] nan = written();
        ByteBuffer.wrap(nan).putDouble(8 + 4 + 4 + 1 + 4, Double.NaN); // the first tap
        refused("finite", sealed(nan));
    }

    private static void refused(String text, Path file) {
        assertThatThrownBy(() -> NetworkFile.read(file))
                .isInstanceOf(DataFormatException.class)
                .hasMessageContaining(file.getFileName() + ": expected")
                .hasMessageContaining(text);
    }

    private byte[] withInt(int at, int value) throws IOException {
        byte[] bytes = written();
        ByteBuffer.wrap(bytes).putInt(at, value);
        return bytes;
    }

    private byte[] withByte(int at, int value) throws IOException {
        byte[] bytes = written();
        bytes[at] = (byte) value;
        return bytes;
    }
}
