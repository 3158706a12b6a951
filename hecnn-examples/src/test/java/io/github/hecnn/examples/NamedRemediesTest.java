package io.github.hecnn.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Option;

/** What an error of any module names as a remedy exists: methods, constants and options in the texts of its sources. */
class NamedRemediesTest {
    private static final List<String> MODULES =
            List.of("hecnn-core", "hecnn-ckks", "hecnn-mlr", "hecnn-cli", "hecnn-examples");

    /** Where texts of errors begin: constructors of exceptions, and the helpers of the sources that make them. */
    private static final Pattern ERROR = Pattern.compile("new \\w*(?:Exception|Error)\\("
            + "|\\b(?:error|refuse|require|misfit|ambiguous|mixed|tooLarge|foreign|broken|advice|fix|damaged)\\w*\\(");

    private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\\\n]|\\\\.)*)\"");
    private static final Pattern MEMBER =
            Pattern.compile("\\b([A-Z]\\w*(?:\\.[A-Z]\\w*)*)\\.([a-z]\\w*|[A-Z][A-Z_0-9]+)\\b(\\()?");
    private static final Pattern CALL = Pattern.compile("(?<![\\w.])([a-z]\\w*)\\(");
    private static final Pattern CAMEL_CASE = Pattern.compile("(?<![\\w.-])([a-z]+[A-Z]\\w*)");
    private static final Pattern OPTION = Pattern.compile("(?<![\\w-])(--[a-z][a-z-]*[a-z])");

    /** Of the platform and of picocli, in mathematics, a name for a file, and what the main of one example takes. */
    private static final Set<String> ELSEWHERE = Set.of(
            "log2",
            "q",
            "--add-modules",
            "--enable-native-access",
            "--help",
            "Runtime.getRuntime",
            "FILE.csv",
            "--secure");

    /** By simple name, nested ones with the name of the outer class before. */
    private static final Map<String, List<Class<?>>> CLASSES = new HashMap<>();

    private static final Set<String> MEMBERS = new HashSet<>();
    private static final Set<String> OPTIONS = new TreeSet<>();
    /** Public members of the classes of hecnn-spark. */
    private static final Map<String, Set<String>> CLUSTER = new HashMap<>();

    private static final Pattern DECLARED = Pattern.compile("public (?:static )?[\\w.<>\\[\\]]+ (\\w+)\\(");
    private static final Map<Path, String> SOURCES = new HashMap<>();

    @BeforeAll
    static void readsTheSources() throws IOException, ClassNotFoundException {
        for (String module : MODULES) {
            Path root = Path.of("..", module, "src", "main", "java");
            try (Stream<Path> files = Files.walk(root)) {
                for (Path file :
                        files.filter(f -> f.toString().endsWith(".java")).toList()) {
                    SOURCES.put(file, withoutComments(Files.readString(file)));
                    String name = root.relativize(file)
                            .toString()
                            .replace(file.getFileSystem().getSeparator(), ".");
                    if (!name.contains("-info")) {
                        note("", Class.forName(name.substring(0, name.length() - ".java".length()), false, loader()));
                    }
                }
            }
        }
    }

    /** The module whose classes are not here, as Spark is not: names are those that its sources declare. */
    @BeforeAll
    static void readsTheSourcesOfTheCluster() throws IOException {
        Path root = Path.of("..", "hecnn-spark", "src", "main", "java");
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                String source = withoutComments(Files.readString(file));
                SOURCES.put(file, source);
                Set<String> members = CLUSTER.computeIfAbsent(
                        file.getFileName().toString().replace(".java", ""), name -> new TreeSet<>());
                Matcher member = DECLARED.matcher(source);
                while (member.find()) {
                    members.add(member.group(1));
                }
                MEMBERS.addAll(members);
                Matcher option = Pattern.compile("names = \"(--[a-z-]+)\"").matcher(source);
                while (option.find()) {
                    OPTIONS.add(option.group(1));
                }
            }
        }
    }

    private static ClassLoader loader() {
        return NamedRemediesTest.class.getClassLoader();
    }

    private static String withoutComments(String source) {
        return source.replaceAll("(?s)/\\*.*?\\*/", "").replaceAll("(?m)^\\s*//.*$", "");
    }

    private static void note(String outer, Class<?> type) {
        CLASSES.computeIfAbsent(outer + type.getSimpleName(), n -> new ArrayList<>())
                .add(type);
        if (!outer.isEmpty()) {
            CLASSES.computeIfAbsent(type.getSimpleName(), n -> new ArrayList<>())
                    .add(type);
        }
        members(type).forEach(MEMBERS::add);
        Stream<AnnotatedElement> annotated =
                Stream.concat(Arrays.stream(type.getDeclaredFields()), Arrays.stream(type.getDeclaredMethods()));
        annotated
                .map(e -> e.getAnnotation(Option.class))
                .filter(o -> o != null)
                .forEach(o -> OPTIONS.addAll(List.of(o.names())));
        for (Class<?> nested : type.getDeclaredClasses()) {
            note(outer + type.getSimpleName() + ".", nested);
        }
    }

    /** Names of public methods and fields; of methods of internal classes, too, whose errors name the operation. */
    private static Stream<String> members(Class<?> type) {
        boolean open = Modifier.isPublic(type.getModifiers());
        return Stream.concat(
                Stream.concat(Arrays.stream(type.getMethods()), Arrays.stream(type.getDeclaredMethods()))
                        .filter(m -> !open || Modifier.isPublic(m.getModifiers()))
                        .map(Method::getName),
                Arrays.stream(type.getFields()).map(Field::getName));
    }

    /** Texts of errors: the literals within a call that makes one. */
    private static List<String> errors(String source) {
        List<String> out = new ArrayList<>();
        Matcher m = ERROR.matcher(source);
        while (m.find()) {
            StringBuilder text = new StringBuilder();
            Matcher literal = LITERAL.matcher(source).region(m.end(), end(source, m.end()));
            while (literal.find()) {
                text.append(literal.group(1)).append('|'); // what is between two literals is no name
            }
            out.add(text.toString());
        }
        return out;
    }

    private static int end(String source, int from) {
        int depth = 1;
        boolean literal = false;
        for (int i = from; i < source.length(); i++) {
            char c = source.charAt(i);
            if (c == '"' && source.charAt(i - 1) != '\\') {
                literal = !literal;
            } else if (!literal && c == '(') {
                depth++;
            } else if (!literal && c == ')' && --depth == 0) {
                return i;
            }
        }
        return source.length();
    }

    private static List<String> missing(String text) {
        List<String> out = new ArrayList<>();
        Matcher m = MEMBER.matcher(text);
        while (m.find()) {
            String type = m.group(1);
            String member = m.group(2);
            boolean found = CLUSTER.getOrDefault(type, Set.of()).contains(member)
                    || CLASSES.getOrDefault(type, List.of()).stream()
                            .anyMatch(c -> Modifier.isPublic(c.getModifiers())
                                    && members(c).anyMatch(member::equals));
            if (!found) {
                out.add(type + "." + member);
            }
        }
        for (Pattern p : List.of(CALL, CAMEL_CASE)) {
            Matcher name = p.matcher(text);
            while (name.find()) {
                if (!MEMBERS.contains(name.group(1))) {
                    out.add(name.group(1));
                }
            }
        }
        Matcher option = OPTION.matcher(text);
        while (option.find()) {
            if (!OPTIONS.contains(option.group(1))) {
                out.add(option.group(1));
            }
        }
        out.removeAll(ELSEWHERE);
        return out;
    }

    @Test
    void everythingThatAnErrorNamesExists() {
        List<String> wrong = new ArrayList<>();
        long named = 0;
        for (Map.Entry<Path, String> source : SOURCES.entrySet()) {
            for (String text : errors(source.getValue())) {
                missing(text).forEach(name -> wrong.add(source.getKey().getFileName() + ": " + name + " in " + text));
                named += MEMBER.matcher(text).results().count()
                        + OPTION.matcher(text).results().count();
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(named).isGreaterThan(100);
        assertThat(OPTIONS).contains("--label-column", "--outside-interval").hasSizeGreaterThan(30);
    }

    @Test
    void optionsInAnyTextExist() {
        List<String> wrong = new ArrayList<>();
        SOURCES.forEach((file, source) -> {
            Matcher literal = LITERAL.matcher(source);
            while (literal.find()) {
                Matcher option = OPTION.matcher(literal.group(1));
                while (option.find()) {
                    if (!OPTIONS.contains(option.group(1)) && !ELSEWHERE.contains(option.group(1))) {
                        wrong.add(file.getFileName() + ": " + option.group(1));
                    }
                }
            }
        });
        assertThat(wrong).isEmpty();
    }

    @Test
    void theCommandLineHasAnOptionForEachOneOfCsvOptions() {
        Set<String> named = new TreeSet<>();
        SOURCES.forEach((file, source) -> {
            Matcher m = Pattern.compile("CsvOptions\\.with\\w+").matcher(String.join(" ", errors(source)));
            while (m.find() && file.toString().contains("hecnn-mlr")) {
                named.add(m.group());
            }
        });
        String mapping = SOURCES.entrySet().stream()
                .filter(e -> e.getKey().endsWith("Remedies.java"))
                .findFirst()
                .orElseThrow()
                .getValue();
        assertThat(named).hasSizeGreaterThan(5).allMatch(mapping::contains);
    }

    @Test
    void whatIsMissingIsFound() {
        assertThat(missing("use SparkTrainer.partitions, SparkTrainer.shuffle or ClusterListener.reportsTo"))
                .containsExactly("SparkTrainer.shuffle", "ClusterListener.reportsTo");
        assertThat(missing("use Evaluator.forgetEverything, or --no-such-option; or turnBack()"))
                .containsExactly("Evaluator.forgetEverything", "turnBack", "turnBack", "--no-such-option");
        assertThat(missing(
                        "use Evaluator.rescaleAnyScale, SimulatedSlotAlgebra.Builder.refreshing or SecurityLevel.NONE"))
                .isEmpty();
    }
}
