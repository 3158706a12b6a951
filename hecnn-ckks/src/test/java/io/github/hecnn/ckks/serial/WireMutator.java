package io.github.hecnn.ckks.serial;

import io.github.hecnn.ckks.keys.KeyPairId;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Changes files behind their checksums: fields, residues, numbers of chunks, promises of the header. Seeded. */
final class WireMutator {
    /** Chunks up to this length hold descriptions, longer ones residues. */
    private static final int SMALL = 64;

    private static final long[] LONGS = {
        0,
        1,
        -1,
        2,
        3,
        1L << 31,
        1L << 32,
        1L << 40,
        Long.MAX_VALUE,
        Long.MIN_VALUE,
        Integer.MAX_VALUE,
        0x7ff0000000000000L,
        0x7ff8000000000000L,
        0x0000000000000001L,
        0x7fefffffffffffffL,
        0xfff0000000000000L,
        0x3ff0000000000000L
    };

    private final WireType type;
    private final WireParts original;
    private final Random random;
    private final List<Long> primes;
    private boolean structural;
    private String story;

    WireMutator(WireType type, byte[] file, List<Long> primes, long seed) {
        this.type = type;
        this.original = WireParts.of(file);
        this.primes = primes;
        this.random = new Random(seed);
    }

    /** The next file; its checksums are right. */
    byte[] next() {
        WireParts p = original.copy();
        structural = false;
        story = "";
        int changes = 1 + random.nextInt(3);
        for (int i = 0; i < changes; i++) {
            change(p);
        }
        if (random.nextInt(type == WireType.SECRET_KEY ? 2 : 8) == 0) {
            story += " as version 1";
            p.asVersion1();
        }
        return p.sealed();
    }

    /** Whether more than residues were changed. */
    boolean structural() {
        return structural;
    }

    /** What was done, for messages. */
    String story() {
        return story;
    }

    private void change(WireParts p) {
        int kind = random.nextInt(16);
        if (kind < 9 && !p.chunks.isEmpty()) {
            data(p);
        } else if (type == WireType.PARAMETERS && kind < 14 && !p.chunks.isEmpty()) {
            parameters(p);
        } else if (kind < 12) {
            header(p);
        } else {
            chunks(p);
            structural = true;
        }
        if (random.nextInt(8) != 0) {
            p.withItsLength();
        }
    }

    private void data(WireParts p) {
        int k = random.nextInt(p.chunks.size());
        while (random.nextInt(4) != 0 && p.chunks.get(k).length > SMALL) {
            k = random.nextInt(p.chunks.size());
        }
        byte[] c = p.chunks.get(k);
        if (c.length == 0) {
            return;
        }
        structural |= c.length <= SMALL;
        int at = random.nextInt(c.length);
        int how = random.nextInt(6);
        story += " chunk " + k + " at " + at + " way " + how;
        if (how < 2) {
            c[at] ^= (byte) (1 << random.nextInt(8));
        } else if (how == 2) {
            c[at] = (byte) random.nextInt(6);
        } else if (how == 3) {
            Arrays.fill(c, at, Math.min(c.length, at + 1 + random.nextInt(16)), (byte) -random.nextInt(2));
        } else {
            byte[] value = new byte[Long.BYTES];
            LittleEndian.putLong(value, 0, how == 4 ? LONGS[random.nextInt(LONGS.length)] : random.nextLong());
            int from = at & -4; // where fields are
            System.arraycopy(value, 0, c, from, Math.min(c.length - from, how == 4 ? 8 : 4));
        }
    }

    /** A set that has more of a chance: other primes, more or fewer of them, small numbers in the fields. */
    private void parameters(WireParts p) {
        byte[] c = p.chunks.get(0);
        int fixed = WireSizes.PARAMETERS_FIXED_BYTES;
        int how = random.nextInt(4);
        story += " parameters way " + how;
        structural = true;
        if (c.length < fixed + Long.BYTES) {
            return;
        }
        if (how == 0) {
            c[random.nextInt(fixed)] = (byte) random.nextInt(32);
        } else if (how == 1) {
            int slot = random.nextInt((c.length - fixed) / Long.BYTES);
            LittleEndian.putLong(c, fixed + slot * Long.BYTES, primes.get(random.nextInt(primes.size())));
        } else {
            boolean more = how == 2;
            byte[] d = Arrays.copyOf(c, more ? c.length + Long.BYTES : c.length - Long.BYTES);
            if (more) {
                LittleEndian.putLong(d, c.length, primes.get(random.nextInt(primes.size())));
            }
            d[3 + random.nextInt(2)] += (byte) (more ? 1 : -1);
            p.chunks.set(0, d);
        }
    }

    private void header(WireParts p) {
        int how = random.nextInt(6);
        story += " header way " + how;
        structural |= how != 1;
        if (how == 0) {
            LittleEndian.putLong(p.header, 16, LONGS[random.nextInt(LONGS.length)]);
        } else if (how == 1) {
            p.pair(new KeyPairId(random.nextInt(2) * random.nextLong(), random.nextInt(2)));
        } else if (how == 2) {
            LittleEndian.putLong(p.header, 16, LittleEndian.getLong(p.header, 16) + random.nextInt(65) - 32);
        } else {
            p.header[random.nextInt(p.header.length)] ^= (byte) (1 << random.nextInt(8));
        }
    }

    private void chunks(WireParts p) {
        int how = random.nextInt(5);
        int n = p.chunks.size();
        int k = n == 0 ? 0 : random.nextInt(n);
        story += " chunks way " + how + " at " + k;
        if (how == 0 || n == 0) {
            p.chunks.add(k, new byte[random.nextInt(200)]);
        } else if (how == 1) {
            p.chunks.remove(k);
        } else if (how == 2) {
            p.chunks.add(random.nextInt(n + 1), p.chunks.get(k).clone());
        } else if (how == 3) {
            p.chunks.set(
                    k, Arrays.copyOf(p.chunks.get(k), Math.max(0, p.chunks.get(k).length + random.nextInt(33) - 16)));
        } else {
            byte[] c = p.chunks.get(k);
            int other = random.nextInt(n);
            p.chunks.set(k, p.chunks.get(other));
            p.chunks.set(other, c);
        }
    }
}
