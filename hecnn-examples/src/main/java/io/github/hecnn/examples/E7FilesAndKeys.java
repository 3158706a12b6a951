package io.github.hecnn.examples;

import io.github.hecnn.ckks.error.FormatException;
import io.github.hecnn.ckks.error.MismatchException;
import io.github.hecnn.ckks.keys.EvaluationKeys;
import io.github.hecnn.ckks.keys.KeyGenerator;
import io.github.hecnn.ckks.keys.RotationSteps;
import io.github.hecnn.ckks.keys.SecretKey;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.ckks.params.CkksParameters;
import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.ckks.scheme.CkksEncoder;
import io.github.hecnn.ckks.scheme.Decryptor;
import io.github.hecnn.ckks.scheme.Encryptor;
import io.github.hecnn.ckks.serial.CkksSerializer;
import io.github.hecnn.ckks.serial.WireSizes;
import io.github.hecnn.ckks.slots.CkksSlotAlgebra;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Example 7: three parties who share nothing but files. The owner makes keys, a sensor encrypts with the public key, a server
 * adds up and squares. Every method below could be a process of its own: what it knows comes from its folders.
 */
public final class E7FilesAndKeys {
    private static final double[] READINGS = {0.25, 0.5, 0.125};

    private E7FilesAndKeys() {}

    /**
     * Runs the example.
     *
     * @param args a folder to write to, {@code target/files-and-keys} if none is named
     * @throws IOException if the folder cannot be written
     */
    public static void main(String[] args) throws IOException {
        run(Path.of(args.length > 0 ? args[0] : "target/files-and-keys"), System.out);
    }

    /**
     * Runs the example.
     *
     * @param folder made if need be
     * @param out takes the text
     * @return the decrypted square of the sum of all readings
     * @throws IOException if the folder cannot be written
     */
    static double run(Path folder, PrintStream out) throws IOException {
        Path own = Files.createDirectories(folder.resolve("owner"));
        Path shared = Files.createDirectories(folder.resolve("shared"));
        owner(own, shared);
        sensor(shared, out);
        server(shared);
        for (String name : List.of("parameters", "public-key", "evaluation-keys", "readings", "result")) {
            out.printf(Locale.ROOT, "%-16s %,9d bytes%n", name, Files.size(shared.resolve(name)));
        }
        double result = ownerAgain(own, shared, out);
        whatIsRefused(shared, out);
        return result;
    }

    private static void owner(Path own, Path shared) throws IOException {
        CkksParameters parameters =
                CkksParameters.builder().logRingDegree(13).levels(2).build();
        CkksContext context = CkksContext.create(parameters);
        KeyGenerator generator = new KeyGenerator(context);
        SecretKey secret = generator.secretKey();
        // Only the secret key asks for a token: INTENDED marks every place of a program that handles it in the clear.
        // Its file is readable for its owner only, where the system knows such a thing, and it is not encrypted.
        CkksSerializer serializer = new CkksSerializer(context);
        serializer.write(own.resolve("secret-key"), secret, SecretKey.Access.INTENDED);
        CkksSerializer.write(own.resolve("parameters"), parameters);
        CkksSerializer.write(shared.resolve("parameters"), parameters);
        serializer.write(shared.resolve("public-key"), generator.publicKey(secret));
        serializer.write(
                shared.resolve("evaluation-keys"), generator.evaluationKeys(secret, RotationSteps.of(), false));
    }

    private static void sensor(Path shared, PrintStream out) throws IOException {
        // readParameters refuses parameters of less than 128 bits, whatever the file says about itself.
        CkksContext context = CkksContext.create(CkksSerializer.readParameters(shared.resolve("parameters")));
        CkksSerializer serializer = new CkksSerializer(context);
        Encryptor encryptor = Encryptor.withPublicKey(context, serializer.readPublicKey(shared.resolve("public-key")));
        CkksEncoder encoder = new CkksEncoder(context);
        List<Ciphertext> readings = Arrays.stream(READINGS)
                .mapToObj(r -> encryptor.encrypt(encoder.encode(new double[] {r})))
                .toList();
        // Sizes are known to the byte before there is anything to write.
        long bytes = WireSizes.of(context.parameters()).ciphertexts(readings.size(), 2, 2, false);
        out.printf(Locale.ROOT, "the sensor is about to write %,d bytes%n", bytes);
        serializer.write(shared.resolve("readings"), readings);
    }

    private static void server(Path shared) throws IOException {
        CkksContext context = CkksContext.create(CkksSerializer.readParameters(shared.resolve("parameters")));
        CkksSerializer serializer = new CkksSerializer(context);
        EvaluationKeys keys = serializer.readEvaluationKeys(shared.resolve("evaluation-keys"));
        CkksSlotAlgebra algebra = new CkksSlotAlgebra(context, keys);
        Ciphertext sum = serializer.readCiphertexts(shared.resolve("readings")).stream()
                .reduce(algebra::add)
                .orElseThrow();
        serializer.write(shared.resolve("result"), algebra.rescale(algebra.square(sum)));
    }

    private static double ownerAgain(Path own, Path shared, PrintStream out) throws IOException {
        CkksContext context = CkksContext.create(CkksSerializer.readParameters(own.resolve("parameters")));
        CkksSerializer serializer = new CkksSerializer(context);
        SecretKey secret = serializer.readSecretKey(own.resolve("secret-key"), SecretKey.Access.INTENDED);
        Ciphertext result = serializer.readCiphertext(shared.resolve("result"));
        double value = new CkksEncoder(context).decode(new Decryptor(context, secret).decrypt(result))[0];
        out.printf(Locale.ROOT, "(%.3f + %.3f + %.3f)^2 = %.6f%n", READINGS[0], READINGS[1], READINGS[2], value);
        return value;
    }

    private static void whatIsRefused(Path shared, PrintStream out) throws IOException {
        CkksContext context = CkksContext.create(CkksSerializer.readParameters(shared.resolve("parameters")));
        CkksSerializer serializer = new CkksSerializer(context);
        // Damage is found by checksums before anything is made of the bytes. (Forgery is not: that takes a signature.)
        byte[] bytes = Files.readAllBytes(shared.resolve("result"));
        bytes[bytes.length / 2] ^= 1;
        Path damaged = Files.write(shared.resolve("damaged"), bytes);
        try {
            serializer.readCiphertext(damaged);
        } catch (FormatException e) {
            out.println("one bit changed: refused, " + e.getClass().getSimpleName());
        }
        // Everything carries the public fingerprint of its key pair, so what belongs to two pairs is never mixed.
        SecretKey other = new KeyGenerator(context).secretKey();
        Ciphertext result = serializer.readCiphertext(shared.resolve("result"));
        try {
            new Decryptor(context, other).decrypt(result);
        } catch (MismatchException e) {
            out.println("another key: refused, " + e.getClass().getSimpleName());
        }
    }
}
