package io.github.hecnn.mlr.roles;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hecnn.ckks.keys.SecretKey;
import io.github.hecnn.mlr.roles.row.LongCloud;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads compiled classes: whatever code names, it names in its constant pool. */
class CloudIsolationTest {
    private static final String PROJECT = "io/github/hecnn/";
    private static final String ENCRYPTOR = PROJECT + "ckks/scheme/Encryptor";

    /** The serializer reads every kind of object, so it alone may know the secret key's type; the cloud must not call that. */
    private static final String SERIALIZER = PROJECT + "ckks/serial/";

    private static final Set<String> FORBIDDEN = Set.of(
            PROJECT + "ckks/keys/SecretKey",
            PROJECT + "ckks/keys/KeyGenerator",
            PROJECT + "ckks/scheme/Decryptor",
            ENCRYPTOR,
            PROJECT + "mlr/roles/DataOwner",
            PROJECT + "mlr/roles/OwnerFile",
            PROJECT + "mlr/roles/secret/OwnerSecret",
            PROJECT + "mlr/training/PreparedTraining",
            PROJECT + "mlr/roles/row/LongOwner",
            PROJECT + "mlr/roles/row/LongOwnerFile",
            PROJECT + "mlr/roles/row/LongOwnerKeys",
            PROJECT + "mlr/roles/row/PreparedLongTraining");

    @ParameterizedTest
    @ValueSource(classes = {CloudTrainer.class, TrainingJob.class, TrainingResult.class, LongCloud.class})
    void nothingTheCloudIsMadeOfNamesASecretKey(Class<?> start) throws IOException {
        boolean serves = start == LongCloud.class; // encrypts answers anew, by the public key; see ServingIsolationTest
        Map<String, String> reachedFrom = ClassConstants.reachable(
                start, name -> !name.startsWith(SERIALIZER) && !(serves && name.equals(ENCRYPTOR)));
        assertThat(reachedFrom).containsKey(PROJECT + "ckks/scheme/Ciphertext");
        for (String forbidden : FORBIDDEN) {
            if (serves && forbidden.equals(ENCRYPTOR)) {
                continue;
            }
            assertThat(reachedFrom.get(forbidden))
                    .as("%s is named by", forbidden)
                    .isNull();
        }
    }

    /** {@code NoiseModel.ofSecretKeyEncryption} is about the noise of what the owner encrypted. */
    private static boolean namesASecretKey(String text) {
        return !text.equals("ofSecretKeyEncryption") && (text.contains("SecretKey") || text.contains("secret-key"));
    }

    @Test
    void theCloudReachesTheTraining() throws IOException {
        assertThat(ClassConstants.reachable(CloudTrainer.class, name -> !name.startsWith(SERIALIZER)))
                .containsKey(PROJECT + "mlr/recipe/TrainingRecipe")
                .containsKey(PROJECT + "ckks/slots/CkksSlotAlgebra");
    }

    @ParameterizedTest
    @ValueSource(classes = {CloudTrainer.class, LongCloud.class})
    void theCloudDoesNotAskTheSerializerForASecret(Class<?> start) throws IOException {
        Deque<String> open = new ArrayDeque<>(Set.of(start.getName().replace('.', '/')));
        Set<String> seen = new TreeSet<>(open);
        while (!open.isEmpty()) {
            Set<String> constants = ClassConstants.constants(open.pop());
            assertThat(constants).noneMatch(CloudIsolationTest::namesASecretKey);
            for (String other : ClassConstants.projectClasses(constants)) {
                if (other.startsWith(PROJECT + "mlr/") && seen.add(other)) {
                    open.push(other);
                }
            }
        }
        assertThat(seen).hasSizeGreaterThan(20);
    }

    @Test
    void theReaderOfConstantsSeesWhatItLooksFor() throws IOException {
        String owner = PROJECT + "mlr/roles/secret/OwnerSecret";
        assertThat(ClassConstants.projectClasses(ClassConstants.constants(owner)))
                .contains(SecretKey.class.getName().replace('.', '/'), PROJECT + "ckks/scheme/Decryptor");
        assertThat(ClassConstants.constants(owner)).contains("readSecretKey");
        assertThat(ClassConstants.reachable(DataOwner.class, name -> true)).containsKey(owner);
    }
}
