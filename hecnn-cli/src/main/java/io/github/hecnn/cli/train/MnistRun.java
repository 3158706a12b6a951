package io.github.hecnn.cli.train;

import java.io.PrintStream;
import java.util.Map;

/** Training on images in the form of MNIST, on the built-in digits, or on features from a CSV file. */
public final class MnistRun extends TrainingProgram {
    private final MnistOptions options;

    /** To be run once. */
    public MnistRun() {
        this(new MnistOptions());
    }

    private MnistRun(MnistOptions options) {
        super(options);
        this.options = options;
    }

    @Override
    public boolean verboseErrors() {
        return options.verboseErrors();
    }

    @Override
    public void play(Map<String, String> environment, PrintStream out) throws Exception {
        if (options.predicts()) {
            options.prediction().run(out);
        } else {
            play(options.settings(environment), out);
        }
    }
}
