package io.github.hecnn.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the sources of every module keep to, so that a package and a file can be read in one go. */
class HouseTest {
    private static final int MOST_LINES = 450;
    private static final int MOST_PUBLIC_TYPES = 12;

    private static final Pattern PUBLIC_TYPE = Pattern.compile(
            "^public (?:(?:final|abstract|sealed|non-sealed|strictfp) )*(?:class|interface|record|enum|@interface) ",
            Pattern.MULTILINE);

    /** Threads of the common fork-join pool are nobody's: no setting bounds them, and nothing helps them. */
    private static final Pattern COMMON_THREADS =
            Pattern.compile("\\.parallel\\(\\)|\\.parallelStream\\(\\)|\\bArrays\\.parallel|\\bForkJoinPool\\b");

    private static Map<String, Map<String, String>> packages;

    @BeforeAll
    static void readsSources() throws IOException {
        packages = ProjectSources.packages();
        assertThat(packages).hasSizeGreaterThan(60);
    }

    @Test
    void noFileIsTooLongForOneLook() {
        Map<String, Long> tooLong = new TreeMap<>();
        packages.forEach((name, files) -> files.forEach((file, text) -> {
            if (text.lines().count() > MOST_LINES) {
                tooLong.put(name + "." + file, text.lines().count());
            }
        }));
        assertThat(tooLong).isEmpty();
    }

    @Test
    void noPackageShowsTooManyTypes() {
        Map<String, Long> tooMany = new TreeMap<>();
        packages.forEach((name, files) -> {
            long types = files.values().stream()
                    .filter(text -> PUBLIC_TYPE.matcher(text).find())
                    .count();
            if (types > MOST_PUBLIC_TYPES) {
                tooMany.put(name, types);
            }
        });
        assertThat(tooMany).isEmpty();
    }

    @Test
    void workIsDoneByTheWorkersOfAPool() {
        packages.forEach((name, files) -> files.forEach(
                (file, text) -> assertThat(COMMON_THREADS.matcher(text).find())
                        .as("%s.%s takes threads that no WorkerPool has", name, file)
                        .isFalse()));
    }
}
