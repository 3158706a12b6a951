package io.github.hecnn.mlr.transfer.network.onnx;

import io.github.hecnn.mlr.transfer.network.Dense;
import io.github.hecnn.mlr.transfer.network.conv.AveragePooling2d;
import io.github.hecnn.mlr.transfer.network.conv.ChannelScale;
import io.github.hecnn.mlr.transfer.network.conv.Convolution2d;
import io.github.hecnn.mlr.transfer.network.conv.ImageShape;
import io.github.hecnn.mlr.transfer.network.conv.Window;
import java.util.Arrays;

/** The layer that an operator with its weights is. */
final class OnnxLayers {
    private static final double EPSILON = 1e-5f;
    private static final int MOST_WEIGHTS = 1 << 26;

    private OnnxLayers() {}

    /** What to say of another operator. */
    static String refusal(String type) {
        String remedy = switch (type) {
            case "Relu", "LeakyRelu", "Sigmoid", "Tanh", "Gelu", "Elu", "Clip", "HardSwish", "Softplus" ->
                "train with a polynomial in its place";
            case "MaxPool", "GlobalMaxPool" -> "train with an average in its place";
            case "Softmax", "LogSoftmax", "ArgMax" -> "leave it out: the client does it after decryption";
            default -> "write it with these";
        };
        return "expected Conv, Gemm, MatMul, BatchNormalization, AveragePool, GlobalAveragePool, Add, Sub, Mul, Div,"
                + " Neg, Pow, Flatten, Reshape, Identity, Dropout or Constant, found " + type + "; " + remedy;
    }

    private static void shaped(OnnxTensor w, int dimensions) {
        if (w.shape().length != dimensions) {
            throw new IllegalArgumentException("expected weights of " + dimensions + " dimensions, found '" + w.name()
                    + "' of shape " + Arrays.toString(w.shape()) + "; export two-dimensional layers");
        }
    }

    /** Size, steps and padding of a window, from the attributes. */
    private static Window window(OnnxNode node, ImageShape x, int height, int width) {
        int[] strides = node.list("strides", 2, 1);
        for (int d : node.list("dilations", 2, 1)) {
            if (d != 1) {
                throw new IllegalArgumentException("expected no dilations, found " + d + "; use a larger kernel");
            }
        }
        int[] pads = node.list("pads", 4, 0);
        String auto = node.texts().getOrDefault("auto_pad", "NOTSET");
        if (auto.equals("SAME_UPPER") || auto.equals("SAME_LOWER")) {
            int rows = same(x.height(), height, strides[0]);
            int columns = same(x.width(), width, strides[1]);
            int extra = auto.equals("SAME_LOWER") ? 1 : 0;
            int top = (rows + extra) / 2;
            int left = (columns + extra) / 2;
            pads = new int[] {top, left, rows - top, columns - left};
        } else if (!auto.equals("NOTSET") && !auto.equals("VALID")) {
            throw new IllegalArgumentException(
                    "expected auto_pad NOTSET, VALID or SAME, found " + auto + "; give the padding in numbers");
        }
        return new Window(height, width, strides[0], strides[1], pads[0], pads[1], pads[2], pads[3]);
    }

    private static int same(int size, int window, int stride) {
        return Math.max(0, ((size + stride - 1) / stride - 1) * stride + window - size);
    }

    static MadeLayer conv(OnnxNode node, ImageShape x, OnnxTensor w, OnnxTensor bias) {
        shaped(w, 4);
        int filters = w.shape()[0];
        long groups = node.integer("group", 1);
        int own = w.shape()[1]; // channels of a group
        if (groups < 1 || own * groups != x.channels() || filters % groups != 0) {
            throw new IllegalArgumentException("expected weights for " + x.channels() + " channels, found " + groups
                    + " group(s) of " + own + " and " + filters + " filters; export matching layers");
        }
        Window window = window(node, x, w.shape()[2], w.shape()[3]);
        if ((double) filters * x.channels() * window.area() > MOST_WEIGHTS) {
            throw new IllegalArgumentException(
                    "expected at most " + MOST_WEIGHTS + " weights with those between groups," + " found " + filters
                            + " filters over " + x.channels() + " channels; use fewer");
        }
        double[][] kernels = new double[filters][x.channels() * window.area()];
        int length = own * window.area();
        for (int f = 0; f < filters; f++) {
            int group = (int) (f / (filters / groups));
            System.arraycopy(w.values(), f * length, kernels[f], group * length, length);
        }
        double[] b = bias == null ? new double[filters] : bias.values();
        Convolution2d layer = new Convolution2d(x, window, kernels, b);
        return new MadeLayer(
                layer,
                layer.output().channels(),
                layer.output().height(),
                layer.output().width());
    }

    static MadeLayer averagePool(OnnxNode node, ImageShape x) {
        int[] kernel = node.list("kernel_shape", 2, 0);
        if (node.integer("ceil_mode", 0) != 0) {
            throw new IllegalArgumentException("expected ceil_mode 0, found 1; add padding instead");
        }
        Window window = window(node, x, kernel[0], kernel[1]);
        AveragePooling2d layer = new AveragePooling2d(x, window, node.integer("count_include_pad", 0) != 0);
        return new MadeLayer(
                layer, x.channels(), layer.output().height(), layer.output().width());
    }

    static MadeLayer globalAverage(ImageShape x) {
        return new MadeLayer(AveragePooling2d.global(x), x.channels(), 1, 1);
    }

    static MadeLayer matMul(ChainValue x, OnnxTensor w) {
        return dense(x, w, false, 1, null, 0);
    }

    static MadeLayer gemm(OnnxNode node, ChainValue x, OnnxTensor w, OnnxTensor c) {
        if (node.integer("transA", 0) != 0) {
            throw new IllegalArgumentException(
                    "expected a first matrix that is not transposed, found one that is; put a row for each sample");
        }
        double alpha = node.floats().getOrDefault("alpha", 1.0);
        double beta = node.floats().getOrDefault("beta", 1.0);
        return dense(x, w, node.integer("transB", 0) != 0, alpha, c, beta);
    }

    private static MadeLayer dense(
            ChainValue x, OnnxTensor w, boolean turned, double alpha, OnnxTensor c, double beta) {
        shaped(w, 2);
        int inputs = w.shape()[turned ? 1 : 0];
        int outputs = w.shape()[turned ? 0 : 1];
        if (x.shape().length != 1 || x.length() != inputs) {
            throw new IllegalArgumentException("expected an input of [batch][" + inputs + "], found "
                    + Arrays.toString(x.shape()) + " behind the batch's; flatten it before");
        }
        double[][] rows = new double[outputs][inputs];
        for (int o = 0; o < outputs; o++) {
            for (int i = 0; i < inputs; i++) {
                rows[o][i] = alpha * w.values()[turned ? o * inputs + i : i * outputs + o];
            }
        }
        double[] bias = new double[outputs];
        if (c != null) {
            double[] given = OnnxShapes.broadcast(c, ChainValue.of(0, outputs));
            for (int o = 0; o < outputs; o++) {
                bias[o] = beta * given[given.length == 1 ? 0 : o];
            }
        }
        return new MadeLayer(new Dense(rows, bias), outputs);
    }

    static MadeLayer batchNormalization(
            OnnxNode node, ChainValue x, OnnxTensor scale, OnnxTensor shift, OnnxTensor mean, OnnxTensor variance) {
        double epsilon = node.floats().getOrDefault("epsilon", EPSILON);
        int channels = x.shape()[0];
        for (OnnxTensor t : new OnnxTensor[] {scale, shift, mean, variance}) {
            if (t.values().length != channels) {
                throw new IllegalArgumentException("expected " + channels + " numbers, one for each channel, found "
                        + t.values().length + " in '" + t.name() + "'; export matching layers");
            }
        }
        double[] factors = new double[channels];
        double[] shifts = new double[channels];
        for (int i = 0; i < channels; i++) {
            factors[i] = scale.values()[i] / Math.sqrt(variance.values()[i] + epsilon);
            shifts[i] = shift.values()[i] - factors[i] * mean.values()[i];
        }
        ImageShape image = new ImageShape(channels, x.length() / channels, 1);
        return new MadeLayer(new ChannelScale(image, factors, shifts), x.shape());
    }

    static MadeLayer scale(double[] factors, double[] shifts) {
        return new MadeLayer(new ChannelScale(new ImageShape(factors.length, 1, 1), factors, shifts));
    }
}
