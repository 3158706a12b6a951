package io.github.hecnn.core.internal.kernel.vector.sums;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Prints the sources of the special loops, which are written in full for the JIT (rule 4 of the kernels). To change them, change this and run
 * {@link #main} in hecnn-core; {@link UnrolledLoopsTest} holds file and generator equal.
 */
final class UnrolledLoops {
    private static final List<String> NAMES =
            List.of("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine");

    private static final String SPECIES_IMPORTS = """
            import static io.github.hecnn.core.internal.kernel.vector.lanes.Lanes.L;
            import static io.github.hecnn.core.internal.kernel.vector.lanes.Lanes.S;
            import static io.github.hecnn.core.internal.kernel.vector.lanes.Lanes.all;
            """;

    private UnrolledLoops() {}

    /** Writes all files below the folder, src/main/java/io/github/hecnn/core/internal/kernel/vector/sums if none is given. */
    public static void main(String[] args) throws IOException {
        Path folder = args.length > 0 ? Path.of(args[0]) : folder();
        for (Map.Entry<String, String> file : files().entrySet()) {
            Files.writeString(folder.resolve(file.getKey()), file.getValue());
        }
    }

    /** Where the files are, from hecnn-core. */
    static Path folder() {
        return Path.of("src/main/java", UnrolledLoops.class.getPackageName().replace('.', '/'));
    }

    /** Text by name. */
    static Map<String, String> files() {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("VectorTermLoops.java", termFile("VectorTermLoops", 1, 4));
        files.put("VectorManyTermLoops.java", termFile("VectorManyTermLoops", 5, 9));
        files.put("VectorPairLoops.java", pairFile());
        return files;
    }

    private static String termFile(String name, int first, int last) {
        String imports = SPECIES_IMPORTS
                + "import static io.github.hecnn.core.internal.kernel.vector.sums.PackedTerms.BLOCK;\n"
                + "\nimport io.github.hecnn.core.internal.kernel.BaseTarget;\n";
        String doc = """
                 * The sums of a base extension for one target and %s to %s terms: out[from ..] = start[startAt ..]*startWeight + the packed rows from
                 * first on times the target's weights from first on.
                 *
                 * <p>Each number of terms has a loop of its own, so the weights stay in registers, and little but the arithmetic is left. How the sums
                 * are exact says {@link Residues}; what rounding took away is added up in two chains, which makes no difference, as all of it is
                 * exact.
                """.formatted(NAMES.get(first), NAMES.get(last));
        return file(name, imports, doc, IntStream.rangeClosed(first, last).mapToObj(UnrolledLoops::termLoop));
    }

    private static String pairFile() {
        String doc = """
                 * The sums of one to four products, digits times k0 and digits times k1, of the coefficients from from to to, written shift places
                 * lower. Each number of products has a loop of its own. How the sums are exact says {@link Residues}.
                """;
        return file(
                "VectorPairLoops",
                SPECIES_IMPORTS + "\n",
                doc,
                IntStream.rangeClosed(1, 4).mapToObj(UnrolledLoops::pairLoop));
    }

    private static String file(String name, String imports, String doc, java.util.stream.Stream<String> loops) {
        return """
                package io.github.hecnn.core.internal.kernel.vector.sums;

                %simport io.github.hecnn.core.internal.kernel.Residues;
                import jdk.incubator.vector.DoubleVector;

                /**
                %s *
                 * <p>Written in full (rule 4), by the generator UnrolledLoops in the tests: change that, and run it.
                 */
                final class %s {
                    private %s() {}

                %s
                }
                """.formatted(
                        imports,
                        doc,
                        name,
                        name,
                        loops.collect(Collectors.joining("\n\n")).indent(4).stripTrailing())
                .replace("\n    \n", "\n\n");
    }

    /** The loop for so many terms. */
    private static String termLoop(int terms) {
        String last = "h" + (terms - 1);
        String weights = each(terms, i -> "DoubleVector w%d = all(target.weights[%s]);".formatted(i, plus("first", i)));
        String sums = each(terms, i -> """
                        DoubleVector v$ = DoubleVector.fromArray(S, pack, %s + j);
                        DoubleVector h$ = v$.fma(w$, %s);
                        DoubleVector l$ = v$.fma(w$, %s.sub(h$));""".formatted(
                        i == 0 ? "at" : i == 1 ? "at + BLOCK" : "at + " + i + " * BLOCK", before(i), before(i))
                .replace("$", "" + i));
        return """
                static void %s(
                        double[] pack,
                        int first,
                        double[] start,
                        int startAt,
                        double startWeight,
                        BaseTarget target,
                        double[] out,
                        int from,
                        int size,
                        boolean lazy) {
                    double q = target.q;
                    DoubleVector round = all(Residues.ROUND);
                    DoubleVector roundQ = all(Residues.ROUND * q);
                    DoubleVector plusQ = all(q);
                    DoubleVector minusQ = all(-q);
                    DoubleVector inverse = all(target.qInv);
                    DoubleVector ws = all(startWeight);
                %s    int at = first * BLOCK;
                    for (int j = 0; j < size; j += L) {
                %s%s        DoubleVector r = %s.mul(inverse).fma(minusQ, %s).add(%s);
                        if (lazy) {
                            r.intoArray(out, from + j);
                        } else {
                            round.sub(r.fma(inverse, round)).fma(plusQ, r).intoArray(out, from + j);
                        }
                    }
                }""".formatted(
                        NAMES.get(terms),
                        weights.indent(4),
                        sums.indent(8),
                        chains(terms).indent(8),
                        last,
                        last,
                        terms == 1 ? "low" : "low.add(rest)");
    }

    /** What was rounded away: the start and even terms in one chain, odd ones in another. Lines break as the formatter breaks them. */
    private static String chains(int terms) {
        String start = "DoubleVector.fromArray(S, start, startAt + j)";
        List<String> even = evenOrOdd(terms, 2);
        String low = switch (even.size()) {
            case 0 -> "DoubleVector low = " + start + ".fma(ws, l0);";
            case 1 -> "DoubleVector low =\n        " + start + ".fma(ws, l0)" + even.get(0) + ";";
            default ->
                "DoubleVector low = " + start + "\n        .fma(ws, l0)\n        " + String.join("\n        ", even)
                        + ";";
        };
        return terms == 1 ? low : low + "\nDoubleVector rest = l1" + String.join("", evenOrOdd(terms, 3)) + ";";
    }

    private static List<String> evenOrOdd(int terms, int first) {
        return IntStream.iterate(first, i -> i < terms, i -> i + 2)
                .mapToObj(i -> ".add(l" + i + ")")
                .toList();
    }

    /** The loop for so many products. */
    private static String pairLoop(int terms) {
        String arrays = each(terms, i -> """
                        double[] x$ = digits[$];
                        double[] y$ = k0[$];
                        double[] z$ = k1[$];""".replace("$", "" + i));
        String sums = each(
                terms,
                i -> "DoubleVector v$ = DoubleVector.fromArray(S, x$, j);\n".replace("$", "" + i)
                        + pairTerm(i, "b", "y", "g", "lowG") + "\n" + pairTerm(i, "a", "z", "h", "lowH"));
        return """
                static void %s(
                        double[][] digits,
                        double[][] k0,
                        double[][] k1,
                        double[] out0,
                        double[] out1,
                        int from,
                        int to,
                        int shift,
                        double q,
                        double qInv,
                        boolean lazy) {
                    DoubleVector round = all(Residues.ROUND);
                    DoubleVector roundQ = all(Residues.ROUND * q);
                    DoubleVector plusQ = all(q);
                    DoubleVector minusQ = all(-q);
                    DoubleVector inverse = all(qInv);
                %s    for (int j = from; j < to; j += L) {
                %s        DoubleVector g = g$.mul(inverse).fma(minusQ, g$).add(lowG$);
                        DoubleVector h = h$.mul(inverse).fma(minusQ, h$).add(lowH$);
                        if (lazy) {
                            g.intoArray(out0, j - shift);
                            h.intoArray(out1, j - shift);
                        } else {
                            round.sub(g.fma(inverse, round)).fma(plusQ, g).intoArray(out0, j - shift);
                            round.sub(h.fma(inverse, round)).fma(plusQ, h).intoArray(out1, j - shift);
                        }
                    }
                }""".formatted(NAMES.get(terms), arrays.indent(4), sums.indent(8)).replace("$", "" + (terms - 1));
    }

    /** One product of digit i added to one of the two sums: its factor, the array that has it, the sum and what rounding took away. */
    private static String pairTerm(int i, String factor, String array, String sum, String low) {
        String previous = i == 0 ? "roundQ" : sum + (i - 1);
        String lost = "v%d.fma(%s%d, %s.sub(%s%d))".formatted(i, factor, i, previous, sum, i);
        return """
                DoubleVector %1$s%6$d = DoubleVector.fromArray(S, %2$s%6$d, j);
                DoubleVector %3$s%6$d = v%6$d.fma(%1$s%6$d, %5$s);
                DoubleVector %4$s%6$d = %7$s;""".formatted(
                        factor, array, sum, low, previous, i, i == 0 ? lost : low + (i - 1) + ".add(" + lost + ")");
    }

    private static String before(int i) {
        return i == 0 ? "roundQ" : "h" + (i - 1);
    }

    private static String plus(String name, int i) {
        return i == 0 ? name : name + " + " + i;
    }

    private static String each(int terms, java.util.function.IntFunction<String> lines) {
        return IntStream.range(0, terms).mapToObj(lines).collect(Collectors.joining("\n"));
    }
}
