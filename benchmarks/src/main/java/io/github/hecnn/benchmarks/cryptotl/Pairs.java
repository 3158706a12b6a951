package io.github.hecnn.benchmarks.cryptotl;

import io.github.hecnn.mlr.transfer.network.train.BinaryMetrics;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** Measurements by pair of source and target, in the order they came, and statistics over seeds. */
final class Pairs {
    private static final Set<String> SENTIMENT = Set.of("amazon", "imdb", "yelp");

    /** A source and a target. */
    record Pair(String source, String target, List<Measurement> measurements) {
        /** What the two have in common, as a row of the short table. */
        String kind() {
            boolean from = SENTIMENT.contains(source);
            boolean to = SENTIMENT.contains(target);
            if (from && to) {
                return "between amazon, imdb and yelp";
            }
            return from || to ? "from sentiment to spam or back" : "between sms and youtube";
        }

        /** Of one way, seed by seed; empty if it was not measured. */
        double[] values(String way, ToDoubleFunction<BinaryMetrics> what) {
            return measurements.stream()
                    .filter(m -> m.way().equals(way))
                    .mapToDouble(m -> what.applyAsDouble(m.metrics()))
                    .toArray();
        }

        boolean has(String way) {
            return measurements.stream().anyMatch(m -> m.way().equals(way));
        }

        /** Accuracy in per cent, mean over seeds. */
        double accuracy(String way) {
            return 100 * mean(values(way, BinaryMetrics::accuracy));
        }

        /** Points of accuracy that one way is ahead of the other, seed by seed. */
        double[] differences(String way, String other) {
            double[] a = values(way, BinaryMetrics::accuracy);
            double[] b = values(other, BinaryMetrics::accuracy);
            if (a.length != b.length) {
                throw new IllegalStateException(source + " to " + target + ": expected as many measurements of " + way
                        + " as of " + other + ", found " + a.length + " and " + b.length + "; measure both");
            }
            for (int i = 0; i < a.length; i++) {
                a[i] = 100 * (a[i] - b[i]);
            }
            return a;
        }
    }

    private Pairs() {}

    static List<Pair> of(List<Measurement> all) {
        Map<String, Pair> out = new LinkedHashMap<>();
        for (Measurement m : all) {
            out.computeIfAbsent(m.source() + ' ' + m.target(), k -> new Pair(m.source(), m.target(), new ArrayList<>()))
                    .measurements()
                    .add(m);
        }
        return List.copyOf(out.values());
    }

    /** Pairs of a kind, in the order of the kinds' first ones. */
    static Map<String, List<Pair>> byKind(List<Pair> pairs) {
        Map<String, List<Pair>> out = new LinkedHashMap<>();
        pairs.forEach(p -> out.computeIfAbsent(p.kind(), k -> new ArrayList<>()).add(p));
        return out;
    }

    static double mean(double[] values) {
        double sum = 0;
        for (double v : values) {
            sum += v;
        }
        return values.length == 0 ? Double.NaN : sum / values.length;
    }

    /** Of the mean. */
    static double standardError(double[] values) {
        double mean = mean(values);
        double sum = 0;
        for (double v : values) {
            sum += (v - mean) * (v - mean);
        }
        int n = values.length;
        return n < 2 ? Double.NaN : Math.sqrt(sum / (n - 1) / n);
    }
}
