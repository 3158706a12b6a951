package io.github.hecnn.mlr.samples;

import io.github.hecnn.mlr.data.CsvOptions;
import java.nio.file.Path;

/**
 * A CSV file of features and labels, what to test on, and how it is written.
 *
 * @param file to train on
 * @param testFile to test on; null to test on the rows of the other file that are not trained on
 * @param testFraction part of the rows to test on, more than 0 and less than 1; null if samples are counted
 * @param options what is not set is found out from the file
 */
public record CsvFiles(Path file, Path testFile, Double testFraction, CsvOptions options) {
    /**
     * Checks the components.
     *
     * @param file to train on
     * @param testFile to test on; null to test on the rows of the other file that are not trained on
     * @param testFraction part of the rows to test on, more than 0 and less than 1; null if samples are counted
     * @param options what is not set is found out from the file
     * @throws IllegalArgumentException if the fraction is out of range, or there is a test file, too
     */
    public CsvFiles {
        if (testFraction != null && !(testFraction > 0 && testFraction < 1)) {
            throw new IllegalArgumentException(
                    "CSV files: expected a part of the rows to test on between 0 and 1, found " + testFraction
                            + "; take another CsvFiles.testFraction");
        }
        if (testFraction != null && testFile != null) {
            throw new IllegalArgumentException(
                    "CSV files: expected a test file or a part of the rows to test on, found "
                            + "both; leave one of them out");
        }
    }

    /**
     * {@return a file of which nothing is said}
     *
     * @param file where it lies
     */
    public static CsvFiles of(Path file) {
        return new CsvFiles(file, null, null, CsvOptions.DEFAULT);
    }

    /** {@return the same with absolute paths} */
    public CsvFiles absolute() {
        return new CsvFiles(
                file.toAbsolutePath().normalize(),
                testFile == null ? null : testFile.toAbsolutePath().normalize(),
                testFraction,
                options);
    }
}
