package io.github.hecnn.cli.cryptotl;

import io.github.hecnn.ckks.keys.EvaluationKeys;
import io.github.hecnn.ckks.keys.RotationKey;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.ckks.params.CkksParameters;
import io.github.hecnn.ckks.params.SecurityLevel;
import io.github.hecnn.ckks.serial.CkksSerializer;
import io.github.hecnn.cli.files.Damages;
import io.github.hecnn.cli.files.RunFiles;
import io.github.hecnn.mlr.exchange.ExchangeFolder;
import io.github.hecnn.mlr.exchange.FileSeal;
import io.github.hecnn.mlr.exchange.SealedJson;
import io.github.hecnn.mlr.transfer.EncoderFolder;
import io.github.hecnn.mlr.transfer.ServerAccount;
import io.github.hecnn.mlr.transfer.TransferExchange;
import io.github.hecnn.mlr.transfer.TransferJob;
import io.github.hecnn.mlr.transfer.network.train.CryptoTlShapes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Truncated, changed, foreign and missing files given to a role, and files that were forged with right checksums. */
class DamagedTransferTest {
    private static final List<Object> EVALUATE = List.of("server-evaluate");
    private static final List<Object> TRAIN = List.of("client-train");

    private static TransferFixture run;

    @TempDir
    private Path folder;

    /** Something done to files that are put back afterwards. */
    private interface Change {
        void apply() throws IOException;
    }

    @BeforeAll
    static void runs() throws IOException {
        run = TransferFixture.get();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "server/encoder.bin",
                "server/encoder.json",
                "exchange/job.json",
                "exchange/parameters.bin",
                "exchange/public-key.bin",
                "exchange/evaluation-keys.bin",
                "exchange/query-1.ckks",
                "exchange/query-3.ckks"
            })
    void theServerRefusesDamage(String name) throws IOException {
        refusesEveryDamage(run.server(), EVALUATE, name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "client/settings.json",
                "client/secret-key.bin",
                "exchange/job.json",
                "exchange/parameters.bin",
                "exchange/server-account.json",
                "exchange/answer-2.ckks"
            })
    void theClientRefusesDamage(String name) throws IOException {
        refusesEveryDamage(run.client(), TRAIN, name);
    }

    private void refusesEveryDamage(Path place, List<Object> role, String name) throws IOException {
        Path file = RunFiles.find(place, name);
        byte[] good = Files.readAllBytes(file);
        String shown = file.getFileName().toString();
        with(List.of(file), () -> {
            for (Map.Entry<String, byte[]> damage : Damages.of(good).entrySet()) {
                Files.write(file, damage.getValue());
                run.refuses(place, role, damage.getKey(), shown, "expected", "found");
            }
            Files.move(file, folder.resolve(shown)); // keeps its permissions
            run.refuses(place, role, "missing", shown, "file");
            Files.move(folder.resolve(shown), file);
        });
    }

    @Test
    void weightsThatAreNoNumbers() throws IOException {
        Path file = run.server().resolve("server/encoder.bin");
        for (double wrong : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
            with(List.of(file), () -> {
                ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
                bytes.putDouble(8 + 4 + 4 + 1 + 4, wrong); // first tap of the convolution
                CRC32 crc = new CRC32();
                crc.update(bytes.array(), 0, bytes.capacity() - 4);
                bytes.putInt(bytes.capacity() - 4, (int) crc.getValue());
                Files.write(file, bytes.array());
                run.refuses(run.server(), EVALUATE, "" + wrong, "encoder.bin", "expected", "finite", "found");
            });
        }
    }

    @Test
    void weightsOfAnotherTrainingAndOfOtherSizes() throws IOException {
        Path file = run.server().resolve("server/encoder.bin");
        Path about = run.server().resolve("server/encoder.json");
        with(List.of(file, about), () -> {
            byte[] seal = Files.readAllBytes(about);
            EncoderFolder own = new EncoderFolder(run.server().resolve("server"));
            own.write(
                    CryptoTlShapes.encoderWithHead(12, 1).export(CryptoTlShapes.ENCODER_LAYERS),
                    "small",
                    "hashed words");
            run.refuses(run.server(), EVALUATE, "sizes", "expected a job for 12 inputs and 10 outputs", "found 768");
            Files.write(about, seal);
            run.refuses(run.server(), EVALUATE, "other weights", "encoder.bin", "expected the weights", "found others");
        });
    }

    @Test
    void moreQueriesThanTheServerAnswers() throws IOException {
        run.refuses(
                run.server(),
                List.of("server-evaluate", "--max-queries", 2),
                "too many",
                "expected 1..2 queries",
                "found 3");
    }

    @Test
    void aMissingRotationKey() throws IOException {
        ExchangeFolder<TransferJob, ServerAccount> exchange =
                TransferExchange.in(run.server().resolve("exchange"));
        Path keys = exchange.file(exchange.job(), TransferExchange.EVALUATION_KEYS);
        with(List.of(keys, exchange.jobFile()), () -> {
            CkksSerializer serializer = new CkksSerializer(CkksContext.create(
                    CkksSerializer.readParameters(exchange.file(exchange.job(), TransferExchange.PARAMETERS))));
            EvaluationKeys all = serializer.readEvaluationKeys(keys);
            List<RotationKey> fewer = new ArrayList<>(all.rotationKeys());
            fewer.remove(fewer.size() / 2);
            serializer.write(keys, EvaluationKeys.of(all.relinearizationKey().orElseThrow(), fewer));
            reseal(exchange);
            run.refuses(run.server(), EVALUATE, "one key less", "no key for", "available");
        });
    }

    @Test
    void parametersWithoutSecurityAndOtherParameters() throws IOException {
        ExchangeFolder<TransferJob, ServerAccount> exchange =
                TransferExchange.in(run.server().resolve("exchange"));
        Path file = exchange.file(exchange.job(), TransferExchange.PARAMETERS);
        with(List.of(file, exchange.jobFile()), () -> {
            CkksSerializer.write(
                    file,
                    CkksParameters.builder()
                            .logRingDegree(10)
                            .levels(4)
                            .securityLevel(SecurityLevel.NONE)
                            .build());
            reseal(exchange);
            run.refuses(run.server(), EVALUATE, "toy parameters", "expected", "found");
            CkksSerializer.write(
                    file, CkksParameters.builder().logRingDegree(14).levels(4).build());
            reseal(exchange);
            run.refuses(run.server(), EVALUATE, "other parameters", "expected CKKS N = 2^13", "found CKKS N = 2^14");
        });
    }

    @Test
    void theKeyOfAnotherRun() throws IOException {
        Path other = folder.resolve("other");
        TransferCli.succeed(
                "--role",
                "client-keys",
                "--sentences",
                "hashed",
                "--fast",
                "--samples",
                4,
                "--tests",
                4,
                "--out",
                other);
        Path key = RunFiles.find(run.client(), "client/secret-key.bin");
        Path settings = RunFiles.find(run.client(), "client/settings.json");
        with(List.of(key, settings), () -> {
            Files.write(key, Files.readAllBytes(RunFiles.find(other, "client/secret-key.bin")));
            run.refuses(run.client(), TRAIN, "key", "secret-key.bin", "expected SHA-256", "found", "client-keys");
            Files.write(settings, Files.readAllBytes(RunFiles.find(other, "client/settings.json")));
            run.refuses(run.client(), TRAIN, "settings", "expected run", "found run");
        });
    }

    private static void reseal(ExchangeFolder<TransferJob, ServerAccount> exchange) throws IOException {
        TransferJob job = exchange.job();
        List<FileSeal> seals = new ArrayList<>();
        for (FileSeal seal : job.files()) {
            seals.add(FileSeal.of(seal.name(), exchange.file(exchange.job(), seal.name())));
        }
        Files.writeString(
                exchange.jobFile(),
                SealedJson.text(new TransferJob(
                        job.runId(),
                        job.sentences(),
                        job.choice(),
                        job.inputs(),
                        job.outputs(),
                        job.lanes(),
                        job.queries(),
                        seals)));
    }

    private static void with(List<Path> files, Change change) throws IOException {
        Map<Path, byte[]> kept = new TreeMap<>();
        for (Path file : files) {
            kept.put(file, Files.readAllBytes(file));
        }
        try {
            change.apply();
        } finally {
            for (Map.Entry<Path, byte[]> file : kept.entrySet()) {
                Files.write(file.getKey(), file.getValue());
            }
        }
    }
}
