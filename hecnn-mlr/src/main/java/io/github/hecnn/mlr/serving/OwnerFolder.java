package io.github.hecnn.mlr.serving;

import io.github.hecnn.ckks.keys.SecretKey;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.ckks.params.CkksParameters;
import io.github.hecnn.ckks.params.SecurityLevel;
import io.github.hecnn.ckks.serial.CkksSerializer;
import io.github.hecnn.core.files.Access;
import io.github.hecnn.core.parallel.WorkerPool;
import io.github.hecnn.mlr.data.DataFormatException;
import io.github.hecnn.mlr.exchange.FileSeal;
import io.github.hecnn.mlr.exchange.SealedFiles;
import io.github.hecnn.mlr.exchange.SealedJson;
import io.github.hecnn.mlr.model.MlrModel;
import io.github.hecnn.mlr.recipe.row.RowLayout;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * What the folder of a serving owner says about itself, {@code serving-owner.json}, written last. Nobody else may read it.
 *
 * @param version of the format, 1
 * @param groupWidth of the layout
 * @param classes of the layout
 * @param features of the layout, the leading 1 counted
 * @param babySteps of the layout
 * @param kind of answers
 * @param profile name and size of the model
 * @param units what columns are multiplied with
 * @param startScore score of weights that a training starts with
 * @param weightDeviation of a slot of the encrypted weights
 * @param files parameters, secret key, and scaling and names
 */
record OwnerFolder(
        int version,
        int groupWidth,
        int classes,
        int features,
        int babySteps,
        AnswerKind kind,
        PublicProfile profile,
        List<Double> units,
        double startScore,
        double weightDeviation,
        List<FileSeal> files) {
    private static final String NAME = "serving-owner.json";
    private static final String PARAMETERS = "parameters.bin";
    private static final String SECRET_KEY = "secret-key.bin";
    private static final String PROFILE = "query-profile.bin";
    private static final String FIX = "have the owner's folder written again (ServingOwner.write)";

    OwnerFolder {
        units = List.copyOf(units);
        files = List.copyOf(files);
    }

    /** What is in such a folder. */
    record Content(CkksContext context, ServingParameters parameters, QueryProfile profile, SecretKey secret) {}

    static void write(Path folder, Content content) throws IOException {
        RowLayout layout = content.parameters().layout();
        CkksParameters parameters = content.parameters().parameters();
        CkksSerializer serializer = new CkksSerializer(content.context());
        SecretKey secret = content.secret();
        byte[] shape = content.profile().shape().bytes();
        FolderWriter files = new FolderWriter(folder, NAME, Access.OWNER_ONLY);
        files.add(PARAMETERS, CkksSerializer.wireBytes(parameters), o -> CkksSerializer.write(o, parameters));
        files.add(
                SECRET_KEY,
                serializer.wireBytes(secret),
                o -> serializer.write(o, secret, SecretKey.Access.INTENDED));
        files.add(PROFILE, shape.length, o -> o.write(shape));
        files.finish(seals -> new OwnerFolder(
                FolderWriter.VERSION,
                layout.groupWidth(),
                layout.classes(),
                layout.features(),
                layout.babySteps(),
                content.parameters().kind(),
                content.profile().publicProfile(),
                Arrays.stream(content.profile().units()).boxed().toList(),
                content.profile().startScore(),
                content.profile().weightDeviation(),
                seals));
    }

    static Content read(Path folder, WorkerPool workers, SecurityLevel minimum) throws IOException {
        OwnerFolder file = SealedJson.read(folder.resolve(NAME), OwnerFolder.class, FIX);
        FolderWriter.requireVersion(folder.resolve(NAME), file.version, FIX);
        SealedFiles files = new SealedFiles(folder, file.files, FIX).checkAll();
        CkksParameters parameters = CkksSerializer.readParameters(files.get(PARAMETERS), minimum);
        MlrModel shape = MlrModel.read(files.get(PROFILE));
        try {
            RowLayout layout =
                    new RowLayout(parameters.slots(), file.groupWidth, file.classes, file.features, file.babySteps);
            double[] units = file.units.stream().mapToDouble(u -> u).toArray();
            QueryProfile profile = new QueryProfile(shape, units, file.startScore, file.weightDeviation, file.profile);
            CkksContext context = CkksContext.create(parameters, workers);
            return new Content(
                    context,
                    ServingParameters.of(layout, parameters, file.kind),
                    profile,
                    new CkksSerializer(context).readSecretKey(files.get(SECRET_KEY), SecretKey.Access.INTENDED));
        } catch (IllegalArgumentException e) {
            throw new DataFormatException("read " + folder.resolve(NAME) + ": " + e.getMessage() + "; " + FIX, e);
        }
    }
}
