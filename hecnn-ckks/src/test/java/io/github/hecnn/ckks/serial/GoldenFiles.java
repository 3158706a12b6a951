package io.github.hecnn.ckks.serial;

import static io.github.hecnn.ckks.serial.WireFixture.bytes;

import io.github.hecnn.ckks.bootstrap.BootstrapKeyGenerator;
import io.github.hecnn.ckks.bootstrap.BootstrapParameters;
import io.github.hecnn.ckks.keys.EvaluationKeys;
import io.github.hecnn.ckks.keys.KeyGenerator;
import io.github.hecnn.ckks.keys.PublicKey;
import io.github.hecnn.ckks.keys.RelinearizationKey;
import io.github.hecnn.ckks.keys.RotationKey;
import io.github.hecnn.ckks.keys.RotationSteps;
import io.github.hecnn.ckks.keys.SecretKey;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.ckks.params.CkksParameters;
import io.github.hecnn.ckks.params.SecurityLevel;
import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.ckks.scheme.CkksEncoder;
import io.github.hecnn.ckks.scheme.Encryptor;
import io.github.hecnn.ckks.scheme.Evaluator;
import io.github.hecnn.ckks.scheme.Plaintext;
import io.github.hecnn.core.sampling.RandomSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One file of every type in format version 2, made from seeds: slots i/64 - 4, a rotation key for 3 steps, ring degree 2^10. They are kept
 * as resources and read for ever; {@code -Dhecnn.golden=write} writes those that are missing, never one that is there.
 */
final class GoldenFiles {
    static final String PARAMETERS = "parameters";
    static final String PARAMETERS_256 = "parameters-256";
    static final String SECRET_KEY = "secret-key";
    static final String PUBLIC_KEY = "public-key";
    static final String RELINEARIZATION_KEY = "relinearization-key";
    static final String ROTATION_KEY = "rotation-key";
    static final String EVALUATION_KEYS = "evaluation-keys";
    static final String PLAINTEXT = "plaintext";
    static final String CIPHERTEXT = "ciphertext";
    static final String CIPHERTEXT_SEEDED = "ciphertext-seeded";
    static final String CIPHERTEXTS = "ciphertexts";
    /** Too large to keep: of this one the first bytes are. */
    static final String BOOTSTRAP_KEYS = "bootstrap-keys";

    /** And a hash of the whole. */
    static final String BOOTSTRAP_HASH = "bootstrap-keys-sha256";

    static final int BOOTSTRAP_BYTES = 128;
    static final int ROTATION = 3;

    private static final Path FOLDER =
            Path.of("src", "test", "resources", "io", "github", "hecnn", "ckks", "serial", "v2");

    final CkksContext context = CkksContext.create(CkksParameters.builder()
            .logRingDegree(10)
            .levels(1)
            .scaleBits(20)
            .firstPrimeBits(30)
            .specialPrimeBits(31)
            .digits(1)
            .securityLevel(SecurityLevel.NONE)
            .build());
    final CkksSerializer serializer = new CkksSerializer(context);
    final SecretKey secretKey;
    final EvaluationKeys keys;
    final Map<String, byte[]> files = new LinkedHashMap<>();

    /** Makes all of them, but for the keys of bootstrapping. */
    GoldenFiles() {
        KeyGenerator generator = new KeyGenerator(context, RandomSource.seeded(42));
        secretKey = generator.secretKey();
        PublicKey publicKey = generator.publicKey(secretKey);
        keys = generator.evaluationKeys(secretKey, RotationSteps.of(ROTATION), false);
        RelinearizationKey relinearization = keys.relinearizationKey().orElseThrow();
        RotationKey rotation = keys.rotationKeys().iterator().next();
        CkksEncoder encoder = new CkksEncoder(context);
        double[] x = new double[context.parameters().slots()];
        Arrays.setAll(x, i -> slot(i));
        Plaintext plaintext = encoder.encode(x);
        Encryptor symmetric = Encryptor.withSecretKey(context, secretKey, RandomSource.seeded(43));
        Ciphertext seeded = symmetric.encrypt(plaintext);
        Ciphertext fresh = Encryptor.withPublicKey(context, publicKey, RandomSource.seeded(44))
                .encrypt(plaintext);
        Evaluator evaluator = new Evaluator(context, keys);
        Ciphertext product = evaluator.rescale(evaluator.multiplyNoRelin(seeded, seeded));
        put(PARAMETERS, o -> CkksSerializer.write(o, context.parameters()));
        put(PARAMETERS_256, o -> CkksSerializer.write(o, parameters256()));
        put(SECRET_KEY, o -> serializer.write(o, secretKey, SecretKey.Access.INTENDED));
        put(PUBLIC_KEY, o -> serializer.write(o, publicKey));
        put(RELINEARIZATION_KEY, o -> serializer.write(o, relinearization));
        put(ROTATION_KEY, o -> serializer.write(o, rotation));
        put(EVALUATION_KEYS, o -> serializer.write(o, keys));
        put(PLAINTEXT, o -> serializer.write(o, plaintext));
        put(CIPHERTEXT, o -> serializer.write(o, fresh));
        put(CIPHERTEXT_SEEDED, o -> serializer.write(o, seeded));
        put(CIPHERTEXTS, o -> serializer.write(o, List.of(seeded, product)));
    }

    static double slot(int i) {
        return i / 64.0 - 4;
    }

    static CkksParameters parameters256() {
        return CkksParameters.builder()
                .logRingDegree(13)
                .levels(0)
                .scaleBits(30)
                .firstPrimeBits(40)
                .digits(1)
                .securityLevel(SecurityLevel.CLASSICAL_256)
                .build();
    }

    static BootstrapParameters bootstrapParameters() {
        return BootstrapParameters.builder()
                .logRingDegree(11)
                .levels(2)
                .digits(1)
                .logSlots(2)
                .slotsToCoeffs(2)
                .coeffsToSlots(2)
                .correctionDegree(1)
                .messageRatioBits(10)
                .securityLevel(SecurityLevel.NONE)
                .build();
    }

    /** A file of bootstrapping keys, from seeds as the others. */
    static byte[] bootstrapKeys() {
        BootstrapParameters p = bootstrapParameters();
        CkksContext context = CkksContext.create(p.ckksParameters());
        SecretKey secret = new KeyGenerator(context, RandomSource.seeded(1)).secretKey();
        byte[] file = bytes(o -> new CkksSerializer(context)
                .write(o, p, new BootstrapKeyGenerator(context, p, RandomSource.seeded(2)).keys(secret)));
        writeMissing(BOOTSTRAP_KEYS, Arrays.copyOf(file, BOOTSTRAP_BYTES));
        writeMissing(BOOTSTRAP_HASH, hash(file));
        return file;
    }

    private void put(String name, WireFixture.Writer writer) {
        byte[] file = bytes(writer);
        files.put(name, file);
        writeMissing(name, file);
    }

    /** What is kept of a file. */
    static byte[] kept(String name) {
        try {
            return Files.readAllBytes(file(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path file(String name) {
        return FOLDER.resolve(name + ".v2");
    }

    /** Writes what is missing, if that is asked for. */
    private static void writeMissing(String name, byte[] bytes) {
        try {
            if ("write".equals(System.getProperty("hecnn.golden")) && !Files.exists(file(name))) {
                Files.createDirectories(FOLDER);
                Files.write(file(name), bytes);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** SHA-256 in hexadecimal. */
    static byte[] hash(byte[] bytes) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
            return HexFormat.of().formatHex(hash).getBytes(StandardCharsets.US_ASCII);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
