package io.github.hecnn.mlr.serving;

import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.ckks.serial.CkksSerializer;
import io.github.hecnn.mlr.exchange.AnswerWriter;
import io.github.hecnn.mlr.exchange.ExchangeFolder;
import io.github.hecnn.mlr.exchange.JobWriter;
import io.github.hecnn.mlr.exchange.Machine;
import io.github.hecnn.mlr.exchange.OwnFolder;
import io.github.hecnn.mlr.exchange.SealedFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Questions and answers in the folder that asker and cloud share. */
final class AnswerFiles {
    private final CkksContext context;
    private final CkksSerializer serializer;
    private final ExchangeFolder<QueryFile, AnswerFile> exchange;

    /** @param context of the whole chain */
    AnswerFiles(CkksContext context, ExchangeFolder<QueryFile, AnswerFile> exchange) {
        this.context = context;
        serializer = new CkksSerializer(context);
        this.exchange = exchange;
    }

    /** Asker: writes a question, and what is needed to read its answer into a folder of its own. */
    void ask(OwnFolder<QuestionFile> own, Question question) throws IOException {
        EncryptedQueries queries = question.encrypted();
        String runId = ExchangeFolder.newRun();
        long bytes = queries.batches().stream().mapToLong(serializer::wireBytes).sum();
        try (JobWriter<QueryFile, QuestionFile> files = new JobWriter<>(exchange, own, runId, bytes)) {
            for (int b = 1; b <= queries.batches().size(); b++) {
                List<Ciphertext> batch = queries.batches().get(b - 1);
                files.share(QuestionFile.query(b), serializer.wireBytes(batch), out -> serializer.write(out, batch));
            }
            String keys = queries.batches().get(0).get(0).keyPairId().toString();
            files.commit(
                    seals -> new QueryFile(runId, queries.modelId(), keys, queries.rowsPerQuery(), seals.size(), seals),
                    (job, seals) -> QuestionFile.of(runId, question));
        }
    }

    /** Cloud: answers the question batch by batch. */
    int answer(EncryptedModel model, Function<EncryptedQueries, EncryptedAnswers> predictor) throws IOException {
        QueryFile job = exchange.job();
        String fix = exchange.protocol().askAgain();
        job.require(model.id(), model.weights().get(0).keyPairId().toString(), fix);
        SealedFiles files = exchange.jobFiles(job).checkAll();
        List<Double> seconds = new ArrayList<>();
        double flooding = 0;
        try (AnswerWriter<AnswerFile> answers = new AnswerWriter<>(exchange, job.runId())) {
            for (int b = 1; b <= job.batches(); b++) {
                List<Ciphertext> queries = serializer.readCiphertexts(files.get(QuestionFile.query(b)));
                long start = System.nanoTime();
                EncryptedAnswers found =
                        predictor.apply(new EncryptedQueries(job.modelId(), job.rowsPerQuery(), List.of(queries)));
                seconds.add((System.nanoTime() - start) * 1e-9);
                flooding = found.floodingDeviation();
                List<Ciphertext> answer = found.batches().get(0);
                answers.share(
                        QuestionFile.answer(b), serializer.wireBytes(answer), out -> serializer.write(out, answer));
            }
            double deviation = flooding;
            answers.commit(seals -> new AnswerFile(
                    job.runId(),
                    job.modelId(),
                    deviation,
                    seconds,
                    Machine.kernels(),
                    context.workers().threads(),
                    Machine.peakMemoryBytes(),
                    seals));
        }
        return job.batches();
    }

    /** Asker: the answers to a question. */
    EncryptedAnswers answers(QuestionFile question, QueryFile job) throws IOException {
        AnswerFile answer = exchange.answer(job);
        SealedFiles files = exchange.answerFiles(answer).checkAll();
        List<List<Ciphertext>> batches = new ArrayList<>();
        for (int b = 1; b <= question.checks().size(); b++) {
            batches.add(serializer.readCiphertexts(files.get(QuestionFile.answer(b))));
        }
        return new EncryptedAnswers(answer.modelId(), answer.floodingDeviation(), batches);
    }
}
