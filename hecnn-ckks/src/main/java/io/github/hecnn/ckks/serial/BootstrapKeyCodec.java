package io.github.hecnn.ckks.serial;

import io.github.hecnn.ckks.bootstrap.BootstrapKeys;
import io.github.hecnn.ckks.bootstrap.BootstrapParameters;
import io.github.hecnn.ckks.error.MismatchException;
import io.github.hecnn.ckks.keys.EncapsulationKeys;
import io.github.hecnn.ckks.keys.EvaluationKeys;
import io.github.hecnn.ckks.keys.SwitchingKey;
import io.github.hecnn.ckks.params.CkksContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * The keys of bootstrapping: those of the whole context, those of the lowest levels and the two of the sparse secret, each on primes of its own.
 * Immutable and thread-safe.
 */
final class BootstrapKeyCodec {
    private static final int DESCRIPTOR_BYTES = 20;
    private static final int WEIGHT_AT = 8;
    private static final int ROTATIONS_AT = 12;
    private static final int LOW_ROTATIONS_AT = 16;

    private final CkksContext context;
    private final BootstrapParameters parameters;
    private final KeyCodec whole;
    private final KeyCodec low;
    private final KeyCodec smallest;
    private final WireSizes wholeSizes;
    private final WireSizes lowSizes;
    private final WireSizes smallestSizes;

    BootstrapKeyCodec(CkksContext context, BootstrapParameters parameters, String operation) {
        context.require(parameters.ckksParameters().id(), operation);
        this.context = context;
        this.parameters = parameters;
        CkksContext lowContext = parameters.lowContext(context);
        CkksContext smallestContext = context.encapsulationContext();
        wholeSizes = WireSizes.of(context.parameters());
        lowSizes = WireSizes.of(lowContext.parameters());
        smallestSizes = WireSizes.of(smallestContext.parameters());
        whole = new KeyCodec(context, wholeSizes);
        low = new KeyCodec(lowContext, lowSizes);
        smallest = new KeyCodec(smallestContext, smallestSizes);
    }

    private long body(int rotations, int lowRotations) {
        return DESCRIPTOR_BYTES
                + Checksum.BYTES
                + wholeSizes.evaluationKeysBody(true, rotations)
                + lowSizes.evaluationKeysBody(false, lowRotations)
                + smallestSizes.relinearizationKeyBody()
                + wholeSizes.relinearizationKeyBody();
    }

    long fileBytes(BootstrapKeys keys) {
        return WireSizes.file(body(
                keys.evaluationKeys().rotationKeys().size(),
                keys.lowKeys().rotationKeys().size()));
    }

    void write(OutputStream out, BootstrapKeys keys) throws IOException {
        EvaluationKeys evaluation = keys.evaluationKeys();
        EncapsulationKeys encapsulation = keys.encapsulationKeys();
        if (keys.parametersId() != parameters.id()
                || evaluation.relinearizationKey().isEmpty()
                || keys.lowKeys().relinearizationKey().isPresent()) {
            throw new MismatchException("write: expected keys as BootstrapKeyGenerator makes them for these parameters,"
                    + " found others; make them with it");
        }
        whole.check(evaluation);
        low.check(keys.lowKeys());
        smallest.check(smallestId(), encapsulation.toSparse());
        whole.check(encapsulation.parametersId(), encapsulation.toDense());
        int rotations = evaluation.rotationKeys().size();
        int lowRotations = keys.lowKeys().rotationKeys().size();
        WireOutput w =
                WireOutput.open(out, context, WireType.BOOTSTRAP_KEYS, keys.keyPairId(), body(rotations, lowRotations));
        byte[] descriptor = new byte[DESCRIPTOR_BYTES];
        LittleEndian.putLong(descriptor, 0, parameters.id());
        LittleEndian.putInt(descriptor, WEIGHT_AT, encapsulation.hammingWeight());
        LittleEndian.putInt(descriptor, ROTATIONS_AT, rotations);
        LittleEndian.putInt(descriptor, LOW_ROTATIONS_AT, lowRotations);
        w.write(descriptor);
        KeyCodec.body(w, evaluation);
        KeyCodec.body(w, keys.lowKeys());
        KeyCodec.body(w, encapsulation.toSparse());
        KeyCodec.body(w, encapsulation.toDense());
        w.finish();
    }

    private long smallestId() {
        return context.encapsulationContext().parameters().id();
    }

    BootstrapKeys read(InputStream in, String operation) throws IOException {
        WireInput r = WireInput.open(in, context, WireType.BOOTSTRAP_KEYS, operation);
        byte[] descriptor = r.read(DESCRIPTOR_BYTES, "the description of the keys");
        long id = LittleEndian.getLong(descriptor, 0);
        if (id != parameters.id()) {
            throw new MismatchException(String.format(
                    "%s: expected keys of bootstrap parameters %016x, found %016x; use the parameters they were made for",
                    operation, parameters.id(), id));
        }
        int weight = LittleEndian.getInt(descriptor, WEIGHT_AT);
        int rotations = LittleEndian.getInt(descriptor, ROTATIONS_AT);
        int lowRotations = LittleEndian.getInt(descriptor, LOW_ROTATIONS_AT);
        int most = context.parameters().ringDegree();
        if (rotations < 0 || rotations > most || lowRotations < 0 || lowRotations > most) {
            throw r.refuse("numbers of rotation keys", "in 0.." + most, rotations + " and " + lowRotations);
        }
        if (weight < 1 || weight > most) {
            throw r.refuse("the weight of the sparse secret", "in 1.." + most, weight);
        }
        r.requireBody(body(rotations, lowRotations), rotations + " and " + lowRotations + " rotation keys");
        EvaluationKeys evaluation = whole.readBody(r, 1, rotations);
        EvaluationKeys lowKeys = low.readBody(r, 0, lowRotations);
        SwitchingKey toSparse = smallest.switchingKeyBody(r, "the key to the sparse secret");
        SwitchingKey toDense = whole.switchingKeyBody(r, "the key from the sparse secret");
        r.finish();
        return new BootstrapKeys(
                id,
                evaluation,
                lowKeys,
                new EncapsulationKeys(context.parameters().id(), r.keyPairId(), weight, toSparse, toDense));
    }
}
