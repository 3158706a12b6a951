package io.github.hecnn.benchmarks.cryptotl;

import io.github.hecnn.mlr.transfer.network.train.BinaryMetrics;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Measurements as Markdown tables; every cell is a mean over seeds. */
final class TransferTables {
    private final List<Measurement> all;

    TransferTables(List<Measurement> all) {
        this.all = List.copyOf(all);
    }

    /** Transfer beside the other ways, and whether it beats the raw embedding by twice the standard error over seeds. */
    List<String> transfer(boolean joint) {
        List<String> lines = new ArrayList<>();
        lines.add("| source | target | transfer: accuracy / F1 / kappa | raw embedding |"
                + (joint ? " joint training |" : "") + " gain over raw | helps |");
        lines.add("|---|---|---|---|" + (joint ? "---|" : "") + "---|---|");
        for (List<Measurement> pair : pairs()) {
            double[] gain = differences(pair, "transfer", "raw");
            double mean = mean(gain);
            double error = standardError(gain);
            lines.add(start(pair)
                    + cell(pair, "transfer")
                    + cell(pair, "raw")
                    + (joint ? cell(pair, "joint") : "")
                    + String.format(Locale.ROOT, " %+.1f +- %.1f | %s |", mean, error, verdict(mean, error)));
        }
        return lines;
    }

    /**
     * Accuracy of transfer and of the raw embedding by number of examples, with the source's own head first, and means of all pairs.
     *
     * @param counts numbers of examples; the last one has ways without a number
     */
    List<String> bySamples(List<Integer> counts) {
        List<String> ways = new ArrayList<>(List.of("own"));
        StringBuilder head = new StringBuilder("| source | target | source's own head |");
        for (int i = 0; i < counts.size(); i++) {
            String end = i == counts.size() - 1 ? "" : " " + counts.get(i);
            ways.add("transfer" + end);
            ways.add("raw" + end);
            head.append(" transfer ")
                    .append(counts.get(i))
                    .append(" | raw ")
                    .append(counts.get(i))
                    .append(" |");
        }
        List<String> table = privacy(ways);
        List<String> lines = new ArrayList<>(List.of(head.toString()));
        lines.addAll(table.subList(1, table.size()));
        return lines;
    }

    /** Decrypted outputs beside the same encoder and the same texts in the clear. */
    List<String> encrypted() {
        List<String> lines = new ArrayList<>();
        lines.add("| source | target | encrypted: accuracy / F1 / kappa | in the clear | difference, points |");
        lines.add("|---|---|---|---|---|");
        List<Double> differences = new ArrayList<>();
        for (List<Measurement> pair : pairs()) {
            double difference = mean(differences(pair, "encrypted", "clear"));
            differences.add(difference);
            lines.add(start(pair)
                    + cell(pair, "encrypted")
                    + cell(pair, "clear")
                    + String.format(Locale.ROOT, " %+.2f |", difference));
        }
        double[] d = differences.stream().mapToDouble(v -> v).toArray();
        lines.add(String.format(Locale.ROOT, "| all | | | | %+.3f |", mean(d)));
        return lines;
    }

    /** Accuracy of ways, such as linear heads without noise and with the noise of each epsilon, and means of all pairs. */
    List<String> privacy(List<String> ways) {
        List<String> lines = new ArrayList<>();
        lines.add("| source | target | " + String.join(" | ", ways) + " |");
        lines.add("|---|---|" + "---|".repeat(ways.size()));
        double[] sums = new double[ways.size()];
        for (List<Measurement> pair : pairs()) {
            StringBuilder line = new StringBuilder(start(pair));
            for (int i = 0; i < sums.length; i++) {
                double accuracy = mean(values(pair, ways.get(i), BinaryMetrics::accuracy));
                sums[i] += accuracy / pairs().size();
                line.append(String.format(Locale.ROOT, " %.1f |", 100 * accuracy));
            }
            lines.add(line.toString());
        }
        StringBuilder last = new StringBuilder("| mean | |");
        for (double sum : sums) {
            last.append(String.format(Locale.ROOT, " %.1f |", 100 * sum));
        }
        lines.add(last.toString());
        return lines;
    }

    private static String verdict(double gain, double error) {
        if (Math.abs(gain) <= 2 * error) {
            return "not shown";
        }
        return gain > 0 ? "yes" : "no";
    }

    private static String start(List<Measurement> pair) {
        return "| " + pair.get(0).source() + " | " + pair.get(0).target() + " |";
    }

    private static String cell(List<Measurement> pair, String way) {
        return String.format(
                Locale.ROOT,
                " %.1f / %.3f / %.3f |",
                100 * mean(values(pair, way, BinaryMetrics::accuracy)),
                mean(values(pair, way, BinaryMetrics::f1)),
                mean(values(pair, way, BinaryMetrics::kappa)));
    }

    /** Measurements by pair, in the order they came. */
    private List<List<Measurement>> pairs() {
        List<List<Measurement>> out = new ArrayList<>();
        for (Measurement m : all) {
            List<Measurement> pair = out.stream()
                    .filter(p -> p.get(0).source().equals(m.source())
                            && p.get(0).target().equals(m.target()))
                    .findFirst()
                    .orElseGet(() -> {
                        List<Measurement> fresh = new ArrayList<>();
                        out.add(fresh);
                        return fresh;
                    });
            pair.add(m);
        }
        return out;
    }

    private static double[] values(List<Measurement> pair, String way, ToDoubleFunction<BinaryMetrics> what) {
        return pair.stream()
                .filter(m -> m.way().equals(way))
                .mapToDouble(m -> what.applyAsDouble(m.metrics()))
                .toArray();
    }

    /** Points of accuracy that one way is ahead of the other, seed by seed. */
    private static double[] differences(List<Measurement> pair, String way, String other) {
        double[] a = values(pair, way, BinaryMetrics::accuracy);
        double[] b = values(pair, other, BinaryMetrics::accuracy);
        double[] out = new double[Math.min(a.length, b.length)];
        for (int i = 0; i < out.length; i++) {
            out[i] = 100 * (a[i] - b[i]);
        }
        return out;
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double v : values) {
            sum += v;
        }
        return values.length == 0 ? Double.NaN : sum / values.length;
    }

    private static double standardError(double[] values) {
        double mean = mean(values);
        double sum = 0;
        for (double v : values) {
            sum += (v - mean) * (v - mean);
        }
        int n = values.length;
        return n < 2 ? Double.NaN : Math.sqrt(sum / (n - 1) / n);
    }
}
