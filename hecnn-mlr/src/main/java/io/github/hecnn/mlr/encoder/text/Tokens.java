package io.github.hecnn.mlr.encoder.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Splits a text into lower-case words and marks for what spam is made of: links, numbers, money, shouting, exclamation. */
final class Tokens {
    private static final Set<String> COMMON = Set.of(
            "a", "an", "the", "and", "or", "of", "to", "in", "on", "at", "for", "with", "is", "are", "was", "were",
            "be", "been", "it", "its", "this", "that", "these", "those", "i", "me", "my", "you", "your", "he", "she",
            "they", "we", "as", "by", "from", "so", "but", "if", "then", "there", "have", "has", "had", "do", "does",
            "did", ".", ",");

    private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Z}\\uFEFF]+");

    private Tokens() {}

    static boolean isCommon(String token) {
        return COMMON.contains(token);
    }

    static List<String> of(String text) {
        List<String> out = new ArrayList<>();
        for (String chunk : BLANKS.split(text, -1)) {
            String lower = chunk.toLowerCase(Locale.ROOT);
            if (lower.contains("http") || lower.contains("www.") || lower.contains(".com")) {
                out.add("<link>");
            }
            words(chunk, out);
        }
        return out;
    }

    private static void words(String chunk, List<String> out) {
        int i = 0;
        while (i < chunk.length()) {
            int end = i;
            if (Character.isLetter(chunk.charAt(i))) {
                while (end < chunk.length() && (Character.isLetter(chunk.charAt(end)) || chunk.charAt(end) == '\'')) {
                    end++;
                }
                word(chunk.substring(i, end), out);
            } else if (Character.isDigit(chunk.charAt(i))) {
                while (end < chunk.length() && Character.isDigit(chunk.charAt(end))) {
                    end++;
                }
                out.add("<number " + Math.min(end - i, 6) + '>');
            } else {
                end++;
                out.add(chunk.substring(i, end));
            }
            i = end;
        }
    }

    private static void word(String word, List<String> out) {
        String lower = word.toLowerCase(Locale.ROOT);
        out.add(lower);
        if (word.length() >= 3 && word.equals(word.toUpperCase(Locale.ROOT)) && !word.equals(lower)) {
            out.add("<shout>");
        }
    }
}
