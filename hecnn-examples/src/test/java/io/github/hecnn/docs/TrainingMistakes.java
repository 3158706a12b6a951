package io.github.hecnn.docs;

import io.github.hecnn.mlr.MlrTrainer;
import io.github.hecnn.mlr.data.DatasetReader;
import io.github.hecnn.mlr.data.LabeledDataset;
import io.github.hecnn.mlr.data.TrainTestSplit;
import io.github.hecnn.mlr.features.ScalingKind;
import io.github.hecnn.mlr.model.MlrModel;
import io.github.hecnn.mlr.training.TrainingSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What goes wrong most often with data and training. */
final class TrainingMistakes {
    private final Path folder;

    private TrainingMistakes(Path folder) {
        this.folder = folder;
    }

    static List<ThrowingCallable> all(Path folder) {
        return new TrainingMistakes(folder).all();
    }

    private List<ThrowingCallable> all() {
        LabeledDataset good = DatasetReader.csv(csv("good.csv", data("ash", "beech")));
        return List.of(
                () -> DatasetReader.csv(folder.resolve("missing.csv")),
                () -> DatasetReader.csv(csv("cells.csv", "a,b,tree\n1,2,ash\n1,x2,ash\n3,4,beech\n1,2,beech\n")),
                () -> DatasetReader.csv(csv("short.csv", "a,b,tree\n1,2,ash\n3,4,beech\n5,beech\n")),
                () -> DatasetReader.csv(csv("one.csv", data("ash", "ash"))),
                () -> MlrTrainer.plain()
                        .scaling(ScalingKind.STANDARDIZE)
                        .iterations(1)
                        .build()
                        .fit(DatasetReader.csv(
                                csv("constant.csv", "a,b,tree\n1,2,ash\n1,2,beech\n1,2,ash\n1,2,beech\n"))),
                () -> TrainTestSplit.inOrder(DatasetReader.csv(csv("sorted.csv", sorted())), 20)
                        .requireLearnable("shuffle the rows"),
                () -> TrainingSettings.builder().iterations(0).build(),
                () -> MlrTrainer.rehearsal().iterations(50).build().fit(good),
                () -> MlrTrainer.plain().startWeight(20).iterations(2).build().fit(good),
                () -> MlrTrainer.plain().iterations(1).build().fit(good).predict(new double[] {1, 2, 3}),
                () -> MlrTrainer.plain()
                        .iterations(1)
                        .build()
                        .fit(good)
                        .evaluate(DatasetReader.csv(csv("oaks.csv", data("ash", "oak")))),
                () -> MlrModel.read(csv("no-model", "something else")));
    }

    private Path csv(String name, String text) {
        try {
            return Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String data(String first, String second) {
        Random random = new Random(1);
        StringBuilder out = new StringBuilder("height,width,tree\n");
        for (int i = 0; i < 40; i++) {
            out.append(random.nextGaussian() + i % 2)
                    .append(',')
                    .append(random.nextGaussian())
                    .append(i % 2 == 0 ? "," + first : "," + second)
                    .append('\n');
        }
        return out.toString();
    }

    private static String sorted() {
        StringBuilder out = new StringBuilder("height,width,tree\n");
        for (int i = 0; i < 40; i++) {
            out.append(i)
                    .append(',')
                    .append(i * i)
                    .append(i < 15 ? ",ash" : i < 25 ? ",beech" : ",oak")
                    .append('\n');
        }
        return out.toString();
    }
}
