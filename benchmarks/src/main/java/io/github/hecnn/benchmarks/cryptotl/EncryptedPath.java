package io.github.hecnn.benchmarks.cryptotl;

import io.github.hecnn.ckks.keys.EvaluationKeys;
import io.github.hecnn.ckks.keys.KeyGenerator;
import io.github.hecnn.ckks.keys.PublicKey;
import io.github.hecnn.ckks.keys.RotationSteps;
import io.github.hecnn.ckks.keys.SecretKey;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.ckks.scheme.CkksEncoder;
import io.github.hecnn.ckks.scheme.Decryptor;
import io.github.hecnn.ckks.scheme.Encryptor;
import io.github.hecnn.ckks.serial.WireSizes;
import io.github.hecnn.ckks.slots.CkksSlotAlgebra;
import io.github.hecnn.core.parallel.WorkerPool;
import io.github.hecnn.mlr.transfer.TransferClient;
import io.github.hecnn.mlr.transfer.network.CryptoTlParameters.Choice;
import io.github.hecnn.mlr.transfer.network.EncryptedNetwork;
import io.github.hecnn.mlr.transfer.network.Network;
import io.github.hecnn.mlr.transfer.network.NetworkPacking;
import io.github.hecnn.mlr.transfer.network.OutputSanitizer;
import java.util.Arrays;

/**
 * Encryption, evaluation, flooding and decryption in one process, for measurements: what client and server of {@code mlr.transfer} do, without their files and
 * without their separation. Keys are made once and serve every encoder of the same sizes.
 */
final class EncryptedPath {
    private final CkksContext context;
    private final CkksEncoder encoder;
    private final NetworkPacking packing;
    private final PublicKey publicKey;
    private final EvaluationKeys keys;
    private final Encryptor encryptor;
    private final Decryptor decryptor;

    /** Keys for networks of the sizes of this one, with so many texts a ciphertext. */
    EncryptedPath(Network network, Choice choice, int lanes) {
        context = CkksContext.create(choice.parameters(), WorkerPool.single());
        encoder = new CkksEncoder(context);
        packing = TransferClient.packing(choice, network.inputs(), lanes);
        KeyGenerator generator = new KeyGenerator(context);
        SecretKey secret = generator.secretKey();
        publicKey = generator.publicKey(secret);
        keys = generator.evaluationKeys(
                secret,
                RotationSteps.of(EncryptedNetwork.compile(network, packing).rotationSteps()),
                true);
        encryptor = Encryptor.withSecretKey(context, secret);
        decryptor = new Decryptor(context, secret);
    }

    /** One encoder, compiled; its weights are encoded by the first evaluation. */
    final class Server {
        private final EncryptedNetwork compiled;
        private final CkksSlotAlgebra algebra = new CkksSlotAlgebra(context, keys);
        private final OutputSanitizer sanitizer = new OutputSanitizer(context, publicKey, OutputSanitizer.DEVIATION);

        private Server(Network network) {
            compiled = EncryptedNetwork.compile(network, packing);
        }

        Ciphertext evaluate(Ciphertext query) {
            return compiled.evaluate(algebra, query);
        }

        Ciphertext sanitize(Ciphertext output) {
            return sanitizer.sanitize(output);
        }

        /** Key switches of all evaluations so far. */
        long keySwitches() {
            return algebra.counts().keySwitches();
        }
    }

    Server server(Network network) {
        return new Server(network);
    }

    int lanes() {
        return packing.lanes();
    }

    Ciphertext encrypt(double[][] inputs) {
        return encryptor.encrypt(packing.pack(inputs).encoded(encoder));
    }

    /** The first so many outputs in a ciphertext, [texts][outputs]. */
    double[][] decrypt(Ciphertext output, int texts) {
        return packing.unpack(encoder.decode(decryptor.decrypt(output)), texts);
    }

    int rotationKeys() {
        return keys.rotationKeys().size();
    }

    long keyBytes() {
        return keys.memoryBytes();
    }

    long queryBytes() {
        return WireSizes.of(context.parameters())
                .ciphertext(context.parameters().maxLevel(), 2, true);
    }

    long answerBytes() {
        return WireSizes.of(context.parameters()).ciphertext(0, 2, false);
    }

    /** The network's outputs, [samples][outputs], as a client decrypts them. */
    double[][] outputs(Network network, double[][] inputs) {
        Server server = server(network);
        double[][] out = new double[inputs.length][];
        for (int from = 0; from < inputs.length; from += packing.lanes()) {
            double[][] some = Arrays.copyOfRange(inputs, from, Math.min(inputs.length, from + packing.lanes()));
            double[][] found = decrypt(server.sanitize(server.evaluate(encrypt(some))), some.length);
            System.arraycopy(found, 0, out, from, some.length);
        }
        return out;
    }
}
