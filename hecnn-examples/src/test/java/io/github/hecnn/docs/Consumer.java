package io.github.hecnn.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.lang.module.ModuleFinder;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A project of its own that uses the libraries as a user does: javac and java of a JDK, nothing of the build but the libraries. */
final class Consumer {
    /** One class of each library that a program with hecnn-mlr has on its path. */
    private static final List<String> LIBRARIES = List.of(
            "io.github.hecnn.core.parallel.WorkerPool",
            "io.github.hecnn.ckks.params.CkksContext",
            "io.github.hecnn.mlr.MlrTrainer",
            "org.apache.commons.math3.linear.RealMatrix",
            "org.apache.commons.csv.CSVFormat",
            "org.apache.commons.io.IOUtils",
            "org.apache.commons.codec.binary.Hex",
            "com.fasterxml.jackson.databind.ObjectMapper",
            "com.fasterxml.jackson.core.JsonFactory",
            "com.fasterxml.jackson.annotation.JsonProperty");

    private static final List<String> FROM_THE_JDK = List.of("java.nio.file.Path", "java.util.List");
    private static final Pattern TYPE_NAME = Pattern.compile("(?<![\\w.])[A-Z]\\w*[a-z]\\w*");
    private static final int MINUTES = 3;

    private final Path folder;
    private final String paths;

    Consumer(Path folder) {
        this.folder = folder;
        this.paths = LIBRARIES.stream()
                .map(Consumer::libraryOf)
                .map(Path::toString)
                .distinct()
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static Path libraryOf(String name) {
        try {
            return Path.of(Class.forName(name)
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (ClassNotFoundException | URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether the libraries have their descriptors, which the build makes and a compiler of classes alone does not. */
    static boolean areModules() {
        Path[] own = LIBRARIES.stream().limit(3).map(Consumer::libraryOf).toArray(Path[]::new);
        return ModuleFinder.of(own).findAll().stream()
                        .filter(m -> !m.descriptor().isAutomatic())
                        .count()
                == own.length;
    }

    /**
     * Import lines for the types that a piece of code names. Of types with one name the one in the package nearest to the root is meant; if there are
     * two of those, the code is no guide to anybody.
     */
    static String imports(String code) throws IOException {
        Map<String, List<Class<?>>> exported =
                ExportedTypes.all().stream().collect(Collectors.groupingBy(Class::getSimpleName));
        TreeSet<String> out = new TreeSet<>();
        TYPE_NAME.matcher(code).results().map(m -> m.group()).distinct().forEach(name -> {
            List<Class<?>> types = nearest(exported.getOrDefault(name, List.of()));
            assertThat(types).as("exported types of the name %s", name).hasSizeLessThanOrEqualTo(1);
            types.forEach(t -> out.add(t.getName()));
        });
        FROM_THE_JDK.stream()
                .filter(t -> code.matches("(?s).*\\b" + t.substring(t.lastIndexOf('.') + 1) + "\\b.*"))
                .forEach(out::add);
        return out.stream().map(t -> "import " + t + ";\n").collect(Collectors.joining());
    }

    private static List<Class<?>> nearest(List<Class<?>> types) {
        int least = types.stream().mapToInt(Consumer::depth).min().orElse(0);
        return types.stream().filter(t -> depth(t) == least).toList();
    }

    private static int depth(Class<?> type) {
        return type.getPackageName().split("\\.", -1).length;
    }

    /** Compiles a class {@code Main} and runs it on the class path, without any flag. */
    String onTheClassPath(Path jdk, String source, String... arguments) throws IOException, InterruptedException {
        Path project = Files.createDirectories(folder.resolve("class-path"));
        Path main = Files.writeString(project.resolve("Main.java"), source);
        Path classes = project.resolve("classes");
        run(
                jdk,
                "javac",
                "-Xlint:all,-classfile,-path",
                "-Werror",
                "-d",
                classes.toString(),
                "-cp",
                paths,
                main.toString());
        return run(jdk, "java", Stream.of("-cp", classes + File.pathSeparator + paths, "Main"), Stream.of(arguments));
    }

    /** Compiles a module with that class in package {@code app} and runs it on the module path, with the vector module. */
    String onTheModulePath(Path jdk, String source, String... arguments) throws IOException, InterruptedException {
        Path project = Files.createDirectories(folder.resolve("module-path"));
        Path main = Files.writeString(project.resolve("Main.java"), "package app;\n\n" + source);
        Path module = Files.writeString(
                project.resolve("module-info.java"), "module app {\n    requires io.github.hecnn.mlr;\n}\n");
        Path classes = project.resolve("classes");
        run(jdk, "javac", "-d", classes.toString(), "-p", paths, main.toString(), module.toString());
        return run(
                jdk,
                "java",
                Stream.of("--add-modules", "jdk.incubator.vector", "-p", classes + File.pathSeparator + paths),
                Stream.concat(Stream.of("-m", "app/app.Main"), Stream.of(arguments)));
    }

    private String run(Path jdk, String tool, Stream<String> options, Stream<String> arguments)
            throws IOException, InterruptedException {
        return run(jdk, tool, Stream.concat(options, arguments).toArray(String[]::new));
    }

    private String run(Path jdk, String tool, String... arguments) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(jdk.resolve("bin").resolve(tool).toString()));
        command.addAll(List.of(arguments));
        Path out = folder.resolve(tool + ".txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        boolean ended = process.waitFor(MINUTES, TimeUnit.MINUTES);
        process.destroyForcibly();
        String text = Files.readString(out, StandardCharsets.UTF_8);
        assertThat(ended)
                .as("%s ends within %d minutes: %s", tool, MINUTES, text)
                .isTrue();
        assertThat(process.exitValue()).as("%s of %s: %s", tool, jdk, text).isZero();
        return text;
    }
}
