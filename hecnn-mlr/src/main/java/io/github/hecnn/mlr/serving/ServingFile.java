package io.github.hecnn.mlr.serving;

import io.github.hecnn.ckks.keys.EvaluationKeys;
import io.github.hecnn.ckks.keys.PublicKey;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.ckks.params.CkksParameters;
import io.github.hecnn.ckks.params.SecurityLevel;
import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.ckks.serial.CkksSerializer;
import io.github.hecnn.core.files.Access;
import io.github.hecnn.core.parallel.WorkerPool;
import io.github.hecnn.mlr.data.DataFormatException;
import io.github.hecnn.mlr.exchange.FileSeal;
import io.github.hecnn.mlr.exchange.SealedFiles;
import io.github.hecnn.mlr.exchange.SealedJson;
import io.github.hecnn.mlr.recipe.row.RowLayout;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * What a folder with an encrypted model says about itself, {@code model.json}, written last: without it there is no model.
 *
 * @param version of the format, 1
 * @param groupWidth of the layout
 * @param classes of the layout
 * @param features of the layout, the leading 1 counted
 * @param babySteps of the layout
 * @param kind of answers
 * @param profile name and size of the model
 * @param files parameters, keys and weights
 */
record ServingFile(
        int version,
        int groupWidth,
        int classes,
        int features,
        int babySteps,
        AnswerKind kind,
        PublicProfile profile,
        List<FileSeal> files) {
    static final String NAME = "model.json";
    private static final String PARAMETERS = "parameters.bin";
    private static final String KEYS = "evaluation-keys.bin";
    private static final String PUBLIC_KEY = "public-key.bin";
    private static final String WEIGHTS = "weights.ckks";
    private static final String FIX = "have the folder written again (ServingOwner.writeKeys or CloudPredictor.write)";

    ServingFile {
        files = List.copyOf(files);
    }

    /**
     * What is in such a folder.
     *
     * @param model null as long as there are keys only
     */
    record Content(
            CkksContext context,
            ServingParameters parameters,
            EncryptedModel model,
            PublicProfile profile,
            ServingKeys keys) {}

    /** Writes parameters, keys and weights, all or nothing: the old model goes before the first file of the new one comes. */
    static void write(Path folder, Content content) throws IOException {
        ServingParameters serving = content.parameters();
        RowLayout layout = serving.layout();
        CkksSerializer root = new CkksSerializer(content.context());
        CkksSerializer low = new CkksSerializer(serving.context(content.context()));
        CkksParameters parameters = serving.parameters();
        EvaluationKeys keys = content.keys().evaluation();
        PublicKey publicKey = content.keys().publicKey();
        FolderWriter files = new FolderWriter(folder, NAME, Access.USUAL);
        files.add(PARAMETERS, CkksSerializer.wireBytes(parameters), o -> CkksSerializer.write(o, parameters));
        files.add(KEYS, low.wireBytes(keys), o -> low.write(o, keys));
        files.add(PUBLIC_KEY, low.wireBytes(publicKey), o -> low.write(o, publicKey));
        if (content.model() != null) {
            List<Ciphertext> weights = content.model().weights();
            files.add(WEIGHTS, root.wireBytes(weights), o -> root.write(o, weights));
        }
        files.finish(seals -> new ServingFile(
                FolderWriter.VERSION,
                layout.groupWidth(),
                layout.classes(),
                layout.features(),
                layout.babySteps(),
                serving.kind(),
                content.profile(),
                seals));
    }

    /** Reads such a folder, weights and all; all its files are checked first. */
    static Content read(Path folder, WorkerPool workers, SecurityLevel minimum) throws IOException {
        ServingFile file = of(folder);
        SealedFiles files = new SealedFiles(folder, file.files, FIX).checkAll();
        if (file.files.stream().noneMatch(f -> f.name().equals(WEIGHTS))) {
            throw new DataFormatException("read " + folder + ": expected encrypted weights, found keys only; have the"
                    + " cloud put those of its training there (CloudPredictor.ofTraining, then write)");
        }
        CkksParameters parameters = CkksSerializer.readParameters(files.get(PARAMETERS), minimum);
        CkksContext context = CkksContext.create(parameters, workers);
        Content keys = file.keys(folder, files, context);
        List<Ciphertext> weights = new CkksSerializer(context).readCiphertexts(files.get(WEIGHTS));
        PublicProfile known = file.profile;
        EncryptedModel model =
                EncryptedModel.of(keys.parameters(), known.modelId(), known.liftBits(keys.parameters()), weights);
        return new Content(context, keys.parameters(), model, known, keys.keys());
    }

    /** Reads the keys in such a folder, which must be those of a context that is there. */
    static Content readKeys(Path folder, CkksContext context) throws IOException {
        ServingFile file = of(folder);
        SealedFiles files = new SealedFiles(folder, file.files, FIX).checkAll();
        SecurityLevel any = SecurityLevel.NONE; // that of the context, which its caller has judged
        CkksParameters parameters = CkksSerializer.readParameters(files.get(PARAMETERS), any);
        if (!parameters.equals(context.parameters())) {
            throw new DataFormatException("read " + folder.resolve(PARAMETERS) + ": expected those of the training, "
                    + context.parameters() + ", found " + parameters + "; give the folder of this run, or " + FIX);
        }
        return file.keys(folder, files, context);
    }

    private static ServingFile of(Path folder) throws IOException {
        ServingFile file = SealedJson.read(folder.resolve(NAME), ServingFile.class, FIX);
        FolderWriter.requireVersion(folder.resolve(NAME), file.version, FIX);
        return file;
    }

    private Content keys(Path folder, SealedFiles files, CkksContext context) throws IOException {
        ServingParameters serving;
        try {
            RowLayout layout = new RowLayout(context.parameters().slots(), groupWidth, classes, features, babySteps);
            serving = ServingParameters.of(layout, context.parameters(), kind);
        } catch (IllegalArgumentException e) {
            throw new DataFormatException("read " + folder.resolve(NAME) + ": " + e.getMessage() + "; " + FIX, e);
        }
        CkksSerializer low = new CkksSerializer(serving.context(context));
        ServingKeys keys =
                new ServingKeys(low.readEvaluationKeys(files.get(KEYS)), low.readPublicKey(files.get(PUBLIC_KEY)));
        return new Content(context, serving, null, profile, keys);
    }
}
