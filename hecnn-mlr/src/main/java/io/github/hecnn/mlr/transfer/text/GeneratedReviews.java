package io.github.hecnn.mlr.transfer.text;

import io.github.hecnn.core.sampling.RandomSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Two small made-up tasks that share their words of praise and blame, for runs without data: reviews of hotels and of headphones. */
public final class GeneratedReviews {
    private static final String[] GOOD = {
        "great",
        "excellent",
        "lovely",
        "perfect",
        "wonderful",
        "superb",
        "delightful",
        "impressive",
        "brilliant",
        "solid"
    };
    private static final String[] BAD = {
        "terrible", "awful", "poor", "disappointing", "broken", "dreadful", "useless", "horrible", "cheap", "annoying"
    };
    private static final String[] HOTEL = {
        "room", "breakfast", "bed", "view", "reception", "pool", "bathroom", "lobby", "location", "staff"
    };
    private static final String[] HEADPHONES = {
        "sound", "bass", "battery", "cable", "fit", "microphone", "case", "volume", "pairing", "cushion"
    };
    private static final String[] FRAMES = {
        "the %2$s was %1$s", "%1$s %2$s", "what a %1$s %2$s", "i found the %2$s %1$s", "really %1$s, this %2$s"
    };
    private static final String[] ENDS = {"", " and we told everyone", " for the price", " again", " from day one", "!"
    };

    private GeneratedReviews() {}

    /**
     * {@return reviews of hotels; 1 is praise}
     *
     * @param size how many
     * @param seed of their words
     */
    public static TextDataset hotels(int size, long seed) {
        return reviews("hotels", HOTEL, size, seed);
    }

    /**
     * {@return reviews of headphones; 1 is praise}
     *
     * @param size how many
     * @param seed of their words
     */
    public static TextDataset headphones(int size, long seed) {
        return reviews("headphones", HEADPHONES, size, seed);
    }

    /** Some reviews praise one thing and blame another, and then the last word counts. */
    private static TextDataset reviews(String name, String[] things, int size, long seed) {
        RandomSource r = RandomSource.seeded(seed).fork(name);
        List<String> texts = new ArrayList<>();
        int[] labels = new int[size];
        for (int i = 0; i < size; i++) {
            labels[i] = i % 2;
            String text = sentence(r, things, labels[i] == 1 ? GOOD : BAD);
            if (r.nextInt(5) == 0) {
                text = sentence(r, things, labels[i] == 1 ? BAD : GOOD) + ", but " + text + " and "
                        + sentence(r, things, labels[i] == 1 ? GOOD : BAD);
            }
            texts.add(text + ENDS[r.nextInt(ENDS.length)]);
        }
        return new TextDataset(name, texts, labels);
    }

    private static String sentence(RandomSource r, String[] things, String[] words) {
        String frame = FRAMES[r.nextInt(FRAMES.length)];
        return String.format(Locale.ROOT, frame, words[r.nextInt(words.length)], things[r.nextInt(things.length)]);
    }
}
