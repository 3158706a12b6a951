package io.github.hecnn.examples;

import io.github.hecnn.examples.cli.Program;
import io.github.hecnn.examples.mnist.MnistRun;
import io.github.hecnn.examples.mnist.longrun.LongProgram;

/**
 * Trains a classifier of handwritten digits on encrypted features: the data owner encrypts, the cloud trains with evaluation
 * keys only, the data owner decrypts and tests. {@code --help} lists the options,
 * {@code --recipe long --help} those of training for long.
 */
public final class MnistTraining {
    private MnistTraining() {}

    /**
     * Runs the example; see {@link Program#main} for how it ends.
     *
     * @param args the command line
     */
    public static void main(String[] args) {
        Program.main(args, LongProgram.isAskedFor(args) ? LongProgram::run : MnistRun::run);
    }
}
