package io.github.hecnn.mlr.roles.row;

import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.ckks.slots.PlainVector;
import io.github.hecnn.core.parallel.WorkerPool;
import io.github.hecnn.core.sampling.RandomSource;
import io.github.hecnn.mlr.dataset.EncryptedDataset;
import io.github.hecnn.mlr.exchange.ExchangeFolder;
import io.github.hecnn.mlr.exchange.FileSeal;
import io.github.hecnn.mlr.exchange.JobWriter;
import io.github.hecnn.mlr.exchange.Machine;
import io.github.hecnn.mlr.recipe.row.RowDataset;
import io.github.hecnn.mlr.recipe.row.RowParameters;
import io.github.hecnn.mlr.roles.secret.OwnerSecret;
import io.github.hecnn.mlr.serving.QueryProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.BiFunction;

/** One run on its way to the disk. */
record LongWriting(PreparedLongTraining training, RandomSource random, String note, LongListener listener) {
    LongOwnerFile run(Path own, Path exchange, WorkerPool workers) throws IOException {
        long start = System.nanoTime();
        LongPlan plan = training.plan();
        RowParameters parameters = plan.parameters();
        LongJobFile job = LongJobFile.of(
                ExchangeFolder.newRun(),
                plan.recipe(),
                plan.iterations(),
                training.settings().validateEvery(),
                parameters,
                training.settings().security());
        CkksContext context = CkksContext.create(parameters.bootstrap().ckksParameters(), workers);
        OwnerSecret secret = OwnerSecret.make(context, random);
        LongOwnerKeys keys = new LongOwnerKeys(context, secret);
        ExchangeFolder<LongJobFile, LongResultFile> shared = LongExchange.in(exchange);
        Path folder = LongExchange.runFolder(exchange, job);
        try (JobWriter<LongJobFile, LongOwnerFile> files =
                new JobWriter<>(shared, LongOwnerFile.in(own), job.runId(), 0)) {
            secret.keep(files);
            byte[] untrained = training.untrained().bytes();
            files.keep(LongOwnerFile.UNTRAINED, untrained.length, out -> out.write(untrained));
            long keyBytes = during("owner: make keys", () -> keys.share(files, parameters, random, listener));
            double keySeconds = seconds(start);
            EncryptedDataset data = during(
                    "owner: encrypt",
                    () -> RowDataset.write(
                            folder,
                            context,
                            job.datasetName(),
                            plan.recipe(),
                            plan.recipe().encodeInputs(training.design(), training.targets(), training.columnScaling()),
                            parameters.featureLevel(),
                            counted(secret.encryption(random), plan.recipe().uploads())));
            FileSeal manifest = FileSeal.of(LongFiles.DATASET, folder.resolve(LongFiles.DATASET));
            LongOwnerFile[] kept = new LongOwnerFile[1];
            files.commit(seals -> job.withFiles(manifest, seals), (described, seals) -> {
                kept[0] = new LongOwnerFile(
                        described,
                        Arrays.stream(training.columnScaling().factors())
                                .boxed()
                                .toList(),
                        training.rehearsal().weights().stream()
                                .map(LongWeights::norm)
                                .toList(),
                        QueryProfile.weightNorm(plan.recipe(), training.columnScaling(), training.rehearsal()),
                        training.rehearsal().scores(),
                        keySeconds,
                        seconds(start) - keySeconds,
                        data.bytes(),
                        keyBytes,
                        seconds(start),
                        Machine.peakMemoryBytes(),
                        note,
                        seals);
                return kept[0];
            });
            return kept[0];
        } catch (IOException | RuntimeException | Error e) {
            discard(folder);
            throw e;
        }
    }

    private BiFunction<PlainVector, Integer, Ciphertext> counted(
            BiFunction<PlainVector, Integer, Ciphertext> encryption, int all) {
        int[] done = {0};
        return (vector, level) -> {
            Ciphertext out = encryption.apply(vector, level);
            listener.counted("ciphertext", ++done[0], all);
            return out;
        };
    }

    private <T> T during(String phase, Work<T> work) throws IOException {
        try {
            return listener.during(phase, () -> {
                try {
                    return work.run();
                } catch (IOException e) {
                    throw new UncheckedIOException(e.getMessage(), e);
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) * 1e-9;
    }

    /** Blocks of a run that did not come to be; what is left if that fails is deleted with the next one. */
    private static void discard(Path folder) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "{block-*.ckks,dataset.json}")) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(folder);
        } catch (IOException left) {
            // The error that led here matters more.
        }
    }

    private interface Work<T> {
        T run() throws IOException;
    }
}
