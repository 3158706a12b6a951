package io.github.hecnn.ckks.circuit.polynomial;

import io.github.hecnn.ckks.cost.Operation;
import io.github.hecnn.ckks.cost.OperationPrices;

/** What the operations of a polynomial cost next to each other, in thousandths of a key switch. */
final class SumPrices {
    static final int RELINEARIZATION = OperationPrices.typical(Operation.RELINEARIZATION);
    static final int RESCALE = OperationPrices.typical(Operation.RESCALE);
    static final int ALIGNMENT = OperationPrices.typical(Operation.ALIGNMENT);
    static final int MULTIPLICATION = OperationPrices.typical(Operation.MULTIPLICATION);
    static final int CONSTANT = OperationPrices.typical(Operation.CONSTANT_MULTIPLICATION);

    private SumPrices() {}
}
