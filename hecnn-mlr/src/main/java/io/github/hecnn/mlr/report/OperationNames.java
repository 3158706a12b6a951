package io.github.hecnn.mlr.report;

import io.github.hecnn.ckks.cost.Operation;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Times by kind of operation, in the words of a report. */
final class OperationNames {
    private static final int MOST = 8;

    private static final Map<String, String> WORDS = Map.ofEntries(
            Map.entry("rotation", "turning ciphertexts"),
            Map.entry("conjugation", "conjugating"),
            Map.entry("relinearization", "ending products (relinearising)"),
            Map.entry("decomposition", "decomposing"),
            Map.entry("hoisted_rotation", "turning in bulk, and sums of that"),
            Map.entry("key_product", "products with keys"),
            Map.entry("division", "dividing by special primes"),
            Map.entry("multiplication", "products of ciphertexts"),
            Map.entry("product_term", "terms of sums of products"),
            Map.entry("plain_multiplication", "products with plain vectors"),
            Map.entry("plain_term", "terms of sums of plain products"),
            Map.entry("constant_multiplication", "products with constants"),
            Map.entry("rescale", "rescaling"),
            Map.entry("alignment", "bringing levels together"),
            Map.entry("addition", "additions and the like"),
            Map.entry("refresh", "refreshing (bootstrapping)"));

    private OperationNames() {}

    /** The names that JSON has. */
    static Map<String, Double> byName(Map<Operation, Double> seconds) {
        Map<String, Double> out = new LinkedHashMap<>();
        for (Operation operation : Operation.values()) {
            if (seconds.containsKey(operation)) {
                out.put(operation.name().toLowerCase(Locale.ROOT), seconds.get(operation));
            }
        }
        return out;
    }

    /** In words, the longest first; what is left over together. */
    static Map<String, Double> longest(Map<String, Double> byName) {
        Map<String, Double> bars = new LinkedHashMap<>();
        double[] rest = {0};
        byName.entrySet().stream()
                .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                .forEach(e -> {
                    if (bars.size() < MOST) {
                        bars.put(words(e.getKey()), e.getValue());
                    } else {
                        rest[0] += e.getValue();
                    }
                });
        if (rest[0] > 0) {
            bars.put("all others", rest[0]);
        }
        return bars;
    }

    private static String words(String name) {
        return WORDS.getOrDefault(name, name.replace('_', ' '));
    }
}
