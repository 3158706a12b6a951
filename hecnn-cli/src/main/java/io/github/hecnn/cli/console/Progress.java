package io.github.hecnn.cli.console;

import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * Tells how far a run is: a bar for each phase on a terminal, plain lines when the output is piped. Phases follow one
 * another. Fractions may be reported from any thread.
 */
public final class Progress implements AutoCloseable {
    private static final int PARTS = 1000;

    private final PrintStream out;
    private final boolean interactive;
    private ProgressBar bar;
    private int quarter;

    private Progress(PrintStream out, boolean interactive) {
        this.out = out;
        this.interactive = interactive;
    }

    /**
     * {@return bars if somebody is watching, otherwise lines}
     *
     * @param out where to
     */
    public static Progress to(PrintStream out) {
        return new Progress(out, Terminal.isInteractive());
    }

    /**
     * {@return lines in any case}
     *
     * @param out where to
     */
    public static Progress lines(PrintStream out) {
        return new Progress(out, false);
    }

    /** The result of a phase and how long it took. */
    public record Timed<T>(T value, double seconds) {}

    /**
     * Runs a phase.
     *
     * @param name shown to the user
     * @param work what to do; reports by {@link #at}
     * @param <T> what the work results in
     * @return its result with the wall-clock seconds
     * @throws Exception whatever the work throws
     */
    public <T> Timed<T> run(String name, Callable<T> work) throws Exception {
        begin(name);
        long start = System.nanoTime();
        boolean finished = false;
        try {
            T value = work.call();
            finished = true;
            return new Timed<>(value, (System.nanoTime() - start) * 1e-9);
        } finally {
            end(name, (System.nanoTime() - start) * 1e-9, finished);
        }
    }

    /**
     * The current phase has come this far.
     *
     * @param what the phase
     * @param fraction 0..1
     */
    public synchronized void at(String what, double fraction) {
        if (bar != null) {
            bar.stepTo(Math.round(PARTS * Math.max(0, Math.min(1, fraction))));
            bar.setExtraMessage(what);
            return;
        }
        int now = (int) Math.floor(4 * fraction + 1e-9);
        if (!interactive && now > quarter && now < 4) {
            quarter = now;
            out.printf(Locale.ROOT, "  %d %%: %s%n", 25 * now, what);
        }
    }

    /**
     * A line of its own, between phases.
     *
     * @param text the line
     */
    public synchronized void line(String text) {
        out.println(text);
    }

    private synchronized void begin(String name) {
        quarter = 0;
        if (interactive) {
            bar = new ProgressBarBuilder()
                    .setTaskName(name)
                    .setInitialMax(PARTS)
                    .setStyle(ProgressBarStyle.ASCII)
                    .setConsumer(new ConsoleProgressBarConsumer(out))
                    .clearDisplayOnFinish()
                    .build();
        } else {
            out.println(name + " ...");
        }
    }

    private synchronized void end(String name, double seconds, boolean finished) {
        close();
        if (finished) {
            out.printf(Locale.ROOT, "%s: done in %.2f s%n", name, seconds);
        }
    }

    @Override
    public synchronized void close() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }
}
