package io.github.hecnn.docs.diagrams;

import io.github.hecnn.docs.diagrams.Svg.Fill;

/** The three roles of a training and what travels between them. */
final class RolesDiagram {
    private RolesDiagram() {}

    static String draw() {
        Svg svg = new Svg(
                940,
                420,
                "Three roles and what travels between them",
                "The owner encrypts, the cloud trains on ciphertexts, the owner decrypts. The secret key never leaves the owner.");
        svg.panel(
                20,
                20,
                250,
                170,
                Fill.GREEN,
                "1. Owner: DataOwner.prepare",
                "features, scaling",
                "rehearses, chooses parameters",
                "makes all keys",
                "encrypts features and labels",
                "",
                "sees everything");
        svg.panel(
                345,
                20,
                250,
                170,
                Fill.BLUE,
                "2. Cloud: CloudTrainer.train",
                "checks the job and its sizes",
                "trains on ciphertexts",
                "with evaluation keys only",
                "",
                "sees shapes, sizes and times;",
                "no type here holds a secret key");
        svg.panel(
                670,
                20,
                250,
                170,
                Fill.GREEN,
                "3. Owner: DataOwner.open",
                "checks that it is its own job",
                "decrypts the weights",
                "holds them to the predicted noise",
                "takes the scaling back",
                "",
                "needs no training data any more");
        svg.panel(
                345,
                240,
                250,
                150,
                Fill.AMBER,
                "exchange/: both may read",
                "job.json",
                "parameters",
                "evaluation keys",
                "ciphertexts of the data",
                "ciphertexts of the weights");
        svg.panel(
                20,
                290,
                250,
                100,
                Fill.RED,
                "owner/: nobody else may read",
                "secret key",
                "scaling, names of classes",
                "what the rehearsal expects");
        svg.arrow(220, 190, 220, 262, 344, 262);
        svg.note(282, 255, "job, data");
        svg.arrow(430, 239, 430, 192);
        svg.note(394, 219, "job, data");
        svg.arrow(520, 191, 520, 238);
        svg.note(562, 219, "weights");
        svg.arrow(595, 315, 735, 315, 735, 192);
        svg.note(665, 308, "weights");
        svg.arrow(80, 191, 80, 288);
        svg.note(122, 240, "secrets");
        svg.arrow(145, 390, 145, 408, 860, 408, 860, 192);
        svg.note(800, 400, "secrets");
        return svg.content();
    }
}
