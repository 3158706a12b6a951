package io.github.hecnn.ckks.scheme;

import io.github.hecnn.ckks.error.LevelException;
import io.github.hecnn.ckks.keys.KeyPairId;
import io.github.hecnn.ckks.params.CkksContext;
import java.util.List;

/** Whether operands belong to the parameters and the key pair of an evaluator, and to each other. */
final class PairChecks {
    private final CkksContext context;
    private final KeyPairId keys;

    PairChecks(CkksContext context, KeyPairId keys) {
        this.context = context;
        this.keys = keys;
    }

    /** What the result of an operation without keys inherits: all from its operand. */
    Origin require(String operation, Ciphertext a) {
        requireParameters(operation, a);
        keys.with(a.keyPairId(), operation);
        return Origin.of(a);
    }

    Origin require(String operation, Ciphertext a, Ciphertext b) {
        return require(operation, a).with(require(operation, b), operation);
    }

    Origin require(String operation, List<Ciphertext> terms) {
        Origin origin = require(operation, terms.get(0));
        for (Ciphertext c : terms.subList(1, terms.size())) {
            origin = origin.with(require(operation, c), operation);
        }
        return origin;
    }

    /** What the result of a key switch inherits; its pair is that of the keys, or of the operand where the keys do not tell. */
    Origin switched(String operation, Ciphertext a) {
        requireParameters(operation, a);
        return new Origin(keys.with(a.keyPairId(), operation), a.slots());
    }

    void requireParameters(String operation, Ciphertext a) {
        context.requireRoot(a.parametersId(), operation);
        if (a.level() > context.parameters().chainLevel()) {
            throw new LevelException(operation + ": expected a ciphertext of at most level "
                    + context.parameters().chainLevel() + ", where this sub-context ends, found level " + a.level()
                    + "; bring it down with the evaluator of the root() context");
        }
    }
}
