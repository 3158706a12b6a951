package io.github.hecnn.cli.train;

import io.github.hecnn.cli.console.Results;
import io.github.hecnn.cli.options.OutputArguments;
import io.github.hecnn.cli.predict.Prediction;
import io.github.hecnn.mlr.exchange.FolderLocks;
import java.io.IOException;
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
    public OutputArguments output() {
        return options.output();
    }

    @Override
    public void play(Map<String, String> environment, Results results) throws Exception {
        if (options.predicts()) {
            predict(options.prediction(), results);
        } else {
            play(options.settings(environment), results);
        }
    }

    @SuppressWarnings("try") // the lock is only held
    private static void predict(Prediction prediction, Results results) throws IOException {
        try (FolderLocks lock =
                new FolderLocks("predict").write(prediction.predictions().getParent())) {
            prediction.run(results);
        }
    }
}
