package io.github.hecnn.mlr.data.synthetic;

import java.util.ArrayList;
import java.util.List;

/**
 * One way of writing a digit: strokes, each a list of points the pen passes through, in a box of 100 x 100, y downwards.
 *
 * <p>Text form: points {@code x,y} separated by blanks; {@code !} after a point makes it a sharp corner, otherwise the pen
 * passes smoothly; {@code /} lifts the pen.
 *
 * @param strokes the strokes in writing order
 */
record Skeleton(List<Stroke> strokes) {

    /**
     * A line drawn without lifting the pen.
     *
     * @param x horizontal positions, 0..1
     * @param y vertical positions, 0..1, downwards
     * @param corner whether the pen turns sharply there
     */
    @SuppressWarnings("ArrayRecordComponent") // package-private carrier, compared by nobody
    record Stroke(double[] x, double[] y, boolean[] corner) {
        int size() {
            return x.length;
        }
    }

    static Skeleton parse(String text) {
        List<Stroke> strokes = new ArrayList<>();
        for (String part : text.split("/", -1)) {
            String[] points = part.trim().split("\\s+", -1);
            double[] x = new double[points.length];
            double[] y = new double[points.length];
            boolean[] corner = new boolean[points.length];
            for (int i = 0; i < points.length; i++) {
                corner[i] = points[i].endsWith("!");
                String[] xy = points[i].replace("!", "").split(",", -1);
                x[i] = Integer.parseInt(xy[0]) / 100.0;
                y[i] = Integer.parseInt(xy[1]) / 100.0;
            }
            strokes.add(new Stroke(x, y, corner));
        }
        return new Skeleton(List.copyOf(strokes));
    }
}
