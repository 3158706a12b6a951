package io.github.hecnn.docs;

import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import java.io.IOException;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The fields of a record as JSON: those that Jackson writes, their types, and what the javadoc of the record says about them. */
final class JsonFields {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Pattern PARAM = Pattern.compile("@param (\\w+) ((?:(?!@param |@return |@throws ).)*)");
    private static final Pattern LINK = Pattern.compile("\\{@(?:code|link) ([^}]*)}");

    private JsonFields() {}

    /** Names of fields in the order of the file. */
    static List<String> names(Class<?> record) {
        BeanDescription written = MAPPER.getSerializationConfig()
                .introspect(MAPPER.getTypeFactory().constructType(record));
        return written.findProperties().stream()
                .filter(BeanPropertyDefinition::couldSerialize)
                .map(BeanPropertyDefinition::getName)
                .toList();
    }

    /** A table of Markdown. */
    static List<String> table(Class<?> record) throws IOException {
        Map<String, Type> types = types(record);
        Map<String, String> meanings = meanings(record);
        List<String> out = new ArrayList<>(List.of("| field | type | meaning |", "|---|---|---|"));
        for (String name : names(record)) {
            if (!types.containsKey(name) || !meanings.containsKey(name)) {
                throw new AssertionError(
                        record.getName() + ": expected a component " + name + " with @param, found none");
            }
            out.add("| `" + name + "` | " + text(types.get(name)) + " | " + meanings.get(name) + " |");
        }
        return out;
    }

    /** Records that are fields of a record, or elements of its lists and objects. */
    static Set<Class<?>> parts(Class<?> record) {
        Set<Class<?>> out = new LinkedHashSet<>();
        types(record).values().forEach(type -> addRecords(type, out));
        return out;
    }

    private static void addRecords(Type type, Set<Class<?>> out) {
        if (type instanceof ParameterizedType p) {
            Arrays.stream(p.getActualTypeArguments()).forEach(a -> addRecords(a, out));
        } else if (type instanceof Class<?> c && c.isRecord()) {
            out.add(c);
        }
    }

    private static Map<String, Type> types(Class<?> record) {
        Map<String, Type> out = new LinkedHashMap<>();
        for (RecordComponent c : record.getRecordComponents()) {
            out.put(c.getName(), c.getGenericType());
        }
        return out;
    }

    private static String text(Type type) {
        if (type instanceof ParameterizedType p) {
            Type[] of = p.getActualTypeArguments();
            return p.getRawType() == Map.class ? "object of " + many(of[1]) : "list of " + many(of[0]);
        }
        Class<?> c = (Class<?>) type;
        if (c.isArray()) {
            return "list of " + many(c.getComponentType());
        }
        if (c.isEnum()) {
            return Arrays.stream(c.getEnumConstants())
                    .map(e -> "`" + ((Enum<?>) e).name() + "`")
                    .collect(Collectors.joining(" or "));
        }
        boolean boxed = c == Double.class || c == Integer.class || c == Long.class || c == Boolean.class;
        return one(c) + (boxed ? ", or null" : "");
    }

    private static String one(Class<?> c) {
        if (c == int.class || c == Integer.class || c == long.class || c == Long.class) {
            return "integer";
        } else if (c == double.class || c == Double.class) {
            return "number";
        } else if (c == boolean.class || c == Boolean.class) {
            return "true or false";
        } else if (c == String.class) {
            return "text";
        } else if (c.isRecord()) {
            return "`" + name(c) + "`";
        }
        throw new AssertionError("no words for " + c + " in JSON");
    }

    private static String many(Type type) {
        if (type instanceof ParameterizedType || type instanceof GenericArrayType || ((Class<?>) type).isArray()) {
            return text(type).replaceFirst("^list", "lists").replaceFirst("^object", "objects");
        } else if (type == Object.class) {
            return "values";
        }
        String one = one((Class<?>) type);
        return one.startsWith("`") ? one : one + "s";
    }

    /** A record's name, with that of the type around it. */
    static String name(Class<?> record) {
        Class<?> around = record.getEnclosingClass();
        return (around == null ? "" : name(around) + ".") + record.getSimpleName();
    }

    private static Map<String, String> meanings(Class<?> record) throws IOException {
        Class<?> top = record;
        while (top.getEnclosingClass() != null) {
            top = top.getEnclosingClass();
        }
        String source = Files.readString(source(top));
        Matcher declared =
                Pattern.compile("\\brecord " + record.getSimpleName() + "\\(").matcher(source);
        if (!declared.find()) {
            throw new AssertionError("no source of " + record);
        }
        int end = source.lastIndexOf("*/", declared.start());
        String javadoc = source.substring(source.lastIndexOf("/**", end), end)
                .lines()
                .map(line -> line.strip().replaceFirst("^/?\\*+ ?", ""))
                .collect(Collectors.joining(" "));
        Map<String, String> out = new LinkedHashMap<>();
        Matcher m = PARAM.matcher(javadoc);
        while (m.find()) {
            out.put(m.group(1), markdown(m.group(2)));
        }
        return out;
    }

    private static Path source(Class<?> type) throws IOException {
        String end = "src/main/java/" + type.getName().replace('.', '/') + ".java";
        return Docs.sources().stream()
                .filter(f -> Docs.name(f).endsWith(end))
                .findAny()
                .orElseThrow(() -> new AssertionError("no source of " + type));
    }

    private static String markdown(String javadoc) {
        return LINK.matcher(javadoc.strip().replaceAll("\\s+", " "))
                .replaceAll(m ->
                        "`" + m.group(1).replaceAll("[\\w.]*\\.(?=[A-Z])", "").replace('#', '.') + "`")
                .replace("|", "\\|");
    }
}
