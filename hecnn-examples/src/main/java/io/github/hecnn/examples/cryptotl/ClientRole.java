package io.github.hecnn.examples.cryptotl;

import io.github.hecnn.ckks.keys.KeyGenerator;
import io.github.hecnn.ckks.keys.RotationSteps;
import io.github.hecnn.ckks.keys.SecretKey;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.ckks.params.CkksParameters;
import io.github.hecnn.ckks.scheme.CkksEncoder;
import io.github.hecnn.ckks.scheme.Decryptor;
import io.github.hecnn.ckks.scheme.Encryptor;
import io.github.hecnn.ckks.serial.CkksSerializer;
import io.github.hecnn.mlr.network.NetworkPacking;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;

/**
 * The client: has its texts' embeddings and the secret key, which stays in its own folder; knows sizes of the server's network and which
 * rotations it needs, no weights. What it sends goes through the exchange folder.
 */
final class ClientRole {
    private final Path exchange;
    private final NetworkPacking packing;
    private final CkksSerializer serializer;
    private final CkksEncoder encoder;
    private final Encryptor encryptor;
    private final Decryptor decryptor;

    /** Makes keys and writes the public ones. */
    ClientRole(
            Path own, Path exchange, CkksParameters parameters, NetworkPacking packing, Collection<Integer> rotations)
            throws IOException {
        this.exchange = exchange;
        this.packing = packing;
        CkksContext context = CkksContext.create(parameters);
        serializer = new CkksSerializer(context);
        KeyGenerator generator = new KeyGenerator(context);
        SecretKey secret = generator.secretKey();
        serializer.write(own.resolve("secret-key.bin"), secret);
        CkksSerializer.write(exchange.resolve("parameters.bin"), parameters);
        serializer.write(exchange.resolve("public-key.bin"), generator.publicKey(secret));
        serializer.write(
                exchange.resolve("evaluation-keys.bin"),
                generator.evaluationKeys(secret, RotationSteps.of(rotations), false));
        encoder = new CkksEncoder(context);
        encryptor = Encryptor.withSecretKey(context, secret);
        decryptor = new Decryptor(context, secret);
    }

    /** Encrypts inputs, as many in a ciphertext as fit; returns the number of query files. */
    int ask(double[][] inputs) throws IOException {
        int queries = 0;
        for (int from = 0; from < inputs.length; from += packing.lanes()) {
            double[][] some = Arrays.copyOfRange(inputs, from, Math.min(inputs.length, from + packing.lanes()));
            serializer.write(
                    exchange.resolve("query-" + queries + ".bin"),
                    encryptor.encrypt(encoder.encode(packing.pack(some))));
            queries++;
        }
        return queries;
    }

    /** Decrypts the answers to that many inputs. */
    double[][] read(int inputs) throws IOException {
        double[][] out = new double[inputs][];
        for (int from = 0; from < inputs; from += packing.lanes()) {
            double[] slots = encoder.decode(decryptor.decrypt(
                    serializer.readCiphertext(exchange.resolve("answer-" + from / packing.lanes() + ".bin"))));
            int count = Math.min(packing.lanes(), inputs - from);
            System.arraycopy(packing.unpack(slots, count), 0, out, from, count);
        }
        return out;
    }
}
