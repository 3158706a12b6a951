package io.github.hecnn.mlr.recipe.row;

import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.ckks.params.SecurityLevel;
import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.mlr.exchange.FileSeal;
import io.github.hecnn.mlr.recipe.EncryptedDesign;
import java.io.IOException;
import java.nio.file.Path;

/** Takes the gradients of a long training anywhere else than in the process of the training itself, which then reads no block of the data. */
@FunctionalInterface
public interface RowGradients {
    /**
     * What gradients are taken of.
     *
     * @param runId of the job
     * @param dataset name of the data set in its manifest
     * @param folder with blocks, manifest and keys, as the process of the training sees it
     * @param manifest of the data set
     * @param forwardKeys file with the keys on {@link RowParameters#forwardContext}
     * @param backwardKeys file with the keys on {@link RowParameters#backwardContext}
     * @param bootstrapKeys file with the keys of refreshes
     * @param recipe of the training
     * @param security of the parameters
     * @param parameters of the recipe
     * @param context context of the ciphertexts
     * @param processBytes heap that the process of the training gets by with, for who works in the same process
     */
    record Work(
            String runId,
            String dataset,
            Path folder,
            FileSeal manifest,
            FileSeal forwardKeys,
            FileSeal backwardKeys,
            FileSeal bootstrapKeys,
            RowRecipe recipe,
            SecurityLevel security,
            RowParameters parameters,
            CkksContext context,
            long processBytes) {}

    /**
     * Called once in a training, when it has its keys.
     *
     * @param work what gradients are taken of
     * @param here does all but partial gradients
     * @return takes partial gradients elsewhere, with the same bits, levels and scales, and the same fingerprint
     * @throws IOException if the data cannot be reached
     */
    EncryptedDesign<Ciphertext> design(Work work, EncryptedDesign<Ciphertext> here) throws IOException;

    /**
     * {@return whether the design refreshes elsewhere, too: the process of the training then reads no bootstrapping keys} Not so unless told.
     */
    default boolean refreshes() {
        return false;
    }
}
