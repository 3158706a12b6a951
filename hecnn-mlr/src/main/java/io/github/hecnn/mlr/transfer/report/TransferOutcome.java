package io.github.hecnn.mlr.transfer.report;

import io.github.hecnn.mlr.exchange.ExchangeFolder;
import io.github.hecnn.mlr.exchange.Machine;
import io.github.hecnn.mlr.transfer.ServerAccount;
import io.github.hecnn.mlr.transfer.TargetTask;
import io.github.hecnn.mlr.transfer.TransferClient;
import io.github.hecnn.mlr.transfer.TransferExchange;
import io.github.hecnn.mlr.transfer.TransferJob;
import io.github.hecnn.mlr.transfer.network.Network;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a client has in the end: its texts, the decrypted outputs and the heads it trained on them.
 *
 * @param task texts of the client
 * @param outputs [texts][outputs] decrypted, of all texts
 * @param heads trained on them
 */
@SuppressWarnings("ArrayRecordComponent") // carried, never compared
public record TransferOutcome(TargetTask task, double[][] outputs, TransferHeads heads) {
    /**
     * What a report cannot see from the files of the run.
     *
     * @param program that ran
     * @param target task that the client learned
     * @param seed of the choice of examples and of the heads
     * @param decryptionSeconds of the outputs
     * @param headSeconds of training the heads
     * @param sentences what embeds the texts
     * @param notes to stand before the others
     */
    public record Description(
            String program,
            String target,
            long seed,
            double decryptionSeconds,
            double headSeconds,
            String sentences,
            List<String> notes) {}

    /**
     * {@return the client's report, without a comparison with the clear}
     *
     * @param run what is to be known beside the files
     * @param client that decrypted
     * @param exchange whose files are measured
     * @throws IOException if a file of the exchange cannot be looked at
     */
    public TransferReport report(
            Description run, TransferClient client, ExchangeFolder<TransferJob, ServerAccount> exchange)
            throws IOException {
        TransferJob job = client.job();
        ServerAccount account = client.account();
        List<Double> seconds = account.secondsPerCiphertext();
        double median = seconds.stream().sorted().toList().get(seconds.size() / 2);
        return new TransferReport(
                run.program(),
                Machine.version(),
                account.source(),
                run.target(),
                task.train().length,
                task.test().length,
                task.trainClassCounts(),
                task.testClassCounts(),
                run.sentences(),
                job.lanes(),
                run.seed(),
                heads.scores(),
                heads.losses(),
                null,
                heads.privacy(),
                traffic(job, exchange),
                scheme(client),
                new TransferReport.Seconds(
                        client.state().keyGenerationSeconds(),
                        client.state().encryptionSeconds(),
                        seconds,
                        median,
                        median / job.lanes(),
                        run.decryptionSeconds(),
                        run.headSeconds()),
                new TransferReport.Host(
                        account.kernels(),
                        account.threads(),
                        account.javaVersion(),
                        account.neededMemoryBytes(),
                        account.peakMemoryBytes(),
                        Machine.java(),
                        Machine.peakMemoryBytes(),
                        Machine.operatingSystem()),
                Stream.concat(run.notes().stream(), heads.notes(task).stream()).toList());
    }

    private static TransferReport.Traffic traffic(TransferJob job, ExchangeFolder<TransferJob, ServerAccount> exchange)
            throws IOException {
        return new TransferReport.Traffic(
                job.queries(),
                Files.size(exchange.file(job, TransferExchange.query(1))),
                Files.size(exchange.file(job, TransferExchange.answer(1))),
                Files.size(exchange.file(job, TransferExchange.EVALUATION_KEYS)),
                Files.size(exchange.file(job, TransferExchange.PUBLIC_KEY)));
    }

    private static TransferReport.Scheme scheme(TransferClient client) {
        return new TransferReport.Scheme(
                client.parameters().toString(),
                client.parameters().ringDegree(),
                client.parameters().maxLevel(),
                client.parameters().chain().logQ(),
                client.parameters().chain().logP(),
                128,
                client.account().circuit(),
                client.account().floodingDeviation());
    }

    /**
     * The yardstick of a run: the same encoder on the same embeddings in double precision, the same head with the same seed, without
     * encryption or flooding. It needs what only server and client have, so it is no role; only a run of all roles at one place can make it.
     *
     * @param report of this outcome
     * @param encoder of the server
     * @return the report with the comparison added
     */
    public TransferReport compared(TransferReport report, Network encoder) {
        double[][] plain = encoder.applyAll(task.inputs());
        double max = 0;
        double squares = 0;
        for (int i = 0; i < plain.length; i++) {
            for (int k = 0; k < plain[i].length; k++) {
                double error = Math.abs(plain[i][k] - outputs[i][k]);
                max = Math.max(max, error);
                squares += error * error;
            }
        }
        TargetTask.Head clear = task.head(plain);
        double points = 100
                * (heads.scores().get(TransferHeads.ENCRYPTED).accuracy()
                        - clear.metrics().accuracy());
        TransferHeads all = heads.withClear(clear);
        return report.with(
                all.scores(),
                all.losses(),
                new TransferReport.Comparison(max, Math.sqrt(squares / plain.length / plain[0].length), points));
    }
}
