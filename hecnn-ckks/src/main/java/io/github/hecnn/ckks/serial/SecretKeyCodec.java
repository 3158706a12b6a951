package io.github.hecnn.ckks.serial;

import io.github.hecnn.ckks.error.MismatchException;
import io.github.hecnn.ckks.keys.KeyGenerator;
import io.github.hecnn.ckks.keys.SecretKey;
import io.github.hecnn.ckks.params.CkksContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Secret keys, two bits a coefficient: 0 for 0, 1 for 1, 3 for -1. Nothing else in this package touches a secret key, and no
 * message from here shows a coefficient. Immutable and thread-safe.
 */
final class SecretKeyCodec {
    private static final int MINUS_ONE = 3;

    private final CkksContext context;
    private final WireSizes sizes;

    SecretKeyCodec(CkksContext context, WireSizes sizes) {
        this.context = context;
        this.sizes = sizes;
    }

    void write(OutputStream out, SecretKey key) throws IOException {
        context.require(key.parametersId(), "write");
        byte[] s = key.coefficients();
        byte[] packed = new byte[s.length / 4];
        for (int i = 0; i < s.length; i++) {
            packed[i / 4] |= (byte) ((s[i] & MINUS_ONE) << (2 * (i % 4)));
        }
        WireOutput w = WireOutput.open(out, context, WireType.SECRET_KEY, key.keyPairId(), sizes.secretKeyBody());
        w.write(packed);
        w.finish();
    }

    SecretKey read(InputStream in, String operation) throws IOException {
        WireInput r = WireInput.open(in, context, WireType.SECRET_KEY, operation);
        r.requireBody(sizes.secretKeyBody(), "a secret key");
        byte[] packed = r.read(context.parameters().ringDegree() / 4, "the coefficients");
        byte[] s = new byte[4 * packed.length];
        int weight = 0;
        for (int i = 0; i < s.length; i++) {
            int code = packed[i / 4] >> (2 * (i % 4)) & MINUS_ONE;
            if (code == 2) {
                throw r.refuse("coefficient " + i, "to be -1, 0 or 1", "another value");
            }
            s[i] = (byte) (code == MINUS_ONE ? -1 : code);
            weight += code & 1;
        }
        int wanted = context.parameters().secretHammingWeight();
        if (wanted != 0 && weight != wanted) {
            throw r.refuse("a secret", "of Hamming weight " + wanted, "another weight");
        }
        r.finish();
        SecretKey key;
        try {
            key = new KeyGenerator(context).secretKey(s);
        } catch (MismatchException e) { // its text ends with what to do where a key is made, not read
            throw r.refuse("a secret", "of a Hamming weight that the sampler gives", "another weight");
        }
        if (r.version() != FormatVersion.V1 && !r.keyPairId().equals(key.keyPairId())) {
            throw r.refuse(
                    "a secret key",
                    "of key pair " + r.keyPairId() + " as the header says",
                    "that of " + key.keyPairId(),
                    "the file was altered, copy it again");
        }
        return key;
    }
}
