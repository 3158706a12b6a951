package io.github.hecnn.ckks.slots;

import java.util.Collections;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * What a {@link SlotAlgebra} has been asked to do so far. Immutable.
 *
 * @param rotations single rotations by a step other than zero
 * @param hoistedRotations rotations by a step other than zero inside {@link SlotAlgebra#rotateHoisted}
 * @param hoistings decompositions shared by hoisted rotations: calls with at least one step other than zero
 * @param conjugations complex conjugations
 * @param relinearizations three components brought back to two, by {@code multiply}, {@code square} or {@code relinearize}
 * @param multiplications products of two encrypted values, terms of sums of products included
 * @param plainMultiplications products with a {@link PlainVector}, terms of sums of plain products included
 * @param constantMultiplications products with a real constant
 * @param rescales rescalings that were asked for
 * @param additions additions and subtractions of any operand, also inside sums of products, and products with integers
 * @param alignments operands brought to a lower level, by {@code dropToLevel} or because the other operand was lower
 * @param refreshes values brought back up by {@code refresh}, whose operations inside are not counted
 * @param rotationSteps steps of all rotations, to the left, normalised to {@code -slots/2 < step <= slots/2}; unmodifiable
 * @param usesConjugation whether a conjugation key is needed
 * @param lowestLevel lowest level of any result; the top level if there was none
 */
public record OperationCounts(
        long rotations,
        long hoistedRotations,
        long hoistings,
        long conjugations,
        long relinearizations,
        long multiplications,
        long plainMultiplications,
        long constantMultiplications,
        long rescales,
        long additions,
        long alignments,
        long refreshes,
        NavigableSet<Integer> rotationSteps,
        boolean usesConjugation,
        int lowestLevel) {

    /**
     * Copies the set of steps.
     *
     * @param rotations see the component
     * @param hoistedRotations see the component
     * @param hoistings see the component
     * @param conjugations see the component
     * @param relinearizations see the component
     * @param multiplications see the component
     * @param plainMultiplications see the component
     * @param constantMultiplications see the component
     * @param rescales see the component
     * @param additions see the component
     * @param alignments see the component
     * @param refreshes see the component
     * @param rotationSteps see the component
     * @param usesConjugation see the component
     * @param lowestLevel see the component
     */
    public OperationCounts {
        rotationSteps = Collections.unmodifiableNavigableSet(new TreeSet<>(rotationSteps));
    }

    /**
     * Products with a switching key, which is where the time goes.
     *
     * @return rotations, hoisted rotations, conjugations and relinearisations together
     */
    public long keySwitches() {
        return rotations + hoistedRotations + conjugations + relinearizations;
    }

    /**
     * What was done since an earlier snapshot of the same algebra. The counts are subtracted; the steps and the lowest level are
     * those of this snapshot, which contain the earlier ones.
     *
     * @param earlier a snapshot taken before this one
     * @return the difference
     */
    public OperationCounts since(OperationCounts earlier) {
        return new OperationCounts(
                rotations - earlier.rotations,
                hoistedRotations - earlier.hoistedRotations,
                hoistings - earlier.hoistings,
                conjugations - earlier.conjugations,
                relinearizations - earlier.relinearizations,
                multiplications - earlier.multiplications,
                plainMultiplications - earlier.plainMultiplications,
                constantMultiplications - earlier.constantMultiplications,
                rescales - earlier.rescales,
                additions - earlier.additions,
                alignments - earlier.alignments,
                refreshes - earlier.refreshes,
                rotationSteps,
                usesConjugation,
                lowestLevel);
    }
}
