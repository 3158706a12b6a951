package io.github.hecnn.docs.diagrams;

import io.github.hecnn.docs.diagrams.Svg.Fill;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Modules one above the other with the packages that their sources have; arrows lead to what a module uses. */
final class LayersDiagram {
    private static final int WIDTH = 940;
    private static final int PACKAGE_HEIGHT = 26;
    private static final int ROW = 34;
    private static final int HEAD = 40;
    private static final int GAP = 30;
    private static final int RIGHT = 900;

    private record Module(String folder, String what, Fill fill, int depth) {}

    private static final List<Module> MODULES = List.of(
            new Module("hecnn-examples", "numbered examples and mains", Fill.PLAIN, 1),
            new Module("hecnn-cli", "one program for all of it", Fill.PLAIN, 1),
            new Module("hecnn-mlr", "training, roles, models", Fill.AMBER, 2),
            new Module("hecnn-ckks", "the encryption scheme and circuits on it", Fill.GREEN, 2),
            new Module("hecnn-core", "arithmetic on polynomials, threads, files", Fill.BLUE, 2));

    private LayersDiagram() {}

    static String draw(Path root) throws IOException {
        List<List<String>> packages = new ArrayList<>();
        int height = 20;
        for (Module m : MODULES) {
            List<String> names = packages(root, m);
            packages.add(names);
            height += HEAD + rows(names) * ROW + GAP;
        }
        Svg svg = new Svg(
                WIDTH,
                height - GAP + 15,
                "Modules and packages of hecnn",
                "hecnn-examples uses hecnn-cli, which uses hecnn-mlr, which uses hecnn-ckks, which uses hecnn-core; nothing points up.");
        int y = 15;
        for (int i = 0; i < MODULES.size(); i++) {
            Module m = MODULES.get(i);
            int h = HEAD + rows(packages.get(i)) * ROW;
            svg.panel(20, y, RIGHT, h, m.fill(), m.folder() + ": " + m.what());
            place(svg, packages.get(i), y + HEAD - 6);
            y += h;
            if (i + 1 < MODULES.size()) {
                svg.arrow(RIGHT / 2, y, RIGHT / 2, y + GAP - 1);
                svg.text(RIGHT / 2 + 12, y + 19, "uses");
                y += GAP;
            }
        }
        return svg.content();
    }

    private static int width(String name) {
        return name.length() * 8 + 18;
    }

    private static int rows(List<String> names) {
        int rows = 1;
        int x = 30;
        for (String name : names) {
            if (x + width(name) > RIGHT + 10) {
                rows++;
                x = 30;
            }
            x += width(name) + 8;
        }
        return rows;
    }

    private static void place(Svg svg, List<String> names, int top) {
        int x = 30;
        int y = top;
        for (String name : names) {
            if (x + width(name) > RIGHT + 10) {
                x = 30;
                y += ROW;
            }
            svg.box(x, y, width(name), PACKAGE_HEIGHT, Fill.PLAIN, name);
            x += width(name) + 8;
        }
    }

    /** Packages below the module's own, down to a depth. */
    private static List<String> packages(Path root, Module m) throws IOException {
        Path base = root.resolve(m.folder())
                .resolve("src/main/java/io/github/hecnn")
                .resolve(m.folder().replace("hecnn-", ""));
        try (Stream<Path> folders = Files.walk(base, m.depth())) {
            return folders.filter(f -> !f.equals(base) && Files.exists(f.resolve("package-info.java")))
                    .map(f -> base.relativize(f).toString().replace('\\', '/').replace('/', '.'))
                    .sorted()
                    .toList();
        }
    }
}
