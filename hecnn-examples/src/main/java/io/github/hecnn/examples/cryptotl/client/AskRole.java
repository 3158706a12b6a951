package io.github.hecnn.examples.cryptotl.client;

import io.github.hecnn.ckks.keys.EvaluationKeys;
import io.github.hecnn.ckks.keys.KeyGenerator;
import io.github.hecnn.ckks.keys.PublicKey;
import io.github.hecnn.ckks.keys.RotationSteps;
import io.github.hecnn.ckks.keys.SecretKey;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.ckks.params.CkksParameters;
import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.ckks.scheme.CkksEncoder;
import io.github.hecnn.ckks.scheme.Encryptor;
import io.github.hecnn.ckks.serial.CkksSerializer;
import io.github.hecnn.core.files.Access;
import io.github.hecnn.core.files.AtomicFile;
import io.github.hecnn.core.files.FileSet;
import io.github.hecnn.core.parallel.WorkerPool;
import io.github.hecnn.examples.cli.Progress;
import io.github.hecnn.examples.cryptotl.shared.PublicRotations;
import io.github.hecnn.examples.cryptotl.shared.TransferFolder;
import io.github.hecnn.examples.cryptotl.shared.TransferJob;
import io.github.hecnn.mlr.exchange.FileSeal;
import io.github.hecnn.mlr.exchange.RunFolders;
import io.github.hecnn.mlr.exchange.SealedJson;
import io.github.hecnn.mlr.transfer.network.CryptoTlParameters;
import io.github.hecnn.mlr.transfer.network.NetworkPacking;
import io.github.hecnn.mlr.transfer.network.train.CryptoTlShapes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The client, first half: makes keys, encrypts its embeddings. What it has to know of the server are the published sizes. The secret key
 * goes into its own folder, everything else into the exchange folder.
 */
public final class AskRole {
    private final ClientSettings settings;
    private final TransferFolder exchange;
    private final Progress progress;
    private final String runId = RunFolders.newRun();
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
                FileSet secrets = FileSet.in(settings.own());
                FileSet shared = FileSet.in(exchange.path())) {
            ask(task, packing, CkksContext.create(parameters, workers), secrets, shared);
            // The secret first: without it the rest is worth nothing. The job comes last: until then the earlier run
            // stands, key
            // and answers.
            secrets.commit();
            shared.retire(RunFolders.others(runId, TransferFolder.FILES));
            shared.commit();
        }
        try (FileSet earlier = FileSet.in(settings.own())) {
            earlier.retire(RunFolders.others(runId, ClientState.FILES));
            earlier.commit();
        }
    }

    private void ask(TargetTask task, NetworkPacking packing, CkksContext context, FileSet secrets, FileSet shared)
            throws Exception {
        CkksSerializer serializer = new CkksSerializer(context);
        KeyGenerator generator = new KeyGenerator(context);
        SecretKey secret = generator.secretKey();
        write(
                shared,
                TransferFolder.PARAMETERS,
                CkksSerializer.wireBytes(context.parameters()),
                s -> CkksSerializer.write(s, context.parameters()));
        double keySeconds = progress.run("client: make and write keys", () -> {
                    secrets.write(
                            own(ClientState.SECRET_KEY),
                            Access.OWNER_ONLY,
                            serializer.wireBytes(secret),
                            stream -> serializer.write(stream, secret, SecretKey.Access.INTENDED));
                    PublicKey publicKey = generator.publicKey(secret);
                    write(
                            shared,
                            TransferFolder.PUBLIC_KEY,
                            serializer.wireBytes(publicKey),
                            s -> serializer.write(s, publicKey));
                    RotationSteps steps = RotationSteps.of(PublicRotations.of(packing));
                    EvaluationKeys keys = generator.evaluationKeys(secret, steps, true);
                    write(
                            shared,
                            TransferFolder.EVALUATION_KEYS,
                            serializer.wireBytes(keys),
                            s -> serializer.write(s, keys));
                    return null;
                })
                .seconds();
        Progress.Timed<Integer> queries = progress.run(
                "client: encrypt", () -> encrypt(task.inputs(), packing, context, serializer, secret, shared));
        shared.write(
                TransferFolder.JOB,
                Access.USUAL,
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
                FileSeal.of(ClientState.SECRET_KEY, secrets.pending(own(ClientState.SECRET_KEY))),
                task.fingerprint(),
                keySeconds,
                queries.seconds());
        secrets.write(own(ClientState.FILE), Access.OWNER_ONLY, SealedJson.text(state));
    }

    private int encrypt(
            double[][] inputs,
            NetworkPacking packing,
            CkksContext context,
            CkksSerializer serializer,
            SecretKey secret,
            FileSet shared)
            throws IOException {
        CkksEncoder encoder = new CkksEncoder(context);
        Encryptor encryptor = Encryptor.withSecretKey(context, secret);
        int queries = 0;
        for (int from = 0; from < inputs.length; from += packing.lanes()) {
            double[][] some = Arrays.copyOfRange(inputs, from, Math.min(inputs.length, from + packing.lanes()));
            queries++;
            Ciphertext query = encryptor.encrypt(packing.pack(some).encoded(encoder));
            write(shared, TransferFolder.query(queries), serializer.wireBytes(query), s -> serializer.write(s, query));
            progress.at("query " + queries, (double) (from + some.length) / inputs.length);
        }
        return queries;
    }

    /** Of a file in the client's folder of this run. */
    private String own(String name) {
        return RunFolders.name(runId, TransferFolder.AGAIN_ASK) + "/" + name;
    }

    private void write(FileSet files, String name, long bytes, AtomicFile.Content content) throws IOException {
        String path = TransferFolder.name(runId, name);
        files.write(path, Access.USUAL, bytes, content);
        seals.add(FileSeal.of(name, files.pending(path)));
    }
}
