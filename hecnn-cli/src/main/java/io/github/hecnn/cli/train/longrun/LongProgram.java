package io.github.hecnn.cli.train.longrun;

import io.github.hecnn.cli.console.Program;
import io.github.hecnn.cli.console.Progress;
import io.github.hecnn.cli.console.Results;
import io.github.hecnn.cli.options.OutputArguments;
import io.github.hecnn.core.parallel.WorkerPool;
import io.github.hecnn.mlr.approx.Response;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine;

/** The long run from its command line. */
public final class LongProgram implements Program {
    /** What the library's errors advise, as options of this program. */
    private static final String[][] OPTIONS = {
        {"have the data owner prepare the job again (LongOwner.write)", "run --role owner-encrypt again"},
        {"have the cloud train again (LongCloud.train)", "run --role cloud-train again"},
        {
            "have the owner answer (LongValidator.run), then train with resuming(true)",
            "run --role owner-validate, then --role cloud-train --resume"
        },
        {"(LongValidator.run)", "with --role owner-validate"},
        {"train with resuming(true)", "use --resume"},
        {"LongCloud.ofAnySecurity", "--insecure-ring"},
        {"LongSettings.Builder.validateEvery", "--validate"},
        {"a job that is extendableTo more", "one with a larger --extendable-to"},
        {"raise maxUploadBytes", "raise --max-upload"},
        {"have the owner take a larger group width", "prepare the job with a larger --group-width"},
        {"SigmoidApproximation.weighted on a wider interval, or give a learningRate", "or --degree 15"},
        {"have the folder written again (ServingOwner.writeKeys or CloudPredictor.write)", "run --role owner-ask again"
        },
        {"have the asker ask again (ServingOwner.ask)", "run --role owner-ask again"},
        {"have the cloud answer again (CloudPredictor.answer)", "run --role cloud-predict again"},
        {"another checkpoint folder", "another --checkpoint folder"},
        {"SampleChoice.count", "--samples"},
        {
            "name the folder that contains mnist/, or fetch it with MnistDownload.into",
            "give --data the folder that contains mnist/"
        },
    };

    private final LongOptions options = new LongOptions();
    private final CommandLine parser = new CommandLine(options)
            .registerConverter(LongRole.class, LongRole::of)
            .registerConverter(Response.class, LongOptions::response);

    /** To be run once. */
    public LongProgram() {}

    /**
     * {@return whether a command line is one of a long run}
     *
     * @param args the command line
     */
    public static boolean isAskedFor(String[] args) {
        for (int i = 0; i < args.length; i++) {
            boolean next = args[i].equals("--recipe") && i + 1 < args.length && args[i + 1].equalsIgnoreCase("long");
            if (next || args[i].toLowerCase(Locale.ROOT).equals("--recipe=long")) {
                return true;
            }
        }
        return false;
    }

    @Override
    public CommandLine parser() {
        return parser;
    }

    @Override
    public OutputArguments output() {
        return options.output();
    }

    @Override
    public String reworded(String line) {
        String text = line;
        for (String[] option : OPTIONS) {
            text = text.replace(option[0], option[1]);
        }
        return text;
    }

    @Override
    public void play(Map<String, String> environment, Results results) throws Exception {
        options.check();
        try (Progress progress = Progress.to(results.people());
                WorkerPool workers = WorkerPool.ofThreads(options.threads())) {
            LongRoles roles = new LongRoles(options, progress, workers);
            if (options.plays(LongRole.OWNER_ENCRYPT) && !options.resume()) {
                roles.encrypt(options.data(environment));
            }
            if (options.playsAll()) {
                roles.trainAndValidate();
            } else if (options.plays(LongRole.CLOUD_TRAIN)) {
                LongCloudRole.run(options, workers, progress);
            } else if (options.plays(LongRole.OWNER_VALIDATE)) {
                roles.validate();
            }
            if (options.plays(LongRole.OWNER_DECRYPT)) {
                roles.decrypt(results);
            }
            if (options.plays(LongRole.OWNER_ASK)) {
                new LongQueries(options, progress, workers).ask();
            } else if (options.plays(LongRole.CLOUD_PREDICT)) {
                LongPredictRole.run(options, workers, progress);
            } else if (options.plays(LongRole.OWNER_READ_ANSWERS)) {
                new LongQueries(options, progress, workers).read(results);
            }
        }
    }
}
