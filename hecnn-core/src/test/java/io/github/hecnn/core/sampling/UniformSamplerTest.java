package io.github.hecnn.core.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hecnn.core.modular.Modulus;
import io.github.hecnn.core.modular.NttPrimes;
import java.math.BigInteger;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class UniformSamplerTest {
    private static final BigInteger TWO_TO_64 = BigInteger.TWO.pow(64);

    static List<Long> primes() {
        return List.of(
                3L,
                97L,
                65537L,
                NttPrimes.nearest(0x1p40, 15, Set.of()),
                NttPrimes.nearest(0x1.5p48, 16, Set.of()),
                NttPrimes.descending(49, 16, 1, Set.of()).get(0));
    }

    // What the documentation says, in big integers.
    private static double[] byDefinition(RandomSource r, long prime, int n) {
        BigInteger q = BigInteger.valueOf(prime);
        double[] out = new double[n];
        int done = 0;
        while (done < n) {
            BigInteger w = new BigInteger(Long.toUnsignedString(r.nextLong()));
            BigInteger[] parts = w.multiply(q).divideAndRemainder(TWO_TO_64);
            if (parts[1].compareTo(TWO_TO_64.mod(q)) >= 0) {
                out[done++] = parts[0].longValueExact() - (prime - 1) / 2;
            }
        }
        return out;
    }

    @ParameterizedTest
    @MethodSource("primes")
    void followsItsDefinitionAndLeavesTheSourceBehindTheLastWord(long prime) {
        RandomSource a = RandomSource.seeded(prime);
        RandomSource b = RandomSource.seeded(prime);
        double[] out = new double[5001];
        UniformSampler.fill(a, prime, out);
        assertThat(out).isEqualTo(byDefinition(b, prime, out.length));
        assertThat(a.nextLong()).isEqualTo(b.nextLong());
    }

    @Test
    void skipsWordsAsDefined() {
        // Just above 2^64 / 40000, so that 2^64 mod q is nearly q, and one word in 40,000 is skipped.
        long prime = NttPrimes.nearest(0x1p64 / 40_000 * (1 + 1e-6), 10, Set.of());
        int n = 1 << 18;
        RandomSource a = RandomSource.seeded(11);
        RandomSource b = RandomSource.seeded(11);
        double[] out = new double[n];
        UniformSampler.fill(a, prime, out);
        assertThat(out).isEqualTo(byDefinition(b, prime, n));
        RandomSource c = RandomSource.seeded(11);
        c.nextLongs(new long[n], n);
        long afterUnskipped = c.nextLong();
        assertThat(a.nextLong()).isEqualTo(b.nextLong()).isNotEqualTo(afterUnskipped);
    }

    @ParameterizedTest
    @MethodSource("primes")
    void isUniformOverTheCanonicalResidues(long prime) {
        double[] out = new double[1 << 16];
        UniformSampler.fill(RandomSource.seeded(prime + 1), prime, out);
        int bins = (int) Math.min(prime, 64);
        long[] hits = new long[bins];
        double[] probabilities = new double[bins];
        long half = (prime - 1) / 2;
        Statistics.assertIntegersWithin(out, (double) half);
        for (double v : out) {
            hits[bin((long) v + half, prime, bins)]++;
        }
        long from = 0;
        for (int i = 0; i < bins; i++) {
            // Numbers v with v * bins / prime = i.
            long to = -Math.floorDiv(-prime * (i + 1), bins);
            probabilities[i] = (to - from) / (double) prime;
            from = to;
        }
        Statistics.assertChiSquare(hits, probabilities);
        Statistics.assertUncorrelated(out, out, 1);
        Statistics.assertUncorrelated(out, out, 1024);
    }

    private static int bin(long unsigned, long prime, int bins) {
        return (int) (unsigned * bins / prime);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1023, 1024, 1025})
    void lengthDoesNotChangeTheOrder(int n) {
        Modulus q = Modulus.of(65537);
        double[] shorter = new double[n];
        double[] longer = new double[3000];
        UniformSampler.fill(RandomSource.seeded(12), q.value(), shorter);
        UniformSampler.fill(RandomSource.seeded(12), q.value(), longer);
        assertThat(shorter).isEqualTo(java.util.Arrays.copyOf(longer, n));
    }

    @Test
    void knownAnswers() {
        RandomSource source = RandomSource.seeded(KnownAnswers.countingSeed());
        double[] out = new double[1 << 16];
        UniformSampler.fill(source, 1099510054913L, out);
        assertThat(KnownAnswers.hash(out))
                .isEqualTo("61b0df60fb24e4cf0a459db1fde835d6275567c7307fb7e7ae4a669012afc3cd");
        UniformSampler.fill(source, 562949950537729L, out);
        assertThat(KnownAnswers.hash(out))
                .isEqualTo("c6153148c7fccfab94bb324f234f637cdd8fea49135e6a1ba2c9eaf28de7819a");
    }
}
