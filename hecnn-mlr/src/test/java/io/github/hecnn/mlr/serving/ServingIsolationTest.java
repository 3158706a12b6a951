package io.github.hecnn.mlr.serving;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hecnn.mlr.roles.ClassConstants;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Reads compiled classes: whatever the cloud's code names, it names in its constant pool. */
class ServingIsolationTest {
    private static final String PROJECT = "io/github/hecnn/";

    @Test
    void nothingThatPredictsNamesASecretKey() throws IOException {
        Map<String, String> reachedFrom =
                ClassConstants.reachable(CloudPredictor.class, name -> !name.startsWith(PROJECT + "ckks/serial/"));
        assertThat(reachedFrom).containsKey(PROJECT + "mlr/recipe/row/RowCircuit");
        for (String forbidden : new String[] {
            "ckks/keys/KeyGenerator",
            "ckks/scheme/Decryptor",
            "mlr/serving/ServingOwner",
            "mlr/serving/OwnerFolder",
            "mlr/serving/QueryProfile"
        }) {
            assertThat(reachedFrom.get(PROJECT + forbidden))
                    .as("%s is named by", forbidden)
                    .isNull();
        }
        // The encryptor, which floods with the public key, may also take a secret one; nobody hands it over.
        assertThat(reachedFrom.get(PROJECT + "ckks/keys/SecretKey")).isEqualTo(PROJECT + "ckks/scheme/Encryptor");
        assertThat(ClassConstants.reachable(ServingOwner.class, name -> true))
                .containsKey(PROJECT + "ckks/scheme/Decryptor");
    }
}
