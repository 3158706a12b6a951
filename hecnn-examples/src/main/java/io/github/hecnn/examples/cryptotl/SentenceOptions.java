package io.github.hecnn.examples.cryptotl;

import io.github.hecnn.mlr.transfer.text.SentenceModel;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Options that choose the sentence encoder. */
final class SentenceOptions {
    @Spec(Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--sentence-model",
            paramLabel = "FILE",
            description = "An ONNX sentence encoder in place of hashed words; the same for server and client.")
    private Path model;

    @Option(names = "--vocabulary", paramLabel = "FILE", description = "Its WordPiece vocabulary, vocab.txt.")
    private Path vocabulary;

    @Option(names = "--cased", description = "The vocabulary has upper case; texts are left as they are.")
    private boolean cased;

    /**
     * What they mean.
     *
     * @throws ParameterException if one is missing or a file is
     */
    SentenceModel sentences() {
        try {
            return SentenceModel.of(model, vocabulary, cased);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--sentence-model, --vocabulary: " + e.getMessage(), e);
        }
    }
}
