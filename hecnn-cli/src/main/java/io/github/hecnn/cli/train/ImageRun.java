package io.github.hecnn.cli.train;

import java.io.PrintStream;
import java.util.Map;

/** Training on the images of a folder, with a page of images afterwards. */
public final class ImageRun extends TrainingProgram {
    private final ImageOptions options;

    /** To be run once. */
    public ImageRun() {
        this(new ImageOptions());
    }

    private ImageRun(ImageOptions options) {
        super(options);
        this.options = options;
    }

    @Override
    public boolean verboseErrors() {
        return options.verboseErrors();
    }

    @Override
    public void play(Map<String, String> environment, PrintStream out) throws Exception {
        play(options.settings(), out);
    }
}
