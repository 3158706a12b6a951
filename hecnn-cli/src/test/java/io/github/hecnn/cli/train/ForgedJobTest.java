package io.github.hecnn.cli.train;

import io.github.hecnn.ckks.internal.cipher.Ciphertexts;
import io.github.hecnn.ckks.internal.parts.CiphertextParts;
import io.github.hecnn.ckks.keys.EvaluationKeys;
import io.github.hecnn.ckks.keys.KeyGenerator;
import io.github.hecnn.ckks.keys.RotationKey;
import io.github.hecnn.ckks.keys.SecretKey;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.ckks.params.CkksParameters;
import io.github.hecnn.ckks.params.SecurityLevel;
import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.ckks.scheme.CkksEncoder;
import io.github.hecnn.ckks.scheme.Encryptor;
import io.github.hecnn.ckks.scheme.Evaluator;
import io.github.hecnn.ckks.scheme.Plaintext;
import io.github.hecnn.ckks.serial.CkksSerializer;
import io.github.hecnn.cli.files.RunFiles;
import io.github.hecnn.mlr.exchange.ExchangeFolder;
import io.github.hecnn.mlr.exchange.FileSeal;
import io.github.hecnn.mlr.exchange.SealedJson;
import io.github.hecnn.mlr.roles.JobFile;
import io.github.hecnn.mlr.roles.ResultFile;
import io.github.hecnn.mlr.roles.TrainingExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs whose checksums are right and whose contents are not: the cloud must notice by itself. */
class ForgedJobTest {
    private static TrainedRun run;
    private static ExchangeFolder<JobFile, ResultFile> exchange;

    @TempDir
    private Path kept;

    private CkksContext context;
    private CkksSerializer serializer;

    @BeforeAll
    static void runs() throws IOException {
        run = TrainedRun.get();
        exchange = new RunFolder(run.out()).exchange();
    }

    @BeforeEach
    void keeps() throws IOException {
        context = CkksContext.create(CkksSerializer.readParametersOfAnySecurity(file(TrainingExchange.PARAMETERS)));
        serializer = new CkksSerializer(context);
        keep(ExchangeFolder.JOB);
    }

    @AfterEach
    void restores() throws IOException {
        try (var files = Files.list(kept)) {
            for (Path file : files.toList()) {
                Files.move(file, file(file.getFileName().toString()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private static Path file(String name) throws IOException {
        return name.equals(ExchangeFolder.JOB)
                ? exchange.jobFile()
                : RunFiles.folder(exchange.path()).resolve(name);
    }

    private void keep(String name) throws IOException {
        Files.copy(file(name), kept.resolve(name));
    }

    /** Writes the job anew, with the right checksum of a file as it is now. */
    private static void reseal(String changed) throws IOException {
        rewrite(changed, UnaryOperator.identity());
    }

    private static void rewrite(String changed, UnaryOperator<JobFile> change) throws IOException {
        JobFile job = exchange.job();
        List<FileSeal> seals = new ArrayList<>();
        for (FileSeal seal : job.files()) {
            seals.add(seal.name().equals(changed) ? FileSeal.of(changed, file(changed)) : seal);
        }
        JobFile sealed = Records.with(job, Map.of("files", seals));
        Files.writeString(file(ExchangeFolder.JOB), SealedJson.text(change.apply(sealed)));
    }

    private static JobFile with(JobFile job, String recipe, int samples, int iterations) {
        return Records.with(job, Map.of("recipe", recipe, "samples", samples, "iterations", iterations));
    }

    @Test
    void aMissingRotationKey() throws IOException {
        keep(TrainingExchange.EVALUATION_KEYS);
        Path file = file(TrainingExchange.EVALUATION_KEYS);
        EvaluationKeys all = serializer.readEvaluationKeys(file);
        List<RotationKey> fewer = new ArrayList<>(all.rotationKeys());
        fewer.remove(fewer.size() / 2);
        serializer.write(file, EvaluationKeys.of(all.relinearizationKey().orElseThrow(), fewer));
        reseal(TrainingExchange.EVALUATION_KEYS);
        run.refuses("cloud-train", "one key less", "no key for", "available");
    }

    @Test
    void parametersWithTooFewLevels() throws IOException {
        keep(TrainingExchange.PARAMETERS);
        CkksParameters fewer =
                CkksParameters.builder().logRingDegree(14).levels(5).build();
        CkksSerializer.write(file(TrainingExchange.PARAMETERS), fewer);
        reseal(TrainingExchange.PARAMETERS);
        run.refuses("cloud-train", "fewer levels", "expected", "6 levels", "found", "5 levels");
    }

    @Test
    void parametersWithoutSecurity() throws IOException {
        keep(TrainingExchange.PARAMETERS);
        CkksParameters toy = CkksParameters.builder()
                .logRingDegree(10)
                .levels(6)
                .securityLevel(SecurityLevel.NONE)
                .build();
        CkksSerializer.write(file(TrainingExchange.PARAMETERS), toy);
        reseal(TrainingExchange.PARAMETERS);
        run.refuses("cloud-train", "toy parameters", "expected", "found");
    }

    @Test
    void aCiphertextOfOtherParameters() throws IOException {
        keep(TrainingExchange.input(2));
        CkksContext other = CkksContext.create(
                CkksParameters.builder().logRingDegree(14).levels(6).digits(4).build());
        Ciphertext mine = serializer.readCiphertext(file(TrainingExchange.input(2)));
        Ciphertext foreign = Ciphertexts.of(new CiphertextParts(
                other.parameters().id(), mine.keyPairId(), Ciphertexts.components(mine), mine.scale()));
        new CkksSerializer(other).write(file(TrainingExchange.input(2)), foreign);
        reseal(TrainingExchange.input(2));
        run.refuses("cloud-train", "other parameters", "expected", "found");
    }

    /** The file of one run in the place of that of another: same parameters, other keys. */
    @Test
    void aCiphertextOfAnotherKeyPair() throws IOException {
        keep(TrainingExchange.input(2));
        Path file = file(TrainingExchange.input(2));
        Ciphertext mine = serializer.readCiphertext(file);
        SecretKey other = new KeyGenerator(context).secretKey();
        Encryptor encryptor = Encryptor.withSecretKey(context, other);
        Plaintext zero =
                new CkksEncoder(context).encode(new double[context.parameters().slots()]);
        serializer.write(file, encryptor.encrypt(zero));
        reseal(TrainingExchange.input(2));
        run.refuses(
                "cloud-train",
                "other keys",
                "expected an object of key pair " + mine.keyPairId(),
                "found one of key pair " + other.keyPairId(),
                "use keys and ciphertexts of one secret key");
    }

    @Test
    void aCiphertextOfALowerLevel() throws IOException {
        keep(TrainingExchange.input(2));
        Path file = file(TrainingExchange.input(2));
        Ciphertext lower =
                new Evaluator(context, EvaluationKeys.none()).dropToLevel(serializer.readCiphertext(file), 3);
        serializer.write(file, lower);
        reseal(TrainingExchange.input(2));
        run.refuses("cloud-train", "lower level", "level 6", "found 3");
    }

    @Test
    void anotherKindOfObject() throws IOException {
        keep(TrainingExchange.input(2));
        byte[] parameters = Files.readAllBytes(file(TrainingExchange.PARAMETERS));
        Files.write(file(TrainingExchange.input(2)), parameters);
        reseal(TrainingExchange.input(2));
        run.refuses("cloud-train", "parameters for a ciphertext", "a ciphertext", "a parameter set");
    }

    @Test
    void aSecretKeyForACiphertext() throws IOException {
        keep(TrainingExchange.input(2));
        byte[] secret = Files.readAllBytes(RunFiles.find(run.out(), "owner/secret-key.bin"));
        Files.write(file(TrainingExchange.input(2)), secret);
        reseal(TrainingExchange.input(2));
        run.refuses("cloud-train", "a secret key for a ciphertext", "expected", "found");
        Arrays.fill(secret, (byte) 0);
    }

    /** Checksums are right, and the difference is far below 1: only the noise model tells it from noise. */
    @Test
    void weightsThatAreNotThoseOfTheTraining() throws IOException {
        String name = TrainingExchange.weights(2);
        keep(name);
        keep(TrainingExchange.CLOUD_REPORT);
        List<Ciphertext> weights = new ArrayList<>(serializer.readCiphertexts(file(name)));
        Ciphertext first = weights.get(0);
        double[] shift = new double[context.parameters().slots()];
        Arrays.fill(shift, 1e-4);
        Plaintext plain = new CkksEncoder(context).encode(shift, first.level());
        weights.set(0, new Evaluator(context, EvaluationKeys.none()).addPlain(first, plain));
        try (OutputStream out = Files.newOutputStream(file(name))) {
            serializer.write(out, weights);
        }
        ResultFile report = exchange.answer(exchange.job());
        List<FileSeal> seals = report.files().stream()
                .map(s -> s.name().equals(name) ? seal(name) : s)
                .toList();
        ResultFile sealed = Records.with(report, Map.of("files", seals));
        Files.writeString(file(TrainingExchange.CLOUD_REPORT), SealedJson.text(sealed));
        run.refuses(
                "owner-decrypt",
                "shifted weights",
                "decrypt weights of iteration 2: expected every weight within 12 predicted deviations",
                "found a difference of ",
                "class ",
                "feature ",
                "the predicted deviation is ",
                "--role cloud-train again");
    }

    private static FileSeal seal(String name) {
        try {
            return FileSeal.of(name, file(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void jobsThatDoNotFitTheirParameters() throws IOException {
        rewrite("", job -> with(job, job.recipe(), job.samples(), 3));
        run.refuses("cloud-train", "another iteration", "expected", "found");
        rewrite("", job -> with(job, "slow", job.samples(), job.iterations()));
        run.refuses("cloud-train", "another recipe", "expected fast|paper, found 'slow'");
        rewrite("", job -> with(job, job.recipe(), -1, job.iterations()));
        run.refuses("cloud-train", "no samples", "expected", "found -1");
        rewrite("", job -> with(job, job.recipe(), 2_000_000_000, job.iterations()));
        run.refuses("cloud-train", "too many samples", "expected", "found");
    }
}
