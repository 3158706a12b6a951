package io.github.hecnn.ckks.scheme;

import io.github.hecnn.ckks.error.LevelException;
import io.github.hecnn.ckks.error.MismatchException;
import io.github.hecnn.ckks.error.MissingKeyException;
import io.github.hecnn.ckks.internal.context.Rings;
import io.github.hecnn.ckks.internal.parts.Keys;
import io.github.hecnn.ckks.keys.EvaluationKeys;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.core.rns.Automorphism;
import io.github.hecnn.core.rns.HybridKeySwitch;
import io.github.hecnn.core.rns.KeyHalves;
import io.github.hecnn.core.rns.KeyHalves.After;
import io.github.hecnn.core.rns.KeyedAutomorphism;
import io.github.hecnn.core.rns.PeriodicPolynomial;
import io.github.hecnn.core.rns.RnsArithmetic;
import io.github.hecnn.core.rns.RnsPolynomial;
import java.util.ArrayList;
import java.util.List;

/** The operations of {@link Evaluator} that switch keys: relinearisation, rotations, conjugation, and the look-up of their keys. */
final class KeySwitchingOperations {
    private final CkksContext context;
    private final Results results;
    private final PairChecks pairs;
    private final EvaluationKeys keys;
    private final RnsArithmetic ring;
    private final HybridKeySwitch keySwitch;
    private final int logRingDegree;

    KeySwitchingOperations(Results results, PairChecks pairs, EvaluationKeys keys) {
        this.context = results.context();
        this.results = results;
        this.pairs = pairs;
        this.keys = keys;
        this.ring = Rings.of(context).arithmetic();
        this.keySwitch = Rings.of(context).keySwitch();
        this.logRingDegree = context.parameters().logRingDegree();
    }

    KeyHalves relinearizationKey(String operation) {
        return Keys.halves(keys.relinearizationKey()
                .orElseThrow(() -> MissingKeyException.relinearization(operation))
                .key());
    }

    private KeyHalves rotationKey(String operation, int g, int stepsLeft) {
        return Keys.halves(keys.rotationKey(g)
                .orElseThrow(() -> MissingKeyException.rotation(
                        operation,
                        normalised(stepsLeft),
                        keys.availableSteps(logRingDegree).asSet()))
                .key());
    }

    /** Steps modulo the number of slots, in (-slots/2, slots/2]. */
    private int normalised(int stepsLeft) {
        int slots = context.parameters().slots();
        int left = Math.floorMod(stepsLeft, slots);
        return left > slots / 2 ? left - slots : left;
    }

    Ciphertext relinearize(Ciphertext a) {
        Origin origin = pairs.switched("relinearize", a);
        if (a.size() == 2) {
            return a;
        }
        KeyHalves key = relinearizationKey("relinearize");
        return results.of(
                "relinearize",
                origin,
                keySwitch.switchKey(a.component(2), key, After.adding(a.component(0), a.component(1))),
                a.scale());
    }

    /** A product that nobody else sees. */
    Ciphertext relinearized(Ciphertext product) {
        Ciphertext out = relinearize(product);
        product.release();
        return out;
    }

    /** Of three components, at level 1 or more. */
    Ciphertext relinearizeAndRescale(Ciphertext a, double rescaledScale) {
        Origin origin = pairs.switched("relinearizeAndRescale", a);
        KeyHalves key = relinearizationKey("relinearizeAndRescale");
        return results.of(
                "relinearizeAndRescale",
                origin,
                keySwitch.switchKeyAndRescale(a.component(2), key, After.adding(a.component(0), a.component(1))),
                rescaledScale);
    }

    Ciphertext rotate(Ciphertext a, int stepsLeft) {
        Origin origin = pairs.switched("rotate", a);
        OperandChecks.requireTwo("rotate", a);
        int g = Automorphism.galoisElementOfRotation(logRingDegree, stepsLeft);
        if (g == 1) {
            return a;
        }
        return automorphism("rotate", origin, a, g, rotationKey("rotate", g, stepsLeft));
    }

    Ciphertext conjugate(Ciphertext a) {
        Origin origin = pairs.switched("conjugate", a);
        OperandChecks.requireTwo("conjugate", a);
        int g = Automorphism.galoisElementOfConjugation(logRingDegree);
        KeyHalves key = Keys.halves(keys.rotationKey(g)
                .orElseThrow(() -> MissingKeyException.conjugation("conjugate"))
                .key());
        return automorphism("conjugate", origin, a, g, key);
    }

    Ciphertext rotateAndConjugate(Ciphertext a, int stepsLeft) {
        String operation = "rotateAndConjugate";
        Origin origin = pairs.switched(operation, a);
        OperandChecks.requireTwo(operation, a);
        int g = Automorphism.galoisElementOfRotationAndConjugation(logRingDegree, stepsLeft);
        KeyHalves key = Keys.halves(keys.rotationKey(g)
                .orElseThrow(() -> MissingKeyException.rotationAndConjugation(operation, normalised(stepsLeft)))
                .key());
        return automorphism(operation, origin, a, g, key);
    }

    private Ciphertext automorphism(String operation, Origin origin, Ciphertext a, int g, KeyHalves key) {
        return results.of(
                operation,
                origin,
                keySwitch.switchKey(
                        a.component(1), key, After.adding(a.component(0)).then(ring.automorphism(g))),
                a.scale());
    }

    List<Ciphertext> rotateHoisted(Ciphertext a, int... stepsLeft) {
        Origin origin = pairs.switched("rotateHoisted", a);
        OperandChecks.requireTwo("rotateHoisted", a);
        int[] elements = new int[stepsLeft.length];
        boolean any = false;
        for (int i = 0; i < elements.length; i++) {
            elements[i] = Automorphism.galoisElementOfRotation(logRingDegree, stepsLeft[i]);
            if (elements[i] != 1) {
                rotationKey("rotateHoisted", elements[i], stepsLeft[i]); // all keys before any work
                any = true;
            }
        }
        List<Ciphertext> out = new ArrayList<>(elements.length);
        if (!any) {
            for (int i = 0; i < elements.length; i++) {
                out.add(a);
            }
            return out;
        }
        try (HybridKeySwitch.Digits digits = keySwitch.decompose(a.component(1))) {
            for (int i = 0; i < elements.length; i++) {
                if (elements[i] == 1) {
                    out.add(a);
                    continue;
                }
                KeyHalves key = rotationKey("rotateHoisted", elements[i], stepsLeft[i]);
                RnsPolynomial[] c = keySwitch.product(
                        digits, key, After.adding(a.component(0)).then(ring.automorphism(elements[i])));
                out.add(results.of("rotateHoisted", origin, c, a.scale()));
            }
        }
        return out;
    }

    List<Ciphertext> sumsOfRotatedPlainProducts(Ciphertext a, int[] stepsLeft, List<List<ExtendedPlaintext>> p) {
        String operation = "sumsOfRotatedPlainProducts";
        Origin origin =
                pairs.switched(operation, a).withPlain(context.parameters().slots());
        PlainFactors factors = plainFactors(operation, a, stepsLeft.length, p);
        KeyedAutomorphism[] steps = keyed(operation, stepsLeft);
        List<Ciphertext> out = new ArrayList<>(p.size());
        try (HybridKeySwitch.Digits digits = keySwitch.decompose(a.component(1))) {
            for (RnsPolynomial[] c :
                    keySwitch.sumsOfPlainProducts(a.component(0), digits, a.component(1), steps, factors.polynomials)) {
                out.add(results.of(operation, origin, c, a.scale() * factors.scale));
            }
        }
        return out;
    }

    Ciphertext giantStepSums(Ciphertext a, int[] babySteps, List<List<ExtendedPlaintext>> p, int[] giantSteps) {
        String operation = "giantStepSums";
        Origin origin =
                pairs.switched(operation, a).withPlain(context.parameters().slots());
        OperandChecks.requireTerms(operation, p.size(), giantSteps.length);
        PlainFactors factors = plainFactors(operation, a, babySteps.length, p);
        KeyedAutomorphism[] babies = keyed(operation, babySteps);
        KeyedAutomorphism[] giants = keyed(operation, giantSteps);
        try (HybridKeySwitch.Digits digits = keySwitch.decompose(a.component(1))) {
            RnsPolynomial[] c = keySwitch.hornerOfPlainProducts(
                    a.component(0), digits, a.component(1), babies, factors.polynomials, giants, false);
            return results.of(operation, origin, c, a.scale() * factors.scale);
        }
    }

    /** Checked plaintexts of one scale: [sum][term] polynomials, null where there is none. */
    private static final class PlainFactors {
        private final PeriodicPolynomial[][] polynomials;
        private final double scale;

        PlainFactors(PeriodicPolynomial[][] polynomials, double scale) {
            this.polynomials = polynomials;
            this.scale = scale;
        }
    }

    private PlainFactors plainFactors(String operation, Ciphertext a, int terms, List<List<ExtendedPlaintext>> p) {
        OperandChecks.requireTwo(operation, a);
        PeriodicPolynomial[][] plain = new PeriodicPolynomial[p.size()][terms];
        double scale = 0;
        for (int o = 0; o < plain.length; o++) {
            OperandChecks.requireTerms(operation, terms, p.get(o).size());
            for (int i = 0; i < terms; i++) {
                ExtendedPlaintext m = p.get(o).get(i);
                if (m == null) {
                    continue;
                }
                context.require(m.parametersId(), operation);
                if (m.level() != a.level()) {
                    throw new LevelException(operation + ": expected plaintexts of level " + a.level() + ", found "
                            + m.level() + "; encode them at the ciphertext's level");
                }
                scale = scale == 0 ? m.scale() : scale;
                OperandChecks.requireScale(operation, scale, m.scale());
                results.requireOperand(operation, m.bound(), m.scale(), a.level());
                results.requireFits(operation, m.bound(), a.scale() * scale, a.level());
                plain[o][i] = PeriodicPolynomial.of(m.polynomial());
            }
            requireSomething(operation, plain[o]);
        }
        return new PlainFactors(plain, scale);
    }

    private KeyedAutomorphism[] keyed(String operation, int[] stepsLeft) {
        KeyedAutomorphism[] steps = new KeyedAutomorphism[stepsLeft.length];
        for (int i = 0; i < steps.length; i++) {
            steps[i] = keyed(operation, stepsLeft[i]);
        }
        return steps;
    }

    private KeyedAutomorphism keyed(String operation, int stepsLeft) {
        int g = Automorphism.galoisElementOfRotation(logRingDegree, stepsLeft);
        if (g == 1) {
            return KeyedAutomorphism.IDENTITY;
        }
        KeyHalves key = rotationKey(operation, g, stepsLeft);
        return new KeyedAutomorphism(ring.automorphism(g), key);
    }

    private static void requireSomething(String operation, PeriodicPolynomial[] sum) {
        for (PeriodicPolynomial m : sum) {
            if (m != null) {
                return;
            }
        }
        throw new MismatchException(
                operation + ": expected a plaintext in every sum, found only null; leave the sum out");
    }
}
