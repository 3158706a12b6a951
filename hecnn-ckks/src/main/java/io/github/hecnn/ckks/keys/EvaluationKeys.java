package io.github.hecnn.ckks.keys;

import io.github.hecnn.ckks.error.MismatchException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What a server needs to compute on ciphertexts and nothing it must not see: a relinearisation key and rotation keys. Every
 * part may be absent; an operation that needs it then says so. All keys are of one key pair. Immutable and thread-safe.
 */
public final class EvaluationKeys {
    private final KeyPairId keyPairId;
    private final RelinearizationKey relinearizationKey;
    private final Map<Integer, RotationKey> rotationKeys;

    private EvaluationKeys(
            KeyPairId keyPairId, RelinearizationKey relinearizationKey, Map<Integer, RotationKey> rotationKeys) {
        this.keyPairId = keyPairId;
        this.relinearizationKey = relinearizationKey;
        this.rotationKeys = rotationKeys;
    }

    /**
     * Bundles keys.
     *
     * @param relinearizationKey key for products, or null
     * @param rotationKeys keys for rotations and conjugation, in any order
     * @return the bundle
     * @throws MismatchException if the keys are of different key pairs, or two are for one Galois element
     */
    public static EvaluationKeys of(RelinearizationKey relinearizationKey, Collection<RotationKey> rotationKeys) {
        KeyPairId pair = relinearizationKey == null ? KeyPairId.UNKNOWN : relinearizationKey.keyPairId();
        Map<Integer, RotationKey> m = new LinkedHashMap<>();
        for (RotationKey k : rotationKeys) {
            pair = pair.with(k.keyPairId(), "EvaluationKeys");
            if (m.put(k.galoisElement(), k) != null) {
                throw new MismatchException("EvaluationKeys: expected one key for each Galois element, found two for "
                        + k.galoisElement() + "; leave one of them out");
            }
        }
        return new EvaluationKeys(pair, relinearizationKey, m);
    }

    /**
     * No keys at all: additions and plaintext operands still work.
     *
     * @return an empty bundle
     */
    public static EvaluationKeys none() {
        return new EvaluationKeys(KeyPairId.UNKNOWN, null, Map.of());
    }

    /** {@return fingerprint of the key pair that the keys agree on; {@link KeyPairId#UNKNOWN} without keys, or if none of them tells} */
    public KeyPairId keyPairId() {
        return keyPairId;
    }

    /** {@return the relinearisation key, if there is one} */
    public Optional<RelinearizationKey> relinearizationKey() {
        return Optional.ofNullable(relinearizationKey);
    }

    /**
     * The key of an automorphism.
     *
     * @param galoisElement odd g below 2N
     * @return the key, if there is one
     */
    public Optional<RotationKey> rotationKey(int galoisElement) {
        return Optional.ofNullable(rotationKeys.get(galoisElement));
    }

    /** {@return all rotation and conjugation keys, unmodifiable} */
    public Collection<RotationKey> rotationKeys() {
        return java.util.Collections.unmodifiableCollection(rotationKeys.values());
    }

    /**
     * The rotations there are keys for.
     *
     * @param logRingDegree log2 N
     * @return steps to the left in (-N/4, N/4], without conjugation
     */
    public RotationSteps availableSteps(int logRingDegree) {
        int slots = 1 << (logRingDegree - 1);
        TreeSet<Integer> steps = new TreeSet<>();
        int mask = (2 << logRingDegree) - 1;
        int g = 1;
        for (int s = 0; s < slots; s++, g = g * 5 & mask) {
            if (rotationKeys.containsKey(g)) {
                steps.add(s > slots / 2 ? s - slots : s);
            }
        }
        return RotationSteps.of(steps);
    }

    /** {@return bytes of all residues in memory} */
    public long memoryBytes() {
        long sum = relinearizationKey == null ? 0 : relinearizationKey.key().memoryBytes();
        for (RotationKey k : rotationKeys.values()) {
            sum += k.key().memoryBytes();
        }
        return sum;
    }
}
