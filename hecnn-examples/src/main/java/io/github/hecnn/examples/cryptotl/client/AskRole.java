package io.github.hecnn.examples.cryptotl.client;

import io.github.hecnn.ckks.keys.KeyGenerator;
import io.github.hecnn.ckks.keys.RotationSteps;
import io.github.hecnn.ckks.keys.SecretKey;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.ckks.params.CkksParameters;
import io.github.hecnn.ckks.scheme.CkksEncoder;
import io.github.hecnn.ckks.scheme.Encryptor;
import io.github.hecnn.ckks.serial.CkksSerializer;
import io.github.hecnn.core.parallel.WorkerPool;
import io.github.hecnn.examples.cli.Progress;
import io.github.hecnn.examples.cryptotl.shared.PublicRotations;
import io.github.hecnn.examples.cryptotl.shared.TransferFolder;
import io.github.hecnn.examples.cryptotl.shared.TransferJob;
import io.github.hecnn.examples.exchange.FileSeal;
import io.github.hecnn.examples.files.OutputFiles;
import io.github.hecnn.examples.files.SealedJson;
import io.github.hecnn.mlr.network.CryptoTlParameters;
import io.github.hecnn.mlr.network.NetworkPacking;
import io.github.hecnn.mlr.network.train.CryptoTlShapes;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/**
 * The client, first half: makes keys, encrypts its embeddings. What it has to know of the server are the published sizes. The secret key
 * goes into its own folder, everything else into the exchange folder.
 */
public final class AskRole {
    private final ClientSettings settings;
    private final TransferFolder exchange;
    private final Progress progress;
    private final List<FileSeal> seals = new ArrayList<>();

    /** With what the command line says. */
    public AskRole(ClientSettings settings, TransferFolder exchange, Progress progress) {
        this.settings = settings;
        this.exchange = exchange;
        this.progress = progress;
    }

    /** Plays the role. */
    public void run() throws Exception {
        TargetTask task =
                progress.run("client: texts and embeddings", settings::task).value();
        int width = task.train()[0].length;
        CkksParameters parameters = CryptoTlParameters.standard();
        NetworkPacking packing = new NetworkPacking(
                parameters.slots(),
                width,
                width - CryptoTlShapes.POOLING + 1,
                settings.lanes(),
                CryptoTlParameters.INPUT_FACTOR);
        try (WorkerPool workers = WorkerPool.ofThreads(settings.threads());
                OutputFiles secrets = OutputFiles.in(settings.own());
                OutputFiles shared = OutputFiles.in(exchange.path())) {
            ask(task, packing, CkksContext.create(parameters, workers), secrets, shared);
            // The secret first: without it the rest is worth nothing. The job comes last: with it the server can begin.
            secrets.commit();
            forgetEarlierFiles();
            shared.commit();
        }
    }

    private void ask(
            TargetTask task, NetworkPacking packing, CkksContext context, OutputFiles secrets, OutputFiles shared)
            throws Exception {
        CkksSerializer serializer = new CkksSerializer(context);
        KeyGenerator generator = new KeyGenerator(context);
        SecretKey secret = generator.secretKey();
        write(shared, TransferFolder.PARAMETERS, s -> CkksSerializer.write(s, context.parameters()));
        double keySeconds = progress.run("client: make and write keys", () -> {
                    try (OutputStream stream = secrets.createPrivate(ClientState.SECRET_KEY)) {
                        serializer.write(stream, secret);
                    }
                    write(shared, TransferFolder.PUBLIC_KEY, s -> serializer.write(s, generator.publicKey(secret)));
                    RotationSteps steps = RotationSteps.of(PublicRotations.of(packing));
                    write(
                            shared,
                            TransferFolder.EVALUATION_KEYS,
                            s -> serializer.write(s, generator.evaluationKeys(secret, steps, true)));
                    return null;
                })
                .seconds();
        Progress.Timed<Integer> queries = progress.run(
                "client: encrypt", () -> encrypt(task.inputs(), packing, context, serializer, secret, shared));
        String runId = UUID.randomUUID().toString();
        shared.write(
                TransferFolder.JOB,
                SealedJson.text(new TransferJob(
                        runId,
                        settings.sentences().fingerprint(),
                        packing.inputs(),
                        packing.outputs(),
                        packing.lanes(),
                        queries.value(),
                        seals)));
        ClientState state = new ClientState(
                runId,
                settings.data() == null
                        ? null
                        : settings.data().toAbsolutePath().normalize().toString(),
                settings.target(),
                settings.sentences(),
                settings.sentences().fingerprint(),
                settings.samples(),
                settings.tests(),
                settings.seed(),
                task.fingerprint(),
                keySeconds,
                queries.seconds());
        try (OutputStream stream = secrets.createPrivate(ClientState.FILE)) {
            stream.write(SealedJson.text(state).getBytes(StandardCharsets.UTF_8));
        }
    }

    private int encrypt(
            double[][] inputs,
            NetworkPacking packing,
            CkksContext context,
            CkksSerializer serializer,
            SecretKey secret,
            OutputFiles shared)
            throws IOException {
        CkksEncoder encoder = new CkksEncoder(context);
        Encryptor encryptor = Encryptor.withSecretKey(context, secret);
        int queries = 0;
        for (int from = 0; from < inputs.length; from += packing.lanes()) {
            double[][] some = Arrays.copyOfRange(inputs, from, Math.min(inputs.length, from + packing.lanes()));
            queries++;
            write(
                    shared,
                    TransferFolder.query(queries),
                    s -> serializer.write(
                            s, encryptor.encrypt(packing.pack(some).encoded(encoder))));
            progress.at("query " + queries, (double) (from + some.length) / inputs.length);
        }
        return queries;
    }

    /** Something that writes itself to a stream. */
    @FunctionalInterface
    private interface Content {
        void to(OutputStream stream) throws IOException;
    }

    private void write(OutputFiles files, String name, Content content) throws IOException {
        try (OutputStream stream = files.create(name)) {
            content.to(stream);
        }
        seals.add(FileSeal.of(name, files.pending(name)));
    }

    /** Answers to an earlier job cannot be decrypted any more. */
    private void forgetEarlierFiles() throws IOException {
        Files.deleteIfExists(exchange.file(TransferFolder.JOB));
        Files.deleteIfExists(exchange.file(TransferFolder.ACCOUNT));
        for (int k = 1; Files.deleteIfExists(exchange.file(TransferFolder.query(k))); k++) {
            // Nothing more to do for that query.
        }
        for (int k = 1; Files.deleteIfExists(exchange.file(TransferFolder.answer(k))); k++) {
            // Nor for that answer.
        }
    }
}
