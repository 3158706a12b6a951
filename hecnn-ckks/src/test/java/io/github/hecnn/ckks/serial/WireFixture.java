package io.github.hecnn.ckks.serial;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hecnn.ckks.internal.Seed;
import io.github.hecnn.ckks.internal.cipher.Ciphertexts;
import io.github.hecnn.ckks.internal.cipher.Plaintexts;
import io.github.hecnn.ckks.internal.context.Rings;
import io.github.hecnn.ckks.internal.parts.CiphertextParts;
import io.github.hecnn.ckks.internal.parts.Keys;
import io.github.hecnn.ckks.internal.parts.PlaintextParts;
import io.github.hecnn.ckks.keys.EvaluationKeys;
import io.github.hecnn.ckks.keys.KeyGenerator;
import io.github.hecnn.ckks.keys.PublicKey;
import io.github.hecnn.ckks.keys.RelinearizationKey;
import io.github.hecnn.ckks.keys.RotationKey;
import io.github.hecnn.ckks.keys.RotationSteps;
import io.github.hecnn.ckks.keys.SecretKey;
import io.github.hecnn.ckks.keys.SwitchingKey;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.ckks.params.CkksParameters;
import io.github.hecnn.ckks.params.SecurityLevel;
import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.ckks.scheme.Plaintext;
import io.github.hecnn.core.modular.Modulus;
import io.github.hecnn.core.rns.Domain;
import io.github.hecnn.core.rns.KeyHalves;
import io.github.hecnn.core.rns.RnsBasis;
import io.github.hecnn.core.rns.RnsPolynomial;
import io.github.hecnn.core.sampling.RandomSource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One object of every kind on a small ring, and how to read and compare each. Everything follows from fixed seeds. */
final class WireFixture {
    /** Writes or reads; what it throws besides the library's errors is a defect of the test. */
    interface Writer {
        void to(OutputStream out) throws IOException;
    }

    interface Reader {
        Object from(InputStream in) throws IOException;
    }

    /** A file and the reader it is meant for. */
    static final class Sample {
        private final WireType type;
        private final byte[] bytes;
        private final Reader reader;

        Sample(WireType type, byte[] bytes, Reader reader) {
            this.type = type;
            this.bytes = bytes;
            this.reader = reader;
        }

        WireType type() {
            return type;
        }

        byte[] bytes() {
            return bytes;
        }

        Reader reader() {
            return reader;
        }

        Object read(byte[] altered) {
            try {
                return reader.from(new ByteArrayInputStream(altered));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    final CkksParameters parameters;
    final CkksContext context;
    final CkksSerializer serializer;
    final SecretKey secretKey;
    final PublicKey publicKey;
    final EvaluationKeys evaluationKeys;
    final RelinearizationKey relinearizationKey;
    final RotationKey rotationKey;

    WireFixture(CkksContext context) {
        this.parameters = context.parameters();
        this.context = context;
        this.serializer = new CkksSerializer(context);
        KeyGenerator keys = new KeyGenerator(context, RandomSource.seeded(42));
        this.secretKey = keys.secretKey();
        this.publicKey = keys.publicKey(secretKey);
        this.evaluationKeys = keys.evaluationKeys(secretKey, RotationSteps.of(3, -1), true);
        this.relinearizationKey = evaluationKeys.relinearizationKey().orElseThrow();
        this.rotationKey = evaluationKeys.rotationKeys().iterator().next();
    }

    static CkksParameters small(int logRingDegree, int levels) {
        return CkksParameters.builder()
                .logRingDegree(logRingDegree)
                .levels(levels)
                .scaleBits(30)
                .firstPrimeBits(40)
                .digits(2)
                .securityLevel(SecurityLevel.NONE)
                .build();
    }

    static WireFixture of(int logRingDegree, int levels) {
        return new WireFixture(CkksContext.create(small(logRingDegree, levels)));
    }

    /** Residues by a formula, so that no sampler has a part in it. */
    static RnsPolynomial polynomial(RnsBasis basis, long salt) {
        RnsPolynomial p = RnsPolynomial.zero(basis, Domain.NTT);
        for (int i = 0; i < basis.size(); i++) {
            Modulus q = basis.modulus(i);
            for (int j = 0; j < basis.degree(); j++) {
                p.limb(i)[j] = q.balance((j + salt) * 0x9E3779B97F4A7C15L + i);
            }
        }
        return p;
    }

    static Seed seed(int value) {
        byte[] b = new byte[32];
        Arrays.fill(b, (byte) value);
        return new Seed(b);
    }

    Plaintext plaintext(int level) {
        return Plaintexts.of(new PlaintextParts(
                parameters.id(), polynomial(Rings.of(context).basis(level), 1), parameters.scale(level)));
    }

    Ciphertext ciphertext(int level, int components) {
        RnsBasis basis = Rings.of(context).basis(level);
        List<RnsPolynomial> c = List.of(polynomial(basis, 2), polynomial(basis, 3), polynomial(basis, 4));
        return Ciphertexts.of(new CiphertextParts(
                parameters.id(), secretKey.keyPairId(), c.subList(0, components), parameters.scale(level)));
    }

    Ciphertext seeded(int level) {
        RnsBasis basis = Rings.of(context).basis(level);
        Seed seed = seed(7);
        return Ciphertexts.of(new CiphertextParts(
                parameters.id(),
                secretKey.keyPairId(),
                Plaintext.UNKNOWN_SLOTS,
                List.of(polynomial(basis, 5), seed.expand(basis, 0)),
                parameters.scale(level),
                seed));
    }

    List<Ciphertext> mixed() {
        return List.of(seeded(1), ciphertext(0, 3), ciphertext(1, 2), seeded(0));
    }

    /** A file of every kind. */
    Map<WireType, Sample> samples() {
        Map<WireType, Sample> m = new LinkedHashMap<>();
        CkksSerializer s = serializer;
        put(
                m,
                WireType.PARAMETERS,
                o -> CkksSerializer.write(o, parameters),
                CkksSerializer::readParametersOfAnySecurity);
        put(m, WireType.PUBLIC_KEY, o -> s.write(o, publicKey), s::readPublicKey);
        put(
                m,
                WireType.SECRET_KEY,
                o -> s.write(o, secretKey, SecretKey.Access.INTENDED),
                in -> s.readSecretKey(in, SecretKey.Access.INTENDED));
        put(m, WireType.RELINEARIZATION_KEY, o -> s.write(o, relinearizationKey), s::readRelinearizationKey);
        put(m, WireType.ROTATION_KEY, o -> s.write(o, rotationKey), s::readRotationKey);
        put(m, WireType.EVALUATION_KEYS, o -> s.write(o, evaluationKeys), s::readEvaluationKeys);
        put(m, WireType.CIPHERTEXT, o -> s.write(o, seeded(1)), s::readCiphertext);
        put(m, WireType.CIPHERTEXTS, o -> s.write(o, mixed()), s::readCiphertexts);
        put(m, WireType.PLAINTEXT, o -> s.write(o, plaintext(1)), s::readPlaintext);
        return m;
    }

    private static void put(Map<WireType, Sample> m, WireType type, Writer writer, Reader reader) {
        m.put(type, new Sample(type, bytes(writer), reader));
    }

    static byte[] bytes(Writer writer) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            writer.to(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    static ByteArrayInputStream in(byte[] bytes) {
        return new ByteArrayInputStream(bytes);
    }

    static void assertEqual(RnsPolynomial found, RnsPolynomial expected) {
        assertThat(found.basis()).isEqualTo(expected.basis());
        assertThat(found.domain()).isEqualTo(expected.domain());
        for (int i = 0; i < expected.size(); i++) {
            assertThat(Arrays.equals(found.limb(i), expected.limb(i)))
                    .as("limb " + i)
                    .isTrue();
        }
    }

    static void assertEqual(Ciphertext found, Ciphertext expected) {
        assertThat(found.parametersId()).isEqualTo(expected.parametersId());
        assertThat(found.keyPairId()).isEqualTo(expected.keyPairId());
        assertThat(found.scale()).isEqualTo(expected.scale());
        assertThat(Ciphertexts.seed(found)).isEqualTo(Ciphertexts.seed(expected));
        assertThat(found.size()).isEqualTo(expected.size());
        for (int i = 0; i < expected.size(); i++) {
            assertEqual(
                    Ciphertexts.components(found).get(i),
                    Ciphertexts.components(expected).get(i));
        }
    }

    static void assertEqual(SwitchingKey found, SwitchingKey expected) {
        assertThat(Keys.seed(found)).isEqualTo(Keys.seed(expected));
        KeyHalves f = Keys.halves(found);
        KeyHalves e = Keys.halves(expected);
        assertThat(f.a()).hasSameSizeAs(e.a());
        assertThat(f.b()).hasSameSizeAs(e.b());
        for (int d = 0; d < e.b().size(); d++) {
            assertEqual(f.b().get(d), e.b().get(d));
            assertEqual(f.a().get(d), e.a().get(d));
        }
    }

    static void assertEqual(RotationKey found, RotationKey expected) {
        assertThat(found.parametersId()).isEqualTo(expected.parametersId());
        assertThat(found.keyPairId()).isEqualTo(expected.keyPairId());
        assertThat(found.galoisElement()).isEqualTo(expected.galoisElement());
        assertEqual(found.key(), expected.key());
    }
}
