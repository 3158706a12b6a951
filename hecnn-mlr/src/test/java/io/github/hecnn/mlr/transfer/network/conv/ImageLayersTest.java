package io.github.hecnn.mlr.transfer.network.conv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.hecnn.ckks.slots.SimulatedSlotAlgebra;
import io.github.hecnn.mlr.transfer.network.EncryptedNetwork;
import io.github.hecnn.mlr.transfer.network.Network;
import io.github.hecnn.mlr.transfer.network.NetworkFile;
import io.github.hecnn.mlr.transfer.network.NetworkPacking;
import io.github.hecnn.mlr.transfer.network.PolynomialActivation;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageLayersTest {
    private static final ImageShape IMAGE = new ImageShape(2, 3, 4);

    private static double[] numbers(int count, long seed) {
        return new Random(seed).doubles(count, -1, 1).toArray();
    }

    /** The image with its padding, written out, then every window summed number by number. */
    @Test
    void convolutionIsTheSumOverItsWindow() {
        Window w = new Window(2, 3, 1, 2, 1, 2, 0, 1);
        double[][] kernels = {numbers(12, 1), numbers(12, 2), numbers(12, 3)};
        Convolution2d layer = new Convolution2d(IMAGE, w, kernels, new double[] {0.5, -1, 2});
        double[] x = numbers(24, 4);
        double[][][] padded = new double[2][4][7];
        for (int i = 0; i < 24; i++) {
            padded[i / 12][i % 12 / 4 + 1][i % 4 + 2] = x[i];
        }
        assertThat(layer.output()).isEqualTo(new ImageShape(3, 3, 3));
        double[] y = layer.apply(x);
        for (int i = 0; i < 27; i++) {
            int row = i % 9 / 3;
            int column = i % 3 * 2;
            double sum = layer.bias()[i / 9];
            for (int t = 0; t < 12; t++) {
                sum += kernels[i / 9][t] * padded[t / 6][row + t % 6 / 3][column + t % 3];
            }
            assertThat(y[i]).isCloseTo(sum, within(1e-14));
        }
    }

    @Test
    void poolingIsTheMeanOfItsWindow() {
        double[] x = {1, 2, 3, 4, 5, 6, 7, 8, 9};
        ImageShape image = new ImageShape(1, 3, 3);
        Window w = Window.square(2, 2, 1);
        assertThat(new AveragePooling2d(image, w, false).apply(x)).containsExactly(1, 2.5, 5.5, 7);
        assertThat(new AveragePooling2d(image, w, true).apply(x)).containsExactly(0.25, 1.25, 2.75, 7);
        assertThat(AveragePooling2d.global(image).apply(x)).containsExactly(5);
        assertThat(new ChannelScale(new ImageShape(3, 1, 3), new double[] {1, 2, 3}, new double[] {0, 0, 1}).apply(x))
                .containsExactly(1, 2, 3, 8, 10, 12, 22, 25, 28);
    }

    private static Network cnn() {
        Convolution2d conv = new Convolution2d(
                new ImageShape(2, 6, 6),
                Window.square(3, 2, 1),
                new double[][] {numbers(18, 1), numbers(18, 2), numbers(18, 3)},
                numbers(3, 4));
        ImageShape hidden = conv.output();
        AveragePooling2d pooling = new AveragePooling2d(hidden, Window.square(2, 1, 0), true);
        Convolution2d second = new Convolution2d(
                pooling.output(),
                Window.square(2, 1, 0),
                new double[][] {numbers(12, 5), numbers(12, 6)},
                numbers(2, 7));
        return new Network(
                72,
                List.of(
                        conv,
                        new ChannelScale(hidden, new double[] {1, 0.5, -1}, new double[] {0.1, 0, 0.3}),
                        PolynomialActivation.SQUARE,
                        pooling,
                        second));
    }

    /** Three linear layers before the square are one matrix, two after it are another: 3 levels. */
    @Test
    void aSmallCnnRunsFolded() {
        Network network = cnn();
        for (int lanes : new int[] {1, 4}) {
            NetworkPacking packing = NetworkPacking.of(network, 512, lanes, 2);
            EncryptedNetwork compiled = EncryptedNetwork.compile(network, packing, 6);
            assertThat(compiled.levels()).isEqualTo(3);
            SimulatedSlotAlgebra algebra = SimulatedSlotAlgebra.builder(512, 3)
                    .rotationSteps(compiled.rotationSteps())
                    .build();
            double[][] x = new double[lanes][];
            double[] re = new double[512];
            double[] im = new double[512];
            for (int i = 0; i < lanes; i++) {
                x[i] = numbers(72, 10 + i);
            }
            for (int j = 0; j < 512; j++) {
                re[j] = packing.pack(x).re(j);
                im[j] = packing.pack(x).im(j);
            }
            double[][] y = packing.unpack(algebra.decrypt(compiled.evaluate(algebra, algebra.encrypt(re, im))), lanes);
            for (int i = 0; i < lanes; i++) {
                assertThat(y[i]).containsExactly(network.apply(x[i]), within(1e-12));
            }
        }
    }

    @Test
    void filesHoldTheFunction(@TempDir Path folder) {
        Network network = cnn();
        NetworkFile.write(folder.resolve("cnn"), network);
        Network read = NetworkFile.read(folder.resolve("cnn"));
        double[] x = numbers(72, 8);
        assertThat(read.apply(x)).containsExactly(network.apply(x), within(1e-12));
    }

    private static void refuses(String text, ThrowingCallable code) {
        assertThatThrownBy(code)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(text)
                .hasMessageContaining("expected")
                .hasMessageContaining("found");
    }

    @Test
    void refusesWrongShapes() {
        Window w = Window.square(3, 1, 1);
        refuses("0 x 3 x 4", () -> new ImageShape(0, 3, 4));
        refuses("1 x 100000 x 100000", () -> new ImageShape(1, 100_000, 100_000));
        refuses("0 x 3", () -> new Window(0, 3, 1, 1, 0, 0, 0, 0));
        refuses("strides", () -> Window.square(3, 0, 0));
        refuses("padding", () -> Window.square(3, 1, 3));
        refuses("padding", () -> Window.square(3, 1, -1));
        refuses("7 x 7", () -> Window.square(7, 1, 1).over(IMAGE, 1));
        refuses("18 weights in a filter", () -> new Convolution2d(IMAGE, w, new double[1][17], new double[1]));
        refuses("2 filters and 1 biases", () -> new Convolution2d(IMAGE, w, new double[2][18], new double[1]));
        refuses("0 filters", () -> new Convolution2d(IMAGE, w, new double[0][18], new double[0]));
        refuses("finite", () -> new Convolution2d(IMAGE, w, new double[1][18], new double[] {Double.NaN}));
        refuses("one for each channel", () -> new ChannelScale(IMAGE, new double[3], new double[2]));
        Convolution2d layer = new Convolution2d(IMAGE, w, new double[1][18], new double[1]);
        refuses("2 x 3 x 4", () -> layer.apply(new double[23]));
        refuses("layer 0", () -> new Network(25, List.of(layer)));
    }

    @Test
    void valuesAreCopiedAndCompared() {
        double[][] kernels = {numbers(18, 1)};
        Convolution2d a = new Convolution2d(IMAGE, Window.square(3, 1, 1), kernels, new double[1]);
        kernels[0][0] = 7;
        a.kernels()[0][0] = 7;
        a.bias()[0] = 7;
        Convolution2d b =
                new Convolution2d(IMAGE, Window.square(3, 1, 1), new double[][] {numbers(18, 1)}, new double[1]);
        assertThat(a).isEqualTo(b).hasSameHashCodeAs(b);
        assertThat(a).isNotEqualTo(new Convolution2d(IMAGE, Window.square(3, 1, 1), kernels, new double[1]));
        ChannelScale s = new ChannelScale(IMAGE, new double[] {1, 2}, new double[2]);
        s.factors()[0] = 3;
        assertThat(s).isEqualTo(new ChannelScale(IMAGE, new double[] {1, 2}, new double[2]));
    }
}
