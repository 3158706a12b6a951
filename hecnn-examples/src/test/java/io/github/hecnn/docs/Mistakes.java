package io.github.hecnn.docs;

import io.github.hecnn.ckks.circuit.linear.LinearTransform;
import io.github.hecnn.ckks.circuit.polynomial.Polynomial;
import io.github.hecnn.ckks.circuit.polynomial.PolynomialEvaluator;
import io.github.hecnn.ckks.keys.EvaluationKeys;
import io.github.hecnn.ckks.keys.KeyGenerator;
import io.github.hecnn.ckks.keys.RotationSteps;
import io.github.hecnn.ckks.keys.SecretKey;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.ckks.params.CkksParameters;
import io.github.hecnn.ckks.params.SecurityLevel;
import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.ckks.scheme.CkksEncoder;
import io.github.hecnn.ckks.scheme.Decryptor;
import io.github.hecnn.ckks.scheme.Encryptor;
import io.github.hecnn.ckks.serial.CkksSerializer;
import io.github.hecnn.ckks.slots.CkksSlotAlgebra;
import io.github.hecnn.ckks.slots.PlainVector;
import io.github.hecnn.ckks.slots.SimulatedSlotAlgebra;
import io.github.hecnn.core.sampling.RandomSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What goes wrong most often with the encryption library, on a small ring. */
final class Mistakes {
    private static final CkksParameters PARAMETERS = small(40);
    private static final CkksContext CONTEXT = CkksContext.create(PARAMETERS);
    private static final KeyGenerator GENERATOR = new KeyGenerator(CONTEXT);
    private static final SecretKey SECRET = GENERATOR.secretKey();
    private static final CkksEncoder ENCODER = new CkksEncoder(CONTEXT);
    private static final CkksSlotAlgebra ALGEBRA =
            new CkksSlotAlgebra(CONTEXT, GENERATOR.evaluationKeys(SECRET, RotationSteps.of(1, -2), false));
    private static final Ciphertext X =
            Encryptor.withSecretKey(CONTEXT, SECRET).encrypt(ENCODER.encode(new double[] {0.5, -0.25}));

    private Mistakes() {}

    private static CkksParameters small(int scaleBits) {
        return CkksParameters.builder()
                .logRingDegree(11)
                .levels(2)
                .scaleBits(scaleBits)
                .securityLevel(SecurityLevel.NONE)
                .build();
    }

    static Stream<ThrowingCallable> all(Path folder) {
        return Stream.of(parameters(), keys(), books(), values(), files(folder)).flatMap(List::stream);
    }

    private static List<ThrowingCallable> parameters() {
        return List.of(
                () -> CkksParameters.builder().logRingDegree(13).levels(8).build(),
                () -> CkksParameters.builder().logRingDegree(13).build(),
                () -> CkksParameters.builder()
                        .logRingDegree(13)
                        .levels(2)
                        .secretHammingWeight(64)
                        .build(),
                () -> {
                    CkksParameters secure =
                            CkksParameters.builder().logRingDegree(13).levels(2).build();
                    new KeyGenerator(CkksContext.create(secure), RandomSource.seeded(new byte[32]));
                },
                () -> {
                    CkksContext other = CkksContext.create(small(39));
                    new Decryptor(other, new KeyGenerator(other).secretKey()).decrypt(X);
                });
    }

    private static List<ThrowingCallable> keys() {
        return List.of(
                () -> ALGEBRA.rotate(X, 5),
                () -> ALGEBRA.conjugate(X),
                () -> new CkksSlotAlgebra(CONTEXT, EvaluationKeys.of(null, List.of())).multiply(X, X),
                () -> new Decryptor(CONTEXT, GENERATOR.secretKey()).decrypt(X));
    }

    private static List<ThrowingCallable> books() {
        Ciphertext product = ALGEBRA.square(X);
        Ciphertext bottom = ALGEBRA.dropToLevel(X, 0);
        PolynomialEvaluator polynomial = PolynomialEvaluator.of(Polynomial.interpolate(Math::exp, 7, -1, 1));
        return List.of(
                () -> ALGEBRA.add(product, X),
                () -> ALGEBRA.multiply(product, X),
                () -> ALGEBRA.rescale(X),
                () -> ALGEBRA.rescale(ALGEBRA.multiplyConstant(bottom, 0.5)),
                () -> ALGEBRA.square(bottom),
                () -> ALGEBRA.rotate(ALGEBRA.multiplyNoRelin(X, X), 1),
                () -> ALGEBRA.dropToLevel(bottom, 1),
                () -> ALGEBRA.refresh(X),
                () -> polynomial.evaluate(ALGEBRA, X),
                () -> LinearTransform.of(PARAMETERS.slots(), new double[][] {{1, 2}, {3, 4}})
                        .apply(ALGEBRA, bottom));
    }

    private static List<ThrowingCallable> values() {
        return List.of(
                () -> ALGEBRA.multiplyInteger(ALGEBRA.dropToLevel(X, 0), 1000),
                () -> ALGEBRA.multiplyConstant(X, 1e-13),
                () -> ALGEBRA.subtract(X, X),
                () -> ENCODER.encode(new double[100]),
                () -> ENCODER.encode(new double[] {1, Double.NaN}),
                () -> ENCODER.encode(new double[] {1e30}),
                () -> ALGEBRA.multiplyPlain(X, PlainVector.real(new double[] {1, 2})),
                () -> {
                    SimulatedSlotAlgebra rehearsal =
                            SimulatedSlotAlgebra.builder(PARAMETERS).build();
                    double[] slots = new double[PARAMETERS.slots()];
                    slots[3] = 9;
                    PolynomialEvaluator.of(Polynomial.interpolate(Math::exp, 3, -1, 1))
                            .evaluate(rehearsal, rehearsal.encrypt(slots));
                });
    }

    private static List<ThrowingCallable> files(Path folder) {
        CkksSerializer serializer = new CkksSerializer(CONTEXT);
        return List.of(
                () -> serializer.readCiphertext(folder.resolve("nothing")),
                () -> serializer.readCiphertext(Files.writeString(folder.resolve("foreign"), "PK and so on")),
                () -> {
                    CkksSerializer.write(folder.resolve("parameters"), PARAMETERS);
                    CkksSerializer.readParameters(folder.resolve("parameters"));
                },
                () -> serializer.readCiphertext(damaged(serializer, folder)),
                () -> {
                    serializer.write(folder.resolve("x"), X);
                    serializer.readPublicKey(folder.resolve("x"));
                },
                () -> {
                    serializer.write(folder.resolve("x"), X);
                    CkksContext other = CkksContext.create(small(39));
                    new CkksSerializer(other).readCiphertext(folder.resolve("x"));
                });
    }

    private static Path damaged(CkksSerializer serializer, Path folder) throws IOException {
        serializer.write(folder.resolve("x"), X);
        byte[] bytes = Files.readAllBytes(folder.resolve("x"));
        bytes[bytes.length / 2] ^= 1;
        return Files.write(folder.resolve("damaged"), bytes);
    }
}
