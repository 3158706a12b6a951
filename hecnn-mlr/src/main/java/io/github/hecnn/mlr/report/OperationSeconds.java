package io.github.hecnn.mlr.report;

import io.github.hecnn.ckks.cost.Operation;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Times by kind of operation, in the words of a report. */
final class OperationSeconds {
    private static final int MOST = 8;

    private static final Map<String, String> WORDS = Map.ofEntries(
            Map.entry("rotation", "turning ciphertexts"),
            Map.entry("conjugation", "conjugating"),
            Map.entry("relinearization", "ending products (relinearising)"),
            Map.entry("decomposition", "splitting into digits"),
            Map.entry("hoisted_rotation", "turning in bulk, and sums of it"),
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

    private OperationSeconds() {}

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

    /** Bars, the longest first; what is left over together. */
    static String bars(Map<String, Double> byName) {
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
        return Html.amounts(bars, Html::seconds);
    }

    static String words(String name) {
        return WORDS.getOrDefault(name, name.replace('_', ' '));
    }

    /**
     * What the cloud measured.
     *
     * @param byName seconds of each kind
     * @param trainingSeconds wall clock time of the training
     */
    static String measured(Map<String, Double> byName, double trainingSeconds, int threads) {
        if (byName.isEmpty()) {
            return "";
        }
        double sum = byName.values().stream().mapToDouble(v -> v).sum();
        return "<h3>The training by operation, as measured</h3>" + bars(byName) + "<p>"
                + "The cloud took the time of every operation, from call to return, and added up over the threads that call: "
                + Html.seconds(sum) + " in all, in a training of " + Html.seconds(trainingSeconds) + " on "
                + FirstScreen.times(threads, "thread")
                + ". The first use of a plain vector has its encoding in it.</p>";
    }
}
