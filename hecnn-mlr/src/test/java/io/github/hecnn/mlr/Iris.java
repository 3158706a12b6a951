package io.github.hecnn.mlr;

import io.github.hecnn.mlr.features.FeatureScaler;
import io.github.hecnn.mlr.features.ScalingKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Fisher's irises: 150 samples of 4 features in 3 classes (UCI repository, CC BY 4.0). */
public final class Iris {
    private Iris() {}

    private static double[][] rows() {
        try (InputStream in = Iris.class.getResourceAsStream("iris.csv")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(1)
                    .map(line -> Arrays.stream(line.split(",", -1))
                            .mapToDouble(Double::parseDouble)
                            .toArray())
                    .toArray(double[][]::new);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static int[] labels() {
        return Arrays.stream(rows()).mapToInt(row -> (int) row[0]).toArray();
    }

    public static double[][] features() {
        return Arrays.stream(rows())
                .map(row -> Arrays.copyOfRange(row, 1, row.length))
                .toArray(double[][]::new);
    }

    /** The design matrix of standardised features. */
    public static double[][] standardized() {
        double[][] features = features();
        return FeatureScaler.withOnes(
                FeatureScaler.fit(ScalingKind.STANDARDIZE, features, null).transform(features));
    }
}
