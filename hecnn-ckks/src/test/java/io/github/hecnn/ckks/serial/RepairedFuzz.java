package io.github.hecnn.ckks.serial;

import io.github.hecnn.ckks.error.HeException;
import io.github.hecnn.ckks.params.CkksParameters;
import io.github.hecnn.ckks.params.SecurityLevel;
import io.github.hecnn.core.modular.NttPrimes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs in a JVM of its own with a small heap: arguments are the mutations for each reader and the seed. Ends with 0 if all went well. */
final class RepairedFuzz {
    private static final Pattern ID = Pattern.compile("expected parameter id ([0-9a-f]{16})");
    private static final WireFixture F = WireFixture.of(10, 1);
    private static final WireUse USE = new WireUse(F);

    private RepairedFuzz() {}

    public static void main(String[] args) {
        int rounds = Integer.parseInt(args[0]);
        long seed = Long.parseLong(args[1]);
        for (Map.Entry<WireType, WireFixture.Sample> e : F.samples().entrySet()) {
            System.out.println(e.getKey() + ": " + run(e.getValue(), rounds, seed));
        }
        System.out.println("all readers done");
    }

    private static List<Long> primes() {
        List<Long> primes = new ArrayList<>();
        for (int bits : new int[] {30, 31, 40, 49}) {
            primes.addAll(NttPrimes.descending(bits, 12, 4, Set.of()));
        }
        primes.addAll(F.parameters.chain().dataPrimes());
        return primes;
    }

    private static String run(WireFixture.Sample sample, int rounds, long seed) {
        WireMutator mutator = new WireMutator(sample.type(), sample.bytes(), primes(), seed);
        int often = sample.type() == WireType.PARAMETERS || rounds > 10_000 ? 1 : 4;
        int valid = 0;
        int refused = 0;
        int used = 0;
        for (int i = 0; i < rounds; i++) {
            byte[] file = mutator.next();
            try {
                Object found = read(sample, file);
                valid++;
                if (valid % (mutator.structural() ? often : 16 * often) == 0) {
                    used += USE.use(found) ? 1 : 0;
                }
            } catch (HeException e) {
                check(e);
                refused++;
            } catch (IOException | RuntimeException | Error e) {
                throw new AssertionError(
                        sample.type() + ", seed " + seed + ", mutation " + i + ":" + mutator.story(), e);
            }
        }
        return valid + " valid, " + used + " of them used, " + refused + " refused";
    }

    private static void check(HeException e) {
        String m = e.getMessage();
        if (!m.contains("expected") || !m.contains("found") || m.contains("\n")) {
            throw new AssertionError("a refusal in other words", e);
        }
    }

    private static Object read(WireFixture.Sample sample, byte[] file) throws IOException {
        if (sample.type() != WireType.PARAMETERS) {
            return sample.reader().from(new ByteArrayInputStream(file));
        }
        try {
            return parameters(file);
        } catch (HeException e) {
            Matcher m = ID.matcher(e.getMessage());
            if (!m.find()) {
                throw e;
            }
            WireParts p = WireParts.of(file); // the id is a checksum, too
            LittleEndian.putLong(p.header, 8, Long.parseUnsignedLong(m.group(1), 16));
            return parameters(p.sealed());
        }
    }

    private static CkksParameters parameters(byte[] file) throws IOException {
        return CkksSerializer.readParameters(new ByteArrayInputStream(file), SecurityLevel.NONE);
    }
}
