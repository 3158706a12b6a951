package io.github.hecnn.ckks.proposal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.hecnn.ckks.error.InvalidParametersException;
import io.github.hecnn.ckks.keys.EvaluationKeys;
import io.github.hecnn.ckks.keys.KeyGenerator;
import io.github.hecnn.ckks.keys.PublicKey;
import io.github.hecnn.ckks.keys.RotationSteps;
import io.github.hecnn.ckks.keys.SecretKey;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.ckks.params.CkksParameters;
import io.github.hecnn.ckks.params.SecurityLevel;
import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.ckks.scheme.CkksEncoder;
import io.github.hecnn.ckks.scheme.Decryptor;
import io.github.hecnn.ckks.scheme.Encryptor;
import io.github.hecnn.ckks.scheme.Evaluator;
import io.github.hecnn.ckks.serial.CkksSerializer;
import io.github.hecnn.core.sampling.RandomSource;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Parameters from a depth and a precision keep what they promise, on encrypted data of secure size. */
class ParameterProposalTest {
    /** Keys of secure size, of randomness that can be repeated. */
    private static final class Owner {
        private final CkksContext context;
        private final PublicKey publicKey;
        private final EvaluationKeys keys;
        private final CkksEncoder encoder;
        private final Encryptor symmetric;
        private final Encryptor asymmetric;
        private final Decryptor decryptor;
        private final Evaluator evaluator;

        Owner(CkksParameters parameters, RotationSteps steps) {
            context = CkksContext.create(parameters);
            KeyGenerator generator = new KeyGenerator(context, RandomSource.reproducible(1));
            SecretKey secretKey = generator.secretKey();
            publicKey = generator.publicKey(secretKey);
            keys = generator.evaluationKeys(secretKey, steps, false);
            encoder = new CkksEncoder(context);
            symmetric = Encryptor.withSecretKey(context, secretKey, RandomSource.reproducible(2));
            asymmetric = Encryptor.withPublicKey(context, publicKey, RandomSource.reproducible(3));
            decryptor = new Decryptor(context, secretKey);
            evaluator = new Evaluator(context, keys);
        }
    }

    /** Squares of numbers of magnitude 1, whose errors grow fastest, and of others; with the public key, which is noisier. */
    @ParameterizedTest
    @CsvSource({
        "0, 20, CLASSICAL_128",
        "1, 12, CLASSICAL_128",
        "3, 20, CLASSICAL_128",
        "5, 15, CLASSICAL_128",
        "1, 20, CLASSICAL_192"
    })
    void theResultOfAllProductsIsAsPreciseAsPromised(int depth, int precisionBits, SecurityLevel level) {
        ParameterProposal proposal = ParameterProposal.of(ParameterRequest.builder(depth, precisionBits)
                .securityLevel(level)
                .build());
        CkksParameters p = proposal.parameters();
        assertThat(p.securityLevel()).isEqualTo(level);
        assertThat(p.maxLevel()).isEqualTo(depth);
        assertThat(proposal.predictedBits()).isGreaterThanOrEqualTo(precisionBits);
        Owner f = new Owner(p, RotationSteps.of(List.of()));
        for (long seed = 1; seed <= 2; seed++) {
            double[] x = new Random(seed).doubles(p.slots(), -1, 1).toArray();
            for (int i = 0; i < x.length; i += 2) {
                x[i] = Math.signum(x[i]);
            }
            Ciphertext c = f.asymmetric.encrypt(f.encoder.encode(x));
            for (int l = depth; l > 0; l--) {
                c = f.evaluator.rescale(f.evaluator.square(c));
            }
            double[] y = f.encoder.decode(f.decryptor.decrypt(c));
            double worst = 0;
            for (int i = 0; i < x.length; i++) {
                worst = Math.max(worst, Math.abs(y[i] - Math.pow(x[i], 1 << depth)));
            }
            assertThat(worst).isLessThan(Math.scalb(1.0, -precisionBits));
            // the model is not pessimistic beyond the tails it allows for
            assertThat(worst).isGreaterThan(Math.pow(2, -proposal.predictedBits() - 4));
        }
    }

    @Test
    void bytesAreThoseOfTheFiles() {
        ParameterProposal proposal = ParameterProposal.of(
                ParameterRequest.builder(2, 10).rotationKeys(2).build());
        Owner f = new Owner(proposal.parameters(), RotationSteps.of(List.of(1, 3)));
        CkksSerializer serializer = new CkksSerializer(f.context);
        Ciphertext fresh = f.asymmetric.encrypt(f.encoder.encode(new double[] {1, 2}));
        assertThat(proposal.ciphertextBytes()).isEqualTo(serializer.wireBytes(fresh));
        assertThat(proposal.seededCiphertextBytes())
                .isEqualTo(serializer.wireBytes(f.symmetric.encrypt(f.encoder.encode(new double[] {1, 2}))));
        assertThat(proposal.publicKeyBytes()).isEqualTo(serializer.wireBytes(f.publicKey));
        assertThat(proposal.evaluationKeyBytes()).isEqualTo(serializer.wireBytes(f.keys));
        assertThat(proposal.resultBytes()).isEqualTo(serializer.wireBytes(f.evaluator.dropToLevel(fresh, 0)));
    }

    @Test
    void theRingIsTheSmallestAndTheScaleToo() {
        ParameterProposal proposal = ParameterProposal.forDepth(5, 15);
        CkksParameters p = proposal.parameters();
        assertThat(p.logRingDegree()).isEqualTo(14);
        assertThat(proposal.predictedBits()).isBetween(15.0, 16.1);
        assertThat(proposal.reasons())
                .anySatisfy(r -> assertThat(r).contains("2^13 needs").contains("may have 214"));
        assertThat(proposal.lines()).anySatisfy(l -> assertThat(l).contains("by the price list"));
        assertThat(proposal.depthSeconds()).isGreaterThan(proposal.productSeconds(5));
        assertThat(proposal.productSeconds(0)).isZero();
        assertThat(ParameterProposal.of(
                                ParameterRequest.builder(5, 15).slots(20_000).build())
                        .parameters()
                        .logRingDegree())
                .isEqualTo(16);
    }

    @Test
    void moreSecurityMeansALargerRing() {
        int last = 0;
        for (SecurityLevel level : SecurityLevel.values()) {
            int log = ParameterProposal.of(
                            ParameterRequest.builder(6, 12).securityLevel(level).build())
                    .parameters()
                    .logRingDegree();
            assertThat(log).isGreaterThanOrEqualTo(last);
            last = log;
        }
        assertThat(last).isEqualTo(15);
    }

    @Test
    void largerValuesHaveTheirBits() {
        ParameterProposal proposal = ParameterProposal.of(
                ParameterRequest.builder(2, 10).magnitude(100).build());
        CkksParameters p = proposal.parameters();
        assertThat(p.chain().dataPrimes().get(0) / 2.0 / p.scale(0)).isGreaterThan(100);
        assertThat(proposal.request().growth()).isEqualTo(101);
    }

    @Test
    void whatNoRingHasIsRefusedWithTheReasons() {
        assertThatThrownBy(() -> ParameterProposal.forDepth(20, 30))
                .isInstanceOf(InvalidParametersException.class)
                .hasMessageContaining(
                        "expected a depth and a precision that a ring degree up to 2^17 has, found depth 20 and 30")
                .hasMessageContaining("bits of precision at most")
                .hasMessageContaining("ask for a smaller depth");
        assertThatThrownBy(() -> ParameterProposal.forDepth(61, 10))
                .isInstanceOf(InvalidParametersException.class)
                .hasMessageContaining("expected depth in 0..60, found 61");
        assertThatThrownBy(() -> ParameterProposal.forDepth(1, 0)).hasMessageContaining("precisionBits in 1..40");
        assertThatThrownBy(() ->
                        ParameterRequest.builder(1, 10).magnitude(Double.NaN).build())
                .hasMessageContaining("expected a magnitude from 2^-10 to 2^20");
    }
}
