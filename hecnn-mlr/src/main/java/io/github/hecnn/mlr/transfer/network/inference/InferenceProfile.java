package io.github.hecnn.mlr.transfer.network.inference;

import io.github.hecnn.ckks.params.CkksParameters;
import io.github.hecnn.mlr.transfer.network.NetworkPacking;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a client has to know of a server's network: sizes, parameters and which rotation keys are needed, no weights. (Which steps are
 * needed says which diagonals of the matrices are empty, as in a convolution.)
 *
 * @param parameters of the encryption
 * @param packing of inputs and outputs
 * @param rotationSteps rotations that need keys, besides conjugation and relinearisation
 * @param outputFactor what outputs are divided by while they are encrypted, so that they stay far below
 *     {@link InferenceParameters#LARGEST_SLOT}; positive
 */
public record InferenceProfile(
        CkksParameters parameters, NetworkPacking packing, SortedSet<Integer> rotationSteps, double outputFactor) {
    /** Of the largest slot: what outputs may have without being refused by the client. */
    static final double PART_FOR_OUTPUTS = 0.5;

    /**
     * Checks the components.
     *
     * @param parameters of the encryption
     * @param packing of inputs and outputs
     * @param rotationSteps rotations that need keys, besides conjugation and relinearisation
     * @param outputFactor what outputs are divided by while they are encrypted, so that they stay far below
     *     {@link InferenceParameters#LARGEST_SLOT}; positive
     * @throws IllegalArgumentException if parameters and packing have other numbers of slots, or the factor is not positive
     */
    public InferenceProfile {
        rotationSteps = Collections.unmodifiableSortedSet(new TreeSet<>(rotationSteps));
        if (parameters.slots() != packing.slots()) {
            throw new IllegalArgumentException("inference profile: expected a packing for " + parameters.slots()
                    + " slots, found one for " + packing.slots() + "; make it with parameters.slots()");
        }
        if (!(outputFactor > 0) || Double.isInfinite(outputFactor)) {
            throw new IllegalArgumentException("inference profile: expected a positive output factor, found "
                    + outputFactor + "; 1 leaves outputs alone");
        }
    }
}
