package io.github.hecnn.ckks.params;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;

/** A parameter set in words: for people, and for its id. */
final class ParameterText {
    private ParameterText() {}

    /** The first 64 bits of a hash of everything that matters; root is the id of the set that p is a part of, or null. */
    static long fingerprint(ParameterNumbers p, Long root) {
        String text = "ckks N=" + p.logRingDegree() + " Q=" + p.chain().dataPrimes() + " P="
                + p.chain().specialPrimes() + " scale=" + p.scaleBits() + " digits=" + p.digits() + " h="
                + p.secretHammingWeight()
                + (p.chainLevel() == p.maxLevel() ? "" : " levels=" + p.maxLevel())
                + (root == null ? "" : " root=" + root);
        try {
            byte[] h = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(h).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    static String describe(ParameterNumbers p) {
        ModulusChain chain = p.chain();
        SecurityLevel security = p.securityLevel();
        return String.format(
                Locale.ROOT,
                "CKKS N = 2^%d, %d levels%s, scale 2^%d, log2 Q = %.1f, log2 P = %.1f, %d digits, %s",
                p.logRingDegree(),
                p.maxLevel(),
                p.chainLevel() == p.maxLevel() ? "" : " and " + (p.chainLevel() - p.maxLevel()) + " above",
                p.scaleBits(),
                chain.logQ(),
                chain.logP(),
                p.digits(),
                security == SecurityLevel.NONE ? "no security check" : security.bits() + "-bit security");
    }
}
