package io.github.hecnn.ckks.bootstrap;

import io.github.hecnn.ckks.error.InvalidParametersException;
import io.github.hecnn.ckks.error.LevelException;
import io.github.hecnn.ckks.error.MismatchException;
import io.github.hecnn.ckks.error.MissingKeyException;
import io.github.hecnn.ckks.error.ScaleException;
import io.github.hecnn.ckks.internal.cipher.Ciphertexts;
import io.github.hecnn.ckks.internal.context.Rings;
import io.github.hecnn.ckks.internal.parts.CiphertextParts;
import io.github.hecnn.ckks.keys.EvaluationKeys;
import io.github.hecnn.ckks.keys.KeyPairId;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.ckks.scheme.CkksEncoder;
import io.github.hecnn.ckks.scheme.Evaluator;
import io.github.hecnn.ckks.slots.Refresher;
import io.github.hecnn.core.rns.Automorphism;
import io.github.hecnn.core.rns.HybridKeySwitch;
import io.github.hecnn.core.rns.KeyHalves.After;
import io.github.hecnn.core.rns.KeyedAutomorphism;
import io.github.hecnn.core.rns.RnsBasis;
import io.github.hecnn.core.rns.RnsPolynomial;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Refreshes ciphertexts: what comes in at a low level comes out at the user's top level, with the same slots but for the error that
 * {@link BootstrapParameters#prediction()} tells. Sees public keys only. Making one encodes the diagonals of the transforms, which takes
 * seconds at large ring degrees; make one and share it. Immutable and thread-safe; limbs are spread over the context's workers.
 */
public final class Bootstrapper implements Refresher<Ciphertext> {
    private final CkksContext context;
    private final CkksContext recycled;
    private final CkksContext low;
    private final BootstrapParameters parameters;
    private final BootstrapPlan plan;
    private final Limits limits;
    private final BootstrapKeys keys;
    private final CiphertextAlgebra algebra;
    private final ModRaise modRaise;
    private final ModularReduction<ScaledCiphertext> reduction;
    private final Evaluator evaluator;
    private final HybridKeySwitch keySwitch;
    private final RnsPolynomial imaginaryUnit;
    private final List<SlotStage> slotsToCoeffs = new ArrayList<>();
    private final List<SlotStage> coeffsToSlots = new ArrayList<>();

    /**
     * Prepares bootstrapping.
     *
     * @param context context of {@link BootstrapParameters#ckksParameters()}
     * @param parameters how to bootstrap
     * @param keys keys for these parameters
     * @throws MismatchException if the context or the keys are of other parameters
     * @throws MissingKeyException if a key is missing
     * @throws InvalidParametersException if the tables do not fit into the memory that the JVM may still take
     */
    public Bootstrapper(CkksContext context, BootstrapParameters parameters, BootstrapKeys keys) {
        context.require(parameters.ckksParameters().id(), "Bootstrapper");
        if (keys.parametersId() != parameters.id()) {
            throw new MismatchException(String.format(
                    "Bootstrapper: expected keys of bootstrap parameters %016x, found %016x; make them with"
                            + " BootstrapKeyGenerator and the same parameters",
                    parameters.id(), keys.parametersId()));
        }
        this.context = context;
        this.recycled = context.recycling();
        this.low = parameters.lowContext(context).recycling();
        this.parameters = parameters;
        this.plan = parameters.plan();
        BootstrapPrediction prediction = parameters.prediction();
        this.limits = parameters.refreshLimits(prediction);
        this.keys = keys;
        requireKeys();
        requireMemory(prediction.tableBytes());
        algebra = new CiphertextAlgebra(
                context,
                keys.evaluationKeys().relinearizationKey().orElseThrow().key());
        modRaise = new ModRaise(context, keys.encapsulationKeys());
        reduction = new ModularReduction<>(plan.reduction(), algebra);
        keySwitch = Rings.of(recycled).keySwitch();
        evaluator = new Evaluator(recycled, EvaluationKeys.none());
        RnsBasis user = Rings.of(context).basis(plan.reduction().topLevel());
        double[] monomial = new double[user.degree()];
        monomial[monomial.length / 2] = 1; // i in every slot
        imaginaryUnit = Rings.of(context).arithmetic().toNtt(RnsPolynomial.ofSmall(user, monomial));
        encodeSlotsToCoeffs();
        encodeCoeffsToSlots();
    }

    private void requireKeys() {
        EvaluationKeys whole = keys.evaluationKeys();
        if (whole.relinearizationKey().isEmpty()) {
            throw MissingKeyException.relinearization("Bootstrapper");
        }
        requireRotations(plan.rotations(), whole);
        int home = plan.pendingAfterCoeffsToSlots();
        if (whole.rotationKey(withConjugation(home)).isEmpty()) {
            throw MissingKeyException.rotationAndConjugation("Bootstrapper", home);
        }
        requireRotations(plan.lowRotations(), keys.lowKeys());
        context.require(keys.encapsulationKeys().parametersId(), "Bootstrapper");
        new Evaluator(context, whole); // all of these parameters
        new Evaluator(low, keys.lowKeys());
    }

    private void requireRotations(Iterable<Integer> steps, EvaluationKeys from) {
        int logRingDegree = context.parameters().logRingDegree();
        for (int s : steps) {
            if (from.rotationKey(Automorphism.galoisElementOfRotation(logRingDegree, s))
                    .isEmpty()) {
                throw MissingKeyException.rotation(
                        "Bootstrapper", s, from.availableSteps(logRingDegree).asSet());
            }
        }
    }

    private int withConjugation(int steps) {
        return Automorphism.galoisElementOfRotationAndConjugation(
                context.parameters().logRingDegree(), steps);
    }

    private static void requireMemory(long bytes) {
        Runtime r = Runtime.getRuntime();
        long free = r.maxMemory() - (r.totalMemory() - r.freeMemory());
        if (bytes > free) {
            throw new InvalidParametersException(String.format(
                    Locale.ROOT,
                    "Bootstrapper: expected at least %d MB of free memory for the tables, found %d MB; give the JVM more"
                            + " with -Xmx, or use fewer slots",
                    bytes >> 20,
                    free >> 20));
        }
    }

    private double prime(int level) {
        return algebra.prime(level);
    }

    private void encodeSlotsToCoeffs() {
        CkksEncoder encoder = new CkksEncoder(low);
        double in = context.parameters().scale(parameters.inputLevel());
        for (StagePlan s : plan.slotsToCoeffs()) {
            double out = s.level() == 1
                    ? prime(0) / plan.messageRatio()
                    : context.parameters().scale(s.level() - 1);
            slotsToCoeffs.add(new SlotStage(low, encoder, s, keys.lowKeys(), 1.0, in, out));
            in = out;
        }
    }

    private void encodeCoeffsToSlots() {
        CkksEncoder encoder = new CkksEncoder(context);
        List<StagePlan> stages = plan.coeffsToSlots();
        // half, as real and imaginary parts are taken out by a sum with the conjugate; the range is divided by here
        double factor = Math.pow(0.5 / plan.reduction().range(), 1.0 / stages.size());
        double in = raisedScale();
        for (int i = 0; i < stages.size(); i++) {
            double out = i == stages.size() - 1
                    ? plan.reduction().inScale()
                    : Math.scalb(1.0, BootstrapPlan.UPPER_PRIME_BITS);
            coeffsToSlots.add(new SlotStage(context, encoder, stages.get(i), keys.evaluationKeys(), factor, in, out));
            in = out;
        }
    }

    /** Scale after raising; the sum over what a sparse vector's coefficients leave out multiplies the others by their number. */
    private double raisedScale() {
        return prime(0) * context.parameters().slots() / parameters.slots();
    }

    /** {@return how ciphertexts are refreshed} */
    public BootstrapParameters parameters() {
        return parameters;
    }

    /** {@return bytes of the encoded diagonals, held besides the keys} */
    public long tableBytes() {
        long sum = 0;
        for (List<SlotStage> stages : List.of(slotsToCoeffs, coeffsToSlots)) {
            for (SlotStage s : stages) {
                sum += s.memoryBytes();
            }
        }
        return sum;
    }

    @Override
    public Limits limits() {
        return limits;
    }

    /**
     * Refreshes a ciphertext.
     *
     * @param a two components, canonical scale, level {@link BootstrapParameters#inputLevel()} or more, slots within the bound; a vector that
     *     repeats itself if there are fewer slots than N/2
     * @return the same slots at {@link BootstrapParameters#outputLevel()} and its canonical scale
     * @throws LevelException if the level is too low, or above the user's
     * @throws ScaleException if the scale is not the canonical one of the level
     * @throws MismatchException if the ciphertext has other parameters, another key pair or three components
     */
    @Override
    public Ciphertext refresh(Ciphertext a) {
        return refresh(a, step -> {});
    }

    /**
     * Refreshes several ciphertexts, one after the other.
     *
     * @param a ciphertexts as for {@link #refresh(Ciphertext)}; all are checked before the first is refreshed
     * @return as many refreshed ciphertexts
     * @throws LevelException if a level is too low, or above the user's
     * @throws ScaleException if a scale is not the canonical one of the level
     * @throws MismatchException if a ciphertext has other parameters, another key pair or three components
     */
    public List<Ciphertext> refreshAll(List<Ciphertext> a) {
        a.forEach(this::check);
        List<Ciphertext> out = new ArrayList<>(a.size());
        for (Ciphertext c : a) {
            out.add(refresh(c));
        }
        return out;
    }

    /**
     * Refreshes a ciphertext and tells how far it is.
     *
     * @param a as for {@link #refresh(Ciphertext)}
     * @param progress told of every step when it is done, on the calling thread
     * @return the same slots at {@link BootstrapParameters#outputLevel()} and its canonical scale
     * @throws LevelException if the level is too low, or above the user's
     * @throws ScaleException if the scale is not the canonical one of the level
     * @throws MismatchException if the ciphertext has other parameters, another key pair or three components
     */
    public Ciphertext refresh(Ciphertext a, Consumer<BootstrapStep> progress) {
        KeyPairId pair = check(a);
        Ciphertext bottom = evaluator.dropToLevel(a, parameters.inputLevel());
        ScaledCiphertext x = new ScaledCiphertext(
                Ciphertexts.components(bottom).get(0),
                Ciphertexts.components(bottom).get(1),
                bottom.scale());
        ScaledCiphertext stage = slotsToCoeffs.get(0).applyAndRescale(x);
        if (bottom != a) {
            x.release();
        }
        x = stage;
        for (SlotStage s : slotsToCoeffs.subList(1, slotsToCoeffs.size())) {
            x = next(x, s.applyAndRescale(x));
        }
        x = next(x, switched(low, keys.lowKeys(), x, plan.pendingAfterSlotsToCoeffs()));
        progress.accept(BootstrapStep.SLOTS_TO_COEFFS);
        x = next(x, modRaise.apply(x));
        progress.accept(BootstrapStep.MOD_RAISE);
        for (int i = plan.logSlots(); i < context.parameters().logRingDegree() - 1; i++) {
            ScaledCiphertext rotated = switched(recycled, keys.evaluationKeys(), x, 1 << i);
            x = algebra.addInPlace(x, rotated);
            rotated.release();
        }
        x = x.withScale(raisedScale());
        for (SlotStage s : coeffsToSlots.subList(0, coeffsToSlots.size() - 1)) {
            x = next(x, s.applyAndRescale(x));
        }
        x = next(x, coeffsToSlots.get(coeffsToSlots.size() - 1).apply(x));
        ScaledCiphertext[] halves = realAndImaginary(x);
        progress.accept(BootstrapStep.COEFFS_TO_SLOTS);
        ScaledCiphertext out = reduction.apply(halves[0]);
        if (parameters.complexSlots()) {
            ScaledCiphertext imaginary = algebra.multiplyInPlace(reduction.apply(halves[1]), imaginaryUnit);
            out = algebra.addInPlace(out, imaginary);
            imaginary.release();
        }
        progress.accept(BootstrapStep.MODULAR_REDUCTION);
        return Ciphertexts.of(new CiphertextParts(
                context.parameters().rootId(), pair, a.slots(), List.of(out.c0(), out.c1()), out.scale(), null));
    }

    /** The second, and the first is released if it is another one. */
    private static ScaledCiphertext next(ScaledCiphertext before, ScaledCiphertext after) {
        if (after.c0() != before.c0()) {
            before.release();
        }
        return after;
    }

    private KeyPairId check(Ciphertext a) {
        context.requireRoot(a.parametersId(), "refresh");
        KeyPairId pair = keys.keyPairId().with(a.keyPairId(), "refresh");
        if (a.size() != 2) {
            throw new MismatchException(
                    "refresh: expected a ciphertext of 2 components, found " + a.size() + "; relinearize it first");
        }
        int lowest = parameters.inputLevel();
        if (a.level() < lowest || a.level() > parameters.outputLevel()) {
            throw new LevelException("refresh: expected a ciphertext of level " + lowest + ".."
                    + parameters.outputLevel() + ", found level " + a.level()
                    + "; refresh before the level falls below " + lowest);
        }
        if (evaluator.scaleDegree(a) != 1) {
            throw new ScaleException(String.format(
                    Locale.ROOT,
                    "refresh: expected the canonical scale of level %d, 2^%.3f, found 2^%.3f; rescale the product first",
                    a.level(),
                    Math.log(context.parameters().scale(a.level())) / Math.log(2),
                    Math.log(a.scale()) / Math.log(2)));
        }
        return pair;
    }

    /** Rotated; the same object for no steps. */
    private static ScaledCiphertext switched(
            CkksContext context, EvaluationKeys keys, ScaledCiphertext a, int stepsLeft) {
        KeyedAutomorphism r = SlotStage.rotation(context, keys, stepsLeft);
        if (r.map() == null) {
            return a;
        }
        RnsPolynomial[] c = Rings.of(context)
                .keySwitch()
                .switchKey(a.c1(), r.key(), After.adding(a.c0()).then(r.map()));
        return new ScaledCiphertext(c[0], c[1], a.scale());
    }

    /**
     * Twice the real part, and twice the imaginary one if slots are complex: sum and difference with the conjugate. The rotation that the
     * last stage is short of is part of both key switches, and both come before the rescale, which makes their noise small. Uses a up.
     */
    private ScaledCiphertext[] realAndImaginary(ScaledCiphertext a) {
        int home = plan.pendingAfterCoeffsToSlots();
        KeyedAutomorphism rotation = SlotStage.rotation(context, keys.evaluationKeys(), home);
        KeyedAutomorphism conjugation = SlotStage.keyed(context, keys.evaluationKeys(), withConjugation(home));
        ScaledCiphertext rotated;
        ScaledCiphertext conjugate;
        try (HybridKeySwitch.Digits digits = keySwitch.decompose(a.c1())) {
            rotated = rotation.map() == null ? a : product(digits, a, rotation);
            conjugate = product(digits, a, conjugation);
        }
        if (rotated.c0() != a.c0()) {
            a.release();
        }
        ScaledCiphertext real = rescaled(algebra.add(rotated, conjugate));
        if (!parameters.complexSlots()) {
            rotated.release();
            conjugate.release();
            return new ScaledCiphertext[] {real};
        }
        // (z - conj z)/i = -i (z - conj z)
        ScaledCiphertext difference = algebra.subtractInPlace(conjugate, rotated);
        rotated.release();
        return new ScaledCiphertext[] {real, algebra.multiplyInPlace(rescaled(difference), imaginaryUnit)};
    }

    private ScaledCiphertext rescaled(ScaledCiphertext a) {
        return next(a, algebra.rescale(a)).withScale(plan.reduction().inScale());
    }

    private ScaledCiphertext product(HybridKeySwitch.Digits digits, ScaledCiphertext a, KeyedAutomorphism k) {
        RnsPolynomial[] c =
                keySwitch.product(digits, k.key(), After.adding(a.c0()).then(k.map()));
        return new ScaledCiphertext(c[0], c[1], a.scale());
    }
}
