package io.github.hecnn.ckks.slots;

import io.github.hecnn.ckks.params.CkksParameters;
import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.ckks.scheme.CkksEncoder;
import io.github.hecnn.ckks.scheme.CkksFixture;

/** The owner decrypts and encrypts anew: what bootstrapping replaces, for tests of circuits whose levels rise. */
public final class OwnerRefresher implements Refresher<Ciphertext> {
    private final CkksFixture owner;
    private final Limits limits;

    public OwnerRefresher(CkksFixture owner) {
        this.owner = owner;
        CkksParameters p = owner.context.parameters();
        limits = new Limits(0, p.maxLevel(), p.slots(), true, Double.POSITIVE_INFINITY, 0);
    }

    @Override
    public Limits limits() {
        return limits;
    }

    @Override
    public Ciphertext refresh(Ciphertext v) {
        CkksEncoder.Slots s = owner.encoder.decodeComplex(owner.decryptor.decrypt(v), owner.slots());
        return owner.symmetric.encrypt(owner.encoder.encode(s.re(), s.im()));
    }
}
