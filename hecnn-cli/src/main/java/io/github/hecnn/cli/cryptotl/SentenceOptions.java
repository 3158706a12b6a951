package io.github.hecnn.cli.cryptotl;

import io.github.hecnn.mlr.encoder.text.SentenceModel;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Options that choose the sentence encoder. */
final class SentenceOptions {
    private static final String MINI_LM = "minilm";
    private static final String HASHED = "hashed";

    @Spec(Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--sentences",
            paramLabel = MINI_LM + "|" + HASHED,
            description = "What embeds texts, the same for server and client: " + MINI_LM
                    + ", all-MiniLM-L6-v2 from its jar, or " + HASHED
                    + " words, which need no native code (default: minilm where it runs, otherwise hashed).")
    private String sentences;

    @Option(
            names = "--sentence-model",
            paramLabel = "FILE",
            description = "An ONNX sentence encoder of your own in place of these; the same for server and client.")
    private Path model;

    @Option(names = "--tokenizer", paramLabel = "FILE", description = "Its tokenizer.json.")
    private Path tokenizer;

    /**
     * What they mean.
     *
     * @param embeds whether this process embeds texts of its own; otherwise the default is not looked for, which loads a model
     * @throws ParameterException if they contradict each other, one is missing or a file is
     */
    SentenceModel sentences(boolean embeds) {
        boolean files = model != null || tokenizer != null;
        if (files && sentences != null) {
            throw wrong(
                    "--sentences: expected it alone, found --sentence-model or --tokenizer beside it; take one", null);
        }
        if (files) {
            try {
                return SentenceModel.of(model, tokenizer);
            } catch (IllegalArgumentException e) {
                throw wrong("--sentence-model, --tokenizer: " + e.getMessage(), e);
            }
        }
        return switch (sentences == null ? "" : sentences) {
            case "" -> embeds ? SentenceModel.best() : SentenceModel.HASHED;
            case HASHED -> SentenceModel.HASHED;
            case MINI_LM -> SentenceModel.MINI_LM;
            default ->
                throw wrong("--sentences: expected " + MINI_LM + " or " + HASHED + ", found '" + sentences + "'", null);
        };
    }

    /** What to tell about the encoder that was taken. */
    static String told(SentenceModel sentences) {
        return "sentences: " + sentences.label()
                + (sentences.kind() == SentenceModel.Kind.HASHED
                        ? ", without knowledge of language; --sentences minilm is better, or says what it lacks here"
                        : "");
    }

    private ParameterException wrong(String text, Throwable cause) {
        return new ParameterException(spec.commandLine(), text, cause);
    }
}
