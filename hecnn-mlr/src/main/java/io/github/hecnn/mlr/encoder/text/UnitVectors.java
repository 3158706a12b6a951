package io.github.hecnn.mlr.encoder.text;

/** Vectors of models as encoders give them: doubles of norm 1. */
final class UnitVectors {
    private UnitVectors() {}

    /** The vector scaled to norm 1, zeros left alone; name of the model is for errors. */
    static double[] of(String model, float[] vector, int dimension) {
        double squares = 0;
        for (float v : vector) {
            squares += (double) v * v;
        }
        if (!Double.isFinite(squares) || vector.length != dimension) {
            throw new IllegalStateException(model + ": expected " + dimension + " finite numbers, found "
                    + (vector.length == dimension ? "others" : vector.length + " of them")
                    + "; check that model and tokenizer belong together");
        }
        double scale = squares == 0 ? 0 : 1 / Math.sqrt(squares);
        double[] out = new double[dimension];
        for (int k = 0; k < dimension; k++) {
            out[k] = vector[k] * scale;
        }
        return out;
    }
}
