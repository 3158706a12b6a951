package io.github.hecnn.cli.launch;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A command line without what the launcher takes itself.
 *
 * @param heap as for {@code -Xmx}, or null
 * @param command and its options
 */
record Words(String heap, List<String> command) {
    private static final String HEAP = "--heap";
    private static final Pattern SIZE = Pattern.compile("[1-9][0-9]{0,6}[mMgG]");

    /** @throws IllegalArgumentException if the size is none */
    static Words of(String[] args) {
        List<String> words = List.of(args);
        if (words.isEmpty() || !(words.get(0).equals(HEAP) || words.get(0).startsWith(HEAP + "="))) {
            return new Words(null, words);
        }
        boolean apart = words.get(0).equals(HEAP);
        String size = !apart ? words.get(0).substring(HEAP.length() + 1) : words.size() > 1 ? words.get(1) : "none";
        if (!SIZE.matcher(size).matches()) {
            throw new IllegalArgumentException(HEAP + ": expected megabytes or gigabytes such as 12g, found '" + size
                    + "' (--help lists the options)");
        }
        return new Words(size, words.subList(apart ? 2 : 1, words.size()));
    }
}
