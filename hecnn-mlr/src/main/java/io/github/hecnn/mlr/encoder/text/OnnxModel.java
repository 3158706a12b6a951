package io.github.hecnn.mlr.encoder.text;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.github.hecnn.mlr.data.DataFormatException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** A transformer in onnxruntime. The only class here that names that library, so that everything else works without it. */
final class OnnxModel implements AutoCloseable {
    private static final String IDS = "input_ids";
    private static final String MASK = "attention_mask";
    private static final String TYPES = "token_type_ids";

    private final String name;
    private final OrtEnvironment environment;
    private final OrtSession session;
    private final String output;

    /** Loads a model; name is for errors. */
    OnnxModel(String name, byte[] model) {
        this.name = name;
        environment = OrtEnvironment.getEnvironment();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1); // texts are spread over threads, and sums keep their order
            options.setInterOpNumThreads(1);
            environment.setTelemetry(false);
            session = environment.createSession(model, options);
        } catch (OrtException e) {
            throw new DataFormatException(
                    name + ": expected an ONNX model, found: " + e.getMessage() + "; export it again", e);
        }
        try {
            if (!session.getInputNames().contains(IDS)
                    || !Set.of(IDS, MASK, TYPES).containsAll(session.getInputNames())) {
                throw new DataFormatException(name + ": expected inputs " + IDS + ", " + MASK + ", " + TYPES
                        + ", found " + session.getInputNames() + "; export the encoder of a BERT-like model");
            }
            output = output();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** The first output with a vector for each token, otherwise the first with one for each text. */
    private String output() {
        Map<String, NodeInfo> outputs;
        try {
            outputs = session.getOutputInfo();
        } catch (OrtException e) {
            throw new DataFormatException(name + ": expected readable outputs, found: " + e.getMessage(), e);
        }
        for (int rank : new int[] {3, 2}) {
            for (Map.Entry<String, NodeInfo> o : outputs.entrySet()) {
                if (o.getValue().getInfo() instanceof TensorInfo t && t.getShape().length == rank) {
                    return o.getKey();
                }
            }
        }
        throw new DataFormatException(name + ": expected an output [texts][tokens][dimension] or [texts][dimension],"
                + " found " + outputs.keySet() + "; export the encoder of a BERT-like model");
    }

    /** Mean of the vectors of all tokens, [dimension]. */
    float[] mean(long[] ids) {
        long[] ones = new long[ids.length];
        Arrays.fill(ones, 1);
        Map<String, OnnxTensor> inputs = new HashMap<>();
        try {
            for (String input : session.getInputNames()) {
                long[] values = input.equals(IDS) ? ids : input.equals(MASK) ? ones : new long[ids.length];
                inputs.put(input, OnnxTensor.createTensor(environment, new long[][] {values}));
            }
            try (OrtSession.Result result = session.run(inputs, Set.of(output))) {
                OnnxValue value = result.get(0);
                return pooled(value.getValue());
            }
        } catch (OrtException e) {
            throw new IllegalStateException(
                    name + ": expected a model that runs on " + ids.length + " tokens, found: " + e.getMessage()
                            + "; check that tokenizer and model belong together",
                    e);
        } finally {
            inputs.values().forEach(OnnxTensor::close);
        }
    }

    private float[] pooled(Object value) {
        if (value instanceof float[][] one) {
            return one[0];
        }
        if (!(value instanceof float[][][] tokens)) {
            throw new DataFormatException(name + ": expected an output of floats, found "
                    + value.getClass().getSimpleName() + "; export it with 32-bit floats");
        }
        float[] out = new float[tokens[0][0].length];
        for (int k = 0; k < out.length; k++) {
            double sum = 0;
            for (float[] token : tokens[0]) {
                sum += token[k];
            }
            out[k] = (float) (sum / tokens[0].length);
        }
        return out;
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
