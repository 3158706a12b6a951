package io.github.hecnn.cli.train;

import io.github.hecnn.core.files.Access;
import io.github.hecnn.core.files.AtomicFile;
import io.github.hecnn.mlr.encoder.image.Thumbnail;
import io.github.hecnn.mlr.exchange.Machine;
import io.github.hecnn.mlr.model.MlrModel;
import io.github.hecnn.mlr.report.Html;
import io.github.hecnn.mlr.report.RunData;
import io.github.hecnn.mlr.samples.FolderSamples;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;

/** {@code samples.html}: the first test images with what the model says of them, in one file without outside references. */
final class SamplePage {
    private static final String FILE = "samples.html";
    private static final int SHOWN = 60;
    private static final int SIDE = 96;

    private SamplePage() {}

    /** Writes it into a folder. */
    static void write(FeatureChoice features, RunData data, MlrModel model, Path folder, PrintStream out)
            throws IOException {
        List<FolderSamples.Picture> pictures =
                features.images().divided(features.choice()).testPictures(SHOWN);
        StringBuilder figures = new StringBuilder("<div class=\"images\">");
        int right = 0;
        for (int i = 0; i < pictures.size(); i++) {
            String predicted = model.predictName(data.samples().test().features()[i]);
            right += predicted.equals(pictures.get(i).label()) ? 1 : 0;
            figures.append(figure(pictures.get(i), predicted));
        }
        String title =
                data.samples().dataset() + ": " + right + " of the first " + pictures.size() + " test images right";
        String page = Html.page(
                title,
                Machine.version(),
                "<h1>" + Html.escape(title) + "</h1>" + Html.section("Predicted classes", figures + "</div>"));
        byte[] bytes = page.getBytes(StandardCharsets.UTF_8);
        AtomicFile.write(folder.resolve(FILE), Access.USUAL, bytes.length, stream -> stream.write(bytes));
        out.println("images             " + folder.resolve(FILE));
    }

    private static String figure(FolderSamples.Picture picture, String predicted) {
        boolean right = predicted.equals(picture.label());
        String png = Base64.getEncoder().encodeToString(Thumbnail.png(Thumbnail.of(picture.image(), SIDE)));
        return "<figure class=\"" + (right ? "right" : "wrong") + "\"><img alt=\"class "
                + Html.escape(picture.label()) + "\" title=\"" + Html.escape(picture.place())
                + "\" src=\"data:image/png;base64," + png + "\"><figcaption>"
                + Html.escape(right ? predicted : predicted + " (is " + picture.label() + ")")
                + "</figcaption></figure>";
    }
}
