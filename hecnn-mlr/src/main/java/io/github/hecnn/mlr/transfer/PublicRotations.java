package io.github.hecnn.mlr.transfer;

import io.github.hecnn.mlr.transfer.network.Dense;
import io.github.hecnn.mlr.transfer.network.EncryptedNetwork;
import io.github.hecnn.mlr.transfer.network.Network;
import io.github.hecnn.mlr.transfer.network.NetworkPacking;
import io.github.hecnn.mlr.transfer.network.PolynomialActivation;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;

/**
 * Which rotation keys an encoder of the published shape needs: dense, cubic, dense. They follow from the packing alone, so the client finds them by compiling a
 * stand-in of the same sizes whose weights are all 1. An encoder whose matrices have empty diagonals needs fewer.
 */
final class PublicRotations {
    private PublicRotations() {}

    /** Rotation steps for every encoder with that packing. */
    static SortedSet<Integer> of(NetworkPacking packing) {
        Network standIn = new Network(
                packing.inputs(),
                List.of(
                        ones(packing.inputs(), packing.inputs()),
                        PolynomialActivation.CUBIC_RELU,
                        ones(packing.outputs(), packing.inputs())));
        return EncryptedNetwork.compile(standIn, packing).rotationSteps();
    }

    private static Dense ones(int outputs, int inputs) {
        double[][] weights = new double[outputs][inputs];
        for (double[] row : weights) {
            Arrays.fill(row, 1);
        }
        return new Dense(weights, new double[outputs]);
    }
}
