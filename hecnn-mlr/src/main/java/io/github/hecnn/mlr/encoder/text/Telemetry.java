package io.github.hecnn.mlr.encoder.text;

/** The tokenizers of DJL tell their makers on Amazon's machines that they run. Nobody is told here, unless somebody has set the property. */
final class Telemetry {
    private static final String PROPERTY = "OPT_OUT_TRACKING";

    private Telemetry() {}

    /** To be called before a tokenizer is made. */
    static void off() {
        if (System.getProperty(PROPERTY) == null) {
            System.setProperty(PROPERTY, "true");
        }
    }
}
