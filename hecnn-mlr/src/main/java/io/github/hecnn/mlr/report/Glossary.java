package io.github.hecnn.mlr.report;

import java.util.Map;

/** Words of reports, for readers who know neither machine learning nor cryptography. */
final class Glossary {
    private static final Map<String, String> WORDS = Map.ofEntries(
            Map.entry("accuracy", "Of all test samples, the part that the model puts into the right class."),
            Map.entry(
                    "ciphertext",
                    "An encrypted vector of thousands of numbers. It can be added, multiplied and turned without"
                            + " being opened."),
            Map.entry("class", "One of the answers that the model chooses between."),
            Map.entry(
                    "cloud",
                    "The computer that trains. It has ciphertexts and evaluation keys, nothing that opens them."),
            Map.entry("client", "Who has the texts and the secret key, and alone reads the answers."),
            Map.entry(
                    "confusion matrix",
                    "A table with a row for each true class and a column for each answer: right answers stand on the"
                            + " diagonal."),
            Map.entry(
                    "encoder",
                    "What turns a text into a few numbers that say what it is about; here it was trained on texts of"
                            + " somebody else."),
            Map.entry(
                    "evaluation keys",
                    "Public keys with which the cloud multiplies and turns ciphertexts. They open nothing."),
            Map.entry("features", "The numbers that describe a sample; the owner computes them before encryption."),
            Map.entry("head", "The small model behind an encoder: from its numbers to a class."),
            Map.entry(
                    "iteration",
                    "One step of training: the model answers for samples, and is changed so that it answers better."),
            Map.entry(
                    "key switch",
                    "What turning or multiplying a ciphertext ends with; most of the time goes into these."),
            Map.entry(
                    "level",
                    "What a ciphertext has left: each multiplication takes one, and at 0 no more can be done without a"
                            + " refresh."),
            Map.entry("owner", "Who has the data and the secret key, and alone reads the model."),
            Map.entry("recall", "Of the test samples of one class, the part that the model finds."),
            Map.entry("refresh", "Brings a ciphertext back to a high level without opening it (bootstrapping)."),
            Map.entry(
                    "rehearsal",
                    "The same computation on plain numbers, done by the owner: it tells what the encrypted one must give."),
            Map.entry(
                    "scale",
                    "Numbers are encrypted as whole numbers: times the scale, and rounded. A scale of 2^40 is about 12"
                            + " decimal places."),
            Map.entry(
                    "score",
                    "What the model computes for a class before it decides: the class with the largest score is the"
                            + " answer."),
            Map.entry(
                    "security of 128 bits",
                    "The best attacks known take about 2^128 steps, more than all computers of the world can do."),
            Map.entry("server", "Who has the encoder, and evaluates it on ciphertexts that it cannot open."),
            Map.entry(
                    "sigmoid polynomial",
                    "Training needs a curve, the sigmoid, that encrypted numbers do not have. A polynomial takes its"
                            + " place; it is right within its interval only, so scores have to stay there."),
            Map.entry("test samples", "Samples that were kept back from training, to see how good the model is."));

    private Glossary() {}

    /**
     * What a word means.
     *
     * @throws IllegalArgumentException if there is no explanation of it
     */
    static String meaning(String word) {
        if (!WORDS.containsKey(word)) {
            throw new IllegalArgumentException(
                    "glossary: expected one of " + WORDS.keySet() + ", found " + word + "; choose one of these");
        }
        return WORDS.get(word);
    }
}
