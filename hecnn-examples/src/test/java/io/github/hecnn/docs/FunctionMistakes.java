package io.github.hecnn.docs;

import io.github.hecnn.ckks.circuit.function.Inverse;
import io.github.hecnn.ckks.circuit.function.Sign;
import io.github.hecnn.ckks.circuit.function.SmoothFunction;
import io.github.hecnn.ckks.params.CkksParameters;
import io.github.hecnn.ckks.params.SecurityLevel;
import io.github.hecnn.ckks.proposal.ParameterProposal;
import io.github.hecnn.ckks.proposal.ParameterRequest;
import io.github.hecnn.ckks.slots.SimulatedSlotAlgebra;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What goes wrong most often with proposals of parameters and with ready functions. */
final class FunctionMistakes {
    private FunctionMistakes() {}

    static List<ThrowingCallable> all() {
        return List.of(
                () -> ParameterProposal.forDepth(55, 30),
                () -> ParameterProposal.forDepth(3, 99),
                () -> ParameterRequest.builder(3, 20).magnitude(0).build(),
                () -> Inverse.of(0, 4, 20),
                () -> SmoothFunction.of("step", x -> x > 0 ? 1 : 0, -1, 1, 20),
                () -> SmoothFunction.exp(0, 20, 20),
                () -> Sign.of(1, 1e-9, 20),
                () -> {
                    SimulatedSlotAlgebra rehearsal = rehearsal(2);
                    SmoothFunction.sigmoid(8, 10).evaluate(rehearsal, rehearsal.encrypt(new double[rehearsal.slots()]));
                },
                () -> {
                    SimulatedSlotAlgebra rehearsal = rehearsal(30);
                    double[] slots = new double[rehearsal.slots()];
                    slots[1] = 0.01;
                    Sign.of(1, 0.1, 8).evaluate(rehearsal, rehearsal.encrypt(slots));
                });
    }

    private static SimulatedSlotAlgebra rehearsal(int levels) {
        return SimulatedSlotAlgebra.builder(CkksParameters.builder()
                        .logRingDegree(11)
                        .levels(levels)
                        .scaleBits(40)
                        .securityLevel(SecurityLevel.NONE)
                        .build())
                .build();
    }
}
