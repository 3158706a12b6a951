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
import io.github.hecnn.core.parallel.WorkerPool;
import io.github.hecnn.core.sampling.RandomSource;
import io.github.hecnn.examples.cli.Progress;
import io.github.hecnn.examples.exchange.ExchangeFolder;
import io.github.hecnn.examples.exchange.FileSeal;
import io.github.hecnn.examples.exchange.JobDescription;
import io.github.hecnn.examples.files.OutputFiles;
import io.github.hecnn.examples.files.SealedJson;
import io.github.hecnn.examples.report.Machine;
import io.github.hecnn.mlr.train.TrainingPlan;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * The data owner, first half: prepares the data in the clear, plans, makes keys, encrypts. The secret key goes into the owner's
 * own folder, everything else into the exchange folder.
 */
final class OwnerEncryptRole {
    private final RunSettings settings;
    private final ExchangeFolder exchange;
    private final Progress progress;
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
                OutputFiles secrets = OutputFiles.in(owner);
                OutputFiles shared = OutputFiles.in(exchange.path())) {
            encrypt(data, plan, CkksContext.create(plan.parameters().toParameters(), workers), secrets, shared, start);
            // The secret first: without it the rest is worth nothing. The job comes last: with it the cloud can begin.
            secrets.commit();
            forgetEarlierResults();
            shared.commit();
        }
    }

    private void encrypt(
            TrainingData data,
            TrainingPlan plan,
            CkksContext context,
            OutputFiles secrets,
            OutputFiles shared,
            long start)
            throws Exception {
        RandomSource random = settings.seed() == null ? RandomSource.secure() : RandomSource.seeded(settings.seed());
        CkksParameters parameters = context.parameters();
        CkksSerializer serializer = new CkksSerializer(context);
        write(shared, ExchangeFolder.PARAMETERS, stream -> CkksSerializer.write(stream, parameters));
        KeyGenerator generator = new KeyGenerator(context, random.fork("keys"));
        SecretKey secretKey = generator.secretKey();
        Progress.Timed<EvaluationKeys> keys = progress.run(
                "owner: make keys",
                () -> generator.evaluationKeys(
                        secretKey, RotationSteps.of(plan.rotationSteps()), plan.needsConjugation()));
        progress.run("owner: write keys", () -> {
            try (OutputStream stream = secrets.createPrivate(OwnerState.SECRET_KEY)) {
                serializer.write(stream, secretKey);
            }
            write(shared, ExchangeFolder.EVALUATION_KEYS, stream -> serializer.write(stream, keys.value()));
            return null;
        });
        Encryptor encryptor = Encryptor.withSecretKey(context, secretKey, random.fork("encryption"));
        Progress.Timed<List<Ciphertext>> inputs =
                progress.run("owner: encrypt", () -> ciphertexts(data, plan, context, encryptor));
        long uploaded = 0;
        for (int k = 1; k <= inputs.value().size(); k++) {
            Ciphertext input = inputs.value().get(k - 1);
            uploaded += write(shared, ExchangeFolder.input(k), stream -> serializer.write(stream, input));
        }
        String runId = UUID.randomUUID().toString();
        JobDescription job = JobDescription.of(
                runId,
                settings.recipe().label(),
                plan.recipe().slots(),
                plan.recipe().config(),
                seals);
        shared.write(ExchangeFolder.JOB, SealedJson.text(job));
        OwnerState state = new OwnerState(
                runId,
                settings.recipe().label(),
                absolute(settings.data()),
                settings.features().absolute(),
                settings.scaling().toString(),
                settings.samples(),
                settings.iterations(),
                settings.initialWeight(),
                settings.seed(),
                data.fingerprint(),
                inputs.value().size(),
                uploaded,
                Files.size(shared.pending(ExchangeFolder.EVALUATION_KEYS)),
                keys.seconds(),
                inputs.seconds(),
                (System.nanoTime() - start) * 1e-9,
                Machine.peakMemoryBytes());
        // Private as well: a seed is as good as the secret key.
        try (OutputStream stream = secrets.createPrivate(OwnerState.FILE)) {
            stream.write(SealedJson.text(state).getBytes(StandardCharsets.UTF_8));
        }
    }

    private List<Ciphertext> ciphertexts(
            TrainingData data, TrainingPlan plan, CkksContext context, Encryptor encryptor) {
        CkksEncoder encoder = new CkksEncoder(context);
        List<Ciphertext> out = new ArrayList<>();
        for (PlainVector vector : plan.recipe().encodeInputs(data.train(), data.labels())) {
            out.add(encryptor.encrypt(vector.encoded(encoder)));
        }
        return out;
    }

    private static String absolute(Path path) {
        return path == null ? null : path.toAbsolutePath().normalize().toString();
    }

    /** Something that writes itself to a stream. */
    @FunctionalInterface
    private interface Content {
        void to(OutputStream stream) throws IOException;
    }

    private long write(OutputFiles files, String name, Content content) throws IOException {
        try (OutputStream stream = files.create(name)) {
            content.to(stream);
        }
        FileSeal seal = FileSeal.of(name, files.pending(name));
        seals.add(seal);
        return seal.bytes();
    }

    /** Results of an earlier run cannot be decrypted any more. */
    private void forgetEarlierResults() throws IOException {
        Files.deleteIfExists(exchange.file(ExchangeFolder.JOB));
        Files.deleteIfExists(exchange.file(ExchangeFolder.CLOUD_REPORT));
        for (int t = 1; Files.deleteIfExists(exchange.file(ExchangeFolder.weights(t))); t++) {
            // Nothing more to do for that iteration.
        }
        for (int k = 1; Files.deleteIfExists(exchange.file(ExchangeFolder.input(k))); k++) {
            // Nor for that upload.
        }
    }
}
