package io.github.hecnn.mlr.serving;

import io.github.hecnn.ckks.keys.EvaluationKeys;
import io.github.hecnn.ckks.keys.PublicKey;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.ckks.params.CkksParameters;
import io.github.hecnn.ckks.params.SecurityLevel;
import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.ckks.serial.CkksSerializer;
import io.github.hecnn.core.files.Access;
import io.github.hecnn.core.files.AtomicFile;
import io.github.hecnn.core.parallel.WorkerPool;
import io.github.hecnn.mlr.data.DataFormatException;
import io.github.hecnn.mlr.exchange.FileSeal;
import io.github.hecnn.mlr.exchange.SealedFiles;
import io.github.hecnn.mlr.exchange.SealedJson;
import io.github.hecnn.mlr.recipe.row.RowLayout;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
    private static final int VERSION = 1;
    private static final String PARAMETERS = "parameters.bin";
    private static final String KEYS = "evaluation-keys.bin";
    private static final String PUBLIC_KEY = "public-key.bin";
    private static final String WEIGHTS = "weights.ckks";
    private static final String FIX = "have the model's folder written again (CloudPredictor.write)";

    ServingFile {
        files = List.copyOf(files);
    }

    /** What is in such a folder. */
    record Content(CkksContext context, EncryptedModel model, PublicProfile profile, ServingKeys keys) {}

    /** Writes parameters, keys and weights, all or nothing: the old model goes before the first file of the new one comes. */
    static void write(Path folder, Content content) throws IOException {
        ServingParameters serving = content.model().parameters();
        RowLayout layout = serving.layout();
        CkksSerializer root = new CkksSerializer(content.context());
        CkksSerializer low = new CkksSerializer(serving.context(content.context()));
        CkksParameters parameters = serving.parameters();
        EvaluationKeys keys = content.keys().evaluation();
        PublicKey publicKey = content.keys().publicKey();
        List<Ciphertext> weights = content.model().weights();
        Files.createDirectories(folder);
        Files.deleteIfExists(folder.resolve(NAME));
        List<FileSeal> seals = new ArrayList<>();
        write(
                folder,
                PARAMETERS,
                CkksSerializer.wireBytes(parameters),
                seals,
                o -> CkksSerializer.write(o, parameters));
        write(folder, KEYS, low.wireBytes(keys), seals, o -> low.write(o, keys));
        write(folder, PUBLIC_KEY, low.wireBytes(publicKey), seals, o -> low.write(o, publicKey));
        write(folder, WEIGHTS, root.wireBytes(weights), seals, o -> root.write(o, weights));
        ServingFile file = new ServingFile(
                VERSION,
                layout.groupWidth(),
                layout.classes(),
                layout.features(),
                layout.babySteps(),
                serving.kind(),
                content.profile(),
                seals);
        byte[] text = SealedJson.text(file).getBytes(StandardCharsets.UTF_8);
        AtomicFile.write(folder.resolve(NAME), Access.USUAL, text.length, out -> out.write(text));
    }

    private static void write(Path folder, String name, long bytes, List<FileSeal> seals, AtomicFile.Content content)
            throws IOException {
        AtomicFile.write(folder.resolve(name), Access.USUAL, bytes, content);
        seals.add(FileSeal.of(name, folder.resolve(name)));
    }

    /** Reads such a folder; all its files are checked first. */
    static Content read(Path folder, WorkerPool workers, SecurityLevel minimum) throws IOException {
        ServingFile file = SealedJson.read(folder.resolve(NAME), ServingFile.class, FIX);
        if (file.version != VERSION) {
            throw new DataFormatException("read " + folder.resolve(NAME) + ": expected format version " + VERSION
                    + ", found " + file.version + "; use the library that wrote it, or " + FIX);
        }
        SealedFiles files = new SealedFiles(folder, file.files, FIX).checkAll();
        CkksParameters parameters = CkksSerializer.readParameters(files.get(PARAMETERS), minimum);
        ServingParameters serving;
        try {
            RowLayout layout =
                    new RowLayout(parameters.slots(), file.groupWidth, file.classes, file.features, file.babySteps);
            serving = ServingParameters.of(layout, parameters, file.kind);
        } catch (IllegalArgumentException e) {
            throw new DataFormatException("read " + folder.resolve(NAME) + ": " + e.getMessage() + "; " + FIX, e);
        }
        CkksContext context = CkksContext.create(parameters, workers);
        CkksSerializer low = new CkksSerializer(serving.context(context));
        ServingKeys keys =
                new ServingKeys(low.readEvaluationKeys(files.get(KEYS)), low.readPublicKey(files.get(PUBLIC_KEY)));
        List<Ciphertext> weights = new CkksSerializer(context).readCiphertexts(files.get(WEIGHTS));
        PublicProfile profile = file.profile;
        EncryptedModel model = EncryptedModel.of(serving, profile.modelId(), profile.liftBits(serving), weights);
        return new Content(context, model, profile, keys);
    }
}
