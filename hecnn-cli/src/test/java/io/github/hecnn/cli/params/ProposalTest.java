package io.github.hecnn.cli.params;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.hecnn.ckks.error.InvalidParametersException;
import io.github.hecnn.ckks.keys.EvaluationKeys;
import io.github.hecnn.ckks.keys.KeyGenerator;
import io.github.hecnn.ckks.keys.RotationSteps;
import io.github.hecnn.ckks.keys.SecretKey;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.ckks.params.CkksParameters;
import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.ckks.scheme.CkksEncoder;
import io.github.hecnn.ckks.scheme.Decryptor;
import io.github.hecnn.ckks.scheme.Encryptor;
import io.github.hecnn.ckks.scheme.Evaluator;
import io.github.hecnn.core.sampling.RandomSource;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Proposed parameters are secure, have the precision, and none smaller are. */
class ProposalTest {
    @ParameterizedTest
    @CsvSource({"0, 15", "1, 20", "3, 20", "6, 25", "12, 20", "30, 20"})
    void isSecureAndNoSmallerRingWouldBe(int depth, int precision) {
        Proposal proposal = Proposal.of(depth, precision, 1).orElseThrow();
        CkksParameters p = proposal.parameters();
        assertThat(p.maxLevel()).isEqualTo(depth);
        assertThat(p.securityLevel().bits()).isEqualTo(128);
        assertThat(p.chain().logQ() + p.chain().logP())
                .isLessThanOrEqualTo(p.securityLevel().maxLogQP(p.logRingDegree()));
        assertThat(proposal.errors()[depth]).isLessThan(Math.pow(2, -precision));
        if (p.logRingDegree() > 10) {
            assertThatThrownBy(() -> CkksParameters.builder()
                            .logRingDegree(p.logRingDegree() - 1)
                            .levels(depth)
                            .scaleBits(p.scaleBits())
                            .firstPrimeBits(Math.min(49, p.scaleBits() + 2))
                            .digits(depth + 1)
                            .build())
                    .isInstanceOf(InvalidParametersException.class);
        }
    }

    @Test
    void encryptedProductsHaveThePromisedErrors() {
        int depth = 3;
        Proposal proposal = Proposal.of(depth, 18, 1).orElseThrow();
        CkksContext context = CkksContext.create(proposal.parameters());
        KeyGenerator generator = new KeyGenerator(context, RandomSource.reproducible(3));
        SecretKey secret = generator.secretKey();
        EvaluationKeys keys = generator.evaluationKeys(secret, RotationSteps.of(), false);
        CkksEncoder encoder = new CkksEncoder(context);
        double[] x = new Random(1).doubles(context.parameters().slots(), -1, 1).toArray();
        Encryptor encryptor = Encryptor.withPublicKey(context, generator.publicKey(secret));
        Ciphertext c = encryptor.encrypt(encoder.encode(x));
        Ciphertext square = c;
        Evaluator evaluator = new Evaluator(context, keys);
        Decryptor decryptor = new Decryptor(context, secret);
        for (int used = 1; used <= depth; used++) {
            Ciphertext fresh = encryptor.encrypt(encoder.encode(x, c.level()));
            c = evaluator.relinearizeAndRescale(evaluator.multiplyNoRelin(c, fresh));
            square = evaluator.relinearizeAndRescale(evaluator.multiplyNoRelin(square, square));
            int power = used + 1;
            assertThat(largest(encoder.decode(decryptor.decrypt(c)), x, power))
                    .isLessThan(proposal.errors()[used])
                    .isGreaterThan(proposal.errors()[used] / 100);
        }
        assertThat(largest(encoder.decode(decryptor.decrypt(square)), x, 1 << depth))
                .isLessThan(proposal.errorOfSquarings())
                .isGreaterThan(proposal.errorOfSquarings() / 100);
    }

    private static double largest(double[] found, double[] x, int power) {
        double largest = 0;
        for (int i = 0; i < x.length; i++) {
            largest = Math.max(largest, Math.abs(found[i] - Math.pow(x[i], power)));
        }
        return largest;
    }

    @Test
    void slotsDecideWhereDepthDoesNot() {
        assertThat(Proposal.of(1, 15, 20_000).orElseThrow().parameters().slots()).isEqualTo(32_768);
        assertThat(Proposal.of(63, 40, 1)).isEmpty();
    }
}
