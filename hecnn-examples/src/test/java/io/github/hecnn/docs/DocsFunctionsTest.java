package io.github.hecnn.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.hecnn.ckks.circuit.function.SlotFunction;
import io.github.hecnn.ckks.circuit.function.SmoothFunction;
import io.github.hecnn.ckks.error.IntervalException;
import io.github.hecnn.ckks.keys.EvaluationKeys;
import io.github.hecnn.ckks.keys.KeyGenerator;
import io.github.hecnn.ckks.keys.RotationSteps;
import io.github.hecnn.ckks.keys.SecretKey;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.ckks.params.CkksParameters;
import io.github.hecnn.ckks.params.SecurityLevel;
import io.github.hecnn.ckks.proposal.ParameterProposal;
import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.ckks.scheme.CkksEncoder;
import io.github.hecnn.ckks.scheme.Decryptor;
import io.github.hecnn.ckks.scheme.Encryptor;
import io.github.hecnn.ckks.slots.CkksSlotAlgebra;
import io.github.hecnn.ckks.slots.SimulatedSlotAlgebra;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The code of docs/functions.md, and the table of docs/security.md. */
class DocsFunctionsTest {
    @Test
    void aFunctionOnEncryptedSlots() {
        // docs/functions.md of parameters starts
        SlotFunction sigmoid = SmoothFunction.sigmoid(8, 10); // slots in [-8, 8], error at most 2^-10
        ParameterProposal proposal = ParameterProposal.forDepth(sigmoid.levels(), 12);
        List<String> why = proposal.lines(); // ring, scale, noise, bytes and seconds, and why these
        CkksParameters parameters = proposal.parameters();
        // docs/functions.md of parameters ends
        assertThat(why).isNotEmpty();

        CkksContext context = CkksContext.create(parameters);
        KeyGenerator generator = new KeyGenerator(context);
        SecretKey secret = generator.secretKey();
        EvaluationKeys keys = generator.evaluationKeys(secret, RotationSteps.of(List.of()), false);
        CkksEncoder encoder = new CkksEncoder(context);
        double[] slots = new Random(1).doubles(parameters.slots(), -8, 8).toArray();
        Ciphertext x = Encryptor.withSecretKey(context, secret).encrypt(encoder.encode(slots));
        // docs/functions.md of evaluation starts
        CkksSlotAlgebra algebra = new CkksSlotAlgebra(context, keys); // the relinearisation key is enough
        Ciphertext y = sigmoid.evaluate(algebra, x);
        // docs/functions.md of evaluation ends
        double[] found = encoder.decode(new Decryptor(context, secret).decrypt(y));
        for (int i = 0; i < slots.length; i++) {
            assertThat(Math.abs(found[i] - 1 / (1 + Math.exp(-slots[i])))).isLessThan(0x1p-10 + 0x1p-12);
        }

        double[] likeTheRealOnes = slots.clone();
        // docs/functions.md of the rehearsal starts
        SimulatedSlotAlgebra rehearsal =
                SimulatedSlotAlgebra.builder(parameters).build();
        sigmoid.evaluate(rehearsal, rehearsal.encrypt(likeTheRealOnes)); // IntervalException outside of [-8, 8]
        // docs/functions.md of the rehearsal ends
        Arrays.fill(likeTheRealOnes, 9);
        assertThatThrownBy(() -> sigmoid.evaluate(rehearsal, rehearsal.encrypt(likeTheRealOnes)))
                .isInstanceOf(IntervalException.class);
    }

    @Test
    void theTableOfSecurityIsThatOfTheLibrary() throws IOException {
        List<String> rows =
                IntStream.rangeClosed(10, 17).mapToObj(DocsFunctionsTest::row).toList();
        assertThat(Files.readAllLines(Docs.FOLDER.resolve("security.md"))).containsSubsequence(rows);
    }

    private static String row(int log) {
        StringBuilder row = new StringBuilder("| 2^" + log + " |");
        for (SecurityLevel level :
                List.of(SecurityLevel.CLASSICAL_128, SecurityLevel.CLASSICAL_192, SecurityLevel.CLASSICAL_256)) {
            int most = (int) level.maxLogQP(log);
            row.append(most == 0 ? " - |" : " " + most + " |");
        }
        return row.toString();
    }
}
