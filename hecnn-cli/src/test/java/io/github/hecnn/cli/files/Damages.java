package io.github.hecnn.cli.files;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** What can have happened to a file that is still there. */
public final class Damages {
    private Damages() {}

    /** Damaged contents by what was done to them. */
    public static Map<String, byte[]> of(byte[] good) {
        byte[] flipped = good.clone();
        flipped[good.length / 2] ^= 4;
        Map<String, byte[]> damages = new TreeMap<>();
        damages.put("truncated", Arrays.copyOf(good, good.length - 2));
        damages.put("empty", new byte[0]);
        damages.put("longer", Arrays.copyOf(good, good.length + 1));
        damages.put("flipped", flipped);
        damages.put("foreign", "not what you think".getBytes(StandardCharsets.UTF_8));
        return damages;
    }
}
