package io.github.hecnn.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.hecnn.ckks.bootstrap.BootstrapKeyGenerator;
import io.github.hecnn.ckks.bootstrap.BootstrapKeys;
import io.github.hecnn.ckks.bootstrap.BootstrapParameters;
import io.github.hecnn.ckks.bootstrap.BootstrapPreset;
import io.github.hecnn.ckks.bootstrap.Bootstrapper;
import io.github.hecnn.ckks.keys.KeyGenerator;
import io.github.hecnn.ckks.keys.SecretKey;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.ckks.params.SecurityLevel;
import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.ckks.scheme.CkksEncoder;
import io.github.hecnn.ckks.scheme.Decryptor;
import io.github.hecnn.ckks.scheme.Encryptor;
import io.github.hecnn.ckks.scheme.Evaluator;
import io.github.hecnn.ckks.slots.CkksSlotAlgebra;
import io.github.hecnn.ckks.slots.SimulatedSlotAlgebra;
import io.github.hecnn.ckks.slots.SimulatedVector;
import io.github.hecnn.ckks.slots.SlotAlgebra;
import io.github.hecnn.mlr.approx.SigmoidApproximation;
import io.github.hecnn.mlr.recipe.MlrConfig;
import io.github.hecnn.mlr.recipe.row.RowLayout;
import io.github.hecnn.mlr.recipe.row.RowParameters;
import io.github.hecnn.mlr.recipe.row.RowRecipe;
import org.junit.jupiter.api.Test;

/** The code of pages on single subjects. */
class DocsPagesTest {
    @Test
    void aCiphertextIsRefreshed() {
        BootstrapPreset preset = BootstrapPreset.TEST_12;
        // docs/bootstrapping.md of keys starts
        BootstrapParameters p = preset.parameters(); // BootstrapPreset.BOOT_16, for example
        CkksContext context = CkksContext.create(p.ckksParameters());
        SecretKey secret = new KeyGenerator(context).secretKey();
        BootstrapKeys keys =
                new BootstrapKeyGenerator(context, p).keys(secret); // for the server, as evaluation keys are
        // docs/bootstrapping.md of keys ends
        CkksEncoder encoder = new CkksEncoder(context);
        Ciphertext used =
                Encryptor.withSecretKey(context, secret).encrypt(encoder.encode(new double[] {0.5, -0.25}, 3));

        // docs/bootstrapping.md of refreshing starts
        Bootstrapper bootstrapper = new Bootstrapper(context, p, keys); // encodes tables; make one and share it
        Ciphertext fresh = bootstrapper.refresh(used); // level 3 or more in, 11 out with BOOT_16
        // docs/bootstrapping.md of refreshing ends
        double[] found = encoder.decode(new Decryptor(context, secret).decrypt(fresh));
        assertThat(found[0]).isCloseTo(0.5, within(1e-5));
        assertThat(fresh.level()).isEqualTo(p.outputLevel());

        // docs/bootstrapping.md of circuits starts
        SlotAlgebra<Ciphertext> real = new CkksSlotAlgebra(new Evaluator(context, keys.evaluationKeys()), bootstrapper);
        SlotAlgebra<SimulatedVector> rehearsal = SimulatedSlotAlgebra.builder(p.ckksParameters())
                .refreshing(p.refreshLimits())
                .build();
        // docs/bootstrapping.md of circuits ends
        assertThat(real.maxLevel()).isEqualTo(rehearsal.maxLevel());
        BootstrapParameters usual = BootstrapPreset.BOOT_16.parameters();
        assertThat(usual.inputLevel()).isEqualTo(3);
        assertThat(usual.outputLevel()).isEqualTo(11);
    }

    @Test
    void aLongTrainingIsPlanned() {
        MlrConfig config = RowRecipe.settings(52_500, 201, 10, 12, SigmoidApproximation.WEIGHTED_15)
                .build();
        RowLayout layout = new RowLayout(32_768, 8, 10, 201, 16); // slots, group width, classes, features, baby steps
        RowRecipe recipe = RowRecipe.of(config, layout, 1); // batches of one block: 4,096 samples
        RowParameters parameters = RowParameters.of(recipe, SecurityLevel.CLASSICAL_128);
        assertThat(layout.rows()).isEqualTo(4096);
        assertThat(parameters.bootstrap().ckksParameters().securityLevel()).isEqualTo(SecurityLevel.CLASSICAL_128);
    }
}
