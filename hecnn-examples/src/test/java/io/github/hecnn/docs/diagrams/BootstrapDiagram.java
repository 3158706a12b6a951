package io.github.hecnn.docs.diagrams;

import io.github.hecnn.ckks.bootstrap.BootstrapParameters;
import io.github.hecnn.ckks.bootstrap.BootstrapPreset;
import io.github.hecnn.docs.diagrams.Svg.Fill;

/** Where a ciphertext is on the modulus chain during a refresh with BOOT_16. */
final class BootstrapDiagram {
    private static final int LEVEL = 15;
    private static final int BOTTOM = 430;
    private static final int LEFT = 90;

    private BootstrapDiagram() {}

    static String draw() {
        BootstrapParameters p = BootstrapPreset.BOOT_16.parameters();
        int in = p.inputLevel();
        int out = p.outputLevel();
        int top = p.ckksParameters().chainLevel();
        int afterSlots = top - in; // CoeffsToSlots has as many stages as SlotsToCoeffs
        Svg svg = new Svg(
                940,
                480,
                "Levels of a refresh with BOOT_16",
                "SlotsToCoeffs goes down to level 0, raising to the top, CoeffsToSlots and the modular reduction to the user's top level.");
        for (int level : new int[] {0, in, out, afterSlots, top}) {
            svg.grid(LEFT, y(level), 925, y(level));
            svg.label(LEFT - 8, y(level) + 4, "level " + level);
        }
        svg.box(110, y(out), 150, y(in) - y(out), Fill.GREEN, "your circuit", p.levelsLeft() + " levels");
        svg.box(275, y(in), 150, y(0) - y(in), Fill.BLUE, "1 SlotsToCoeffs", "small keys");
        svg.box(440, y(top), 110, y(0) - y(top), Fill.AMBER, "2 raising", "sparse secret");
        svg.box(565, y(top), 160, y(afterSlots) - y(top), Fill.BLUE, "3 CoeffsToSlots", "on top of the chain");
        svg.box(
                740,
                y(afterSlots),
                170,
                y(out) - y(afterSlots),
                Fill.RED,
                "4 modular reduction",
                "cosine, 3 double angles,",
                "odd correction");
        svg.arrow(185, y(in) + 1, 185, y(in) + 20, 273, y(in) + 20);
        svg.arrow(426, y(0) - 12, 438, y(0) - 12);
        svg.arrow(551, y(top) + 14, 563, y(top) + 14);
        svg.arrow(645, y(afterSlots) + 1, 645, y(afterSlots) + 14, 738, y(afterSlots) + 14);
        svg.box(740, y(out), 170, y(in) - y(out), Fill.GREEN, "your circuit", "goes on");
        svg.text(LEFT, 462, "Levels above " + out + " belong to bootstrapping: nothing is encrypted there.");
        return svg.content();
    }

    private static int y(int level) {
        return BOTTOM - level * LEVEL;
    }
}
