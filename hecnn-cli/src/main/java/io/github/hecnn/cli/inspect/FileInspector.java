package io.github.hecnn.cli.inspect;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.hecnn.ckks.error.HeException;
import io.github.hecnn.ckks.params.CkksParameters;
import io.github.hecnn.ckks.serial.CkksSerializer;
import io.github.hecnn.ckks.serial.WireDescription;
import io.github.hecnn.mlr.data.DataFormatException;
import io.github.hecnn.mlr.model.MlrModel;
import io.github.hecnn.mlr.transfer.network.Network;
import io.github.hecnn.mlr.transfer.network.NetworkFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tells what a file is by how it begins, and then by what reads it. */
final class FileInspector {
    private static final String MODEL = "HECNMLR!";
    private static final String NETWORK = "HECNNNN1";
    private static final String SEAL = "sha256";
    private static final int BEGIN_BYTES = 8;
    private static final long MOST_JSON_BYTES = 8L << 20;

    private final boolean check;

    /**
     * For some files.
     *
     * @param check whether to compare the checksums of the files that a file names
     */
    FileInspector(boolean check) {
        this.check = check;
    }

    /**
     * What a file is.
     *
     * @param path its name in the result
     * @return nothing if it is no file of this project; {@link Inspection#broken} if it is a damaged one
     * @throws IOException if it cannot be read
     */
    Optional<Inspection> inspect(Path file, String path) throws IOException {
        long bytes = Files.size(file);
        try {
            return known(file, path, bytes);
        } catch (HeException | DataFormatException e) {
            return Optional.of(Inspection.broken(path, bytes, e.getMessage()));
        }
    }

    private Optional<Inspection> known(Path file, String path, long bytes) throws IOException {
        String begin = begin(file);
        if (begin.equals(MODEL)) {
            return Optional.of(Inspection.of(path, "a trained model, in the clear", bytes, model(MlrModel.read(file))));
        }
        if (begin.equals(NETWORK)) {
            Network network = NetworkFile.read(file);
            Map<String, Object> details = new LinkedHashMap<>();
            details.put("inputs", network.inputs());
            details.put("layers", network.layers().size());
            return Optional.of(Inspection.of(path, "an encoder of CryptoTL, a secret of its server", bytes, details));
        }
        if (begin.equals(StateFile.MAGIC)) {
            return Optional.of(
                    Inspection.of(path, "the state in a checkpoint, encrypted", bytes, StateFile.details(file)));
        }
        if (begin.startsWith("{") && bytes <= MOST_JSON_BYTES && isSealed(file)) {
            SealedRecord sealed = SealedRecord.read(file);
            return Optional.of(new Inspection(
                    path, sealed.kind(), bytes, sealed.details(), sealed.files(file, check), List.of(), null));
        }
        Optional<WireDescription> wire = WireDescription.of(file);
        return wire.isEmpty() ? OutputFile.of(file, path, bytes) : Optional.of(wire(file, path, wire.get()));
    }

    private static String begin(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(BEGIN_BYTES), StandardCharsets.ISO_8859_1);
        }
    }

    /** Whether there is a checksum at the top, or was before the file was damaged. */
    private static boolean isSealed(Path file) throws IOException {
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        try {
            return new ObjectMapper().readTree(text).has(SEAL);
        } catch (JsonProcessingException e) {
            return text.contains('"' + SEAL + '"');
        }
    }

    private static Map<String, Object> model(MlrModel model) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("classes", model.classes());
        out.put("classNames", shortened(String.join(", ", model.labelNames())));
        out.put("features", model.features());
        if (!model.featureNames().isEmpty()) {
            out.put("featureNames", shortened(String.join(", ", model.featureNames())));
        }
        out.put("scaling", model.scaling().kind().toString());
        out.putAll(model.provenance().settings());
        return out;
    }

    private static String shortened(String text) {
        return text.length() <= 100 ? text : text.substring(0, 97) + "...";
    }

    private static Inspection wire(Path file, String path, WireDescription wire) throws IOException {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("formatVersion", wire.version());
        details.put("parameters", String.format("%016x", wire.parametersId()));
        if (wire.keyPairId().known()) {
            details.put("keyPair", wire.keyPairId().toString());
        }
        details.putAll(wire.details());
        if (wire.kind().equals("a parameter set")) {
            CkksParameters p = CkksSerializer.readParametersOfAnySecurity(file);
            details.put("ringDegree", p.ringDegree());
            details.put("levels", p.maxLevel());
            details.put("scaleBits", p.scaleBits());
            details.put("logQ", p.chain().logQ());
            details.put("logP", p.chain().logP());
            details.put("securityBits", p.securityLevel().bits());
        }
        String secret = wire.kind().equals("a secret key") ? ", which decrypts everything: keep it with its owner" : "";
        return Inspection.of(path, wire.kind() + secret, wire.bytes(), details);
    }
}
