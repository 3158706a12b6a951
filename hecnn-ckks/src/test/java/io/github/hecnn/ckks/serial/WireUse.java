package io.github.hecnn.ckks.serial;

import static io.github.hecnn.ckks.serial.WireFixture.bytes;

import io.github.hecnn.ckks.error.HeException;
import io.github.hecnn.ckks.keys.EvaluationKeys;
import io.github.hecnn.ckks.keys.KeyGenerator;
import io.github.hecnn.ckks.keys.PublicKey;
import io.github.hecnn.ckks.keys.RelinearizationKey;
import io.github.hecnn.ckks.keys.RotationKey;
import io.github.hecnn.ckks.keys.SecretKey;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.ckks.params.CkksParameters;
import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.ckks.scheme.CkksEncoder;
import io.github.hecnn.ckks.scheme.Decryptor;
import io.github.hecnn.ckks.scheme.Encryptor;
import io.github.hecnn.ckks.scheme.Evaluator;
import io.github.hecnn.ckks.scheme.Plaintext;
import io.github.hecnn.core.parallel.WorkerPool;
import io.github.hecnn.core.sampling.RandomSource;
import java.util.ArrayList;
import java.util.List;

/** Does with an object that was read what one does with it. Whatever comes out: no other exceptions than the library's. */
final class WireUse {
    private final WireFixture f;
    private final CkksEncoder encoder;
    private final Evaluator evaluator;
    private final Decryptor decryptor;
    private final Plaintext plain;
    private final Ciphertext fresh;

    WireUse(WireFixture f) {
        this.f = f;
        this.encoder = new CkksEncoder(f.context);
        this.evaluator = new Evaluator(f.context, f.evaluationKeys);
        this.decryptor = new Decryptor(f.context, f.secretKey);
        this.plain = encoder.encode(new double[] {1, -2});
        this.fresh = encrypt(f.secretKey);
    }

    private Ciphertext encrypt(SecretKey key) {
        return Encryptor.withSecretKey(f.context, key, RandomSource.seeded(1)).encrypt(plain);
    }

    private interface Step {
        Object run();
    }

    /** Every step on its own, since one that is refused says nothing about the next. */
    private static boolean steps(Step... steps) {
        boolean any = false;
        for (Step s : steps) {
            try {
                s.run();
                any = true;
            } catch (HeException e) {
                // a documented refusal is as good as a result
            }
        }
        return any;
    }

    /** Returns whether anything could be done with it. */
    boolean use(Object o) {
        CkksSerializer s = f.serializer;
        if (o instanceof CkksParameters p) {
            return parameters(p);
        } else if (o instanceof PublicKey k) {
            return steps(
                    () -> bytes(w -> s.write(w, k)),
                    () -> decryptor.decrypt(Encryptor.withPublicKey(f.context, k, RandomSource.seeded(2))
                            .encrypt(plain)));
        } else if (o instanceof SecretKey k) {
            return steps(
                    () -> new Decryptor(f.context, k).decrypt(encrypt(k)),
                    () -> new Decryptor(f.context, k).decrypt(fresh),
                    () -> new KeyGenerator(f.context, RandomSource.seeded(3)).rotationKey(k, 1));
        } else if (o instanceof RelinearizationKey k) {
            return steps(() -> bytes(w -> s.write(w, k)), () -> keys(EvaluationKeys.of(k, List.of())));
        } else if (o instanceof RotationKey k) {
            return steps(() -> bytes(w -> s.write(w, k)), () -> keys(EvaluationKeys.of(null, List.of(k))));
        } else if (o instanceof EvaluationKeys k) {
            return steps(() -> bytes(w -> s.write(w, k)), () -> keys(k));
        } else if (o instanceof Plaintext p) {
            return steps(
                    () -> bytes(w -> s.write(w, p)),
                    () -> encoder.decode(p),
                    () -> evaluator.multiplyPlain(fresh, p),
                    () -> evaluator.addPlain(fresh, p),
                    () -> Encryptor.withSecretKey(f.context, f.secretKey, RandomSource.seeded(4))
                            .encrypt(p));
        } else if (o instanceof Ciphertext c) {
            return ciphertext(c);
        }
        boolean any = false;
        for (Object c : (List<?>) o) {
            any |= ciphertext((Ciphertext) c);
        }
        return any;
    }

    private Object keys(EvaluationKeys k) {
        Evaluator e = new Evaluator(f.context, k);
        List<Integer> available =
                new ArrayList<>(k.availableSteps(f.parameters.logRingDegree()).asSet());
        return steps(
                () -> e.square(fresh),
                () -> e.conjugate(fresh),
                () -> e.rotateHoisted(fresh, available.stream().mapToInt(i -> i).toArray()));
    }

    private boolean ciphertext(Ciphertext c) {
        return steps(
                () -> {
                    byte[] b = bytes(w -> f.serializer.write(w, c));
                    if (b.length != f.serializer.wireBytes(c)) {
                        throw new AssertionError("a size that was not predicted");
                    }
                    return b;
                },
                () -> encoder.decode(decryptor.decrypt(c)),
                () -> evaluator.add(c, fresh),
                () -> evaluator.multiplyPlain(c, plain),
                () -> evaluator.addConstant(c, 1),
                () -> evaluator.multiplyConstant(c, 0.5),
                () -> evaluator.relinearizeAndRescale(c),
                () -> evaluator.square(c),
                () -> evaluator.rotate(c, 3),
                () -> evaluator.dropToLevel(c, 0));
    }

    /** Keys of any set of parameters that is small enough for a test. */
    private static boolean parameters(CkksParameters p) {
        int limbs = p.chain().dataPrimes().size() + p.chain().specialPrimes().size();
        if (p.logRingDegree() > 12 || limbs > 12) {
            return false;
        }
        return steps(() -> {
            CkksContext context = CkksContext.create(p, WorkerPool.single());
            KeyGenerator generator = new KeyGenerator(context, RandomSource.seeded(5));
            SecretKey secret = generator.secretKey();
            CkksEncoder e = new CkksEncoder(context);
            Ciphertext c = Encryptor.withPublicKey(context, generator.publicKey(secret), RandomSource.seeded(6))
                    .encrypt(e.encode(new double[] {1}));
            Evaluator evaluator =
                    new Evaluator(context, EvaluationKeys.of(null, List.of(generator.rotationKey(secret, 1))));
            return e.decode(new Decryptor(context, secret).decrypt(evaluator.rotate(c, 1)));
        });
    }
}
