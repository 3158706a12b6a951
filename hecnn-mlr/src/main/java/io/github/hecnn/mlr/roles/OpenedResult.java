package io.github.hecnn.mlr.roles;

import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.ckks.serial.CkksSerializer;
import io.github.hecnn.mlr.exchange.SealedFiles;
import io.github.hecnn.mlr.model.MlrModel;
import io.github.hecnn.mlr.roles.secret.OwnerSecret;
import java.io.IOException;
import java.util.List;

/** A result in files, decrypted iteration by iteration, as it is asked for. Not thread-safe. */
public final class OpenedResult {
    private final ResultFile account;
    private final SealedFiles files;
    private final CkksSerializer serializer;
    private final OwnerSecret secret;
    private final OwnerWeights weights;

    OpenedResult(
            ResultFile account, SealedFiles files, CkksSerializer serializer, OwnerSecret secret, OwnerWeights weights) {
        this.account = account;
        this.files = files;
        this.serializer = serializer;
        this.secret = secret;
        this.weights = weights;
    }

    /** {@return what the training took} */
    public ResultFile account() {
        return account;
    }

    /** {@return how many iterations there are} */
    public int iterations() {
        return weights.iterations();
    }

    /**
     * Decrypts.
     *
     * @param iteration from 1
     * @return the model after it
     * @throws io.github.hecnn.mlr.data.DataFormatException if its file is damaged or foreign
     * @throws IllegalArgumentException if it decrypts to weights that are not those of this training
     * @throws IOException if its file cannot be read
     */
    public MlrModel model(int iteration) throws IOException {
        List<Ciphertext> encrypted = serializer.readCiphertexts(files.get(TrainingExchange.weights(iteration)));
        return weights.model(iteration, encrypted.stream().map(secret::decrypt).toList());
    }
}
