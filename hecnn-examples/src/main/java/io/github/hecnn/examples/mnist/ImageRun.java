package io.github.hecnn.examples.mnist;

import io.github.hecnn.examples.cli.Program;
import java.io.PrintStream;
import java.util.Map;

/** The run on a folder of images from its command line: the MNIST run with other samples, and a page of images. */
public final class ImageRun implements Program {
    private final ImageOptions options = new ImageOptions();

    private ImageRun() {}

    /**
     * Runs.
     *
     * @param args the command line
     * @param environment not looked at
     * @return the exit status
     */
    public static int run(String[] args, Map<String, String> environment, PrintStream out, PrintStream err) {
        ImageRun run = new ImageRun();
        return run.run(MnistOptions.parser(run.options), args, environment, out, err);
    }

    @Override
    public boolean verboseErrors() {
        return options.verboseErrors();
    }

    @Override
    public String reworded(String line) {
        return Remedies.asOptions(line);
    }

    @Override
    public void play(Map<String, String> environment, PrintStream out) throws Exception {
        MnistRun.play(options.settings(), out);
    }
}
