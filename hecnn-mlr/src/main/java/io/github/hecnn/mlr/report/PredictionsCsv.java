package io.github.hecnn.mlr.report;

import io.github.hecnn.mlr.model.MlrModel;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;

/** Predictions as comma-separated text: a header, then for each row its number from 1, the class, and the score of every class. */
public final class PredictionsCsv {
    private PredictionsCsv() {}

    /**
     * {@return text of a model's predictions}
     *
     * @param model of a training
     * @param rows features as they come, [samples][features]
     * @throws IllegalArgumentException if a row does not have the features of the training data
     */
    public static String text(MlrModel model, double[][] rows) {
        double[][] scores = model.scores(rows);
        int[] classes = model.predict(rows);
        List<Object> header = new ArrayList<>(List.of("row", "predicted"));
        model.labelNames().forEach(name -> header.add("score of " + name));
        List<List<Object>> lines = new ArrayList<>(List.of(header));
        for (int i = 0; i < classes.length; i++) {
            List<Object> line =
                    new ArrayList<>(List.of(i + 1, model.labelNames().get(classes[i])));
            for (double score : scores[i]) {
                line.add(score);
            }
            lines.add(line);
        }
        return lines.stream()
                .map(line -> CSVFormat.DEFAULT.format(line.toArray()))
                .collect(Collectors.joining("\n", "", "\n"));
    }
}
