package io.github.hecnn.cli.options;

import io.github.hecnn.mlr.data.CsvOptions;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that say how a CSV file is written. */
public final class CsvArguments {
    private static final Map<String, String> SEPARATORS =
            Map.of("comma", ",", "semicolon", ";", "tab", "\t", "pipe", "|", "space", " ");
    private static final Map<String, String> MARKS = Map.of("point", ".", ".", ".", "comma", ",", ",", ",");

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--label-column",
            paramLabel = "NAME|NUMBER",
            description =
                    "Column of labels, by its name in the header or its number from 1 (default: the one called label,"
                            + " class, target or y; otherwise the only one of text; otherwise the first or last, if only one has"
                            + " few integers; the report says which).")
    private String labelColumn;

    @Option(
            names = "--ignore-columns",
            paramLabel = "NAME|NUMBER",
            split = ",",
            description = "Columns that are no features, such as ids.")
    private List<String> ignoredColumns = List.of();

    @Option(
            names = "--separator",
            paramLabel = "comma|semicolon|tab|pipe|space|CHARACTER",
            description = "Between columns (default: found out).")
    private String separator;

    @Option(
            names = "--header",
            paramLabel = "yes|no",
            description = "Whether the first line names the columns (default: found out).")
    private String header;

    @Option(names = "--decimal-mark", paramLabel = "point|comma", description = "In numbers (default: found out).")
    private String decimalMark;

    @Option(
            names = "--encoding",
            paramLabel = "NAME",
            description = "Of the text, such as ISO-8859-1 (default: UTF-8 or UTF-16, found out).")
    private String encoding;

    /** Before parsing. */
    public CsvArguments() {}

    /** {@return whether none of them is given} */
    public boolean isEmpty() {
        return labelColumn == null
                && ignoredColumns.isEmpty()
                && separator == null
                && header == null
                && decimalMark == null
                && encoding == null;
    }

    /**
     * {@return the options as the library takes them}
     *
     * @throws ParameterException if they make no sense
     */
    public CsvOptions options() {
        try {
            return new CsvOptions(
                    character(separator()),
                    yesOrNo(),
                    character(word("--decimal-mark", "point|comma", MARKS, decimalMark)),
                    charset(),
                    true,
                    labelColumn,
                    ignoredColumns,
                    List.of());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private static Character character(String word) {
        return word == null ? null : Character.valueOf(word.charAt(0));
    }

    private String separator() {
        if (separator != null && separator.length() == 1) {
            return separator;
        }
        return word(
                "--separator",
                "comma|semicolon|tab|pipe|space or one character",
                SEPARATORS,
                "\\t".equals(separator) ? "tab" : separator);
    }

    private Boolean yesOrNo() {
        String word = word("--header", "yes|no", Map.of("yes", "yes", "no", "no"), header);
        return word == null ? null : Boolean.valueOf(word.equals("yes"));
    }

    private Charset charset() {
        try {
            return encoding == null ? null : Charset.forName(encoding);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--encoding: expected a character set such as UTF-8 or ISO-8859-1, found '" + encoding + "'",
                    e);
        }
    }

    private String word(String option, String expected, Map<String, String> words, String given) {
        if (given == null) {
            return null;
        }
        String found = words.get(given.toLowerCase(Locale.ROOT));
        if (found == null) {
            throw new ParameterException(
                    spec.commandLine(), option + ": expected " + expected + ", found '" + given + "'");
        }
        return found;
    }
}
