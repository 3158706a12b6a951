package io.github.hecnn.cli.options;

/** What the library's errors advise, as options of this program. */
public final class Remedies {
    /** Longer ones first. */
    private static final String[][] OPTIONS = {
        {"CsvOptions.withDecimalMark('.')", "--decimal-mark point"},
        {"CsvOptions.withDecimalMark", "--decimal-mark"},
        {"CsvOptions.withLabelColumn", "--label-column"},
        {"CsvOptions.withIgnoredColumn", "--ignore-columns"},
        {"CsvOptions.withSeparator", "--separator"},
        {"CsvOptions.withHeader", "--header"},
        {"CsvOptions.withCharset", "--encoding"},
        {", or name all classes with CsvOptions.withLabelNames if they differ", ""},
        {"give what MlrModel.write wrote", "give the model.bin that a training left"},
        {"SampleChoice.count", "--samples"},
        {"SampleChoice.seed", "--shuffle-seed"},
        {"CsvFiles.testFraction", "--test-fraction"},
        {"CsvFiles.testFile", "--test-csv"},
        {"name the folder that contains mnist/", "give --data the folder that contains mnist/"},
        {"MnistDownload.into", "--download"},
        {"ImagePreprocessing.Builder.crop", "--crop"},
        {"name another layer", "name another one with --layer"},
        {"give a folder of test images", "give --test-images"},
        {"yourself; the built-in", "yourself and use --data for the folder that contains it; the built-in"},
        {
            "standardise the features, start from weights nearer to 0, take fewer iterations, the smaller steps of"
                    + " Preconditioner.PROGRAM_BOUND or SigmoidApproximation.leastSquares on a wider interval, or go on all the"
                    + " same with OutsideInterval.GO_ON",
            "take --scaling standardize, fewer --iterations, --preconditioner program-bound, or go on all the same with"
                    + " --outside-interval go-on"
        },
    };

    private Remedies() {}

    /**
     * {@return a line with options in the place of calls}
     *
     * @param line of an error of the library
     */
    public static String asOptions(String line) {
        String text = line;
        for (String[] option : OPTIONS) {
            text = text.replace(option[0], option[1]);
        }
        return text;
    }
}
