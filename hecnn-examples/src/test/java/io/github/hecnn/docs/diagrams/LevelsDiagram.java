package io.github.hecnn.docs.diagrams;

import io.github.hecnn.ckks.slots.SimulatedSlotAlgebra;
import io.github.hecnn.ckks.slots.SimulatedVector;
import io.github.hecnn.docs.diagrams.Svg.Fill;

/** Level and scale of every value in x^3 + x/2, as a rehearsal books them. */
final class LevelsDiagram {
    private static final int TOP_LEVEL = 3;
    private static final int STEP = 122;
    private static final int LEFT = 70;
    private static final int BOX = 104;
    private static final int BOX_HEIGHT = 40;

    private final Svg svg = new Svg(
            940,
            400,
            "Levels and scales in x^3 + x/2",
            "A product has scale degree 2; rescaling brings it to degree 1 and costs a level.");
    private final SimulatedSlotAlgebra algebra =
            SimulatedSlotAlgebra.builder(8, TOP_LEVEL).booksOnly().build();

    private LevelsDiagram() {}

    static String draw() {
        return new LevelsDiagram().drawn();
    }

    private String drawn() {
        for (int level = TOP_LEVEL; level >= 0; level--) {
            int y = y(level) + BOX_HEIGHT / 2;
            svg.grid(LEFT - 10, y, 930, y);
            svg.label(LEFT - 16, y + 4, "level " + level);
        }
        SimulatedVector x = algebra.fresh();
        SimulatedVector product = algebra.square(x);
        SimulatedVector square = algebra.rescale(product);
        SimulatedVector cubeProduct = algebra.multiply(square, x);
        SimulatedVector cube = algebra.rescale(cubeProduct);
        SimulatedVector halfProduct = algebra.multiplyConstant(x, 0.5);
        SimulatedVector half = algebra.rescale(halfProduct);
        SimulatedVector sum = algebra.add(cube, half);

        place(0, 0, x, "x");
        place(1, 0, product, "x * x");
        place(2, 0, square, "x^2");
        place(3, 0, cubeProduct, "x^2 * x");
        place(4, 0, cube, "x^3");
        place(4, -16, halfProduct, "x * 0.5");
        place(5, 0, half, "x/2");
        place(6, 0, sum, "x^3 + x/2");
        across(0, x, 1, product);
        across(1, product, 2, square);
        across(2, square, 3, cubeProduct);
        across(3, cubeProduct, 4, cube);
        across(4, cube, 6, sum);
        int line = y(algebra.level(x)) + 4;
        svg.arrow(
                middle(0),
                y(algebra.level(x)) - 1,
                middle(0),
                line - 34,
                middle(3),
                line - 34,
                middle(3),
                y(algebra.level(cubeProduct)) - 2);
        svg.note(middle(2), line - 39, "the higher operand is brought down to the level of the lower one");
        svg.arrow(middle(3), line - 34, middle(4), line - 34, middle(4), line - 22);
        svg.arrow(LEFT + 4 * STEP + BOX, y(3) + 4, middle(5), y(3) + 4, middle(5), y(algebra.level(half)) - 2);
        svg.arrow(LEFT + 5 * STEP + BOX, y(2) + 20, middle(6), y(2) + 20, middle(6), y(algebra.level(sum)) - 2);
        svg.text(
                LEFT, 372, "green: scale degree 1, may be added and multiplied; amber: scale degree 2, to be rescaled");
        return svg.content();
    }

    private static int y(int level) {
        return 60 + (TOP_LEVEL - level) * 78;
    }

    private static int middle(int step) {
        return LEFT + step * STEP + BOX / 2;
    }

    private void place(int step, int up, SimulatedVector v, String name) {
        boolean one = algebra.scaleDegree(v) == 1;
        svg.box(
                LEFT + step * STEP,
                y(algebra.level(v)) + up,
                BOX,
                BOX_HEIGHT,
                one ? Fill.GREEN : Fill.AMBER,
                name,
                "scale degree " + algebra.scaleDegree(v));
    }

    private void across(int from, SimulatedVector a, int to, SimulatedVector b) {
        int y1 = y(algebra.level(a));
        int y2 = y(algebra.level(b)) + BOX_HEIGHT / 2;
        int end = LEFT + to * STEP - 2;
        if (algebra.level(a) == algebra.level(b)) {
            svg.arrow(LEFT + from * STEP + BOX, y2, end, y2);
        } else {
            svg.arrow(middle(from), y1 + BOX_HEIGHT, middle(from), y2, end, y2);
        }
    }
}
