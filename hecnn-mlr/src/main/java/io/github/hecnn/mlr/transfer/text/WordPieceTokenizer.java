package io.github.hecnn.mlr.transfer.text;

import io.github.hecnn.mlr.data.DataFormatException;
import io.github.hecnn.mlr.data.WholeFile;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * WordPiece as BERT has it (arXiv 1810.04805): text is cut at blanks and punctuation, each word into the longest pieces that the vocabulary has,
 * later pieces of a word marked by {@code ##}. A word that cannot be cut is {@code [UNK]}; the whole stands between {@code [CLS]} and
 * {@code [SEP]}.
 *
 * <p>Immutable and thread-safe.
 */
public final class WordPieceTokenizer {
    private static final String UNKNOWN = "[UNK]";
    private static final String START = "[CLS]";
    private static final String END = "[SEP]";
    private static final int LONGEST_WORD = 100;
    private static final int MAX_PIECES = 1 << 20;
    private static final long MAX_BYTES = 1L << 28;

    private final Map<String, Integer> numbers;
    private final boolean lowerCase;
    private final int maxTokens;

    private WordPieceTokenizer(Map<String, Integer> numbers, boolean lowerCase, int maxTokens) {
        this.numbers = numbers;
        this.lowerCase = lowerCase;
        this.maxTokens = maxTokens;
    }

    /**
     * Reads a vocabulary.
     *
     * @param vocabulary UTF-8, one piece a line ({@code vocab.txt}); the line is its number, from 0
     * @param lowerCase whether texts are put into lower case without accents first, as for uncased models
     * @param maxTokens most tokens of a text with the two marks, at least 3; longer texts are cut off
     * @return the tokenizer
     * @throws IllegalArgumentException if fewer tokens are asked for
     * @throws UncheckedIOException if the file is missing or cannot be read
     * @throws DataFormatException if it is not UTF-8, has a piece twice, is too long, or has no {@code [UNK]}, {@code [CLS]} or {@code [SEP]}
     */
    public static WordPieceTokenizer read(Path vocabulary, boolean lowerCase, int maxTokens) {
        if (maxTokens < 3) {
            throw new IllegalArgumentException(
                    "WordPiece: expected at least 3 tokens a text, found " + maxTokens + "; 128 to 512 are usual");
        }
        List<String> lines = WholeFile.text(vocabulary, MAX_BYTES, "give the model's vocab.txt")
                .lines()
                .toList();
        if (lines.size() > MAX_PIECES) {
            throw new DataFormatException(vocabulary + ": expected at most " + MAX_PIECES + " pieces, found "
                    + lines.size() + "; give the model's vocab.txt");
        }
        Map<String, Integer> numbers = new HashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            Integer before = numbers.put(lines.get(i), i);
            if (before != null) {
                throw new DataFormatException(
                        vocabulary + ", line " + (i + 1) + ": expected a new piece, found that of line " + (before + 1)
                                + "; give the model's vocab.txt");
            }
        }
        for (String mark : List.of(UNKNOWN, START, END)) {
            if (!numbers.containsKey(mark)) {
                throw new DataFormatException(
                        vocabulary + ": expected a line " + mark + ", found none; give the model's vocab.txt");
            }
        }
        return new WordPieceTokenizer(Map.copyOf(numbers), lowerCase, maxTokens);
    }

    /**
     * Pieces of a text.
     *
     * @param text any text
     * @return at least the two marks
     */
    public List<String> tokens(String text) {
        List<String> out = new ArrayList<>();
        out.add(START);
        for (String word : words(lowerCase ? plain(text) : text)) {
            cut(word, out);
            if (out.size() >= maxTokens) {
                out.subList(maxTokens - 1, out.size()).clear();
                break;
            }
        }
        out.add(END);
        return List.copyOf(out);
    }

    /**
     * Numbers of the pieces of a text.
     *
     * @param text any text
     * @return [tokens]
     */
    public long[] ids(String text) {
        return tokens(text).stream().mapToLong(numbers::get).toArray();
    }

    private static String plain(String text) {
        String apart = Normalizer.normalize(text.toLowerCase(Locale.ROOT), Normalizer.Form.NFD);
        StringBuilder out = new StringBuilder();
        apart.codePoints()
                .filter(c -> Character.getType(c) != Character.NON_SPACING_MARK)
                .forEach(out::appendCodePoint);
        return out.toString();
    }

    private static List<String> words(String text) {
        List<String> out = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        text.codePoints().forEach(c -> {
            boolean blank = Character.isWhitespace(c) || Character.isSpaceChar(c);
            boolean alone = isPunctuation(c) || Character.isIdeographic(c);
            if ((blank || alone) && !word.isEmpty()) {
                out.add(word.toString());
                word.setLength(0);
            }
            if (alone) {
                out.add(Character.toString(c));
            } else if (!blank && c != 0 && c != 0xFFFD && !isControl(c)) {
                word.appendCodePoint(c);
            }
        });
        if (!word.isEmpty()) {
            out.add(word.toString());
        }
        return out;
    }

    private static boolean isControl(int c) {
        int type = Character.getType(c);
        return type == Character.CONTROL || type == Character.FORMAT;
    }

    /** All of ASCII that is neither letter, digit nor blank, and what Unicode calls punctuation. */
    private static boolean isPunctuation(int c) {
        if (c < 128) {
            return c > 32 && c < 127 && !Character.isLetterOrDigit(c);
        }
        return switch (Character.getType(c)) {
            case Character.CONNECTOR_PUNCTUATION,
                    Character.DASH_PUNCTUATION,
                    Character.START_PUNCTUATION,
                    Character.END_PUNCTUATION,
                    Character.INITIAL_QUOTE_PUNCTUATION,
                    Character.FINAL_QUOTE_PUNCTUATION,
                    Character.OTHER_PUNCTUATION -> true;
            default -> false;
        };
    }

    private void cut(String word, List<String> out) {
        if (word.codePointCount(0, word.length()) > LONGEST_WORD) {
            out.add(UNKNOWN);
            return;
        }
        List<String> pieces = new ArrayList<>();
        for (int from = 0; from < word.length(); ) {
            int to = word.length();
            while (to > from && !numbers.containsKey(piece(word, from, to))) {
                to = word.offsetByCodePoints(to, -1);
            }
            if (to == from) {
                out.add(UNKNOWN);
                return;
            }
            pieces.add(piece(word, from, to));
            from = to;
        }
        out.addAll(pieces);
    }

    private static String piece(String word, int from, int to) {
        return (from > 0 ? "##" : "") + word.substring(from, to);
    }
}
