package io.github.hecnn.ckks.serial;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hecnn.ckks.bootstrap.BootstrapParameters;
import io.github.hecnn.ckks.internal.context.Rings;
import io.github.hecnn.ckks.keys.KeyPairId;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.ckks.params.CkksParameters;
import io.github.hecnn.core.rns.RnsBasis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The tables of docs/format.md are the golden files, byte by byte: offsets, lengths, values and checksums are taken from the files, what they
 * mean from here. With {@code -Dhecnn.docs=write} the tables are written.
 */
class DocsFormatBytesTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "format.md");
    private static final Pattern START = Pattern.compile("<!-- golden ([\\w-]+) -->");
    private static final String END = "<!-- end of golden -->";

    private final GoldenFiles golden = new GoldenFiles();
    private final CkksContext context = golden.context;
    private final CkksParameters p = context.parameters();
    private final KeyPairId pair = golden.secretKey.keyPairId();

    @Test
    void everyTableIsItsGoldenFile() throws IOException {
        Map<String, List<String>> tables = tables();
        List<String> lines = Files.readAllLines(DOCUMENT);
        List<String> out = new ArrayList<>();
        List<String> shown = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            out.add(lines.get(i));
            Matcher m = START.matcher(lines.get(i));
            if (m.matches()) {
                shown.add(m.group(1));
                out.add("");
                out.addAll(tables.get(m.group(1)));
                out.add("");
                while (!lines.get(i + 1).equals(END)) {
                    i++;
                }
            }
        }
        if ("write".equals(System.getProperty("hecnn.docs"))) {
            Files.writeString(DOCUMENT, String.join("\n", out) + "\n");
        }
        assertThat(Files.readAllLines(DOCUMENT))
                .as("docs/format.md; write it with -Dhecnn.docs=write, as docs/contributing.md says")
                .isEqualTo(out);
        assertThat(shown).containsExactlyInAnyOrderElementsOf(tables.keySet());
    }

    private Map<String, List<String>> tables() {
        Map<String, List<String>> out = new LinkedHashMap<>();
        out.put(GoldenFiles.PARAMETERS, parameters(GoldenFiles.PARAMETERS, p, false));
        out.put(GoldenFiles.PARAMETERS_256, parameters(GoldenFiles.PARAMETERS_256, GoldenFiles.parameters256(), true));
        out.put(
                GoldenFiles.SECRET_KEY,
                rows(GoldenFiles.SECRET_KEY, WireType.SECRET_KEY)
                        .bytes(p.ringDegree() / 4, "coefficients, two bits each: 0 for 0, 1 for 1, 3 for -1")
                        .checksum()
                        .end());
        out.put(
                GoldenFiles.PUBLIC_KEY,
                rows(GoldenFiles.PUBLIC_KEY, WireType.PUBLIC_KEY)
                        .seed()
                        .polynomial(Rings.of(context).publicKeyBasis(p.maxLevel()), "b")
                        .end());
        out.put(
                GoldenFiles.RELINEARIZATION_KEY,
                switchingKey(rows(GoldenFiles.RELINEARIZATION_KEY, WireType.RELINEARIZATION_KEY))
                        .end());
        out.put(
                GoldenFiles.ROTATION_KEY,
                rotationKey(rows(GoldenFiles.ROTATION_KEY, WireType.ROTATION_KEY))
                        .end());
        out.put(
                GoldenFiles.EVALUATION_KEYS,
                rotationKey(switchingKey(rows(GoldenFiles.EVALUATION_KEYS, WireType.EVALUATION_KEYS)
                                .number(4, 1, "number of relinearisation keys, 0 or 1")
                                .number(4, 1, "number of rotation keys")
                                .checksum()))
                        .end());
        out.put(
                GoldenFiles.PLAINTEXT,
                descriptor(
                                new FormatRows(GoldenFiles.kept(GoldenFiles.PLAINTEXT))
                                        .header(WireType.PLAINTEXT, p.id(), 0, 0)
                                        .hidden(),
                                1,
                                1,
                                0)
                        .polynomial(Rings.of(context).basis(1), "polynomial")
                        .end());
        out.put(
                GoldenFiles.CIPHERTEXT,
                descriptor(rows(GoldenFiles.CIPHERTEXT, WireType.CIPHERTEXT), 1, 2, 0)
                        .polynomial(Rings.of(context).basis(1), "c0")
                        .polynomial(Rings.of(context).basis(1), "c1")
                        .end());
        out.put(
                GoldenFiles.CIPHERTEXT_SEEDED,
                descriptor(rows(GoldenFiles.CIPHERTEXT_SEEDED, WireType.CIPHERTEXT), 1, 2, 1)
                        .seed()
                        .polynomial(Rings.of(context).basis(1), "c0")
                        .end());
        FormatRows list = descriptor(
                        rows(GoldenFiles.CIPHERTEXTS, WireType.CIPHERTEXTS)
                                .number(4, 2, "number of ciphertexts")
                                .checksum(),
                        1,
                        2,
                        1)
                .seed()
                .polynomial(Rings.of(context).basis(1), "c0");
        RnsBasis lowest = Rings.of(context).basis(0);
        out.put(
                GoldenFiles.CIPHERTEXTS,
                descriptor(list, 0, 3, 0)
                        .polynomial(lowest, "c0")
                        .polynomial(lowest, "c1")
                        .polynomial(lowest, "c2")
                        .end());
        out.put(GoldenFiles.BOOTSTRAP_KEYS, bootstrapKeys());
        return out;
    }

    /** The body of a file that belongs to the key pair; the header is checked and not shown. */
    private FormatRows rows(String name, WireType type) {
        return new FormatRows(GoldenFiles.kept(name))
                .header(type, p.id(), pair.high(), pair.low())
                .hidden();
    }

    private List<String> parameters(String name, CkksParameters set, boolean withoutHeader) {
        FormatRows rows = new FormatRows(GoldenFiles.kept(name)).header(WireType.PARAMETERS, set.id(), 0, 0);
        if (withoutHeader) {
            rows.hidden();
        }
        rows.number(1, set.logRingDegree(), "log2 N")
                .number(1, set.scaleBits(), "log2 of the scale")
                .number(1, set.digits(), "digits of a key switch at the top of the chain")
                .number(1, set.chain().dataPrimes().size(), "number of data primes")
                .number(1, set.chain().specialPrimes().size(), "number of special primes")
                .number(1, set.securityLevel().bits() & 0xff, "bits of security, low byte")
                .number(1, (long) set.chainLevel() - set.maxLevel(), "levels above the user's")
                .number(1, set.securityLevel().bits() >>> 8, "bits of security, high byte")
                .number(4, set.secretHammingWeight(), "Hamming weight of the secret, 0 if it is dense");
        int i = 0;
        for (long q : set.chain().dataPrimes()) {
            rows.number(8, q, "data prime q(" + i++ + ")");
        }
        i = 0;
        for (long q : set.chain().specialPrimes()) {
            rows.number(8, q, "special prime " + i++);
        }
        return rows.checksum().end();
    }

    private FormatRows descriptor(FormatRows rows, int level, int components, int seeded) {
        return rows.number(1, level, "level")
                .number(1, components, "components")
                .number(1, seeded, "1 if a seed stands for c1")
                .number(1, p.logRingDegree(), "log2 of the slots and 1; 0 if unknown")
                .number(p.scale(level), "scale, a double")
                .checksum();
    }

    private FormatRows switchingKey(FormatRows rows) {
        return rows.seed().polynomial(Rings.of(context).extendedBasis(), "b of digit 0");
    }

    private FormatRows rotationKey(FormatRows rows) {
        long galois = 1;
        for (int i = 0; i < GoldenFiles.ROTATION; i++) {
            galois = galois * 5 % (2L * p.ringDegree());
        }
        return switchingKey(rows.number(4, galois, "Galois element, 5^3 modulo 2N for 3 steps to the left")
                .checksum());
    }

    private static List<String> bootstrapKeys() {
        BootstrapParameters set = GoldenFiles.bootstrapParameters();
        byte[] whole = GoldenFiles.bootstrapKeys();
        assertThat(whole).startsWith(GoldenFiles.kept(GoldenFiles.BOOTSTRAP_KEYS));
        KeyPairId id = new KeyPairId(LittleEndian.getLong(whole, 24), LittleEndian.getLong(whole, 32));
        return new FormatRows(whole)
                .header(WireType.BOOTSTRAP_KEYS, set.ckksParameters().id(), id.high(), id.low())
                .hidden()
                .number(8, set.id(), "id of the bootstrap parameters")
                .number(4, 32, "Hamming weight of the sparse secret")
                .number(4, LittleEndian.getInt(whole, 56), "number of rotation keys of the whole chain")
                .number(4, LittleEndian.getInt(whole, 60), "number of rotation keys of the low levels")
                .checksum()
                .number(4, 1, "bundle of the whole chain: number of relinearisation keys")
                .number(4, LittleEndian.getInt(whole, 56), "number of rotation keys")
                .checksum()
                .seed()
                .lines();
    }
}
