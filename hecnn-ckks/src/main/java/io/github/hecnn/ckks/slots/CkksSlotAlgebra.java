package io.github.hecnn.ckks.slots;

import io.github.hecnn.ckks.error.MissingKeyException;
import io.github.hecnn.ckks.internal.cipher.Ciphertexts;
import io.github.hecnn.ckks.internal.context.Rings;
import io.github.hecnn.ckks.internal.parts.CiphertextParts;
import io.github.hecnn.ckks.keys.EvaluationKeys;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.ckks.params.ModulusCapacity;
import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.ckks.scheme.CkksEncoder;
import io.github.hecnn.ckks.scheme.Evaluator;
import io.github.hecnn.ckks.scheme.ExtendedPlaintext;
import io.github.hecnn.ckks.scheme.GiantStepSums;
import io.github.hecnn.ckks.scheme.Plaintext;
import io.github.hecnn.core.rns.Automorphism;
import io.github.hecnn.core.rns.RnsPolynomial;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntConsumer;

/**
 * The slot algebra on real CKKS ciphertexts: an {@link Evaluator} with books. Plain vectors are encoded once for every level and
 * scale they are used at and remembered as long as the vector is reachable. Holds evaluation keys only; nothing here can
 * decrypt. Thread-safe. Errors are those of {@link SlotAlgebra}.
 */
public final class CkksSlotAlgebra implements SlotAlgebra<Ciphertext> {
    private final CkksContext context;
    private final Evaluator evaluator;
    private final CkksEncoder encoder;
    private final SlotBooks<Ciphertext> books;
    /** Null if there is none. */
    private final Refresher<Ciphertext> refresher;

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
        this(new Evaluator(context, keys));
    }

    /**
     * An algebra with empty books on an evaluator with options, such as {@link Evaluator#allowingTransparent}.
     *
     * @param evaluator does the work; its options hold
     */
    public CkksSlotAlgebra(Evaluator evaluator) {
        this(evaluator, null, null);
    }

    /**
     * An algebra with empty books that can {@link #refresh}.
     *
     * @param evaluator does the rest of the work; its options hold
     * @param refresher of the same parameters and key pair, such as a {@link io.github.hecnn.ckks.bootstrap.Bootstrapper}
     * @throws io.github.hecnn.ckks.error.MismatchException if it raises above the top level, or has more slots
     */
    public CkksSlotAlgebra(Evaluator evaluator, Refresher<Ciphertext> refresher) {
        this(evaluator, refresher, refresher.limits());
    }

    private CkksSlotAlgebra(Evaluator evaluator, Refresher<Ciphertext> refresher, Refresher.Limits limits) {
        this.refresher = refresher;
        this.context = evaluator.context();
        this.evaluator = evaluator;
        this.encoder = new CkksEncoder(context);
        this.books = new CiphertextBooks(evaluator, limits);
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
        return books.own("level", v).level();
    }

    @Override
    public int scaleDegree(Ciphertext v) {
        return evaluator.scaleDegree(books.own("scaleDegree", v));
    }

    @Override
    public double smallestConstant(Ciphertext v) {
        return ModulusCapacity.smallestConstant(
                books.capacity().scale(books.own("smallestConstant", v).level()));
    }

    /** {@inheritDoc} Ciphertexts hide their slots: only the arguments are checked. */
    @Override
    public void requireWithin(String operation, Ciphertext v, double low, double high, PlainVector where) {
        books.own(operation, v);
        SlotChecks.interval(operation, low, high);
        if (where != null) {
            SlotChecks.size(operation, slots(), where.size());
        }
    }

    @Override
    public Ciphertext add(Ciphertext a, Ciphertext b) {
        books.sum("add", a, b);
        return evaluator.add(a, b);
    }

    @Override
    public Ciphertext subtract(Ciphertext a, Ciphertext b) {
        books.difference("subtract", a, b);
        return evaluator.subtract(a, b);
    }

    @Override
    public Ciphertext negate(Ciphertext a) {
        return evaluator.negate(books.own("negate", a));
    }

    @Override
    public Ciphertext addPlain(Ciphertext a, PlainVector p) {
        books.plainSum("addPlain", a, p);
        return evaluator.addPlain(a, encode(p, a.level(), a.scale()));
    }

    @Override
    public Ciphertext subtractPlain(Ciphertext a, PlainVector p) {
        books.plainSum("subtractPlain", a, p);
        return evaluator.subtractPlain(a, encode(p, a.level(), a.scale()));
    }

    private Plaintext encode(PlainVector p, int level, double scale) {
        return encoded.computeIfAbsent(p, k -> new ConcurrentHashMap<>())
                .computeIfAbsent(
                        new Encoding(level, scale),
                        k -> encoder.encode(p.realParts(), p.isReal() ? null : p.imaginaryParts(), level, scale));
    }

    @Override
    public Ciphertext addConstant(Ciphertext a, double c) {
        books.constantSum("addConstant", a, c);
        return evaluator.addConstant(a, c);
    }

    @Override
    public Ciphertext multiplyPlain(Ciphertext a, PlainVector p) {
        int level = books.plainProducts("multiplyPlain", List.of(a), List.of(p));
        return evaluator.multiplyPlain(a, encode(p, level, context.parameters().scale(level)));
    }

    @Override
    public Ciphertext multiplyConstant(Ciphertext a, double c) {
        books.constantProduct("multiplyConstant", a, c);
        return evaluator.multiplyConstant(a, c);
    }

    @Override
    public Ciphertext multiplyInteger(Ciphertext a, long k) {
        books.integerProduct("multiplyInteger", a, k);
        return evaluator.multiplyInteger(a, k);
    }

    @Override
    public Ciphertext multiplyByI(Ciphertext a) {
        return evaluator.multiplyByI(books.own("multiplyByI", a));
    }

    @Override
    public Ciphertext multiplyByMonomial(Ciphertext a, int power) {
        return evaluator.multiplyByMonomial(a, books.monomial(a, power));
    }

    @Override
    public Ciphertext multiply(Ciphertext a, Ciphertext b) {
        return relinearizedProduct("multiply", a, b);
    }

    @Override
    public Ciphertext multiplyNoRelin(Ciphertext a, Ciphertext b) {
        books.products("multiplyNoRelin", List.of(a), List.of(b));
        return evaluator.multiplyNoRelin(a, b);
    }

    @Override
    public Ciphertext square(Ciphertext a) {
        return relinearizedProduct("square", a, a);
    }

    private Ciphertext relinearizedProduct(String operation, Ciphertext a, Ciphertext b) {
        books.relinearization(operation, books.products(operation, List.of(a), List.of(b)));
        return evaluator.multiply(a, b);
    }

    @Override
    public Ciphertext sumOfProducts(List<Ciphertext> a, List<Ciphertext> b) {
        books.products("sumOfProducts", a, b);
        return evaluator.sumOfProducts(a, b);
    }

    @Override
    public Ciphertext sumOfPlainProducts(List<Ciphertext> a, List<PlainVector> p) {
        int level = books.plainProducts("sumOfPlainProducts", a, p);
        double scale = context.parameters().scale(level);
        List<Plaintext> m = new ArrayList<>(p.size());
        for (PlainVector v : p) {
            m.add(encode(v, level, scale));
        }
        return evaluator.sumOfPlainProducts(a, m);
    }

    @Override
    public Ciphertext relinearize(Ciphertext a) {
        if (books.own("relinearize", a).size() == 2) {
            return a;
        }
        books.relinearization("relinearize", a.level());
        return evaluator.relinearize(a);
    }

    @Override
    public Ciphertext rescale(Ciphertext a) {
        books.rescaling(a);
        return evaluator.rescale(a);
    }

    @Override
    public Ciphertext relinearizeAndRescale(Ciphertext a) {
        if (books.own("relinearize", a).size() == 2) {
            return rescale(a);
        }
        books.relinearization("relinearize", a.level());
        books.rescaling(a);
        return evaluator.relinearizeAndRescale(a);
    }

    @Override
    public Ciphertext dropToLevel(Ciphertext a, int level) {
        return books.drop(a, level) ? evaluator.dropToLevel(a, level) : a;
    }

    @Override
    public Ciphertext dropLimbs(Ciphertext a, int level) {
        if (!books.dropLimbs(a, level)) {
            return a;
        }
        List<RnsPolynomial> fewer = new ArrayList<>(a.size());
        for (RnsPolynomial p : Ciphertexts.components(a)) {
            fewer.add(p.restrict(Rings.of(context).basis(level)));
        }
        return Ciphertexts.of(new CiphertextParts(
                a.parametersId(), a.keyPairId(), fewer, context.parameters().scale(level)));
    }

    @Override
    public double limbFactor(int fromLevel, int toLevel) {
        return books.limbFactor(fromLevel, toLevel);
    }

    @Override
    public Ciphertext refresh(Ciphertext a) {
        books.refreshable(a);
        return books.refreshed(refresher.refresh(a));
    }

    /** {@inheritDoc} Arrays serve again if the evaluator is one of {@link CkksContext#recycling}. */
    @Override
    public void release(Ciphertext v) {
        v.release();
    }

    @Override
    public Ciphertext rotate(Ciphertext a, int stepsLeft) {
        int step = books.rotation(a, stepsLeft);
        return step == 0 ? a : evaluator.rotate(a, step);
    }

    @Override
    public List<Ciphertext> rotateHoisted(Ciphertext a, int[] stepsLeft) {
        int[] steps = books.rotations("rotateHoisted", a, stepsLeft);
        return List.copyOf(evaluator.rotateHoisted(a, steps));
    }

    @Override
    public List<Ciphertext> sumsOfRotatedPlainProducts(Ciphertext a, int[] stepsLeft, List<List<PlainVector>> p) {
        int[] steps = books.rotatedSums("sumsOfRotatedPlainProducts", a, stepsLeft, p);
        return List.copyOf(evaluator.sumsOfRotatedPlainProducts(a, steps, encodeExtended(a.level(), p)));
    }

    @Override
    public Ciphertext giantStepSums(Ciphertext a, int[] babySteps, List<List<PlainVector>> p, int[] giantSteps) {
        int[] babies = books.rotatedSums("giantStepSums", a, babySteps, p);
        int[] giants = books.giantSteps("giantStepSums", a, p.size(), giantSteps);
        return new GiantStepSums(evaluator).apply(a, babies, encodeExtended(a.level(), p), giants);
    }

    private List<List<ExtendedPlaintext>> encodeExtended(int level, List<List<PlainVector>> p) {
        double scale = context.parameters().scale(level);
        List<List<ExtendedPlaintext>> m = new ArrayList<>(p.size());
        for (List<PlainVector> sum : p) {
            List<ExtendedPlaintext> row = new ArrayList<>(sum.size());
            for (PlainVector v : sum) {
                row.add(v == null ? null : encodeExtended(v, level, scale));
            }
            m.add(row);
        }
        return m;
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
        books.conjugation(a);
        return evaluator.conjugate(a);
    }

    /** {@inheritDoc} The workers are those of the context. */
    @Override
    public void forEach(int count, IntConsumer task) {
        context.workers().forEach(count, task);
    }

    @Override
    public OperationCounts counts() {
        return books.counts();
    }

    /** The books of ciphertexts, with the keys there are. */
    private static final class CiphertextBooks extends SlotBooks<Ciphertext> {
        private final Evaluator evaluator;

        CiphertextBooks(Evaluator evaluator, Refresher.Limits limits) {
            super(
                    evaluator.context().parameters().slots(),
                    evaluator.capacity(),
                    evaluator.allowsTransparent(),
                    limits);
            this.evaluator = evaluator;
        }

        @Override
        Ciphertext own(String operation, Ciphertext v) {
            evaluator.context().requireRoot(v.parametersId(), operation);
            evaluator.keys().keyPairId().with(v.keyPairId(), operation);
            return v;
        }

        @Override
        int level(Ciphertext v) {
            return v.level();
        }

        @Override
        int scaleDegree(Ciphertext v) {
            return evaluator.scaleDegree(v);
        }

        @Override
        int components(Ciphertext v) {
            return v.size();
        }

        @Override
        double bound(Ciphertext v) {
            return Double.NaN;
        }

        @Override
        double scale(Ciphertext v) {
            return v.scale();
        }

        @Override
        void requireRelinearizationKey(String operation) {
            if (evaluator.keys().relinearizationKey().isEmpty()) {
                throw MissingKeyException.relinearization(operation);
            }
        }

        @Override
        void requireConjugationKey(String operation) {
            if (evaluator
                    .keys()
                    .rotationKey(Automorphism.galoisElementOfConjugation(logN()))
                    .isEmpty()) {
                throw MissingKeyException.conjugation(operation);
            }
        }

        @Override
        void requireRotationKey(String operation, int step) {
            if (evaluator
                    .keys()
                    .rotationKey(Automorphism.galoisElementOfRotation(logN(), step))
                    .isEmpty()) {
                throw MissingKeyException.rotation(
                        operation, step, evaluator.keys().availableSteps(logN()).asSet());
            }
        }

        private int logN() {
            return evaluator.context().parameters().logRingDegree();
        }
    }
}
