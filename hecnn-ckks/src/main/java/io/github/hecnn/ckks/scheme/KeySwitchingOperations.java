package io.github.hecnn.ckks.scheme;

import io.github.hecnn.ckks.error.LevelException;
import io.github.hecnn.ckks.error.MismatchException;
import io.github.hecnn.ckks.error.MissingKeyException;
import io.github.hecnn.ckks.keys.EvaluationKeys;
import io.github.hecnn.ckks.keys.SwitchingKey;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.core.rns.Automorphism;
import io.github.hecnn.core.rns.HybridKeySwitch;
import io.github.hecnn.core.rns.RnsArithmetic;
import io.github.hecnn.core.rns.RnsPolynomial;
import java.util.ArrayList;
import java.util.List;

/** The operations of {@link Evaluator} that switch keys: relinearisation, rotations, conjugation, and the look-up of their keys. */
final class KeySwitchingOperations {
    private final CkksContext context;
    private final Results results;
    private final EvaluationKeys keys;
    private final RnsArithmetic ring;
    private final HybridKeySwitch keySwitch;
    private final int logRingDegree;

    KeySwitchingOperations(Results results, EvaluationKeys keys) {
        this.context = results.context();
        this.results = results;
        this.keys = keys;
        this.ring = context.arithmetic();
        this.keySwitch = context.keySwitch();
        this.logRingDegree = context.parameters().logRingDegree();
    }

    SwitchingKey relinearizationKey(String operation) {
        return keys.relinearizationKey()
                .orElseThrow(() -> MissingKeyException.relinearization(operation))
                .key();
    }

    private SwitchingKey rotationKey(String operation, int g, int stepsLeft) {
        return keys.rotationKey(g)
                .orElseThrow(() -> MissingKeyException.rotation(
                        operation, normalised(stepsLeft), keys.availableSteps(logRingDegree).asSet()))
                .key();
    }

    /** Steps modulo the number of slots, in (-slots/2, slots/2]. */
    private int normalised(int stepsLeft) {
        int slots = context.parameters().slots();
        int left = Math.floorMod(stepsLeft, slots);
        return left > slots / 2 ? left - slots : left;
    }

    Ciphertext relinearize(Ciphertext a) {
        context.require(a.parametersId(), "relinearize");
        if (a.size() == 2) {
            return a;
        }
        SwitchingKey key = relinearizationKey("relinearize");
        return results.of(
                "relinearize",
                keySwitch.switchKey(a.component(2), key.b(), key.a(), a.component(0), a.component(1), null), a.scale());
    }

    /** Of three components, at level 1 or more. */
    Ciphertext relinearizeAndRescale(Ciphertext a, double rescaledScale) {
        SwitchingKey key = relinearizationKey("relinearizeAndRescale");
        return results.of(
                "relinearizeAndRescale",
                keySwitch.switchKeyAndRescale(a.component(2), key.b(), key.a(), a.component(0), a.component(1)),
                rescaledScale);
    }

    Ciphertext rotate(Ciphertext a, int stepsLeft) {
        context.require(a.parametersId(), "rotate");
        OperandChecks.requireTwo("rotate", a);
        int g = Automorphism.galoisElementOfRotation(logRingDegree, stepsLeft);
        if (g == 1) {
            return a;
        }
        return automorphism("rotate", a, g, rotationKey("rotate", g, stepsLeft));
    }

    Ciphertext conjugate(Ciphertext a) {
        context.require(a.parametersId(), "conjugate");
        OperandChecks.requireTwo("conjugate", a);
        int g = Automorphism.galoisElementOfConjugation(logRingDegree);
        SwitchingKey key = keys.rotationKey(g)
                .orElseThrow(() -> MissingKeyException.conjugation("conjugate"))
                .key();
        return automorphism("conjugate", a, g, key);
    }

    private Ciphertext automorphism(String operation, Ciphertext a, int g, SwitchingKey key) {
        return results.of(
                operation,
                keySwitch.switchKey(a.component(1), key.b(), key.a(), a.component(0), null, ring.automorphism(g)),
                a.scale());
    }

    List<Ciphertext> rotateHoisted(Ciphertext a, int... stepsLeft) {
        context.require(a.parametersId(), "rotateHoisted");
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
                SwitchingKey key = rotationKey("rotateHoisted", elements[i], stepsLeft[i]);
                RnsPolynomial[] c = keySwitch.product(
                        digits, key.b(), key.a(), a.component(0), null, ring.automorphism(elements[i]));
                out.add(results.of("rotateHoisted", c, a.scale()));
            }
        }
        return out;
    }

    List<Ciphertext> sumsOfRotatedPlainProducts(Ciphertext a, int[] stepsLeft, List<List<ExtendedPlaintext>> p) {
        String operation = "sumsOfRotatedPlainProducts";
        context.require(a.parametersId(), operation);
        OperandChecks.requireTwo(operation, a);
        RnsPolynomial[][] plain = new RnsPolynomial[p.size()][stepsLeft.length];
        double scale = 0;
        for (int o = 0; o < plain.length; o++) {
            OperandChecks.requireTerms(operation, stepsLeft.length, p.get(o).size());
            for (int i = 0; i < stepsLeft.length; i++) {
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
                plain[o][i] = m.polynomial();
            }
            requireSomething(operation, plain[o]);
        }
        Automorphism[] maps = new Automorphism[stepsLeft.length];
        List<List<RnsPolynomial>> keyB = new ArrayList<>();
        List<List<RnsPolynomial>> keyA = new ArrayList<>();
        for (int i = 0; i < maps.length; i++) {
            int g = Automorphism.galoisElementOfRotation(logRingDegree, stepsLeft[i]);
            SwitchingKey key = g == 1 ? null : rotationKey(operation, g, stepsLeft[i]);
            maps[i] = g == 1 ? null : ring.automorphism(g);
            keyB.add(key == null ? null : key.b());
            keyA.add(key == null ? null : key.a());
        }
        List<Ciphertext> out = new ArrayList<>(plain.length);
        try (HybridKeySwitch.Digits digits = keySwitch.decompose(a.component(1))) {
            for (RnsPolynomial[] c :
                    keySwitch.sumsOfPlainProducts(a.component(0), digits, a.component(1), maps, keyB, keyA, plain)) {
                out.add(results.of(operation, c, a.scale() * scale));
            }
        }
        return out;
    }

    private static void requireSomething(String operation, RnsPolynomial[] sum) {
        for (RnsPolynomial m : sum) {
            if (m != null) {
                return;
            }
        }
        throw new MismatchException(
                operation + ": expected a plaintext in every sum, found only null; leave the sum out");
    }
}
