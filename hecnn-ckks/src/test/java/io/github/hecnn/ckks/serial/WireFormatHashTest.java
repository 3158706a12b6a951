package io.github.hecnn.ckks.serial;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hecnn.ckks.keys.EvaluationKeys;
import io.github.hecnn.ckks.keys.KeyGenerator;
import io.github.hecnn.ckks.keys.KeyPairId;
import io.github.hecnn.ckks.keys.PublicKey;
import io.github.hecnn.ckks.keys.RelinearizationKey;
import io.github.hecnn.ckks.keys.RotationKey;
import io.github.hecnn.ckks.keys.SwitchingKey;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.ckks.params.CkksParameters;
import io.github.hecnn.ckks.params.SecurityLevel;
import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.core.rns.RnsPolynomial;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * SHA-256 of files that must never change under format version 1: if one of these fails, files out there can no longer be
 * read, and a new version is due. Content comes from formulas, so that only the format itself and the expansion of seeds
 * (which is a part of it) can change a hash. All but the last two come out of an independent script too, which follows the
 * description of the package and of the random source, with OpenSSL for the AES.
 */
class WireFormatHashTest {
    private static final CkksParameters PARAMETERS = CkksParameters.ofPrimes(
            11, List.of(1099511590913L, 1073692673L), List.of(281474976694273L), 30, 2, 0, SecurityLevel.NONE);
    private static final WireFixture F = new WireFixture(CkksContext.create(PARAMETERS));

    private static void pinned(String hash, WireFixture.Writer writer) {
        pinned(hash, WireFixture.bytes(writer));
    }

    private static void pinned(String hash, byte[] bytes) {
        try {
            byte[] found = MessageDigest.getInstance("SHA-256").digest(bytes);
            assertThat(HexFormat.of().formatHex(found)).isEqualTo(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static SwitchingKey switchingKey(int salt) {
        List<RnsPolynomial> b = new ArrayList<>();
        List<RnsPolynomial> a = new ArrayList<>();
        for (int digit = 0; digit < 2; digit++) {
            b.add(WireFixture.polynomial(F.context.extendedBasis(), salt + digit));
            a.add(WireFixture.seed(salt).expand(F.context.extendedBasis(), digit));
        }
        return new SwitchingKey(b, a, WireFixture.seed(salt));
    }

    @Test
    void parameters() {
        pinned(
                "31499fd2c7d15ccc0e7b00ad5b6c3bc9701c726cf992d2ef76890c3375caef0a",
                o -> CkksSerializer.write(o, PARAMETERS));
    }

    @Test
    void secretKey() {
        byte[] s = new byte[2048];
        for (int i = 0; i < s.length; i++) {
            s[i] = (byte) (i * i % 3 - i % 2);
        }
        pinned(
                "4799e6ab52b093aabbb320cc1bf0face40591dba84d701cd6795dd2c6538b068",
                o -> F.serializer.write(o, new KeyGenerator(F.context).secretKey(s)));
    }

    @Test
    void publicKey() {
        RnsPolynomial b = WireFixture.polynomial(F.context.basis(1), 9);
        RnsPolynomial a = WireFixture.seed(3).expand(F.context.basis(1), 0);
        pinned(
                "44fa919cba28d4ad2a3b1048fe9be6f24793edb97ae7ab63d680197dff25eab4",
                o -> F.serializer.write(
                        o, new PublicKey(PARAMETERS.id(), KeyPairId.UNKNOWN, b, a, WireFixture.seed(3))));
    }

    @Test
    void evaluationKeys() {
        RelinearizationKey relin = new RelinearizationKey(PARAMETERS.id(), KeyPairId.UNKNOWN, switchingKey(11));
        RotationKey rotation = new RotationKey(PARAMETERS.id(), KeyPairId.UNKNOWN, 5, switchingKey(21));
        pinned("0c0f1db29267b190d1e205b2d880d37d3e1e910b3e75e8b2b9b5897c190a68ae", o -> F.serializer.write(o, relin));
        pinned(
                "2fec925fc9f552563974197e488cfc66faaaec552858ecd602f868ff515ac333",
                o -> F.serializer.write(o, rotation));
        pinned(
                "93a8b5da06a552849b31afb0e2eff60bc3c8b6d3900ba6cf1131f53c74097b3e",
                o -> F.serializer.write(o, EvaluationKeys.of(relin, List.of(rotation))));
    }

    @Test
    void ciphertextsAndPlaintext() {
        List<Ciphertext> mixed = F.mixed();
        pinned(
                "1f2bd84e17a699da126f045d38e83b098c63a3ecfcfa8d47e161c60a4d8da917",
                o -> F.serializer.write(o, mixed.get(0)));
        pinned(
                "3793641e78055a7ac56ec329c70a1b15a3d724b2e6c94bd59cfaa7f392270edb",
                o -> F.serializer.write(o, mixed.get(1)));
        pinned("54a46a935d1e13037dd6b88e3a6a297ef5152e6340d327fecdc73907fa6ad179", o -> F.serializer.write(o, mixed));
        pinned(
                "b3667c4836244c0975f7780360fae105991c391eb980d14e4fd8ddd0c61391db",
                o -> F.serializer.write(o, F.plaintext(1)));
    }

    @Test
    void expansionOfSeeds() {
        ByteBuffer residues = ByteBuffer.allocate(2 * 3 * 2048 * 8).order(ByteOrder.LITTLE_ENDIAN);
        for (int index = 0; index < 2; index++) {
            RnsPolynomial a = WireFixture.seed(33).expand(F.context.extendedBasis(), index);
            for (int i = 0; i < a.size(); i++) {
                for (double r : a.limb(i)) {
                    residues.putLong((long) r);
                }
            }
        }
        pinned("acdf9e6c4b6a476d9c10403d735d4775aa1d5817392fe8c971237961e354ff46", residues.array());
    }

    /** Not the format alone: the order in which the generator draws is in it too, on which repeatable runs depend. */
    @Test
    void keysFromASeededGenerator() {
        pinned(
                "6c4aca0a6ac3364d9ba7539c070080259fca6da3c15ac666137f5b11def5195b",
                o -> F.serializer.write(o, F.secretKey));
        pinned(
                "2f422a144c5944c79323bc0833b6a66b9a3a724b5e00fe23304da0e593d87f7a",
                o -> F.serializer.write(o, F.evaluationKeys));
    }
}
