package io.github.hecnn.ckks.circuit;

import io.github.hecnn.ckks.circuit.OperationLedger.Entry;
import io.github.hecnn.ckks.error.LevelException;
import io.github.hecnn.ckks.error.MissingKeyException;
import io.github.hecnn.ckks.keys.EvaluationKeys;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.ckks.scheme.CkksEncoder;
import io.github.hecnn.ckks.scheme.Evaluator;
import io.github.hecnn.ckks.scheme.ExtendedPlaintext;
import io.github.hecnn.ckks.scheme.Plaintext;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The slot algebra on real CKKS ciphertexts: an {@link Evaluator} with books. Plain vectors are encoded once for every level and
 * scale they are used at and remembered as long as the vector is reachable. Holds evaluation keys only; nothing here can
 * decrypt. Thread-safe. Errors are those of {@link SlotAlgebra}.
 */
public final class CkksSlotAlgebra implements SlotAlgebra<Ciphertext> {
    private final CkksContext context;
    private final Evaluator evaluator;
    private final CkksEncoder encoder;
    private final OperationLedger ledger;
    private final Map<PlainVector, Map<Encoding, Plaintext>> encoded =
            Collections.synchronizedMap(new WeakHashMap<>()); // PlainVector's equality is identity

    private final Map<PlainVector, Map<Encoding, ExtendedPlaintext>> extended =
            Collections.synchronizedMap(new WeakHashMap<>());

    private record Encoding(int level, double scale) {}

    /**
     * An algebra with empty books.
     *
     * @param context context of the ciphertexts
     * @param keys evaluation keys
     * @throws io.github.hecnn.ckks.error.MismatchException if a key has other parameters
     */
    public CkksSlotAlgebra(CkksContext context, EvaluationKeys keys) {
        this.context = context;
        this.evaluator = new Evaluator(context, keys);
        this.encoder = new CkksEncoder(context);
        this.ledger = new OperationLedger(context.parameters().maxLevel());
    }

    /**
     * The evaluator underneath, whose operations are not counted.
     *
     * @return the evaluator
     */
    public Evaluator evaluator() {
        return evaluator;
    }

    @Override
    public int slots() {
        return context.parameters().slots();
    }

    @Override
    public int maxLevel() {
        return context.parameters().maxLevel();
    }

    @Override
    public int level(Ciphertext v) {
        return own("level", v).level();
    }

    @Override
    public int scaleDegree(Ciphertext v) {
        return evaluator.scaleDegree(own("scaleDegree", v));
    }

    private Ciphertext own(String operation, Ciphertext v) {
        context.require(v.parametersId(), operation);
        return v;
    }

    private Ciphertext ownDegreeOne(String operation, Ciphertext v) {
        SlotChecks.scaleDegreeOne(operation, scaleDegree(own(operation, v)));
        return v;
    }

    @Override
    public Ciphertext add(Ciphertext a, Ciphertext b) {
        countSum("add", a, b);
        return evaluator.add(a, b);
    }

    @Override
    public Ciphertext subtract(Ciphertext a, Ciphertext b) {
        countSum("subtract", a, b);
        return evaluator.subtract(a, b);
    }

    private void countSum(String operation, Ciphertext a, Ciphertext b) {
        own(operation, a);
        own(operation, b);
        SlotChecks.equalScaleDegrees(operation, scaleDegree(a), scaleDegree(b));
        countAlignments(List.of(a, b));
        ledger.count(Entry.ADDITION);
    }

    private void countAlignments(Collection<Ciphertext> values) {
        int level = values.stream().mapToInt(Ciphertext::level).min().orElse(0);
        for (Ciphertext v : values) {
            if (v.level() > level) {
                ledger.count(Entry.ALIGNMENT);
            }
        }
    }

    @Override
    public Ciphertext negate(Ciphertext a) {
        return evaluator.negate(own("negate", a));
    }

    @Override
    public Ciphertext addPlain(Ciphertext a, PlainVector p) {
        Plaintext m = encode("addPlain", a, p, a.scale());
        ledger.count(Entry.ADDITION);
        return evaluator.addPlain(a, m);
    }

    @Override
    public Ciphertext subtractPlain(Ciphertext a, PlainVector p) {
        Plaintext m = encode("subtractPlain", a, p, a.scale());
        ledger.count(Entry.ADDITION);
        return evaluator.subtractPlain(a, m);
    }

    private Plaintext encode(String operation, Ciphertext a, PlainVector p, double scale) {
        own(operation, a);
        SlotChecks.size(operation, slots(), p.size());
        return encode(p, a.level(), scale);
    }

    private Plaintext encode(PlainVector p, int level, double scale) {
        return encoded.computeIfAbsent(p, k -> new ConcurrentHashMap<>())
                .computeIfAbsent(
                        new Encoding(level, scale),
                        k -> encoder.encode(p.realParts(), p.isReal() ? null : p.imaginaryParts(), level, scale));
    }

    @Override
    public Ciphertext addConstant(Ciphertext a, double c) {
        own("addConstant", a);
        SlotChecks.finite("addConstant", c);
        ledger.count(Entry.ADDITION);
        return evaluator.addConstant(a, c);
    }

    @Override
    public Ciphertext multiplyPlain(Ciphertext a, PlainVector p) {
        ownDegreeOne("multiplyPlain", a);
        Plaintext m = encode("multiplyPlain", a, p, context.parameters().scale(a.level()));
        ledger.count(Entry.PLAIN_MULTIPLICATION);
        return evaluator.multiplyPlain(a, m);
    }

    @Override
    public Ciphertext multiplyConstant(Ciphertext a, double c) {
        ownDegreeOne("multiplyConstant", a);
        SlotChecks.finite("multiplyConstant", c);
        ledger.count(Entry.CONSTANT_MULTIPLICATION);
        return evaluator.multiplyConstant(a, c);
    }

    @Override
    public Ciphertext multiplyInteger(Ciphertext a, long k) {
        own("multiplyInteger", a);
        ledger.count(Entry.ADDITION);
        return evaluator.multiplyInteger(a, k);
    }

    @Override
    public Ciphertext multiplyByI(Ciphertext a) {
        return evaluator.multiplyByI(own("multiplyByI", a));
    }

    @Override
    public Ciphertext multiply(Ciphertext a, Ciphertext b) {
        return relinearized("multiply", product("multiply", List.of(a), List.of(b)));
    }

    @Override
    public Ciphertext multiplyNoRelin(Ciphertext a, Ciphertext b) {
        return product("multiplyNoRelin", List.of(a), List.of(b));
    }

    @Override
    public Ciphertext square(Ciphertext a) {
        return relinearized("square", product("square", List.of(a), List.of(a)));
    }

    @Override
    public Ciphertext sumOfProducts(List<Ciphertext> a, List<Ciphertext> b) {
        return product("sumOfProducts", a, b);
    }

    private Ciphertext product(String operation, List<Ciphertext> a, List<Ciphertext> b) {
        SlotChecks.equalSizes(operation, a, b);
        List<Ciphertext> factors = new ArrayList<>(a);
        factors.addAll(b);
        for (Ciphertext v : factors) {
            SlotChecks.factor(operation, scaleDegree(own(operation, v)), v.size());
        }
        countAlignments(factors);
        ledger.count(Entry.MULTIPLICATION, a.size());
        ledger.count(Entry.ADDITION, a.size() - 1);
        return evaluator.sumOfProducts(a, b);
    }

    @Override
    public Ciphertext sumOfPlainProducts(List<Ciphertext> a, List<PlainVector> p) {
        SlotChecks.equalSizes("sumOfPlainProducts", a, p);
        int level = Integer.MAX_VALUE;
        for (int i = 0; i < a.size(); i++) {
            ownDegreeOne("sumOfPlainProducts", a.get(i));
            SlotChecks.size("sumOfPlainProducts", slots(), p.get(i).size());
            level = Math.min(level, a.get(i).level());
        }
        countAlignments(a);
        ledger.count(Entry.PLAIN_MULTIPLICATION, a.size());
        ledger.count(Entry.ADDITION, a.size() - 1);
        List<Plaintext> m = new ArrayList<>(p.size());
        for (PlainVector v : p) {
            m.add(encode(v, level, context.parameters().scale(level)));
        }
        return evaluator.sumOfPlainProducts(a, m);
    }

    @Override
    public Ciphertext relinearize(Ciphertext a) {
        own("relinearize", a);
        return a.size() == 2 ? a : relinearized("relinearize", a);
    }

    private Ciphertext relinearized(String operation, Ciphertext a) {
        if (evaluator.keys().relinearizationKey().isEmpty()) {
            throw MissingKeyException.relinearization(operation);
        }
        ledger.count(Entry.RELINEARIZATION);
        return evaluator.relinearize(a);
    }

    @Override
    public Ciphertext rescale(Ciphertext a) {
        own("rescale", a);
        SlotChecks.canRescale(a.level(), scaleDegree(a), maxLevel());
        ledger.count(Entry.RESCALE);
        ledger.level(a.level() - 1);
        return evaluator.rescale(a);
    }

    @Override
    public Ciphertext dropToLevel(Ciphertext a, int level) {
        own("dropToLevel", a);
        SlotChecks.canDrop(a.level(), level);
        if (level == a.level()) {
            return a;
        }
        ledger.count(Entry.ALIGNMENT);
        ledger.level(level);
        return evaluator.dropToLevel(a, level);
    }

    @Override
    public Ciphertext rotate(Ciphertext a, int stepsLeft) {
        own("rotate", a);
        SlotChecks.twoComponents("rotate", a.size());
        int step = SlotChecks.normalise(stepsLeft, slots());
        if (step == 0) {
            return a;
        }
        Ciphertext out = evaluator.rotate(a, step);
        ledger.rotation(step);
        return out;
    }

    @Override
    public List<Ciphertext> rotateHoisted(Ciphertext a, int[] stepsLeft) {
        own("rotateHoisted", a);
        SlotChecks.twoComponents("rotateHoisted", a.size());
        int[] steps = SlotChecks.normalise("rotateHoisted", stepsLeft, slots());
        List<Ciphertext> out = evaluator.rotateHoisted(a, steps);
        ledger.hoistedRotations(steps);
        return List.copyOf(out);
    }

    @Override
    public List<Ciphertext> sumsOfRotatedPlainProducts(Ciphertext a, int[] stepsLeft, List<List<PlainVector>> p) {
        String operation = "sumsOfRotatedPlainProducts";
        ownDegreeOne(operation, a);
        SlotChecks.sums(operation, stepsLeft.length, p);
        SlotChecks.twoComponents("rotateHoisted", a.size());
        int[] steps = SlotChecks.normalise("rotateHoisted", stepsLeft, slots());
        double scale = context.parameters().scale(a.level());
        int products = 0;
        List<List<ExtendedPlaintext>> m = new ArrayList<>(p.size());
        for (List<PlainVector> sum : p) {
            List<ExtendedPlaintext> row = new ArrayList<>(sum.size());
            for (PlainVector v : sum) {
                if (v != null) {
                    SlotChecks.size("sumOfPlainProducts", slots(), v.size());
                    products++;
                }
                row.add(v == null ? null : encodeExtended(v, a.level(), scale));
            }
            m.add(row);
        }
        List<Ciphertext> out = evaluator.sumsOfRotatedPlainProducts(a, steps, m);
        ledger.hoistedRotations(steps);
        ledger.count(Entry.PLAIN_MULTIPLICATION, products);
        ledger.count(Entry.ADDITION, products - p.size());
        return List.copyOf(out);
    }

    private ExtendedPlaintext encodeExtended(PlainVector p, int level, double scale) {
        return extended.computeIfAbsent(p, k -> new ConcurrentHashMap<>())
                .computeIfAbsent(
                        new Encoding(level, scale),
                        k -> encoder.encodeExtended(
                                p.realParts(), p.isReal() ? null : p.imaginaryParts(), level, scale));
    }

    @Override
    public Ciphertext conjugate(Ciphertext a) {
        own("conjugate", a);
        SlotChecks.twoComponents("conjugate", a.size());
        Ciphertext out = evaluator.conjugate(a);
        ledger.count(Entry.CONJUGATION);
        return out;
    }

    @Override
    public OperationCounts counts() {
        return ledger.snapshot();
    }

    /**
     * Refuses a circuit that needs more levels than there are, before it is run.
     *
     * @param needed levels of the circuit
     * @throws LevelException if the chain has fewer
     */
    public void requireLevels(int needed) {
        if (needed > maxLevel()) {
            throw new LevelException("circuit: expected a chain of at least " + needed + " levels, found " + maxLevel()
                    + "; use parameters with more levels");
        }
    }
}
