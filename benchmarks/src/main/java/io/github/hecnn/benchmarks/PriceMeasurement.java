package io.github.hecnn.benchmarks;

import io.github.hecnn.ckks.cost.Operation;
import io.github.hecnn.ckks.cost.OperationWork;
import io.github.hecnn.ckks.keys.EvaluationKeys;
import io.github.hecnn.ckks.keys.KeyGenerator;
import io.github.hecnn.ckks.keys.RotationSteps;
import io.github.hecnn.ckks.keys.SecretKey;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.ckks.params.CkksParameters;
import io.github.hecnn.ckks.params.SecurityLevel;
import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.ckks.scheme.CkksEncoder;
import io.github.hecnn.ckks.scheme.Encryptor;
import io.github.hecnn.ckks.scheme.Evaluator;
import io.github.hecnn.ckks.scheme.ExtendedPlaintext;
import io.github.hecnn.ckks.scheme.Plaintext;
import io.github.hecnn.core.parallel.WorkerPool;
import io.github.hecnn.core.sampling.RandomSource;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

/** Times the operations of one parameter set at several levels, each beside the work it is known to be. */
final class PriceMeasurement {
    private static final int[] HOISTED = {1, 2, 3, 4};
    private static final int ROUNDS = 15;
    private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();

    private final CkksParameters parameters;
    private final List<Timed> operations = new ArrayList<>();

    /**
     * An operation with its times.
     *
     * @param level of the operands
     * @param parts what it consists of, and how often
     * @param extendedTerms terms with plaintexts modulo Q and P
     */
    private record Timed(
            String name,
            int level,
            Map<Operation, Integer> parts,
            int extendedTerms,
            Supplier<Object> run,
            List<Double> nanos) {}

    /**
     * What was found.
     *
     * @param what operation and parameters
     * @param work [OperationWork's units] for one coefficient
     * @param nanoseconds of processor time, lower quartile, for one coefficient
     */
    @SuppressWarnings("ArrayRecordComponent") // package-private, and nobody writes into it
    record Found(String what, double[] work, double nanoseconds) {}

    private PriceMeasurement(int logRingDegree, int levels, int digits) {
        parameters = CkksParameters.builder()
                .logRingDegree(logRingDegree)
                .levels(levels)
                .digits(digits)
                .securityLevel(SecurityLevel.NONE)
                .build();
        CkksContext context = CkksContext.create(parameters, WorkerPool.single());
        KeyGenerator generator = new KeyGenerator(context, RandomSource.reproducible(1));
        SecretKey secret = generator.secretKey();
        EvaluationKeys keys = generator.evaluationKeys(secret, RotationSteps.of(HOISTED), false);
        Evaluator evaluator = new Evaluator(context, keys);
        CkksEncoder encoder = new CkksEncoder(context);
        Encryptor encryptor = Encryptor.withSecretKey(context, secret, RandomSource.reproducible(2));
        double[] slots = new Random(3).doubles(parameters.slots(), -1, 1).toArray();
        Ciphertext top = encryptor.encrypt(encoder.encode(slots));
        for (int level : new int[] {levels / 3, 2 * levels / 3, levels}) {
            add(level, evaluator, top, encoder.encode(slots, null, level, parameters.scale(level)));
            Ciphertext a = level == levels ? top : evaluator.dropToLevel(top, level);
            List<ExtendedPlaintext> terms = Collections.nCopies(
                    HOISTED.length, encoder.encodeExtended(slots, null, level, parameters.scale(level)));
            Map<Operation, Integer> parts =
                    Map.of(Operation.DECOMPOSITION, 1, Operation.KEY_PRODUCT, HOISTED.length, Operation.DIVISION, 1);
            operations.add(new Timed(
                    "sum of rotated",
                    level,
                    parts,
                    HOISTED.length,
                    () -> evaluator.sumsOfRotatedPlainProducts(a, HOISTED, List.of(terms)),
                    new ArrayList<>()));
        }
    }

    private void add(int level, Evaluator evaluator, Ciphertext top, Plaintext plain) {
        Ciphertext a = level == parameters.maxLevel() ? top : evaluator.dropToLevel(top, level);
        Ciphertext b = evaluator.rotate(a, 1);
        Ciphertext product = evaluator.multiplyNoRelin(a, b);
        Ciphertext relinearized = evaluator.relinearize(product);
        put("rotate", level, Map.of(Operation.ROTATION, 1), () -> evaluator.rotate(a, 1));
        put(
                "rotate hoisted",
                level,
                Map.of(Operation.DECOMPOSITION, 1, Operation.HOISTED_ROTATION, HOISTED.length),
                () -> evaluator.rotateHoisted(a, HOISTED));
        put("relinearize", level, Map.of(Operation.RELINEARIZATION, 1), () -> evaluator.relinearize(product));
        put("multiply", level, Map.of(Operation.MULTIPLICATION, 1), () -> evaluator.multiplyNoRelin(a, b));
        put(
                "multiply plain",
                level,
                Map.of(Operation.PLAIN_MULTIPLICATION, 1),
                () -> evaluator.multiplyPlain(a, plain));
        put(
                "multiply constant",
                level,
                Map.of(Operation.CONSTANT_MULTIPLICATION, 1),
                () -> evaluator.multiplyConstant(a, 0.7));
        put("rescale", level, Map.of(Operation.RESCALE, 1), () -> evaluator.rescale(relinearized));
        put("drop a level", level, Map.of(Operation.ALIGNMENT, 1), () -> evaluator.dropToLevel(a, level - 1));
        put("add", level, Map.of(Operation.ADDITION, 1), () -> evaluator.add(a, b));
    }

    private void put(String name, int level, Map<Operation, Integer> parts, Supplier<Object> run) {
        operations.add(new Timed(name, level, parts, 0, run, new ArrayList<>()));
    }

    /** All operations in turns, so that what disturbs the machine disturbs all of them; the first third of the rounds warms up. */
    static List<Found> of(int logRingDegree, int levels, int digits) {
        PriceMeasurement m = new PriceMeasurement(logRingDegree, levels, digits);
        int repeats = 1 << Math.max(0, 15 - logRingDegree);
        Object last = null;
        for (int round = 0; round < ROUNDS; round++) {
            for (Timed t : m.operations) {
                long start = CLOCK.getCurrentThreadCpuTime(); // what others do on the machine matters less
                for (int i = 0; i < repeats; i++) {
                    last = t.run.get();
                }
                if (round >= ROUNDS / 3) {
                    t.nanos.add((double) (CLOCK.getCurrentThreadCpuTime() - start) / repeats);
                }
            }
        }
        if (last == null) {
            throw new IllegalStateException("prices: expected results, found none; measure again");
        }
        return m.operations.stream().map(m::found).toList();
    }

    private static void add(double[] sum, OperationWork w, int count) {
        double[] units = {w.transforms(), w.extensionTerms(), w.keyTerms(), w.products(), w.moved()};
        Arrays.setAll(sum, i -> sum[i] + count * units[i]);
    }

    private Found found(Timed t) {
        double[] sum = new double[5];
        int digitSize = parameters.digitSize();
        int special = parameters.chain().specialPrimes().size();
        t.parts.forEach(
                (operation, count) -> add(sum, OperationWork.of(operation, t.level + 1, digitSize, special), count));
        add(sum, OperationWork.of(Operation.PLAIN_TERM, t.level + 1 + special, digitSize, special), t.extendedTerms);
        double[] sorted =
                t.nanos.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        String what = t.name + " at level " + t.level + " of " + parameters.maxLevel() + ", digits of " + digitSize;
        return new Found(what, sum, sorted[sorted.length / 4] / parameters.ringDegree());
    }
}
