package io.github.hecnn.mlr.serving;

import io.github.hecnn.mlr.exchange.ExchangeFolder;
import io.github.hecnn.mlr.exchange.ExchangeProtocol;
import io.github.hecnn.mlr.exchange.FileSeal;
import io.github.hecnn.mlr.exchange.OwnFolder;
import io.github.hecnn.mlr.exchange.RunFile;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * What the asker remembers of a question, {@code settings.json} in a folder of its own.
 *
 * @param runId names the question
 * @param modelId the model that was asked
 * @param rowsPerQuery of the layout
 * @param norms {@link Question} of each query
 * @param checks [batches][queries]
 */
record QuestionFile(String runId, String modelId, int rowsPerQuery, List<Double> norms, List<List<Double>> checks)
        implements RunFile {
    static final String ASK_AGAIN = "have the asker ask again (ServingOwner.ask)";

    private static final ExchangeProtocol<QueryFile, AnswerFile> PROTOCOL = new ExchangeProtocol<>(
            QueryFile.class,
            AnswerFile.class,
            "answer.json",
            "(query|answer)-\\d+\\.ckks|answer\\.json",
            ASK_AGAIN,
            "have the cloud answer again (CloudPredictor.answer)");

    QuestionFile {
        Objects.requireNonNull(runId, "runId");
        Objects.requireNonNull(modelId, "modelId");
        norms = List.copyOf(norms);
        checks = checks.stream().map(List::copyOf).toList();
    }

    static QuestionFile of(String runId, Question question) {
        return new QuestionFile(
                runId,
                question.encrypted().modelId(),
                question.encrypted().rowsPerQuery(),
                boxed(question.norms()),
                IntStream.range(0, question.batches())
                        .mapToObj(b -> boxed(question.check(b)))
                        .toList());
    }

    private static List<Double> boxed(double[] values) {
        return Arrays.stream(values).boxed().toList();
    }

    /** The question without its ciphertexts, which reading answers does not need. */
    Question question() {
        return new Question(
                new EncryptedQueries(modelId, rowsPerQuery, List.of()),
                unboxed(norms),
                checks.stream().map(QuestionFile::unboxed).toList());
    }

    private static double[] unboxed(List<Double> values) {
        return values.stream().mapToDouble(v -> v).toArray();
    }

    @Override
    public List<FileSeal> files() {
        return List.of();
    }

    /** The folder that asker and cloud share. */
    static ExchangeFolder<QueryFile, AnswerFile> exchange(Path folder) {
        return new ExchangeFolder<>(folder, PROTOCOL);
    }

    /** The asker's own folder. */
    static OwnFolder<QuestionFile> own(Path folder) {
        return new OwnFolder<>(folder, QuestionFile.class, "question\\.bin", ASK_AGAIN);
    }

    /** The name of the file of a batch of queries, from 1. */
    static String query(int batch) {
        return "query-" + batch + ".ckks";
    }

    /** The name of the file of a batch of answers, from 1. */
    static String answer(int batch) {
        return "answer-" + batch + ".ckks";
    }
}
