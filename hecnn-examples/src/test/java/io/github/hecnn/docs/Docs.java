package io.github.hecnn.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Where the documents and the sources are. With {@code -Dhecnn.docs=write} what is generated is written in place of being compared. */
final class Docs {
    static final Path ROOT = Path.of("..");
    static final Path FOLDER = ROOT.resolve("docs");
    static final boolean WRITE = "write".equals(System.getProperty("hecnn.docs"));
    static final String HOW_TO_WRITE =
            "mvn -q -B test -pl hecnn-examples -am -Dtest='Docs*Test' -Dsurefire.failIfNoSpecifiedTests=false -Dhecnn.docs=write";

    private Docs() {}

    /** The README, everything in docs, and what code hosts show, in a fixed order. */
    static List<Path> all() throws IOException {
        List<Path> out = new ArrayList<>(List.of(ROOT.resolve("README.md")));
        out.addAll(walk(FOLDER, ".md"));
        out.addAll(walk(ROOT.resolve(".github"), ".md"));
        return out;
    }

    /** Java sources of all modules, of mains and tests. */
    static List<Path> sources() throws IOException {
        List<Path> out = new ArrayList<>();
        for (Path module : modules()) {
            if (Files.isDirectory(module.resolve("src"))) {
                out.addAll(walk(module.resolve("src"), ".java"));
            }
        }
        return out;
    }

    /** Folders of the modules. */
    static List<Path> modules() throws IOException {
        try (Stream<Path> folders = Files.list(ROOT)) {
            return folders.filter(f -> Files.exists(f.resolve("pom.xml")))
                    .sorted()
                    .toList();
        }
    }

    /** Name for messages: from the root on, with slashes. */
    static String name(Path file) {
        return ROOT.relativize(file).toString().replace(file.getFileSystem().getSeparator(), "/");
    }

    private static List<Path> walk(Path folder, String suffix) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(f -> f.toString().endsWith(suffix)).sorted().toList();
        }
    }
}
