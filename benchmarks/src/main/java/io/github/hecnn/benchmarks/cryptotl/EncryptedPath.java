package io.github.hecnn.benchmarks.cryptotl;

import io.github.hecnn.ckks.keys.EvaluationKeys;
import io.github.hecnn.ckks.keys.KeyGenerator;
import io.github.hecnn.ckks.keys.PublicKey;
import io.github.hecnn.ckks.keys.RotationSteps;
import io.github.hecnn.ckks.keys.SecretKey;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.ckks.scheme.CkksEncoder;
import io.github.hecnn.ckks.scheme.Decryptor;
import io.github.hecnn.ckks.scheme.Encryptor;
import io.github.hecnn.ckks.slots.CkksSlotAlgebra;
import io.github.hecnn.core.parallel.WorkerPool;
import io.github.hecnn.mlr.transfer.TransferClient;
import io.github.hecnn.mlr.transfer.network.CryptoTlParameters;
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
    private final CkksContext context = CkksContext.create(CryptoTlParameters.standard(), WorkerPool.single());
    private final CkksEncoder encoder = new CkksEncoder(context);
    private final NetworkPacking packing;
    private final PublicKey publicKey;
    private final EvaluationKeys keys;
    private final Encryptor encryptor;
    private final Decryptor decryptor;

    /** Keys for networks of the sizes of this one. */
    EncryptedPath(Network network) {
        packing = new NetworkPacking(
                context.parameters().slots(),
                network.inputs(),
                network.outputs(),
                TransferClient.mostLanes(CryptoTlParameters.Choice.FAST, network.inputs()),
                CryptoTlParameters.INPUT_FACTOR);
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

    /** The network's outputs, [samples][outputs], as a client decrypts them. */
    double[][] outputs(Network network, double[][] inputs) {
        EncryptedNetwork compiled = EncryptedNetwork.compile(network, packing);
        CkksSlotAlgebra algebra = new CkksSlotAlgebra(context, keys); // a new one: it keeps the encoded weights
        OutputSanitizer sanitizer = new OutputSanitizer(context, publicKey, OutputSanitizer.DEVIATION);
        double[][] out = new double[inputs.length][];
        for (int from = 0; from < inputs.length; from += packing.lanes()) {
            double[][] some = Arrays.copyOfRange(inputs, from, Math.min(inputs.length, from + packing.lanes()));
            double[] slots = encoder.decode(decryptor.decrypt(sanitizer.sanitize(compiled.evaluate(
                    algebra, encryptor.encrypt(packing.pack(some).encoded(encoder))))));
            System.arraycopy(packing.unpack(slots, some.length), 0, out, from, some.length);
        }
        return out;
    }
}
