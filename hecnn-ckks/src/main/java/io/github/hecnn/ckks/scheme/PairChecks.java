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

    /** The pair of the result of an operation without keys: that of its operand. */
    KeyPairId require(String operation, Ciphertext a) {
        requireParameters(operation, a);
        keys.with(a.keyPairId(), operation);
        return a.keyPairId();
    }

    KeyPairId require(String operation, Ciphertext a, Ciphertext b) {
        return require(operation, a).with(require(operation, b), operation);
    }

    KeyPairId require(String operation, List<Ciphertext> terms) {
        KeyPairId pair = KeyPairId.UNKNOWN;
        for (Ciphertext c : terms) {
            pair = pair.with(require(operation, c), operation);
        }
        return pair;
    }

    /** The pair of the result of a key switch: that of the keys, or of the operand where the keys do not tell. */
    KeyPairId switched(String operation, Ciphertext a) {
        requireParameters(operation, a);
        return keys.with(a.keyPairId(), operation);
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
