package io.github.hecnn.examples.cryptotl;

import io.github.hecnn.ckks.circuit.CkksSlotAlgebra;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.ckks.params.SecurityLevel;
import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.ckks.serial.CkksSerializer;
import io.github.hecnn.core.parallel.WorkerPool;
import io.github.hecnn.mlr.network.EncryptedNetwork;
import io.github.hecnn.mlr.network.Network;
import io.github.hecnn.mlr.network.NetworkFile;
import io.github.hecnn.mlr.network.NetworkPacking;
import io.github.hecnn.mlr.network.OutputSanitizer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The server: has the weights' file of its own folder and, from the exchange folder, parameters, public and evaluation keys and
 * ciphertexts. There is no secret key and no text among them.
 */
final class ServerRole {
    private final Path exchange;
    private final CkksSerializer serializer;
    private final CkksSlotAlgebra algebra;
    private final EncryptedNetwork network;
    private final OutputSanitizer sanitizer;

    /** Reads the weights from its own folder, the rest from the exchange. One thread, so that times mean something. */
    ServerRole(Path own, Path exchange, int lanes, double inputFactor) throws IOException {
        this.exchange = exchange;
        CkksContext context = CkksContext.create(
                CkksSerializer.readParameters(exchange.resolve("parameters.bin"), SecurityLevel.CLASSICAL_128),
                WorkerPool.single());
        serializer = new CkksSerializer(context);
        Network weights = NetworkFile.read(own.resolve("encoder.bin"));
        network = EncryptedNetwork.compile(
                weights,
                new NetworkPacking(
                        context.parameters().slots(), weights.inputs(), weights.outputs(), lanes, inputFactor));
        algebra = new CkksSlotAlgebra(context, serializer.readEvaluationKeys(exchange.resolve("evaluation-keys.bin")));
        sanitizer = new OutputSanitizer(
                context, serializer.readPublicKey(exchange.resolve("public-key.bin")), OutputSanitizer.DEVIATION);
    }

    /** Evaluates every query file there is; returns the seconds of each evaluation. */
    List<Double> answer(int queries) throws IOException {
        List<Double> seconds = new ArrayList<>();
        for (int q = 0; q < queries; q++) {
            Ciphertext in = serializer.readCiphertext(exchange.resolve("query-" + q + ".bin"));
            long start = System.nanoTime();
            Ciphertext out = network.evaluate(algebra, in);
            seconds.add((System.nanoTime() - start) / 1e9);
            serializer.write(exchange.resolve("answer-" + q + ".bin"), sanitizer.sanitize(out));
        }
        return seconds;
    }

    /** What it does, for people. */
    String describe() {
        return network.toString();
    }

    /** Size of a file of the exchange. */
    static long bytes(Path exchange, String name) {
        try {
            return Files.size(exchange.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
