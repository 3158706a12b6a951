package io.github.hecnn.examples.mnist;

import io.github.hecnn.ckks.circuit.PlainVector;
import io.github.hecnn.ckks.keys.EvaluationKeys;
import io.github.hecnn.ckks.keys.KeyGenerator;
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
import io.github.hecnn.core.sampling.RandomSource;
import io.github.hecnn.examples.cli.Progress;
import io.github.hecnn.examples.exchange.ExchangeFolder;
import io.github.hecnn.examples.exchange.FileSeal;
import io.github.hecnn.examples.exchange.JobDescription;
import io.github.hecnn.examples.exchange.RunFolders;
import io.github.hecnn.examples.files.SealedJson;
import io.github.hecnn.examples.report.Machine;
import io.github.hecnn.mlr.plan.TrainingPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The data owner, first half: prepares the data in the clear, plans, makes keys, encrypts. The secret key goes into the owner's
 * own folder, everything else into the exchange folder.
 */
final class OwnerEncryptRole {
    private final RunSettings settings;
    private final ExchangeFolder exchange;
    private final Progress progress;
    private final String runId = RunFolders.newRun();
    private final List<FileSeal> seals = new ArrayList<>();

    OwnerEncryptRole(RunSettings settings, ExchangeFolder exchange, Progress progress) {
        this.settings = settings;
        this.exchange = exchange;
        this.progress = progress;
    }

    void run() throws Exception {
        long start = System.nanoTime();
        TrainingData data = progress.run("owner: data and features", () -> DataSource.load(settings, false))
                .value();
        TrainingPlan plan =
                progress.run("owner: plan", () -> Planning.plan(settings, data)).value();
        progress.line(plan.toString().stripTrailing());
        Path owner = settings.out().resolve(OwnerState.FOLDER);
        try (WorkerPool workers = WorkerPool.ofThreads(settings.threads());
                FileSet secrets = FileSet.in(owner);
                FileSet shared = FileSet.in(exchange.path())) {
            FileSet.requireRoom(exchange.path(), plan.evaluationKeyWireBytes() + plan.uploadBytes());
            encrypt(data, plan, CkksContext.create(plan.parameters(), workers), secrets, shared, start);
            // The secret first: without it the rest is worth nothing. The job comes last: until then the earlier run
            // stands, key
            // and results.
            secrets.commit();
            shared.retire(RunFolders.others(runId, ExchangeFolder.FILES));
            shared.commit();
        }
        try (FileSet earlier = FileSet.in(owner)) {
            earlier.retire(RunFolders.others(runId, OwnerState.FILES));
            earlier.commit();
        }
    }

    private void encrypt(
            TrainingData data, TrainingPlan plan, CkksContext context, FileSet secrets, FileSet shared, long start)
            throws Exception {
        RandomSource random =
                settings.seed() == null ? RandomSource.secure() : RandomSource.reproducible(settings.seed());
        CkksParameters parameters = context.parameters();
        CkksSerializer serializer = new CkksSerializer(context);
        write(
                shared,
                ExchangeFolder.PARAMETERS,
                CkksSerializer.wireBytes(parameters),
                stream -> CkksSerializer.write(stream, parameters));
        KeyGenerator generator = new KeyGenerator(context, random.fork("keys"));
        SecretKey secretKey = generator.secretKey();
        Progress.Timed<EvaluationKeys> keys = progress.run(
                "owner: make keys",
                () -> generator.evaluationKeys(
                        secretKey, RotationSteps.of(plan.rotationSteps()), plan.needsConjugation()));
        progress.run("owner: write keys", () -> {
            secrets.write(
                    own(OwnerState.SECRET_KEY),
                    Access.OWNER_ONLY,
                    serializer.wireBytes(secretKey),
                    stream -> serializer.write(stream, secretKey, SecretKey.Access.INTENDED));
            write(
                    shared,
                    ExchangeFolder.EVALUATION_KEYS,
                    serializer.wireBytes(keys.value()),
                    stream -> serializer.write(stream, keys.value()));
            return null;
        });
        Encryptor encryptor = Encryptor.withSecretKey(context, secretKey, random.fork("encryption"));
        Progress.Timed<List<Ciphertext>> inputs =
                progress.run("owner: encrypt", () -> ciphertexts(data, plan, context, encryptor));
        long uploaded = 0;
        for (int k = 1; k <= inputs.value().size(); k++) {
            Ciphertext input = inputs.value().get(k - 1);
            uploaded += write(
                    shared,
                    ExchangeFolder.input(k),
                    serializer.wireBytes(input),
                    stream -> serializer.write(stream, input));
        }
        JobDescription job = JobDescription.of(
                runId,
                settings.recipe().label(),
                plan.recipe().slots(),
                plan.recipe().config(),
                seals);
        shared.write(ExchangeFolder.JOB, Access.USUAL, SealedJson.text(job));
        OwnerState state = new OwnerState(
                runId,
                settings.recipe().label(),
                absolute(settings.data()),
                settings.features().absolute(),
                settings.scaling().toString(),
                settings.samples(),
                settings.iterations(),
                settings.initialWeight(),
                plan.recipe().config().preconditioner().toString(),
                settings.outsideInterval().name(),
                settings.seed(),
                FileSeal.of(OwnerState.SECRET_KEY, secrets.pending(own(OwnerState.SECRET_KEY))),
                data.fingerprint(),
                inputs.value().size(),
                uploaded,
                Files.size(shared.pending(ExchangeFolder.name(runId, ExchangeFolder.EVALUATION_KEYS))),
                keys.seconds(),
                inputs.seconds(),
                (System.nanoTime() - start) * 1e-9,
                Machine.peakMemoryBytes());
        // Private as well: a seed is as good as the secret key.
        secrets.write(own(OwnerState.FILE), Access.OWNER_ONLY, SealedJson.text(state));
    }

    private List<Ciphertext> ciphertexts(
            TrainingData data, TrainingPlan plan, CkksContext context, Encryptor encryptor) {
        CkksEncoder encoder = new CkksEncoder(context);
        List<Ciphertext> out = new ArrayList<>();
        for (PlainVector vector : plan.recipe()
                .encodeInputs(data.train(), data.labels(), plan.recipe().scaling(data.train()))) {
            out.add(encryptor.encrypt(vector.encoded(encoder)));
        }
        return out;
    }

    private static String absolute(Path path) {
        return path == null ? null : path.toAbsolutePath().normalize().toString();
    }

    /** Of a file in the owner's folder of this run. */
    private String own(String name) {
        return RunFolders.name(runId, ExchangeFolder.AGAIN_ENCRYPT) + "/" + name;
    }

    private long write(FileSet files, String name, long bytes, AtomicFile.Content content) throws IOException {
        String path = ExchangeFolder.name(runId, name);
        files.write(path, Access.USUAL, bytes, content);
        FileSeal seal = FileSeal.of(name, files.pending(path));
        seals.add(seal);
        return seal.bytes();
    }
}
