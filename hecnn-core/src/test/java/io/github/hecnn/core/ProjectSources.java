package io.github.hecnn.core;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The sources of every module, for tests that hold the whole project to something. */
final class ProjectSources {
    private static final Path MODULES = Path.of("..");

    private ProjectSources() {}

    /** Sources by package and file. */
    static Map<String, Map<String, String>> packages() throws IOException {
        Map<String, Map<String, String>> packages = new TreeMap<>();
        try (Stream<Path> modules = Files.list(MODULES)) {
            for (Path module : modules.toList()) {
                Path sources = module.resolve(Path.of("src", "main", "java"));
                if (!Files.isDirectory(sources)) {
                    continue;
                }
                try (Stream<Path> files = Files.walk(sources)) {
                    for (Path file :
                            files.filter(f -> f.toString().endsWith(".java")).toList()) {
                        String name = file.getFileName().toString().replaceAll("\\.java$", "");
                        String folder = sources.relativize(file.getParent())
                                .toString()
                                .replace(file.getFileSystem().getSeparator(), ".");
                        packages.computeIfAbsent(folder, f -> new TreeMap<>()).put(name, Files.readString(file));
                    }
                }
            }
        }
        return packages;
    }
}
