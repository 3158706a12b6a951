package io.github.hecnn.ckks.bootstrap;

import io.github.hecnn.ckks.keys.KeyGenerator;
import io.github.hecnn.ckks.keys.SecretKey;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.ckks.scheme.CkksEncoder;
import io.github.hecnn.ckks.scheme.Decryptor;
import io.github.hecnn.ckks.scheme.Encryptor;
import io.github.hecnn.ckks.scheme.Evaluator;
import io.github.hecnn.core.parallel.WorkerPool;
import io.github.hecnn.core.sampling.RandomSource;
import java.util.Random;

/** Seeded keys, a bootstrapper, and the means to compare slots. */
final class BootstrapFixture {
    final BootstrapParameters parameters;
    final CkksContext context;
    final SecretKey secretKey;
    final BootstrapKeys keys;
    final Bootstrapper bootstrapper;
    final CkksEncoder encoder;
    final Encryptor encryptor;
    final Decryptor decryptor;
    final Evaluator evaluator;

    BootstrapFixture(BootstrapParameters parameters) {
        this(parameters, WorkerPool.common());
    }

    BootstrapFixture(BootstrapParameters parameters, WorkerPool workers) {
        this.parameters = parameters;
        context = CkksContext.create(parameters.ckksParameters(), workers);
        secretKey = new KeyGenerator(context, RandomSource.reproducible(1)).secretKey();
        keys = new BootstrapKeyGenerator(context, parameters, RandomSource.reproducible(2)).keys(secretKey);
        bootstrapper = new Bootstrapper(context, parameters, keys);
        encoder = new CkksEncoder(context);
        encryptor = Encryptor.withSecretKey(context, secretKey, RandomSource.reproducible(3));
        decryptor = new Decryptor(context, secretKey);
        evaluator = new Evaluator(context, keys.evaluationKeys());
    }

    /** Uniform up to the bound; [2][slots], imaginary parts only for complex slots. */
    double[][] random(long seed) {
        Random r = new Random(seed);
        double[][] z = new double[2][parameters.slots()];
        for (int i = 0; i < parameters.slots(); i++) {
            z[0][i] = parameters.bound() * (2 * r.nextDouble() - 1);
            z[1][i] = parameters.complexSlots() ? parameters.bound() * (2 * r.nextDouble() - 1) : 0;
        }
        return z;
    }

    Ciphertext encrypt(double[][] z, int level) {
        return encryptor.encrypt(
                encoder.encode(z[0], z[1], level, context.parameters().scale(level)));
    }

    /** log2 of the mean and the largest error. */
    double[] errorBits(Ciphertext c, double[][] z) {
        CkksEncoder.Slots s = encoder.decodeComplex(decryptor.decrypt(c), parameters.slots());
        double mean = 0;
        double max = 0;
        for (int i = 0; i < z[0].length; i++) {
            double e = Math.hypot(s.re()[i] - z[0][i], parameters.complexSlots() ? s.im()[i] - z[1][i] : 0);
            mean += e / z[0].length;
            max = Math.max(max, e);
        }
        return new double[] {Math.log(mean) / Math.log(2), Math.log(max) / Math.log(2)};
    }
}
