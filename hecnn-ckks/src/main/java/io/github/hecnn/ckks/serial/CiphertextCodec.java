package io.github.hecnn.ckks.serial;

import io.github.hecnn.ckks.error.MismatchException;
import io.github.hecnn.ckks.internal.Seed;
import io.github.hecnn.ckks.internal.cipher.Ciphertexts;
import io.github.hecnn.ckks.internal.cipher.Plaintexts;
import io.github.hecnn.ckks.internal.context.Rings;
import io.github.hecnn.ckks.internal.parts.CiphertextParts;
import io.github.hecnn.ckks.internal.parts.PlaintextParts;
import io.github.hecnn.ckks.keys.KeyPairId;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.ckks.scheme.Plaintext;
import io.github.hecnn.core.rns.RnsBasis;
import io.github.hecnn.core.rns.RnsPolynomial;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/** Ciphertexts, lists of them, and plaintexts. Immutable and thread-safe. */
final class CiphertextCodec {
    static final int SLOTS_AT = 3;
    static final int SCALE_AT = 4;

    private final CkksContext context;
    private final WireSizes sizes;

    CiphertextCodec(CkksContext context, WireSizes sizes) {
        this.context = context;
        this.sizes = sizes;
    }

    /** Only the second of two components can come from a seed. */
    static boolean seeded(Ciphertext c) {
        return Ciphertexts.seed(c).isPresent() && c.size() == 2;
    }

    long bodyBytes(Ciphertext c) {
        check(c);
        return sizes.ciphertextBody(c.level(), c.size(), seeded(c));
    }

    long bodyBytes(List<Ciphertext> list) {
        long sum = 0;
        for (Ciphertext c : list) {
            sum += bodyBytes(c);
        }
        return WireSizes.ciphertextsBody(sum);
    }

    long bodyBytes(Plaintext p) {
        context.require(p.parametersId(), "write");
        WireShapes.requireScale(p.scale());
        requireLevel(p.level(), "a plaintext");
        WireShapes.require(Plaintexts.polynomial(p), Rings.of(context).basis(p.level()), "a plaintext");
        return sizes.plaintextBody(p.level());
    }

    void write(OutputStream out, Ciphertext c) throws IOException {
        WireOutput w = WireOutput.open(out, context, WireType.CIPHERTEXT, c.keyPairId(), bodyBytes(c));
        body(w, c);
        w.finish();
    }

    Ciphertext readCiphertext(InputStream in, String operation) throws IOException {
        WireInput r = WireInput.open(in, context, WireType.CIPHERTEXT, operation);
        Descriptor d = descriptor(r, "the ciphertext");
        r.requireBody(sizes.ciphertextBody(d.level, d.components, d.seeded), "a ciphertext of " + d);
        Ciphertext c = body(r, d, "the ciphertext");
        r.finish();
        return c;
    }

    void write(OutputStream out, List<Ciphertext> ciphertexts) throws IOException {
        List<Ciphertext> list = List.copyOf(ciphertexts);
        KeyPairId pair = KeyPairId.UNKNOWN;
        for (Ciphertext c : list) {
            pair = pair.with(c.keyPairId(), "write");
        }
        WireOutput w = WireOutput.open(out, context, WireType.CIPHERTEXTS, pair, bodyBytes(list));
        byte[] count = new byte[WireSizes.LIST_DESCRIPTOR_BYTES];
        LittleEndian.putInt(count, 0, list.size());
        w.write(count);
        for (Ciphertext c : list) {
            body(w, c);
        }
        w.finish();
    }

    List<Ciphertext> readCiphertexts(InputStream in, String operation) throws IOException {
        WireInput r = WireInput.open(in, context, WireType.CIPHERTEXTS, operation);
        int count = LittleEndian.getInt(r.read(WireSizes.LIST_DESCRIPTOR_BYTES, "the number of ciphertexts"), 0);
        long most = (r.remaining() - ChunkWriter.END_BYTES) / sizes.smallestCiphertextBody();
        if (count < 0 || count > most) {
            throw r.refuse("the number of ciphertexts", "in 0.." + most + " for a file of this length", count);
        }
        List<Ciphertext> list = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String what = "ciphertext " + i;
            Descriptor d = descriptor(r, what);
            list.add(body(r, d, what));
        }
        r.finish();
        return List.copyOf(list);
    }

    void write(OutputStream out, Plaintext p) throws IOException {
        WireOutput w = WireOutput.open(out, context, WireType.PLAINTEXT, KeyPairId.UNKNOWN, bodyBytes(p));
        w.write(new Descriptor(p.level(), 1, false, p.slots(), p.scale()).toBytes());
        w.write(Plaintexts.polynomial(p));
        w.finish();
    }

    Plaintext readPlaintext(InputStream in, String operation) throws IOException {
        WireInput r = WireInput.open(in, context, WireType.PLAINTEXT, operation);
        Descriptor d = descriptor(r, "the plaintext");
        if (d.components != 1 || d.seeded) {
            throw r.refuse("a plaintext", "of 1 component", d.components);
        }
        r.requireBody(sizes.plaintextBody(d.level), "a plaintext of level " + d.level);
        RnsPolynomial p = r.readPolynomial(Rings.of(context).basis(d.level), "the plaintext");
        r.finish();
        return Plaintexts.of(new PlaintextParts(context.parameters().id(), p, d.scale, Double.NaN, d.slots));
    }

    /** The fixed part that comes before the polynomials; 12 bytes. */
    private record Descriptor(int level, int components, boolean seeded, int slots, double scale) {
        byte[] toBytes() {
            byte[] b = new byte[WireSizes.CIPHERTEXT_DESCRIPTOR_BYTES];
            b[0] = (byte) level;
            b[1] = (byte) components;
            b[2] = (byte) (seeded ? 1 : 0);
            b[SLOTS_AT] = (byte) (slots == Plaintext.UNKNOWN_SLOTS ? 0 : Integer.numberOfTrailingZeros(slots) + 1);
            LittleEndian.putLong(b, SCALE_AT, Double.doubleToRawLongBits(scale));
            return b;
        }

        @Override
        public String toString() {
            return "level " + level + " with " + components + " components" + (seeded ? ", one from a seed" : "");
        }
    }

    private Descriptor descriptor(WireInput r, String what) throws IOException {
        byte[] b = r.read(WireSizes.CIPHERTEXT_DESCRIPTOR_BYTES, "level and scale of " + what);
        int level = LittleEndian.getUnsignedByte(b, 0);
        int components = LittleEndian.getUnsignedByte(b, 1);
        // Version 1 had no place for the number of slots: a second byte of flags, always zero.
        boolean known = r.version() != FormatVersion.V1;
        int slots = known ? LittleEndian.getUnsignedByte(b, SLOTS_AT) : 0;
        int flags = LittleEndian.getUnsignedByte(b, 2) | (known ? 0 : LittleEndian.getUnsignedByte(b, SLOTS_AT) << 8);
        double scale = Double.longBitsToDouble(LittleEndian.getLong(b, SCALE_AT));
        if (level > context.parameters().chainLevel()) {
            throw r.refuse(
                    "the level of " + what, "in 0.." + context.parameters().chainLevel(), level);
        }
        if (flags > 1 || (flags == 1 && components != 2)) {
            throw r.refuse("the flags of " + what, "to be 0, or 1 with 2 components", flags);
        }
        int most = known ? Integer.numberOfTrailingZeros(context.parameters().slots()) + 1 : 0;
        if (slots > most) {
            throw r.refuse("the slots of " + what, "in 0.." + most, slots);
        }
        if (!WireShapes.validScale(scale)) {
            throw r.refuse("the scale of " + what, "to be positive and finite", scale);
        }
        return new Descriptor(
                level, components, flags == 1, slots == 0 ? Plaintext.UNKNOWN_SLOTS : 1 << (slots - 1), scale);
    }

    private static void body(WireOutput w, Ciphertext c) throws IOException {
        boolean seeded = seeded(c);
        w.write(new Descriptor(c.level(), c.size(), seeded, c.slots(), c.scale()).toBytes());
        if (seeded) {
            w.write(Ciphertexts.seed(c).orElseThrow());
        }
        for (int i = 0; i < (seeded ? 1 : c.size()); i++) {
            w.write(Ciphertexts.components(c).get(i));
        }
    }

    private Ciphertext body(WireInput r, Descriptor d, String what) throws IOException {
        if (d.components < 2 || d.components > 3) {
            throw r.refuse("the number of components of " + what, "to be 2 or 3", d.components);
        }
        RnsBasis basis = Rings.of(context).basis(d.level);
        long id = context.parameters().id();
        if (d.seeded) {
            Seed seed = r.readSeed();
            RnsPolynomial[] p = r.readPolynomials(basis, seed.source(0), what);
            return Ciphertexts.of(new CiphertextParts(id, r.keyPairId(), d.slots, List.of(p), d.scale, seed));
        }
        List<RnsPolynomial> components = new ArrayList<>();
        for (int i = 0; i < d.components; i++) {
            components.add(r.readPolynomial(basis, "component " + i + " of " + what));
        }
        return Ciphertexts.of(new CiphertextParts(id, r.keyPairId(), d.slots, components, d.scale, null));
    }

    private void check(Ciphertext c) {
        context.require(c.parametersId(), "write");
        WireShapes.requireScale(c.scale());
        if (c.size() < 2 || c.size() > 3) {
            throw new MismatchException("write: expected a ciphertext of 2 or 3 components, found " + c.size()
                    + "; make it with Encryptor or Evaluator");
        }
        requireLevel(c.level(), "a ciphertext");
        for (RnsPolynomial p : Ciphertexts.components(c)) {
            WireShapes.require(p, Rings.of(context).basis(c.level()), "a ciphertext");
        }
    }

    private void requireLevel(int level, String what) {
        if (level > context.parameters().chainLevel()) {
            throw new MismatchException("write: expected " + what + " of at most "
                    + (context.parameters().chainLevel() + 1) + " limbs, found " + (level + 1)
                    + "; use the serializer of its context");
        }
    }
}
