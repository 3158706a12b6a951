package io.github.hecnn.mlr.plan;

import io.github.hecnn.ckks.params.CkksParameters;
import io.github.hecnn.mlr.recipe.IterationReport;
import io.github.hecnn.mlr.recipe.MlrConfig;
import io.github.hecnn.mlr.recipe.TrainingRecipe;
import java.lang.management.ManagementFactory;

/**
 * Heap that the roles of a training take at most, from what they hold at the same time. What is computed exactly are keys and
 * ciphertexts, all of these at the top level; tables, scratch and the program itself are bounds from measurements.
 */
record MemoryEstimate(CkksParameters parameters, TrainingRecipe recipe, TrainingRehearsal rehearsal, int keys) {
    private static final boolean G1 = ManagementFactory.getGarbageCollectorMXBeans().stream()
            .anyMatch(collector -> collector.getName().startsWith("G1"));

    private static final long ARRAY_HEADER_BYTES = 16;
    private static final long LEAST_REGION_BYTES = 1L << 20;
    private static final long LARGEST_REGION_BYTES = 32L << 20;

    /** A heap has 2048 regions, by the mean of its first and its largest size. */
    private static final long REGIONS = 2 * 2048;

    /** Classes, strings, buffers of files, and what a collector cannot use. */
    private static final long PROGRAM_BYTES = 40L << 20;

    /** Powers and quotients for both directions of a transform, in limbs a prime. */
    private static final int TABLE_LIMBS = 8;

    /** Slots as two numbers each, while they are encoded or decoded, beside the residues. */
    private static final int ENCODING_LIMBS = 4;

    private static final int MOST_MASKS = 3;

    /** Possible errors that are followed where decrypted weights are held against a rehearsal. */
    private static final int NOISE_DRAWS = 4;

    /** Heap that a role needs at least, before its training has been rehearsed. */
    static long least(CkksParameters parameters, TrainingRecipe recipe, PlanRole role) {
        return switch (role) {
            case ENCRYPT -> recipe.uploads() * ciphertextBytes(parameters, parameters.maxLevel());
            case TRAIN -> recipe.workingCiphertexts() * ciphertextBytes(parameters, parameters.maxLevel());
            case REHEARSE, DECRYPT -> (long) recipe.workingCiphertexts() * parameters.ringDegree() * Double.BYTES;
        };
    }

    /** Heap of one role. */
    long bytes(PlanRole role) {
        return withCollector(
                switch (role) {
                    case REHEARSE -> ownerRehearses();
                    case ENCRYPT -> ownerEncrypts();
                    case TRAIN -> cloudTrains();
                    case DECRYPT -> ownerDecrypts();
                });
    }

    /** Rehearsing: the slots of all ciphertexts, the masks in the clear, weights and data. */
    private long ownerRehearses() {
        return PROGRAM_BYTES + slots(2) + plainMasks() + weights() + data();
    }

    /** Encrypting: all keys, uploads and the vectors they are made of, and the data, raw and scaled. */
    private long ownerEncrypts() {
        long uploads = recipe.uploads() * (top() + ENCODING_LIMBS * limb());
        return common() + keyBytes() + uploads + data();
    }

    /** Training: all keys, ciphertexts, and the masks in the clear with their encodings. */
    private long cloudTrains() {
        return common() + keyBytes() + recipe.workingCiphertexts() * top() + masks();
    }

    /** Decrypting: weights of all iterations, and the rehearsal of the whole training on slots, with possible errors of each. */
    private long ownerDecrypts() {
        return common() + top() + weights() + slots(2 + 4 * NOISE_DRAWS) + plainMasks() + data();
    }

    /** All vectors of a rehearsal, real and imaginary parts, so many times. */
    private long slots(int times) {
        return (long) times * recipe.workingCiphertexts() * limb();
    }

    private long weights() {
        int perIteration = rehearsal.weightLevels().get(0).size();
        return (long) perIteration * recipe.config().iterations() * ENCODING_LIMBS * limb();
    }

    /** The G1 collector puts limbs into regions that they do not fill: a limb is a little more than a power of two. */
    private long withCollector(long bytes) {
        if (!G1) {
            return bytes;
        }
        long limb = limb() + ARRAY_HEADER_BYTES;
        long best = Long.MAX_VALUE;
        for (long region = LEAST_REGION_BYTES; region <= LARGEST_REGION_BYTES; region *= 2) {
            boolean whole = limb > region / 2; // then it has regions of its own
            double share = whole
                    ? (double) ((limb + region - 1) / region * region) / limb
                    : (double) region / (region / limb * limb);
            // The heap decides on the regions; a larger one has larger regions.
            best = Math.min(
                    best, Math.max((long) (bytes * share), region == LEAST_REGION_BYTES ? 0 : region * REGIONS));
        }
        return best;
    }

    private long limb() {
        return (long) parameters.ringDegree() * Double.BYTES;
    }

    private int specialPrimes() {
        return parameters.chain().specialPrimes().size();
    }

    private long limbs() {
        return parameters.chainLevel() + 1L + specialPrimes();
    }

    private long top() {
        return ciphertextBytes(parameters, parameters.maxLevel());
    }

    /** Memory of a ciphertext: two polynomials of 8 bytes a residue. */
    static long ciphertextBytes(CkksParameters parameters, int level) {
        return 2L * (level + 1) * parameters.ringDegree() * Double.BYTES;
    }

    /** Memory of one switching key: two polynomials modulo QP for each digit. */
    static long keyBytes(CkksParameters parameters) {
        int primes = parameters.chainLevel() + 1;
        int digits = (primes + parameters.digitSize() - 1) / parameters.digitSize();
        return 2L
                * digits
                * (primes + parameters.chain().specialPrimes().size())
                * parameters.ringDegree()
                * Double.BYTES;
    }

    private long keyBytes() {
        return keys * keyBytes(parameters);
    }

    private long common() {
        long tables = TABLE_LIMBS * limbs() * limb();
        long scratch = (2L * parameters.digits() + 4) * limbs() * limb();
        return PROGRAM_BYTES + tables + scratch;
    }

    /** A mask for each class and one for each of a few other purposes, as far as there are so many. */
    private long masksAnIteration() {
        MlrConfig config = recipe.config();
        return Math.min(
                rehearsal.counts().plainMultiplications() / config.iterations() + 1,
                2L * config.classes() + MOST_MASKS);
    }

    /** Masks of all iterations, encoded for each at its level and once extended. */
    private long masks() {
        long bytes = plainMasks();
        int level = parameters.maxLevel();
        for (IterationReport report : rehearsal.iterations()) {
            bytes += masksAnIteration() * (level + 1 + specialPrimes()) * limb();
            level = report.level();
        }
        return bytes;
    }

    private long plainMasks() {
        return masksAnIteration() * recipe.config().iterations() * ENCODING_LIMBS * limb();
    }

    private long data() {
        MlrConfig config = recipe.config();
        return 6L * config.samples() * config.features() * Double.BYTES;
    }
}
