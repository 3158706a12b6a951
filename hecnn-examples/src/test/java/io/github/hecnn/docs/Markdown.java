package io.github.hecnn.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A document cut into blocks: as much of Markdown as the documents use. */
final class Markdown {
    /** Most characters in a line of prose. */
    static final int LINE = 120;

    private static final Pattern ITEM = Pattern.compile("(\\s*)([-*]|\\d+\\.) (.*)");
    private static final Pattern CODE_SPAN = Pattern.compile("`([^`]+)`");
    private static final Pattern STARTS_A_BLOCK = Pattern.compile("[-*+>#|].*|\\d+\\.");

    /** Kinds of blocks. */
    enum Kind {
        HEADING,
        PARAGRAPH,
        TABLE,
        CODE,
        MARKUP
    }

    /**
     * A block.
     *
     * @param kind what it is; an item of a list is a paragraph
     * @param line number of its first line, from 1
     * @param lines its text; without the fences of code
     * @param language after the fence of code, else empty
     */
    record Block(Kind kind, int line, List<String> lines, String language) {
        int words() {
            return String.join(" ", lines).strip().split("\\s+", -1).length;
        }

        /** The content of code spans. */
        List<String> codeSpans() {
            return CODE_SPAN
                    .matcher(String.join(" ", lines))
                    .results()
                    .map(m -> m.group(1))
                    .toList();
        }
    }

    private Markdown() {}

    static List<Block> blocks(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        List<Block> out = new ArrayList<>();
        int i = 0;
        while (i < lines.size()) {
            int end = i + 1;
            String line = lines.get(i);
            if (line.isBlank()) {
                i = end;
                continue;
            }
            if (fence(line)) {
                while (!fence(lines.get(end))) {
                    end++;
                }
                out.add(new Block(
                        Kind.CODE,
                        i + 1,
                        lines.subList(i + 1, end),
                        line.strip().substring(3)));
                i = end + 1;
                continue;
            }
            Kind kind = kind(line, i == 0 || lines.get(i - 1).isBlank());
            while (kind != Kind.HEADING && end < lines.size() && continues(kind, lines.get(end))) {
                end++;
            }
            out.add(new Block(kind, i + 1, lines.subList(i, end), ""));
            i = end;
        }
        return out;
    }

    private static boolean fence(String line) {
        return line.strip().startsWith("```");
    }

    private static Kind kind(String line, boolean afterBlank) {
        if (line.startsWith("#")) {
            return Kind.HEADING;
        }
        if (line.startsWith("|")) {
            return Kind.TABLE;
        }
        if (line.startsWith("<")) {
            return Kind.MARKUP;
        }
        return afterBlank && line.startsWith("    ") && !ITEM.matcher(line).matches() ? Kind.CODE : Kind.PARAGRAPH;
    }

    private static boolean continues(Kind kind, String next) {
        if (next.isBlank() || fence(next)) {
            return false;
        }
        if (kind == Kind.TABLE || kind == Kind.CODE) {
            return kind(next, true) == kind;
        }
        return kind(next, false) == Kind.PARAGRAPH && !ITEM.matcher(next).matches();
    }

    /** Whether a line is too long and could be broken. */
    static boolean isTooLong(String line) {
        return line.length() > LINE && tokens(line.strip()).size() > 1;
    }

    /** The lines as they are if none is too long, else filled. */
    static List<String> wrapped(List<String> lines) {
        return lines.stream().anyMatch(Markdown::isTooLong) ? filled(lines) : List.copyOf(lines);
    }

    /** The lines of a paragraph filled anew: broken at spaces outside of code and of addresses only. */
    static List<String> filled(List<String> lines) {
        Matcher item = ITEM.matcher(lines.get(0));
        String first = lines.get(0).replaceAll("\\S.*", "");
        String text = String.join(" ", lines.stream().map(String::strip).toList());
        String rest = first;
        if (item.matches()) {
            first = item.group(1) + item.group(2) + " ";
            rest = " ".repeat(first.length());
            text = text.substring(item.group(2).length() + 1);
        }
        List<String> out = new ArrayList<>();
        StringBuilder line = new StringBuilder(first);
        boolean empty = true;
        for (String token : tokens(text)) {
            if (!empty && line.length() + 1 + token.length() > LINE) {
                out.add(line.toString());
                line = new StringBuilder(rest);
                empty = true;
            }
            line.append(empty ? "" : " ").append(token);
            empty = false;
        }
        out.add(line.toString());
        return out;
    }

    /** Words, with code spans whole, and glued to what must not begin a line. */
    private static List<String> tokens(String text) {
        List<String> out = new ArrayList<>();
        boolean code = false;
        StringBuilder token = new StringBuilder();
        for (String word : text.split(" +", -1)) {
            boolean glued = code || STARTS_A_BLOCK.matcher(word).matches();
            if (glued && token.length() > 0) {
                token.append(' ').append(word);
            } else {
                if (token.length() > 0) {
                    out.add(token.toString());
                }
                token = new StringBuilder(word);
            }
            code ^= (word.chars().filter(c -> c == '`').count() % 2) == 1;
        }
        out.add(token.toString());
        return out;
    }

    /** The anchors of a document's headings, as code hosts make them. */
    static List<String> anchors(Path file) throws IOException {
        return blocks(file).stream()
                .filter(b -> b.kind() == Kind.HEADING)
                .map(b -> b.lines()
                        .get(0)
                        .replaceFirst("#+ ", "")
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\w -]", "")
                        .replace(' ', '-'))
                .toList();
    }
}
