package io.github.hecnn.ckks.scheme;

import io.github.hecnn.ckks.keys.EvaluationKeys;
import io.github.hecnn.ckks.keys.KeyGenerator;
import io.github.hecnn.ckks.keys.PublicKey;
import io.github.hecnn.ckks.keys.RotationSteps;
import io.github.hecnn.ckks.keys.SecretKey;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.ckks.params.CkksParameters;
import io.github.hecnn.ckks.params.SecurityLevel;
import io.github.hecnn.core.sampling.RandomSource;
import java.util.Random;

/** Seeded keys and tools of one parameter set, for tests. */
public final class CkksFixture {
    public final CkksContext context;
    public final SecretKey secretKey;
    public final PublicKey publicKey;
    public final EvaluationKeys keys;
    public final CkksEncoder encoder;
    public final Encryptor symmetric;
    public final Encryptor asymmetric;
    public final Decryptor decryptor;
    public final Evaluator evaluator;

    public CkksFixture(CkksParameters parameters, RotationSteps steps) {
        context = CkksContext.create(parameters);
        KeyGenerator generator = new KeyGenerator(context, RandomSource.seeded(1));
        secretKey = generator.secretKey();
        publicKey = generator.publicKey(secretKey);
        keys = generator.evaluationKeys(secretKey, steps, true);
        encoder = new CkksEncoder(context);
        symmetric = Encryptor.withSecretKey(context, secretKey, RandomSource.seeded(2));
        asymmetric = Encryptor.withPublicKey(context, publicKey, RandomSource.seeded(3));
        decryptor = new Decryptor(context, secretKey);
        evaluator = new Evaluator(context, keys);
    }

    /** Small enough for quick tests, without a security check. */
    public static CkksParameters small(int levels, int digits) {
        return CkksParameters.builder()
                .logRingDegree(11)
                .levels(levels)
                .scaleBits(40)
                .digits(digits)
                .securityLevel(SecurityLevel.NONE)
                .build();
    }

    public int slots() {
        return context.parameters().slots();
    }

    public double[] random(long seed) {
        Random r = new Random(seed);
        double[] x = new double[slots()];
        for (int i = 0; i < x.length; i++) {
            x[i] = 2 * r.nextDouble() - 1;
        }
        return x;
    }

    public Ciphertext encrypt(double[] x) {
        return symmetric.encrypt(encoder.encode(x));
    }

    public double[] decrypt(Ciphertext c) {
        return encoder.decode(decryptor.decrypt(c));
    }
}
