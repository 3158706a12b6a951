package io.github.hecnn.ckks.serial;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hecnn.ckks.internal.cipher.Ciphertexts;
import io.github.hecnn.ckks.internal.context.Rings;
import io.github.hecnn.ckks.internal.parts.CiphertextParts;
import io.github.hecnn.ckks.internal.parts.Keys;
import io.github.hecnn.ckks.keys.EvaluationKeys;
import io.github.hecnn.ckks.keys.KeyGenerator;
import io.github.hecnn.ckks.keys.KeyPairId;
import io.github.hecnn.ckks.keys.PublicKey;
import io.github.hecnn.ckks.keys.RelinearizationKey;
import io.github.hecnn.ckks.keys.RotationKey;
import io.github.hecnn.ckks.keys.SecretKey;
import io.github.hecnn.ckks.keys.SwitchingKey;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.ckks.params.CkksParameters;
import io.github.hecnn.ckks.params.SecurityLevel;
import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.ckks.scheme.Plaintext;
import io.github.hecnn.core.rns.KeyHalves;
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
 * SHA-256 of files that must never change under a format version: if one of these fails, files out there can no longer be
 * read, and a new version is due. Content comes from formulas, so that only the format itself and the expansion of seeds
 * (which is a part of it) can change a hash. The first hash is that of version 1, for the same file with the shorter header; all
 * of these but the last two, and the public key with a special prime, come out of an independent script too, which follows the description of the package and of the random
 * source, with OpenSSL for the AES.
 */
class WireFormatHashTest {
    private static final CkksParameters PARAMETERS = CkksParameters.ofPrimes(
            11, List.of(1099511590913L, 1073692673L), List.of(281474976694273L), 30, 2, 0, SecurityLevel.NONE);
    private static final WireFixture F = new WireFixture(CkksContext.create(PARAMETERS));

    private static final KeyPairId PAIR = new KeyPairId(0x0123456789abcdefL, 0xfedcba9876543210L);

    private static void pinned(String version1, String version2, WireFixture.Writer writer) {
        byte[] file = WireFixture.bytes(writer);
        pinned(version1, WireParts.of(file).asVersion1().sealed());
        pinned(version2, file);
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
            b.add(WireFixture.polynomial(Rings.of(F.context).extendedBasis(), salt + digit));
            a.add(WireFixture.seed(salt).expand(Rings.of(F.context).extendedBasis(), digit));
        }
        return Keys.of(new KeyHalves(b, a), WireFixture.seed(salt));
    }

    private static PublicKey publicKey(RnsPolynomial b, RnsPolynomial a) {
        return new PublicKey(
                PARAMETERS.id(), PAIR, Keys.of(new KeyHalves(List.of(b), List.of(a)), WireFixture.seed(3)));
    }

    @Test
    void parameters() {
        pinned(
                "31499fd2c7d15ccc0e7b00ad5b6c3bc9701c726cf992d2ef76890c3375caef0a",
                "b4a850dc2e4591a611404afee503c9e29372bb4d7004f1ada6de3d345ecca524",
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
                "0bb07bb39c8fa55f2e80f218072354b8c223899b669f7972956d894513d9b24e",
                o -> F.serializer.write(
                        o,
                        new KeyGenerator(F.context).secretKey(s, SecretKey.Access.INTENDED),
                        SecretKey.Access.INTENDED));
    }

    @Test
    void publicKey() {
        RnsPolynomial b = WireFixture.polynomial(Rings.of(F.context).basis(1), 9);
        RnsPolynomial a = WireFixture.seed(3).expand(Rings.of(F.context).basis(1), 0);
        pinned(
                "44fa919cba28d4ad2a3b1048fe9be6f24793edb97ae7ab63d680197dff25eab4",
                "b60f669cb8d4edb7851df6bbfdda891c4c445056ac99b3592c4c95c24e12c8f1",
                o -> F.serializer.write(o, publicKey(b, a)));
        RnsPolynomial b2 = WireFixture.polynomial(Rings.of(F.context).publicKeyBasis(1), 9);
        RnsPolynomial a2 = WireFixture.seed(3).expand(Rings.of(F.context).publicKeyBasis(1), 0);
        pinned(
                "e9e575eb7086380516c5d0934c41c8ab5fea233671db2ddc6be3d66a465cb7bd",
                WireFixture.bytes(o -> F.serializer.write(o, publicKey(b2, a2))));
    }

    @Test
    void evaluationKeys() {
        RelinearizationKey relin = new RelinearizationKey(PARAMETERS.id(), PAIR, switchingKey(11));
        RotationKey rotation = new RotationKey(PARAMETERS.id(), PAIR, 5, switchingKey(21));
        pinned(
                "0c0f1db29267b190d1e205b2d880d37d3e1e910b3e75e8b2b9b5897c190a68ae",
                "de5d481537ca639969726b93b925bd4bf583893aeae4dbff330cffa4e8244f99",
                o -> F.serializer.write(o, relin));
        pinned(
                "2fec925fc9f552563974197e488cfc66faaaec552858ecd602f868ff515ac333",
                "6f3a4d72e6e34aca9477921dda1e9b6287ba16ffc70d15cbf4b78e91b99e8ed3",
                o -> F.serializer.write(o, rotation));
        pinned(
                "93a8b5da06a552849b31afb0e2eff60bc3c8b6d3900ba6cf1131f53c74097b3e",
                "c0faaf3381fddb2f37fbade94d9037695dbe9b784078d8cda727387c7eff65e5",
                o -> F.serializer.write(o, EvaluationKeys.of(relin, List.of(rotation))));
    }

    @Test
    void ciphertextsAndPlaintext() {
        List<Ciphertext> mixed = new ArrayList<>();
        for (Ciphertext c : F.mixed()) {
            mixed.add(Ciphertexts.of(new CiphertextParts(
                    c.parametersId(),
                    PAIR,
                    Plaintext.UNKNOWN_SLOTS,
                    Ciphertexts.components(c),
                    c.scale(),
                    Ciphertexts.seed(c).orElse(null))));
        }
        pinned(
                "1f2bd84e17a699da126f045d38e83b098c63a3ecfcfa8d47e161c60a4d8da917",
                "852004f0776d34dd9195f927bb1b48dd7f3c6e18ea629728ad8aa93e119689f2",
                o -> F.serializer.write(o, mixed.get(0)));
        pinned(
                "3793641e78055a7ac56ec329c70a1b15a3d724b2e6c94bd59cfaa7f392270edb",
                "42eaa12c9f22672575e03111412179a9fcdc4ad7bad5911040cb45d0b1b7cf1f",
                o -> F.serializer.write(o, mixed.get(1)));
        pinned(
                "54a46a935d1e13037dd6b88e3a6a297ef5152e6340d327fecdc73907fa6ad179",
                "ca1ca00f6b2e33d16148b186c9239b783758d471c2de2bbcad725df1a6d51563",
                o -> F.serializer.write(o, mixed));
        pinned(
                "b3667c4836244c0975f7780360fae105991c391eb980d14e4fd8ddd0c61391db",
                "e5546ce571de1460a9ce2a2e048298a1cd96271b21e1fb98208816955c7a3bac",
                o -> F.serializer.write(o, F.plaintext(1)));
    }

    @Test
    void expansionOfSeeds() {
        ByteBuffer residues = ByteBuffer.allocate(2 * 3 * 2048 * 8).order(ByteOrder.LITTLE_ENDIAN);
        for (int index = 0; index < 2; index++) {
            RnsPolynomial a = WireFixture.seed(33).expand(Rings.of(F.context).extendedBasis(), index);
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
                "d94c8a5a529c131a34dac8477471b28fecce6abf099fb462b4423a03698b8aed",
                o -> F.serializer.write(o, F.secretKey, SecretKey.Access.INTENDED));
        pinned(
                "2f422a144c5944c79323bc0833b6a66b9a3a724b5e00fe23304da0e593d87f7a",
                "3e23fa0af065bf312f6ca7456f35b909e74b87437e16da36af2296e27d9aea8c",
                o -> F.serializer.write(o, F.evaluationKeys));
    }
}
