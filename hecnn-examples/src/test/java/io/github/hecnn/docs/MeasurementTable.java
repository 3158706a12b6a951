package io.github.hecnn.docs;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.StreamSupport;

/**
 * Measurements as a table of Markdown. Either an object with {@code columns}, {@code rows} and what belongs under the table
 * ({@code unit}, {@code method}, {@code machine}, {@code jvm}, {@code flags}), or what JMH writes ({@code benchmarks.json}).
 */
final class MeasurementTable {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private static final List<String> CAPTION = List.of("unit", "method", "machine", "jvm", "flags");

    private MeasurementTable() {}

    /** The lines of the table and of its caption. */
    static List<String> of(Path file) throws IOException {
        return of(MAPPER.readTree(file.toFile()), file.getFileName().toString());
    }

    static List<String> of(String json) throws IOException {
        return of(MAPPER.readTree(json), "text");
    }

    private static List<String> of(JsonNode root, String name) {
        return root.isArray() ? ofJmh(root) : ofColumns(root, name);
    }

    private static List<String> ofColumns(JsonNode root, String name) {
        List<String> columns = texts(root.required("columns"));
        List<String> out = new ArrayList<>(head(columns));
        for (JsonNode row : root.required("rows")) {
            if (row.size() != columns.size()) {
                throw new IllegalArgumentException(
                        name + ": expected " + columns.size() + " cells, found " + row.size() + " in " + row);
            }
            out.add(line(texts(row)));
        }
        List<String> caption = CAPTION.stream()
                .map(key -> root.path(key).asText())
                .filter(text -> !text.isEmpty())
                .toList();
        out.add("");
        out.addAll(Markdown.filled(List.of(String.join(". ", caption) + ".")));
        return out;
    }

    private static List<String> ofJmh(JsonNode root) {
        List<String> out = new ArrayList<>(head(List.of("benchmark", "parameters", "least", "median", "unit")));
        String jvm = "";
        for (JsonNode run : root) {
            String benchmark = run.required("benchmark").asText();
            JsonNode metric = run.required("primaryMetric");
            double[] times = StreamSupport.stream(metric.required("rawData").spliterator(), false)
                    .flatMap(fork -> StreamSupport.stream(fork.spliterator(), false))
                    .mapToDouble(JsonNode::asDouble)
                    .sorted()
                    .toArray();
            List<String> parameters = new ArrayList<>();
            run.path("params")
                    .properties()
                    .forEach(p -> parameters.add(p.getKey() + " " + p.getValue().asText()));
            String[] names = benchmark.split("\\.", -1);
            out.add(line(List.of(
                    names[names.length - 2] + "." + names[names.length - 1],
                    String.join(", ", parameters),
                    number(times[0]),
                    number(DoubleStream.of(times)
                            .skip((times.length - 1) / 2)
                            .limit(2 - times.length % 2)
                            .average()
                            .orElseThrow()),
                    metric.required("scoreUnit").asText())));
            jvm = run.path("vmName").asText() + " " + run.path("vmVersion").asText() + ". "
                    + String.join(" ", texts(run.path("jvmArgs")));
        }
        out.add("");
        out.addAll(Markdown.filled(List.of("JMH. " + jvm + ".")));
        return out;
    }

    private static String number(double x) {
        return String.format(Locale.ROOT, "%.3g", x);
    }

    private static List<String> head(List<String> columns) {
        return List.of(line(columns), "|" + "---|".repeat(columns.size()));
    }

    private static String line(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |";
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(n -> n.isNull() ? "-" : n.isNumber() ? n.decimalValue().toPlainString() : n.asText())
                .toList();
    }
}
