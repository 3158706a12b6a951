package io.github.hecnn.mlr.encoder.image;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.github.hecnn.mlr.data.DataFormatException;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;

/** A network on images in onnxruntime. The only class here that names that library, so that everything else works without it. Thread-safe. */
final class OnnxVision implements AutoCloseable {
    private final String name;
    private final OrtEnvironment environment;
    private final OrtSession session;
    private final String input;
    private final String output;
    private final int fixedBatch;

    /**
     * Loads a network; name is for errors.
     *
     * @param side rows and columns of what it will be given
     */
    OnnxVision(String name, byte[] model, String output, int side) {
        this.name = name;
        this.output = output;
        environment = OrtEnvironment.getEnvironment();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1); // batches are spread over threads, and sums keep their order
            options.setInterOpNumThreads(1);
            options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
            environment.setTelemetry(false);
            session = environment.createSession(model, options);
        } catch (OrtException e) {
            throw new DataFormatException(
                    name + ": expected an ONNX model, found: " + e.getMessage() + "; export it again", e);
        }
        try {
            Map<String, NodeInfo> inputs = session.getInputInfo();
            if (inputs.size() != 1) {
                throw wrongInput(side, "inputs " + inputs.keySet());
            }
            NodeInfo only = inputs.values().iterator().next();
            input = only.getName();
            fixedBatch = batch(only, side);
        } catch (OrtException e) {
            close();
            throw new DataFormatException(name + ": expected readable inputs, found: " + e.getMessage(), e);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private int batch(NodeInfo info, int side) {
        if (!(info.getInfo() instanceof TensorInfo t) || t.type != OnnxJavaType.FLOAT) {
            throw wrongInput(side, info.getInfo().toString());
        }
        long[] shape = t.getShape();
        if (shape.length != 4
                || !(shape[1] <= 0 || shape[1] == RgbImage.CHANNELS)
                || !(shape[2] <= 0 || shape[2] == side)
                || !(shape[3] <= 0 || shape[3] == side)) {
            throw wrongInput(side, Arrays.toString(shape));
        }
        return shape[0] > 0 ? (int) Math.min(shape[0], Integer.MAX_VALUE) : 0;
    }

    private DataFormatException wrongInput(int side, String found) {
        return new DataFormatException(
                name + ": expected one input [images][3][" + side + "][" + side
                        + "] of 32-bit floats, as the preprocessing gives it, found " + found
                        + " (-1 is any size); set ImagePreprocessing.Builder.crop to its size, or export the model with such an input");
    }

    /** Images that it takes at a time, 0 for any number. */
    int fixedBatch() {
        return fixedBatch;
    }

    /** Features of some images, [images][features]; what a node gives beyond two dimensions is put in a row. */
    float[][] run(float[] images, int count, int side) {
        long[] shape = {count, RgbImage.CHANNELS, side, side};
        try (OnnxTensor tensor = OnnxTensor.createTensor(environment, FloatBuffer.wrap(images), shape);
                OrtSession.Result result = session.run(Map.of(input, tensor), Set.of(output))) {
            if (!(result.get(0) instanceof OnnxTensor t) || t.getInfo().type != OnnxJavaType.FLOAT) {
                throw new DataFormatException(name + ": expected 32-bit floats from " + output + ", found "
                        + result.get(0).getInfo() + "; name another layer");
            }
            long[] made = t.getInfo().getShape();
            FloatBuffer values = t.getFloatBuffer();
            if (made.length < 2 || made[0] != count || values.remaining() == 0) {
                throw new DataFormatException(name + ": expected features [" + count + "][...] from " + output
                        + ", found " + Arrays.toString(made) + "; name another layer");
            }
            float[][] out = new float[count][values.remaining() / count];
            for (float[] row : out) {
                values.get(row);
            }
            return out;
        } catch (OrtException e) {
            throw new DataFormatException(
                    name + ": expected a model that runs on " + Arrays.toString(shape) + ", found: " + e.getMessage()
                            + "; export it with a free number of images, and set ImagePreprocessing.Builder.crop to its size",
                    e);
        }
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException(name + ": expected to close the model, found: " + e.getMessage(), e);
        }
    }
}
