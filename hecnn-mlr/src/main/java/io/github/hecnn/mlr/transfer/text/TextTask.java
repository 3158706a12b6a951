package io.github.hecnn.mlr.transfer.text;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** The public text classification tasks of the CryptoTL experiments, by the names of their files. */
public enum TextTask {
    /** SMS Spam Collection; 1 is spam. */
    SMS,
    /** YouTube Spam Collection, all five videos; 1 is spam. */
    YOUTUBE,
    /** Sentiment labelled sentences on products; 1 is positive. */
    AMAZON,
    /** Sentiment labelled sentences on films; 1 is positive. */
    IMDB,
    /** Sentiment labelled sentences on restaurants; 1 is positive. */
    YELP;

    /** {@return name in lower case, as used on command lines} */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Finds a task by its name.
     *
     * @param id name, in any case
     * @return the task
     * @throws IllegalArgumentException if there is none of that name
     */
    public static TextTask of(String id) {
        for (TextTask t : values()) {
            if (t.id().equals(id.toLowerCase(Locale.ROOT))) {
                return t;
            }
        }
        throw new IllegalArgumentException(
                "text task: expected one of sms, youtube, amazon, imdb, yelp, found '" + id + "'; choose one of them");
    }

    /**
     * Reads its file or files.
     *
     * @param folder where {@code sms-spam.tsv}, {@code youtube0?-*.csv} and {@code *_labelled.txt} are
     * @return the texts in the order of the files
     * @throws java.io.UncheckedIOException if a file is missing or cannot be read
     * @throws io.github.hecnn.mlr.data.DataFormatException if its content is not as it should be
     */
    public TextDataset load(Path folder) {
        return switch (this) {
            case SMS -> TextReader.smsSpam(folder.resolve("sms-spam.tsv"));
            case YOUTUBE ->
                TextReader.youtube(List.of(
                        folder.resolve("youtube01-psy.csv"),
                        folder.resolve("youtube02-katyperry.csv"),
                        folder.resolve("youtube03-lmfao.csv"),
                        folder.resolve("youtube04-eminem.csv"),
                        folder.resolve("youtube05-shakira.csv")));
            case AMAZON -> TextReader.labelledSentences(id(), folder.resolve("amazon_cells_labelled.txt"));
            case IMDB -> TextReader.labelledSentences(id(), folder.resolve("imdb_labelled.txt"));
            case YELP -> TextReader.labelledSentences(id(), folder.resolve("yelp_labelled.txt"));
        };
    }
}
