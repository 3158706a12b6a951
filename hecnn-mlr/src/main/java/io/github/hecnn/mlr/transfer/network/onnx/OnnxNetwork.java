package io.github.hecnn.mlr.transfer.network.onnx;

import io.github.hecnn.mlr.data.DataFormatException;
import io.github.hecnn.mlr.data.WholeFile;
import io.github.hecnn.mlr.transfer.network.Network;
import java.nio.file.Path;

/**
 * Networks from ONNX files, as PyTorch and others write them, for evaluation on encrypted inputs. No native code is needed.
 *
 * <p>A model must be a chain from one input to one output, [batch][n] or [batch][channels][height][width], of
 * <ul>
 *   <li>Conv in two dimensions, with bias, stride, padding and groups; Gemm; MatMul with weights on the right; BatchNormalization;
 *   <li>AveragePool, GlobalAveragePool;
 *   <li>Add, Sub, Mul and Div with constants, which are broadcast;
 *   <li>polynomials of the value of one tensor, up to degree 31: Mul of it with itself or its powers, Pow, Neg, Add and Sub of such terms;
 *   <li>Flatten and Reshape that keep the batch apart; Identity, Dropout and Constant.
 * </ul>
 * Everything else is refused by the operator's name: a ReLU, for example, has to become a polynomial before training, and a softmax at
 * the end is left to the client. Weights are float, double, int32 or int64, in the same file.
 *
 * <p>Numbers of images are in order [channels][height][width] in the vectors of the network.
 */
public final class OnnxNetwork {
    private static final long MAX_BYTES = 1L << 30;

    private OnnxNetwork() {}

    /**
     * Reads a file.
     *
     * @param file a model, at most 1 GB
     * @return the same function, up to the rounding of floats
     * @throws java.io.UncheckedIOException if it is missing or cannot be read
     * @throws DataFormatException if it is no ONNX model, or one that is not as described; the operator is named
     */
    public static Network read(Path file) {
        return of(file.toString(), WholeFile.bytes(file, MAX_BYTES, "give a smaller model"));
    }

    /**
     * Reads a model from memory.
     *
     * @param name for errors
     * @param model content of an ONNX file
     * @return the same function, up to the rounding of floats
     * @throws DataFormatException if it is no ONNX model, or one that is not as described; the operator is named
     */
    public static Network of(String name, byte[] model) {
        OnnxModel read;
        try {
            read = OnnxModel.read(model);
        } catch (IllegalStateException e) {
            throw new DataFormatException(
                    name + ": expected an ONNX model, found " + e.getMessage() + "; export it again", e);
        }
        try {
            return new OnnxChain(read).network();
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new DataFormatException(name + ": " + e.getMessage(), e);
        }
    }
}
