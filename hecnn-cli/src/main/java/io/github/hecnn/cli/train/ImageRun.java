package io.github.hecnn.cli.train;

import io.github.hecnn.cli.console.Results;
import io.github.hecnn.cli.options.OutputArguments;
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
    public OutputArguments output() {
        return options.output();
    }

    @Override
    public void play(Map<String, String> environment, Results results) throws Exception {
        play(options.settings(), results);
    }
}
