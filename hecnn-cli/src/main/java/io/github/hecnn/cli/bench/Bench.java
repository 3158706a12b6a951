package io.github.hecnn.cli.bench;

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
import io.github.hecnn.ckks.scheme.Evaluator;
import io.github.hecnn.ckks.scheme.Plaintext;
import io.github.hecnn.core.modular.Modulus;
import io.github.hecnn.core.ntt.NegacyclicNtt;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/** The operations that are timed, on real keys and random numbers, and a check that they compute what they should. */
final class Bench {
    private static final double LARGEST_ERROR = 1e-4;

    private final Map<String, Runnable> operations = new LinkedHashMap<>();

    /**
     * Makes keys and operands.
     *
     * @throws IllegalStateException if a result is wrong
     */
    Bench(CkksParameters parameters) {
        CkksContext context = CkksContext.create(parameters);
        KeyGenerator generator = new KeyGenerator(context);
        SecretKey secret = generator.secretKey();
        EvaluationKeys keys = generator.evaluationKeys(secret, RotationSteps.of(1, 2, 3, 4), false);
        CkksEncoder encoder = new CkksEncoder(context);
        Encryptor encryptor = Encryptor.withPublicKey(context, generator.publicKey(secret));
        Decryptor decryptor = new Decryptor(context, secret);
        Evaluator evaluator = new Evaluator(context, keys);
        double[] numbers = new Random(1).doubles(parameters.slots(), -1, 1).toArray();
        Plaintext plain = encoder.encode(numbers);
        Ciphertext x = encryptor.encrypt(plain);
        Ciphertext product = evaluator.multiplyNoRelin(x, x);
        require(numbers, encoder.decode(decryptor.decrypt(evaluator.relinearizeAndRescale(product))));
        NegacyclicNtt ntt = NegacyclicNtt.of(
                parameters.logRingDegree(),
                Modulus.of(parameters.chain().dataPrimes().get(0)));
        double[] limb =
                IntStream.range(0, parameters.ringDegree()).mapToDouble(i -> i).toArray();
        operations.put(YARDSTICK, () -> ntt.forwardInPlace(limb));
        operations.put("encode", () -> encoder.encode(numbers));
        operations.put("encrypt, public key", () -> encryptor.encrypt(plain));
        operations.put("decrypt", () -> decryptor.decrypt(x));
        operations.put("decode", () -> encoder.decode(plain));
        operations.put("add", () -> evaluator.add(x, x));
        operations.put("multiply by plain", () -> evaluator.multiplyPlain(x, plain));
        operations.put("multiply, three components", () -> evaluator.multiplyNoRelin(x, x));
        operations.put("relinearise and rescale", () -> evaluator.relinearizeAndRescale(product));
        operations.put("rotate", () -> evaluator.rotate(x, 1));
        operations.put("rotate by 4 amounts, hoisted", () -> evaluator.rotateHoisted(x, 1, 2, 3, 4));
    }

    /** What the others are compared with: one transform of one limb. */
    static final String YARDSTICK = "NTT of one limb";

    private static void require(double[] numbers, double[] squares) {
        for (int i = 0; i < numbers.length; i++) {
            double error = Math.abs(squares[i] - numbers[i] * numbers[i]);
            if (!(error < LARGEST_ERROR)) {
                throw new IllegalStateException("bench: expected " + numbers[i] * numbers[i] + " in slot " + i
                        + ", found " + squares[i] + "; report it with the output of hecnn version");
            }
        }
    }

    /** By name, the yardstick first. */
    Map<String, Runnable> operations() {
        return operations;
    }
}
