package io.github.hecnn.benchmarks;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.hecnn.ckks.circuit.function.Comparison;
import io.github.hecnn.ckks.circuit.function.Inverse;
import io.github.hecnn.ckks.circuit.function.Sign;
import io.github.hecnn.ckks.circuit.function.SlotFunction;
import io.github.hecnn.ckks.circuit.function.SmoothFunction;
import io.github.hecnn.ckks.keys.KeyGenerator;
import io.github.hecnn.ckks.keys.RotationSteps;
import io.github.hecnn.ckks.keys.SecretKey;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.ckks.params.CkksPresets;
import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.ckks.scheme.CkksEncoder;
import io.github.hecnn.ckks.scheme.Decryptor;
import io.github.hecnn.ckks.scheme.Encryptor;
import io.github.hecnn.ckks.slots.CkksSlotAlgebra;
import io.github.hecnn.core.parallel.WorkerPool;
import io.github.hecnn.core.sampling.RandomSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;

/**
 * Measures the functions of {@link io.github.hecnn.ckks.circuit.function}: errors of all slots and times, one thread, N = 2^15, in the form
 * of the files in docs/measurements.
 */
final class FunctionTable {
    private static final CkksPresets PRESET = CkksPresets.SECURE_15;
    private static final int WARM_UP = 10;
    private static final int ROUNDS = 5;
    private static final List<String> COLUMNS = List.of(
            "function", "interval", "degree", "levels", "relinearisations", "error", "measured bits", "milliseconds");

    private final CkksContext context = CkksContext.create(PRESET.parameters(), WorkerPool.single());
    private final CkksSlotAlgebra algebra;
    private final CkksEncoder encoder;
    private final Encryptor encryptor;
    private final Decryptor decryptor;
    private final ArrayNode rows = JsonNodeFactory.instance.arrayNode();

    private FunctionTable() {
        KeyGenerator generator = new KeyGenerator(context, RandomSource.reproducible(1));
        SecretKey secret = generator.secretKey();
        algebra = new CkksSlotAlgebra(context, generator.evaluationKeys(secret, RotationSteps.of(List.of()), false));
        encoder = new CkksEncoder(context);
        encryptor = Encryptor.withPublicKey(context, generator.publicKey(secret), RandomSource.reproducible(2));
        decryptor = new Decryptor(context, secret);
    }

    /**
     * Measures and writes.
     *
     * @param args the file to write, and what the machine is
     */
    public static void main(String[] args) throws IOException {
        FunctionTable table = new FunctionTable();
        for (SlotFunction f : List.of(
                SmoothFunction.sigmoid(8, 10),
                SmoothFunction.sigmoid(8, 20),
                SmoothFunction.tanh(4, 20),
                SmoothFunction.exp(-1, 1, 20),
                SmoothFunction.exp(-4, 4, 20),
                SmoothFunction.squareRoot(1.0 / 16, 1, 20),
                SmoothFunction.inverseSquareRoot(1.0 / 16, 1, 20),
                Inverse.of(0.5, 2, 20),
                Inverse.of(1.0 / 16, 1, 20),
                Sign.of(1, 0x1p-4, 10),
                Sign.of(1, 0x1p-6, 10),
                Sign.of(1, 0x1p-8, 10),
                Sign.of(1, 0x1p-10, 10))) {
            table.measure(f);
        }
        Comparison by = Comparison.by(Sign.of(1, 0x1p-8, 10));
        table.measure("magnitude", by, by.errorBound(), x -> by.magnitude(table.algebra, x), Math::abs);
        table.measure("rectified", by, by.errorBound() / 2, x -> by.rectified(table.algebra, x), x -> Math.max(x, 0));
        ObjectNode out = JsonNodeFactory.instance.objectNode();
        out.put("unit", "Error without noise; bits of the largest error of 16,384 slots with it");
        out.put(
                "method",
                "`benchmarks.jar --functions`, `SECURE_15` at scale 2^40, public key, from the level that the function needs,"
                        + " median of " + ROUNDS + " after " + WARM_UP + " of warm-up, one thread");
        out.put("machine", args.length > 1 ? args[1] : "");
        out.put(
                "jvm",
                System.getProperty("java.vm.name") + " " + Runtime.version().feature());
        ArrayNode columns = out.putArray("columns");
        COLUMNS.forEach(columns::add);
        out.set("rows", table.rows);
        Files.writeString(Path.of(args[0]), out.toPrettyString() + "\n");
    }

    private void measure(SlotFunction f) {
        double from = f instanceof Sign s ? s.resolution() : f.low();
        String name = f.name().substring(0, f.name().indexOf(" on "));
        double[] x = inputs(from, f.high());
        if (f instanceof Sign) {
            Arrays.setAll(x, i -> i % 2 == 0 ? x[i] : -x[i]);
        }
        String interval = f instanceof Sign s
                ? text("2^%.0f to %s", Math.log(s.resolution()) / Math.log(2), number(s.high()))
                : "[" + number(f.low()) + ", " + number(f.high()) + "]";
        String degree = f instanceof Sign s
                ? s.degrees().toString().replaceAll("[\\[\\]]", "")
                : f instanceof Inverse v && v.iterations() > 0
                        ? v.startDegree() + " and " + v.iterations() + " iteration"
                        : Integer.toString(f.degree());
        row(
                name,
                interval,
                degree,
                f.levels(),
                f.relinearizations(),
                f.errorBound(),
                x,
                c -> f.evaluate(algebra, c),
                f::exactAt);
    }

    private void measure(
            String name, Comparison by, double bound, UnaryOperator<Ciphertext> run, DoubleUnaryOperator exact) {
        double b = by.sign().high();
        String degrees = by.sign().degrees().toString().replaceAll("[\\[\\]]", "");
        row(
                name,
                "[" + number(-b) + ", " + number(b) + "]",
                degrees,
                by.levels(),
                by.sign().relinearizations() + 1,
                bound,
                inputs(-b, b),
                run,
                exact);
    }

    private double[] inputs(double from, double to) {
        double[] x =
                new Random(5).doubles(PRESET.parameters().slots(), from, to).toArray();
        x[0] = from;
        x[1] = to;
        return x;
    }

    private void row(
            String name,
            String interval,
            String degree,
            int levels,
            long relinearizations,
            double bound,
            double[] x,
            UnaryOperator<Ciphertext> run,
            DoubleUnaryOperator exact) {
        Ciphertext c = algebra.dropToLevel(encryptor.encrypt(encoder.encode(x)), levels);
        double[] times = new double[ROUNDS];
        Ciphertext y = c;
        for (int i = -WARM_UP; i < ROUNDS; i++) {
            long start = System.nanoTime();
            y = run.apply(c);
            if (i >= 0) {
                times[i] = (System.nanoTime() - start) / 1e6;
            }
        }
        Arrays.sort(times);
        double[] found = encoder.decode(decryptor.decrypt(y));
        double worst = 0;
        for (int i = 0; i < x.length; i++) {
            worst = Math.max(worst, Math.abs(found[i] - exact.applyAsDouble(x[i])));
        }
        ArrayNode row = rows.addArray();
        row.add(name).add(interval).add(degree).add(levels).add(relinearizations);
        row.add(text("2^%.1f", Math.log(bound) / Math.log(2)));
        row.add(text("%.1f", -Math.log(worst) / Math.log(2)));
        row.add(text("%.0f", times[ROUNDS / 2]));
        System.out.println(row);
    }

    private static String number(double x) {
        return x != Math.rint(x) && 1 / x == Math.rint(1 / x)
                ? text("1/%.0f", 1 / x)
                : text(x == Math.rint(x) ? "%.0f" : "%.3g", x);
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
