package io.github.hecnn.ckks.scheme;

import io.github.hecnn.ckks.error.LevelException;
import io.github.hecnn.ckks.error.MismatchException;
import io.github.hecnn.ckks.internal.context.Rings;
import io.github.hecnn.ckks.internal.parts.CiphertextParts;
import io.github.hecnn.ckks.internal.parts.Keys;
import io.github.hecnn.ckks.keys.KeyPairId;
import io.github.hecnn.ckks.keys.SecretSwitchingKey;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.core.rns.KeyHalves;
import io.github.hecnn.core.rns.RnsPolynomial;
import java.util.List;

/** Switches ciphertexts from one secret key to another. Immutable and thread-safe. */
public final class SecretSwitcher {
    private final CkksContext context;
    private final SecretSwitchingKey key;

    /**
     * A switcher.
     *
     * @param context context of the key
     * @param key from one secret to another
     * @throws MismatchException if the key has other parameters
     */
    public SecretSwitcher(CkksContext context, SecretSwitchingKey key) {
        context.require(key.parametersId(), "SecretSwitcher");
        this.context = context;
        this.key = key;
    }

    /**
     * Switches a ciphertext.
     *
     * @param a a two-component ciphertext under the key's first secret
     * @return the same slots under the key's second secret, level and scale as before
     * @throws MismatchException if the operand has other parameters or three components, or is of another key pair than the key's first
     * @throws LevelException if the level is above the context's chain
     */
    public Ciphertext apply(Ciphertext a) {
        String operation = "switchSecret";
        new PairChecks(context, KeyPairId.UNKNOWN).requireParameters(operation, a);
        OperandChecks.requireTwo(operation, a);
        key.from().with(a.keyPairId(), operation);
        RnsPolynomial[] c = Rings.of(context)
                .keySwitch()
                .switchKey(a.component(1), Keys.halves(key.key()), KeyHalves.After.adding(a.component(0)));
        return new Ciphertext(
                new CiphertextParts(context.parameters().rootId(), key.to(), a.slots(), List.of(c), a.scale(), null));
    }
}
