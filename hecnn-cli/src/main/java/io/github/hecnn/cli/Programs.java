package io.github.hecnn.cli;

import io.github.hecnn.cli.console.Program;
import io.github.hecnn.cli.console.ProgramRun;
import io.github.hecnn.cli.cryptotl.TransferRun;
import io.github.hecnn.cli.train.ImageRun;
import io.github.hecnn.cli.train.MnistRun;
import io.github.hecnn.cli.train.longrun.LongProgram;

/**
 * The trainings as mains. Each ends the virtual machine with status 1 if it fails and 2 for a command line that makes no sense, after
 * one line on standard error, and returns if all is well. {@code --help} lists the options.
 */
public final class Programs {
    private Programs() {}

    /**
     * Training on digits or on one's own CSV file; with {@code --recipe long} for as long as it takes.
     *
     * @param args options of the command
     */
    public static void mnistTraining(String[] args) {
        main(LongProgram.isAskedFor(args) ? new LongProgram() : new MnistRun(), args);
    }

    /**
     * Training on a folder of images.
     *
     * @param args options of the command
     */
    public static void imageTraining(String[] args) {
        main(new ImageRun(), args);
    }

    /**
     * Transfer learning on encrypted texts.
     *
     * @param args options of the command
     */
    public static void cryptoTl(String[] args) {
        main(new TransferRun(), args);
    }

    private static void main(Program program, String[] args) {
        program.parser()
                .getCommandSpec()
                .usageMessage()
                .footer("", "Under Maven options go into -Dexec.args=\"...\".", Hecnn.EXIT_STATUS);
        Program.main(ProgramRun.of(program)::run, args);
    }
}
