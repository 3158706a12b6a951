package io.github.hecnn.benchmarks.cryptotl;

import io.github.hecnn.benchmarks.cryptotl.Pairs.Pair;
import io.github.hecnn.mlr.transfer.network.train.BinaryMetrics;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** Measurements as the sections of {@code docs/cryptotl-tables.md}; every cell is a mean over seeds. */
final class TransferTables {
    private final List<Pair> pairs;
    private final Ways ways;

    TransferTables(List<Measurement> all, Ways ways) {
        pairs = Pairs.of(all);
        this.ways = ways;
    }

    /** All sections. */
    List<String> document() {
        List<String> out = new ArrayList<>();
        section(out, "By kind of pair", byKind(ways.bySamples(), pairs));
        section(out, "By number of examples", byPair(ways.bySamples(), pairs));
        int least = ways.samples().size() > 1 ? ways.samples().get(1) : ways.most();
        section(out, "Gain with " + least + " examples", transfer(least));
        if (ways.most() != least) {
            section(out, "Gain with " + ways.most() + " examples", transfer(ways.most()));
        }
        if (ways.encryptedTests() > 0) {
            section(out, "Encrypted and in the clear", encrypted());
        }
        if (!ways.epsilons().isEmpty()) {
            for (int n : ways.privateSamples()) {
                List<Pair> some =
                        pairs.stream().filter(p -> p.has(Ways.noNoise(n))).toList();
                if (!some.isEmpty()) {
                    List<String> table = new ArrayList<>(byKind(ways.byEpsilon(n), some));
                    table.add("");
                    table.addAll(byPair(ways.byEpsilon(n), some));
                    section(out, "Differential privacy, " + n + " examples", table);
                }
            }
        }
        out.remove(out.size() - 1);
        return out;
    }

    private static void section(List<String> out, String title, List<String> lines) {
        out.addAll(List.of("## " + title, ""));
        out.addAll(lines);
        out.add("");
    }

    private static String head(String first, List<String> names) {
        return "| " + first + " | " + String.join(" | ", names) + " |";
    }

    private static String rule(int cells) {
        return "|" + "---|".repeat(cells);
    }

    /** Accuracies of pairs, and their mean. */
    private static List<String> byPair(List<String> names, List<Pair> some) {
        List<String> out = new ArrayList<>(List.of(head("source | target", names), rule(2 + names.size())));
        for (Pair p : some) {
            out.add("| " + p.source() + " | " + p.target() + accuracies(names, List.of(p)));
        }
        out.add("| mean | " + accuracies(names, some));
        return out;
    }

    /** Mean accuracies of pairs of a kind. */
    private static List<String> byKind(List<String> names, List<Pair> some) {
        List<String> out = new ArrayList<>(List.of(head("pairs", names), rule(1 + names.size())));
        Pairs.byKind(some).forEach((kind, of) -> out.add("| " + kind + " (" + of.size() + ")" + accuracies(names, of)));
        return out;
    }

    private static String accuracies(List<String> names, List<Pair> of) {
        StringBuilder out = new StringBuilder(" |");
        for (String way : names) {
            double mean =
                    Pairs.mean(of.stream().mapToDouble(p -> p.accuracy(way)).toArray());
            out.append(String.format(Locale.ROOT, " %.1f |", mean));
        }
        return out.toString();
    }

    /** Transfer beside the raw embedding, and whether it beats that by twice the standard error over seeds. */
    private List<String> transfer(int samples) {
        String transfer = Ways.transfer(samples);
        String raw = Ways.raw(samples);
        List<String> names = new ArrayList<>(List.of("transfer: accuracy / F1 / kappa", "raw embedding"));
        if (ways.joint()) {
            names.add("joint training");
        }
        names.addAll(List.of("gain over raw", "of the seeds", "helps"));
        List<String> out = new ArrayList<>(List.of(head("source | target", names), rule(2 + names.size())));
        for (Pair p : pairs) {
            double[] gain = p.differences(transfer, raw);
            double mean = Pairs.mean(gain);
            double error = Pairs.standardError(gain);
            List<Double> sorted = new ArrayList<>();
            for (double g : gain) {
                sorted.add(g);
            }
            Collections.sort(sorted);
            out.add(start(p)
                    + cell(p, transfer)
                    + cell(p, raw)
                    + (ways.joint() ? cell(p, Ways.JOINT) : "")
                    + String.format(
                            Locale.ROOT,
                            " %+.1f +- %.1f | %+.1f to %+.1f | %s |",
                            mean,
                            error,
                            sorted.get(0),
                            sorted.get(sorted.size() - 1),
                            verdict(mean, error)));
        }
        return out;
    }

    /** Decrypted outputs beside the same encoder and the same texts in the clear. */
    private List<String> encrypted() {
        List<String> out = new ArrayList<>(List.of(
                head(
                        "source | target",
                        List.of("encrypted: accuracy / F1 / kappa", "in the clear", "difference, points")),
                rule(5)));
        List<Double> all = new ArrayList<>();
        for (Pair p : pairs) {
            double difference = Pairs.mean(p.differences(Ways.ENCRYPTED, Ways.CLEAR));
            all.add(difference);
            out.add(start(p)
                    + cell(p, Ways.ENCRYPTED)
                    + cell(p, Ways.CLEAR)
                    + String.format(Locale.ROOT, " %+.2f |", difference));
        }
        out.add(String.format(
                Locale.ROOT,
                "| all | | | | %+.3f, from %+.2f to %+.2f |",
                Pairs.mean(all.stream().mapToDouble(d -> d).toArray()),
                Collections.min(all),
                Collections.max(all)));
        return out;
    }

    private static String verdict(double gain, double error) {
        if (!(Math.abs(gain) > 2 * error)) {
            return "not shown";
        }
        return gain > 0 ? "yes" : "no";
    }

    private static String start(Pair p) {
        return "| " + p.source() + " | " + p.target() + " |";
    }

    private static String cell(Pair p, String way) {
        return String.format(
                Locale.ROOT,
                " %.1f / %.3f / %.3f |",
                p.accuracy(way),
                Pairs.mean(p.values(way, BinaryMetrics::f1)),
                Pairs.mean(p.values(way, BinaryMetrics::kappa)));
    }
}
