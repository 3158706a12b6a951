package io.github.hecnn.docs.diagrams;

import io.github.hecnn.docs.diagrams.Svg.Fill;

/** The steps of a key switch, prime by prime. */
final class KeySwitchDiagram {
    private KeySwitchDiagram() {}

    static String draw() {
        Svg svg = new Svg(
                940,
                470,
                "A key switch, prime by prime",
                "Digits are made once; first the primes that are dropped, then those that stay, each in one pass.");
        svg.box(20, 30, 150, 50, Fill.PLAIN, "c1", "limbs of Q, NTT order");
        svg.arrow(171, 55, 218, 55);
        svg.box(220, 30, 190, 50, Fill.BLUE, "inverse transforms", "with the digits' factors");
        svg.arrow(411, 55, 458, 55);
        svg.box(460, 30, 190, 50, Fill.PLAIN, "terms of the digits", "coefficients");

        svg.panel(
                20,
                120,
                900,
                120,
                Fill.AMBER,
                "A: for every prime that is dropped: P (and the last one of Q when rescaling)");
        svg.box(40, 160, 150, 60, Fill.BLUE, "extend the digits", "exact, lazy");
        svg.arrow(191, 190, 218, 190);
        svg.box(220, 160, 150, 60, Fill.BLUE, "forward transforms", "lazy");
        svg.arrow(371, 190, 398, 190);
        svg.box(400, 160, 150, 60, Fill.BLUE, "key product", "digits times b and a");
        svg.arrow(551, 190, 578, 190);
        svg.box(580, 160, 150, 60, Fill.BLUE, "inverse transforms", "of both sums");
        svg.arrow(731, 190, 758, 190);
        svg.box(760, 160, 140, 60, Fill.PLAIN, "dropped part", "coefficients");
        svg.arrow(555, 81, 555, 100, 25, 100, 25, 190, 38, 190);

        svg.panel(
                20, 280, 900, 170, Fill.GREEN, "B: for every prime that stays: one pass in blocks of 512 coefficients");
        svg.box(40, 320, 150, 50, Fill.BLUE, "extend the digits", "exact, lazy");
        svg.arrow(191, 345, 218, 345);
        svg.box(220, 320, 150, 50, Fill.BLUE, "forward transforms", "lazy");
        svg.arrow(371, 345, 398, 345);
        svg.box(400, 320, 130, 50, Fill.BLUE, "key product", "digits, b, a");
        svg.arrow(531, 345, 558, 345);
        svg.box(560, 320, 190, 50, Fill.BLUE, "(sum - dropped) / P", "+ addend, canonical");
        svg.arrow(751, 345, 773, 345);
        svg.box(775, 320, 130, 50, Fill.BLUE, "automorphism", "inside the block");
        svg.box(560, 390, 310, 46, Fill.BLUE, "extend and transform the dropped part", "lazy");
        svg.arrow(655, 389, 655, 372);
        svg.arrow(25, 190, 25, 345, 38, 345);
        svg.arrow(830, 221, 830, 262, 912, 262, 912, 413, 872, 413);
        return svg.content();
    }
}
