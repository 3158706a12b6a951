package io.github.hecnn.mlr.transfer.network.onnx;

import java.util.Arrays;

/** Shapes of tensors behind the batch's dimension. */
final class OnnxShapes {
    private OnnxShapes() {}

    static int[] flattened(OnnxNode node, ChainValue x) {
        if (node.integer("axis", 1) != 1) {
            throw new IllegalArgumentException(
                    "expected axis 1, found " + node.integer("axis", 1) + "; flatten everything but the batch");
        }
        return new int[] {x.length()};
    }

    static int[] reshaped(ChainValue x, OnnxTensor target) {
        double[] to = target.values();
        int[] out = new int[Math.max(0, to.length - 1)];
        int open = -1;
        long known = 1;
        for (int i = 0; i < out.length; i++) {
            double n = to[i + 1];
            if (n == 0 && i < x.shape().length) {
                n = x.shape()[i];
            }
            if (n == -1 && open < 0) {
                open = i;
                continue;
            }
            out[i] = n >= 1 && n <= x.length() ? (int) n : 0;
            known *= Math.min(out[i], Integer.MAX_VALUE / Math.max(1, known));
        }
        boolean batchOpen = to.length > 0 && to[0] == -1;
        if (open >= 0 && !batchOpen && known > 0 && x.length() % known == 0) {
            out[open] = (int) (x.length() / known);
            known = x.length();
        }
        boolean batchKept = to.length > 1 && (batchOpen || to[0] == 0 || to[0] == 1);
        if (!batchKept || known != x.length()) {
            throw new IllegalArgumentException("expected a shape of " + x.length() + " numbers behind the batch's,"
                    + " found " + Arrays.toString(to) + "; begin it with -1, 0 or 1");
        }
        return out;
    }

    /** A constant for every number of a value, or one for all. */
    static double[] broadcast(OnnxTensor constant, ChainValue x) {
        double[] c = constant.values();
        if (c.length == 1) {
            return c;
        }
        int[] full = x.shape();
        int[] own = constant.shape();
        int lead = own.length - full.length;
        boolean fits = lead <= 1 && (lead < 1 || own[0] == 1);
        int[] strides = new int[full.length];
        int stride = 1;
        for (int i = full.length - 1; i >= 0 && i + lead >= 0 && fits; i--) {
            int n = own[i + lead];
            fits = n == 1 || n == full[i];
            strides[i] = n == 1 ? 0 : stride;
            stride *= n;
        }
        if (!fits) {
            throw new IllegalArgumentException("expected a constant that is broadcast to " + Arrays.toString(full)
                    + ", found one of shape " + Arrays.toString(own) + "; give one for each channel or number");
        }
        double[] out = new double[x.length()];
        for (int i = 0; i < out.length; i++) {
            int rest = i;
            int at = 0;
            for (int d = full.length - 1; d >= 0; d--) {
                at += rest % full[d] * strides[d];
                rest /= full[d];
            }
            out[i] = c[at];
        }
        return out;
    }
}
