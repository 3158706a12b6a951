package io.github.hecnn.ckks.serial;

import io.github.hecnn.ckks.error.MismatchException;
import io.github.hecnn.ckks.internal.Seed;
import io.github.hecnn.ckks.internal.context.Rings;
import io.github.hecnn.ckks.internal.parts.Keys;
import io.github.hecnn.ckks.keys.EvaluationKeys;
import io.github.hecnn.ckks.keys.PublicKey;
import io.github.hecnn.ckks.keys.RelinearizationKey;
import io.github.hecnn.ckks.keys.RotationKey;
import io.github.hecnn.ckks.keys.SwitchingKey;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.core.rns.KeyHalves;
import io.github.hecnn.core.rns.RnsBasis;
import io.github.hecnn.core.rns.RnsPolynomial;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Public keys of all kinds; the secret one has a codec of its own. Immutable and thread-safe. */
final class KeyCodec {
    private final CkksContext context;
    private final WireSizes sizes;

    KeyCodec(CkksContext context, WireSizes sizes) {
        this.context = context;
        this.sizes = sizes;
    }

    void write(OutputStream out, PublicKey key) throws IOException {
        context.require(key.parametersId(), "write");
        boolean special = hasSpecialPrime(key);
        WireShapes.require(Keys.b(key), publicKeyBasis(special), "a public key");
        WireShapes.require(Keys.seed(key.key()), "a public key");
        WireOutput w =
                WireOutput.open(out, context, WireType.PUBLIC_KEY, key.keyPairId(), sizes.publicKeyBody(special));
        w.write(Keys.seed(key.key()));
        w.write(Keys.b(key));
        w.finish();
    }

    PublicKey readPublicKey(InputStream in, String operation) throws IOException {
        WireInput r = WireInput.open(in, context, WireType.PUBLIC_KEY, operation);
        // Version 1 had none, and such a key stays as it is when it is written again.
        boolean special =
                r.version() != FormatVersion.V1 && r.remaining() != WireSizes.payload(sizes.publicKeyBody(false));
        r.requireBody(sizes.publicKeyBody(special), "a public key");
        Seed seed = r.readSeed();
        RnsPolynomial[] p = r.readPolynomials(publicKeyBasis(special), seed.source(0), "the public key");
        r.finish();
        return new PublicKey(
                context.parameters().id(), r.keyPairId(), Keys.of(new KeyHalves(List.of(p[0]), List.of(p[1])), seed));
    }

    long fileBytes(PublicKey key) {
        return WireSizes.file(sizes.publicKeyBody(hasSpecialPrime(key)));
    }

    private boolean hasSpecialPrime(PublicKey key) {
        return !Keys.b(key).basis().equals(publicKeyBasis(false));
    }

    private RnsBasis publicKeyBasis(boolean special) {
        int top = context.parameters().maxLevel();
        return special
                ? Rings.of(context).publicKeyBasis(top)
                : Rings.of(context).basis(top);
    }

    void write(OutputStream out, RelinearizationKey key) throws IOException {
        check(key.parametersId(), key.key());
        WireOutput w = WireOutput.open(
                out, context, WireType.RELINEARIZATION_KEY, key.keyPairId(), sizes.relinearizationKeyBody());
        body(w, key.key());
        w.finish();
    }

    RelinearizationKey readRelinearizationKey(InputStream in, String operation) throws IOException {
        WireInput r = WireInput.open(in, context, WireType.RELINEARIZATION_KEY, operation);
        r.requireBody(sizes.relinearizationKeyBody(), "a relinearisation key");
        RelinearizationKey key = relinearizationKeyBody(r);
        r.finish();
        return key;
    }

    void write(OutputStream out, RotationKey key) throws IOException {
        check(key);
        WireOutput w = WireOutput.open(out, context, WireType.ROTATION_KEY, key.keyPairId(), sizes.rotationKeyBody());
        body(w, key);
        w.finish();
    }

    RotationKey readRotationKey(InputStream in, String operation) throws IOException {
        WireInput r = WireInput.open(in, context, WireType.ROTATION_KEY, operation);
        r.requireBody(sizes.rotationKeyBody(), "a rotation key");
        RotationKey key = rotationKeyBody(r, Set.of());
        r.finish();
        return key;
    }

    void write(OutputStream out, EvaluationKeys keys) throws IOException {
        check(keys);
        long size = sizes.evaluationKeysBody(
                keys.relinearizationKey().isPresent(), keys.rotationKeys().size());
        WireOutput w = WireOutput.open(out, context, WireType.EVALUATION_KEYS, keys.keyPairId(), size);
        body(w, keys);
        w.finish();
    }

    /** Refuses keys that do not have the shape of these parameters. */
    void check(EvaluationKeys keys) {
        RelinearizationKey relin = keys.relinearizationKey().orElse(null);
        if (relin != null) {
            check(relin.parametersId(), relin.key());
        }
        for (RotationKey k : keys.rotationKeys()) {
            check(k);
        }
    }

    static void body(WireOutput w, EvaluationKeys keys) throws IOException {
        RelinearizationKey relin = keys.relinearizationKey().orElse(null);
        byte[] descriptor = new byte[WireSizes.BUNDLE_DESCRIPTOR_BYTES];
        LittleEndian.putInt(descriptor, 0, relin == null ? 0 : 1);
        LittleEndian.putInt(descriptor, 4, keys.rotationKeys().size());
        w.write(descriptor);
        if (relin != null) {
            body(w, relin.key());
        }
        for (RotationKey k : keys.rotationKeys()) {
            body(w, k);
        }
    }

    EvaluationKeys readEvaluationKeys(InputStream in, String operation) throws IOException {
        WireInput r = WireInput.open(in, context, WireType.EVALUATION_KEYS, operation);
        byte[] descriptor = r.read(WireSizes.BUNDLE_DESCRIPTOR_BYTES, "the list of keys");
        int relin = LittleEndian.getInt(descriptor, 0);
        int count = LittleEndian.getInt(descriptor, 4);
        if (relin < 0 || relin > 1) {
            throw r.refuse("the number of relinearisation keys", "to be 0 or 1", relin);
        }
        int most = context.parameters().ringDegree();
        if (count < 0 || count > most) {
            throw r.refuse("the number of rotation keys", "in 0.." + most, count);
        }
        r.requireBody(
                sizes.evaluationKeysBody(relin == 1, count),
                relin + " relinearisation and " + count + " rotation keys");
        EvaluationKeys keys = evaluationKeysBody(r, relin, count);
        r.finish();
        return keys;
    }

    /** The part of a file that {@link #body(WireOutput, EvaluationKeys)} wrote, of which the numbers are known. */
    EvaluationKeys readBody(WireInput r, int relin, int count) throws IOException {
        byte[] descriptor = r.read(WireSizes.BUNDLE_DESCRIPTOR_BYTES, "the list of keys");
        int foundRelin = LittleEndian.getInt(descriptor, 0);
        int found = LittleEndian.getInt(descriptor, 4);
        if (foundRelin != relin || found != count) {
            throw r.refuse(
                    "a bundle",
                    "of " + relin + " relinearisation and " + count + " rotation keys",
                    foundRelin + " and " + found);
        }
        return evaluationKeysBody(r, relin, count);
    }

    private EvaluationKeys evaluationKeysBody(WireInput r, int relin, int count) throws IOException {
        RelinearizationKey relinearizationKey = relin == 1 ? relinearizationKeyBody(r) : null;
        List<RotationKey> rotationKeys = new ArrayList<>();
        Set<Integer> seen = new HashSet<>();
        for (int i = 0; i < count; i++) {
            RotationKey key = rotationKeyBody(r, seen);
            seen.add(key.galoisElement());
            rotationKeys.add(key);
        }
        return EvaluationKeys.of(relinearizationKey, rotationKeys);
    }

    static void body(WireOutput w, SwitchingKey key) throws IOException {
        w.write(Keys.seed(key));
        for (RnsPolynomial b : Keys.halves(key).b()) {
            w.write(b);
        }
    }

    private static void body(WireOutput w, RotationKey key) throws IOException {
        byte[] descriptor = new byte[WireSizes.ROTATION_DESCRIPTOR_BYTES];
        LittleEndian.putInt(descriptor, 0, key.galoisElement());
        w.write(descriptor);
        body(w, key.key());
    }

    private RelinearizationKey relinearizationKeyBody(WireInput r) throws IOException {
        return new RelinearizationKey(
                context.parameters().id(), r.keyPairId(), switchingKeyBody(r, "the relinearisation key"));
    }

    private RotationKey rotationKeyBody(WireInput r, Set<Integer> seen) throws IOException {
        int g = LittleEndian.getInt(r.read(WireSizes.ROTATION_DESCRIPTOR_BYTES, "a Galois element"), 0);
        if (!validElement(g)) {
            throw r.refuse(
                    "a Galois element",
                    "that is odd and below " + 2 * context.parameters().ringDegree(),
                    g);
        }
        if (seen.contains(g)) {
            throw r.refuse("every Galois element", "once", g + " twice");
        }
        return new RotationKey(
                context.parameters().id(),
                r.keyPairId(),
                g,
                switchingKeyBody(r, "the rotation key of Galois element " + g));
    }

    SwitchingKey switchingKeyBody(WireInput r, String what) throws IOException {
        Seed seed = r.readSeed();
        List<RnsPolynomial> b = new ArrayList<>();
        List<RnsPolynomial> a = new ArrayList<>();
        for (int digit = 0; digit < digits(); digit++) {
            RnsPolynomial[] p = r.readPolynomials(
                    Rings.of(context).extendedBasis(), seed.source(digit), "digit " + digit + " of " + what);
            b.add(p[0]);
            a.add(p[1]);
        }
        return Keys.of(new KeyHalves(b, a), seed);
    }

    private int digits() {
        return Rings.of(context).keySwitch().digits(context.parameters().chainLevel() + 1);
    }

    private boolean validElement(int g) {
        return g > 0 && g < 2 * context.parameters().ringDegree() && (g & 1) == 1;
    }

    private void check(RotationKey key) {
        if (!validElement(key.galoisElement())) {
            throw new MismatchException("write: expected an odd Galois element below "
                    + 2 * context.parameters().ringDegree() + ", found " + key.galoisElement()
                    + "; make keys with KeyGenerator");
        }
        check(key.parametersId(), key.key());
    }

    void check(long parametersId, SwitchingKey key) {
        context.require(parametersId, "write");
        WireShapes.require(Keys.seed(key), "a switching key");
        List<RnsPolynomial> halves = Keys.halves(key).b();
        if (halves.size() != digits()) {
            throw new MismatchException("write: expected a switching key of " + digits() + " digits, found "
                    + halves.size() + "; make keys with KeyGenerator");
        }
        for (RnsPolynomial b : halves) {
            WireShapes.require(b, Rings.of(context).extendedBasis(), "a switching key");
        }
    }
}
