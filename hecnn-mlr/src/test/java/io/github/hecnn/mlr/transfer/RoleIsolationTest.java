package io.github.hecnn.mlr.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hecnn.mlr.roles.ClassConstants;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the code of a role can name, it could use: neither side can name what belongs to the other. */
class RoleIsolationTest {
    private static final String PROJECT = "io/github/hecnn/";
    private static final String CKKS = PROJECT + "ckks/";

    @Test
    void theServerReachesNeitherTextsNorSecretKeys() throws IOException {
        // Serializer and encryptor serve both sides: their classes may know the secret key, the server may not ask for
        // it.
        Map<String, String> reached = ClassConstants.reachable(
                TransferServer.class,
                name -> !name.startsWith(CKKS + "serial/") && !name.equals(CKKS + "scheme/Encryptor"));
        assertThat(reached)
                .containsKeys(PROJECT + "mlr/transfer/network/EncryptedNetwork", PROJECT + "mlr/transfer/network/OutputSanitizer");
        for (String forbidden : Set.of("keys/SecretKey", "keys/KeyGenerator", "scheme/Decryptor")) {
            assertThat(reached.get(CKKS + forbidden))
                    .as("%s is named by", forbidden)
                    .isNull();
        }
        assertThat(reached.keySet())
                .noneMatch(name -> name.startsWith(PROJECT + "mlr/transfer/text/")
                        || name.equals(PROJECT + "mlr/transfer/TransferClient")
                        || name.equals(PROJECT + "mlr/transfer/ClientFile"));
        for (String name : reached.keySet()) {
            if (!name.startsWith(CKKS)) {
                assertThat(ClassConstants.constants(name))
                        .as(name)
                        .noneMatch(text -> text.contains("keys/SecretKey")
                                || text.equals("readSecretKey")
                                || text.equals("withSecretKey")
                                || text.contains("secret-key"));
            }
        }
    }

    @Test
    void theClientReachesNoWeights() throws IOException {
        Map<String, String> reached = ClassConstants.reachable(TransferClient.class, name -> true);
        assertThat(reached).containsKeys(PROJECT + "mlr/transfer/TransferExchange", CKKS + "keys/SecretKey");
        for (String forbidden : Set.of("NetworkFile", "OutputSanitizer")) {
            assertThat(reached.get(PROJECT + "mlr/transfer/network/" + forbidden))
                    .as("%s is named by", forbidden)
                    .isNull();
        }
        assertThat(reached.keySet())
                .noneMatch(name -> name.equals(PROJECT + "mlr/transfer/TransferServer")
                        || name.equals(PROJECT + "mlr/transfer/EncoderFolder"));
        for (String name : reached.keySet()) {
            assertThat(ClassConstants.constants(name)).as(name).noneMatch(text -> text.contains("encoder.bin"));
        }
    }

    @Test
    void theSearchFindsWhatIsThere() throws IOException {
        assertThat(ClassConstants.reachable(EncoderFolder.class, name -> true))
                .containsKey(PROJECT + "mlr/transfer/network/NetworkFile");
        assertThat(ClassConstants.constants(EncoderFolder.class.getName().replace('.', '/')))
                .contains("encoder.bin");
        assertThat(ClassConstants.constants(TransferClient.class.getName().replace('.', '/')))
                .contains("readSecretKey");
    }
}
