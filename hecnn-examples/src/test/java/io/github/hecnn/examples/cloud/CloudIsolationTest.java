package io.github.hecnn.examples.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hecnn.ckks.keys.SecretKey;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Reads compiled classes: whatever code names, it names in its constant pool. */
class CloudIsolationTest {
    private static final String PROJECT = "io/github/hecnn/";

    /** The serializer reads every kind of object, so it alone may know the secret key's type; the cloud must not call that. */
    private static final String SERIALIZER = PROJECT + "ckks/serial/";

    private static final Set<String> FORBIDDEN = Set.of(
            PROJECT + "ckks/keys/SecretKey",
            PROJECT + "ckks/keys/KeyGenerator",
            PROJECT + "ckks/scheme/Decryptor",
            PROJECT + "ckks/scheme/Encryptor");

    @Test
    void nothingTheCloudIsMadeOfNamesASecretKey() throws IOException {
        Map<String, String> reachedFrom = new TreeMap<>();
        Deque<String> open = new ArrayDeque<>(Set.of(CloudRole.class.getName().replace('.', '/')));
        reachedFrom.put(open.peek(), "");
        while (!open.isEmpty()) {
            String name = open.pop();
            for (String other : projectClasses(constants(name))) {
                if (!other.startsWith(SERIALIZER) && reachedFrom.putIfAbsent(other, name) == null) {
                    open.push(other);
                }
            }
        }
        assertThat(reachedFrom)
                .containsKey(PROJECT + "mlr/train/TrainingRecipe")
                .containsKey(PROJECT + "ckks/circuit/CkksSlotAlgebra");
        for (String forbidden : FORBIDDEN) {
            assertThat(reachedFrom.get(forbidden))
                    .as("%s is named by", forbidden)
                    .isNull();
        }
        assertThat(reachedFrom.keySet())
                .as("the owner's side")
                .noneMatch(name -> name.startsWith(PROJECT + "examples/mnist/"));
    }

    @Test
    void theCloudDoesNotAskTheSerializerForASecret() throws IOException {
        Deque<String> open = new ArrayDeque<>(Set.of(CloudRole.class.getName().replace('.', '/')));
        Set<String> seen = new TreeSet<>(open);
        while (!open.isEmpty()) {
            Set<String> constants = constants(open.pop());
            assertThat(constants).noneMatch(text -> text.contains("SecretKey") || text.contains("secret-key"));
            for (String other : projectClasses(constants)) {
                if (other.startsWith(PROJECT + "examples/") && seen.add(other)) {
                    open.push(other);
                }
            }
        }
        assertThat(seen).hasSizeGreaterThan(5);
    }

    @Test
    void theReaderOfConstantsSeesWhatItLooksFor() throws IOException {
        String owner = PROJECT + "examples/mnist/OwnerDecryptRole";
        assertThat(projectClasses(constants(owner)))
                .contains(SecretKey.class.getName().replace('.', '/'), PROJECT + "ckks/scheme/Decryptor");
        assertThat(constants(owner)).contains("readSecretKey");
    }

    private static Set<String> projectClasses(Set<String> constants) {
        Set<String> out = new TreeSet<>();
        for (String text : constants) {
            // Class names stand alone, in descriptors as Lname; and in signatures as Lname<.
            for (String part : text.split("[^A-Za-z0-9_/$]", -1)) {
                int at = part.indexOf(PROJECT);
                if (at >= 0 && exists(part.substring(at))) {
                    out.add(part.substring(at));
                }
            }
        }
        return out;
    }

    private static boolean exists(String name) {
        return CloudIsolationTest.class.getClassLoader().getResource(name + ".class") != null;
    }

    /** All texts of a class file's constant pool. */
    private static Set<String> constants(String name) throws IOException {
        Set<String> texts = new TreeSet<>();
        try (InputStream file = CloudIsolationTest.class.getClassLoader().getResourceAsStream(name + ".class");
                DataInputStream in = new DataInputStream(file)) {
            in.readInt();
            in.readInt();
            int count = in.readUnsignedShort();
            for (int i = 1; i < count; i++) {
                int tag = in.readUnsignedByte();
                switch (tag) {
                    case 1 -> texts.add(in.readUTF());
                    case 3, 4, 9, 10, 11, 12, 17, 18 -> in.readInt();
                    case 5, 6 -> {
                        in.readLong();
                        i++; // takes two entries
                    }
                    case 7, 8, 16, 19, 20 -> in.readUnsignedShort();
                    case 15 -> {
                        in.readUnsignedByte();
                        in.readUnsignedShort();
                    }
                    default -> throw new IOException("constant pool of " + name + ": unknown tag " + tag);
                }
            }
        }
        return texts;
    }
}
