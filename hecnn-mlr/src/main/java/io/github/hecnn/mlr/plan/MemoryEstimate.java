package io.github.hecnn.mlr.plan;

import io.github.hecnn.mlr.recipe.IterationReport;
import io.github.hecnn.mlr.recipe.MlrConfig;
import io.github.hecnn.mlr.recipe.TrainingRecipe;
import java.lang.management.ManagementFactory;

/**
 * Heap that the roles of a training take at most, from what they hold at the same time. What is computed exactly are keys and
 * ciphertexts, all of these at the top level; tables, scratch and the program itself are bounds from measurements.
 */
record MemoryEstimate(ParameterProposal parameters, TrainingRecipe recipe, TrainingRehearsal rehearsal, long keyBytes) {
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

    /** Encrypting: all keys, uploads and the vectors they are made of, and the data, raw and scaled. */
    long ownerEncrypts() {
        long uploads = (long) recipe.uploads() * (top() + ENCODING_LIMBS * limb());
        return withCollector(common() + keyBytes + uploads + data());
    }

    /** Training: all keys, ciphertexts, and the masks in the clear with their encodings. */
    long cloudTrains() {
        return withCollector(common() + keyBytes + recipe.workingCiphertexts() * top() + masks());
    }

    /** Decrypting: weights of all iterations, and the rehearsal of the whole training on slots. */
    long ownerDecrypts() {
        long weights = (long) rehearsal.weightCiphertexts() * recipe.config().iterations() * ENCODING_LIMBS * limb();
        return withCollector(common() + top() + weights + 2L * recipe.workingCiphertexts() * limb() + masks() + data());
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

    private long limbs() {
        return parameters.levels() + 1L + parameters.specialPrimes();
    }

    private long top() {
        return parameters.ciphertextBytes(parameters.levels());
    }

    private long common() {
        long tables = TABLE_LIMBS * limbs() * limb();
        long scratch = (2L * parameters.digits() + 4) * limbs() * limb();
        return PROGRAM_BYTES + tables + scratch;
    }

    /** A mask for each class and one for each of a few other purposes; encoded for each iteration at its level and once extended. */
    private long masks() {
        MlrConfig config = recipe.config();
        long each = Math.min(
                rehearsal.counts().plainMultiplications() / config.iterations() + 1,
                2L * config.classes() + MOST_MASKS);
        long bytes = 0;
        int level = parameters.levels();
        for (IterationReport report : rehearsal.iterations()) {
            bytes += each * (level + 1 + parameters.specialPrimes() + ENCODING_LIMBS) * limb();
            level = report.level();
        }
        return bytes;
    }

    private long data() {
        MlrConfig config = recipe.config();
        return 6L * config.samples() * config.features() * Double.BYTES;
    }
}
