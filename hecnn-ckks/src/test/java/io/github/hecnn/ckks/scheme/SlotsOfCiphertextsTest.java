package io.github.hecnn.ckks.scheme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.hecnn.ckks.error.MismatchException;
import io.github.hecnn.ckks.internal.cipher.Ciphertexts;
import io.github.hecnn.ckks.internal.cipher.Plaintexts;
import io.github.hecnn.ckks.internal.parts.CiphertextParts;
import io.github.hecnn.ckks.internal.parts.PlaintextParts;
import io.github.hecnn.ckks.keys.KeyPairId;
import io.github.hecnn.ckks.keys.RotationSteps;
import io.github.hecnn.ckks.noise.NoiseFlooding;
import io.github.hecnn.ckks.serial.CkksSerializer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** A ciphertext knows after how many slots its vector repeats itself, so that nobody decodes averages. */
class SlotsOfCiphertextsTest {
    private static final CkksFixture F = new CkksFixture(CkksFixture.small(3, 3), RotationSteps.of(1));
    private static final Evaluator E = F.evaluator;
    private static final double[] X = {1, 2, 3, 4, 5, 6, 7, 8};
    private static final double[] Y = {0.5, -0.5};

    private static Ciphertext encrypt(double... x) {
        return F.symmetric.encrypt(F.encoder.encode(x));
    }

    private static double[] decoded(Ciphertext c) {
        return F.encoder.decode(F.decryptor.decrypt(c));
    }

    @Test
    void fewerSlotsThanWereEncryptedAreRefused() {
        for (Encryptor e : List.of(F.symmetric, F.asymmetric)) {
            Ciphertext c = e.encrypt(F.encoder.encode(X));
            assertThat(c.slots()).isEqualTo(8);
            assertThat(decoded(c)).containsExactly(X, Offset.offset(1e-6));
            assertThatThrownBy(() -> F.encoder.decodeComplex(F.decryptor.decrypt(c), 2))
                    .isInstanceOf(MismatchException.class)
                    .hasMessage("decode: expected 8 slots or more, as were encoded, found 2; ask for 8, or for all with"
                            + " decodeComplex(plaintext)");
        }
        Plaintext flooded = F.decryptor.decryptFlooded(encrypt(X), NoiseFlooding.of(1e-9, 1));
        assertThat(flooded.slots()).isEqualTo(8);
    }

    @Test
    void resultsHaveTheMostSlotsOfTheirOperands() {
        Ciphertext x = encrypt(X);
        Ciphertext y = encrypt(Y);
        assertThat(decoded(E.add(y, x))).hasSize(8).contains(new double[] {1.5}, Offset.offset(1e-6));
        assertThat(E.rescale(E.multiply(x, y)).slots()).isEqualTo(8);
        assertThat(E.sumOfProducts(List.of(y, y), List.of(y, x)).slots()).isEqualTo(8);
        assertThat(E.relinearizeAndRescale(E.multiplyNoRelin(y, y)).slots()).isEqualTo(2);
        assertThat(decoded(E.rotate(x, 1))[7]).isCloseTo(1, Offset.offset(1e-6));
        assertThat(E.conjugate(E.negate(E.multiplyByI(x))).slots()).isEqualTo(8);
        assertThat(E.dropLimbs(E.dropToLevel(E.addConstant(x, 1), 2), 1).slots())
                .isEqualTo(8);
        assertThat(E.multiplyConstant(E.multiplyInteger(y, 3), 0.5).slots()).isEqualTo(2);
        Plaintext p = F.encoder.encode(new double[] {1, 2, 3, 4});
        assertThat(E.multiplyPlain(y, p).slots()).isEqualTo(4);
        assertThat(E.addPlain(y, p).slots()).isEqualTo(4);
        assertThat(E.sumOfPlainProducts(List.of(y, x), List.of(p, p)).slots()).isEqualTo(8);
        ExtendedPlaintext wide = F.encoder.encodeExtended(Y, null, 3, x.scale());
        assertThat(E.sumsOfRotatedPlainProducts(x, new int[] {1}, List.of(List.of(wide)))
                        .get(0)
                        .slots())
                .isEqualTo(F.slots());
        double[] all = decoded(E.multiplyByMonomial(x, 3));
        assertThat(all).hasSize(F.slots());
        assertThat(Arrays.copyOf(all, 8)).isNotEqualTo(Arrays.copyOfRange(all, 8, 16));
    }

    @Test
    void whatNobodyToldStaysUnknown() throws IOException {
        Ciphertext x = encrypt(X);
        CkksSerializer serializer = new CkksSerializer(F.context);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        serializer.write(file, E.negate(x));
        assertThat(serializer
                        .readCiphertext(new ByteArrayInputStream(file.toByteArray()))
                        .slots())
                .isEqualTo(8);
        Ciphertext unknown = Ciphertexts.of(
                new CiphertextParts(x.parametersId(), x.keyPairId(), Ciphertexts.components(x), x.scale()));
        assertThat(E.add(x, unknown).slots()).isEqualTo(Plaintext.UNKNOWN_SLOTS);
        assertThat(decoded(unknown)).hasSize(F.slots());
        Plaintext p = Plaintexts.of(
                new PlaintextParts(x.parametersId(), F.encoder.encode(X).polynomial(), x.scale()));
        assertThat(E.addPlain(x, p).slots()).isEqualTo(Plaintext.UNKNOWN_SLOTS);
        for (int bad : new int[] {-1, 3, F.slots() * 2}) {
            assertThatThrownBy(() -> Ciphertexts.of(new CiphertextParts(
                            x.parametersId(), KeyPairId.UNKNOWN, bad, Ciphertexts.components(x), x.scale(), null)))
                    .isInstanceOf(MismatchException.class)
                    .hasMessageContaining("Ciphertext: expected a power of two up to");
        }
    }
}
