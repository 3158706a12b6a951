package io.github.hecnn.examples.cryptotl;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hecnn.examples.cryptotl.client.AskRole;
import io.github.hecnn.examples.cryptotl.client.TrainRole;
import io.github.hecnn.examples.cryptotl.server.EvaluateRole;
import io.github.hecnn.examples.cryptotl.server.ServerFiles;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the code of a role can name, it could use: neither side can name what belongs to the other. */
class RoleIsolationTest {
    private static final String PROJECT = "io/github/hecnn/";
    private static final String CKKS = PROJECT + "ckks/";

    @Test
    void theServerReachesNeitherTextsNorSecretKeys() throws IOException {
        // Serializer and encryptor serve both sides: their classes may know the secret key, the server may not ask for
        // it.
        Map<String, String> reached = ClassConstants.reachable(
                EvaluateRole.class,
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
                        || name.startsWith(PROJECT + "examples/cryptotl/client/")
                        || name.startsWith(PROJECT + "examples/cryptotl/texts/"));
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

    @ParameterizedTest
    @ValueSource(classes = {AskRole.class, TrainRole.class})
    void theClientReachesNoWeights(Class<?> role) throws IOException {
        Map<String, String> reached = ClassConstants.reachable(role, name -> true);
        assertThat(reached).containsKeys(PROJECT + "mlr/transfer/text/HashedSentenceEncoder", CKKS + "keys/SecretKey");
        for (String forbidden : Set.of("NetworkFile", "OutputSanitizer")) {
            assertThat(reached.get(PROJECT + "mlr/transfer/network/" + forbidden))
                    .as("%s is named by", forbidden)
                    .isNull();
        }
        assertThat(reached.keySet()).noneMatch(name -> name.startsWith(PROJECT + "examples/cryptotl/server/"));
        for (String name : reached.keySet()) {
            assertThat(ClassConstants.constants(name)).as(name).noneMatch(text -> text.contains("encoder.bin"));
        }
    }

    @Test
    void theSearchFindsWhatIsThere() throws IOException {
        assertThat(ClassConstants.reachable(ServerFiles.class, name -> true))
                .containsKey(PROJECT + "mlr/transfer/network/NetworkFile");
        assertThat(ClassConstants.constants(ServerFiles.class.getName().replace('.', '/')))
                .contains("encoder.bin");
        assertThat(ClassConstants.constants(TrainRole.class.getName().replace('.', '/')))
                .contains("readSecretKey");
    }
}
