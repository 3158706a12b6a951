package io.github.hecnn.mlr.dataset;

import io.github.hecnn.ckks.error.HeException;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.ckks.params.CkksParameters;
import io.github.hecnn.ckks.scheme.Ciphertext;
import io.github.hecnn.ckks.serial.CkksSerializer;
import io.github.hecnn.ckks.serial.WireSizes;
import io.github.hecnn.core.files.Access;
import io.github.hecnn.core.files.AtomicFile;
import io.github.hecnn.core.files.Sha256;
import io.github.hecnn.mlr.data.DataFormatException;
import io.github.hecnn.mlr.exchange.FileSeal;
import io.github.hecnn.mlr.exchange.SealedJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A folder of ciphertexts by block and part, one file for each, and a manifest with job, parameters and checksums. Memory does not grow with the
 * data: a part is read when it is wanted, and parts may be read in any order. Fresh symmetric ciphertexts are stored by their seeds, half
 * the size. Level and scale are those that each ciphertext was written with.
 *
 * <p>The manifest and its checksums notice accidents; who can write into the folder can change both. Immutable and thread-safe.
 */
public final class EncryptedDataset {
    /** Most files of a data set, all parts of all blocks: as many as fit into a manifest, which is read whole and has at most 8 MB. */
    public static final int MOST_FILES = 50_000;

    private final DatasetFiles folder;
    private final CkksSerializer serializer;
    private final DatasetManifest manifest;
    /** Files that were once seen to be what the manifest says. */
    private final Set<String> seen = ConcurrentHashMap.newKeySet();

    private EncryptedDataset(DatasetFiles folder, CkksContext context, DatasetManifest manifest) {
        this.folder = folder;
        this.serializer = new CkksSerializer(context);
        this.manifest = manifest;
    }

    /** Writes a data set. For one thread. */
    public static final class Writer {
        private final Path folder;
        private final CkksContext context;
        private final CkksSerializer serializer;
        private final String job;
        private final int blocks;
        private final int parts;
        private final FileSeal[] seals;

        /**
         * Begins a data set. A manifest that is there already is deleted, so that an unfinished folder is never taken for a finished one.
         *
         * @param folder made if there is none
         * @param context context of the ciphertexts
         * @param job whose data it is, in words that the reader knows, too
         * @param blocks number of blocks, at least 1
         * @param parts files of a block, at least 1
         * @throws IOException if the folder cannot be made or written to
         * @throws IllegalArgumentException if a number is below 1 or above 9,999 parts or 99,999 blocks, or there would be more than
         *     {@link EncryptedDataset#MOST_FILES}
         */
        public Writer(Path folder, CkksContext context, String job, int blocks, int parts) throws IOException {
            if (blocks < 1 || blocks > 99_999 || parts < 1 || parts > 9_999) {
                throw new IllegalArgumentException(
                        "encrypted data set: expected 1..99999 blocks of 1..9999 parts, found " + blocks + " and "
                                + parts + "; put more ciphertexts into a part");
            }
            if ((long) blocks * parts > MOST_FILES) {
                throw new IllegalArgumentException("encrypted data set: expected at most " + MOST_FILES
                        + " files, as many as a manifest can name, found " + blocks + " blocks of " + parts
                        + " parts; put more ciphertexts into a part, or use larger blocks");
            }
            this.folder = folder;
            this.context = context;
            this.serializer = new CkksSerializer(context);
            this.job = job;
            this.blocks = blocks;
            this.parts = parts;
            seals = new FileSeal[blocks * parts];
            Files.createDirectories(folder);
            Files.deleteIfExists(folder.resolve(DatasetManifest.NAME));
        }

        /**
         * Writes one part, in any order. It is there whole or not at all.
         *
         * @param block from 0 to below the number of blocks
         * @param part from 0 to below the number of parts
         * @param values at least one ciphertext
         * @throws IOException if there is no room, or the file cannot be written
         * @throws IllegalArgumentException if there is no such block or part, or there are no values
         */
        public void write(int block, int part, List<Ciphertext> values) throws IOException {
            int at = index(block, part, blocks, parts);
            if (values.isEmpty()) {
                throw new IllegalArgumentException(
                        "encrypted data set: expected at least 1 ciphertext in a part, found none; use fewer parts");
            }
            String name = DatasetManifest.name(block, part);
            serializer.write(folder.resolve(name), values);
            seals[at] = FileSeal.of(name, folder.resolve(name));
        }

        /**
         * Writes the manifest.
         *
         * @return the data set
         * @throws IOException if it cannot be written
         * @throws IllegalArgumentException if a part is missing
         */
        public EncryptedDataset finish() throws IOException {
            for (int i = 0; i < seals.length; i++) {
                if (seals[i] == null) {
                    throw new IllegalArgumentException("encrypted data set: expected all " + blocks + " x " + parts
                            + " parts, found none for block " + i / parts + ", part " + i % parts + "; write it");
                }
            }
            DatasetManifest manifest = new DatasetManifest(
                    DatasetManifest.VERSION,
                    job,
                    DatasetManifest.id(context.parameters().rootId()),
                    blocks,
                    parts,
                    List.of(seals));
            byte[] text = SealedJson.text(manifest).getBytes(StandardCharsets.UTF_8);
            AtomicFile.write(folder.resolve(DatasetManifest.NAME), Access.USUAL, text.length, out -> out.write(text));
            return new EncryptedDataset(DatasetFiles.in(folder), context, manifest);
        }
    }

    private static int index(int block, int part, int blocks, int parts) {
        if (block < 0 || block >= blocks || part < 0 || part >= parts) {
            throw new IllegalArgumentException("encrypted data set: expected block 0.." + (blocks - 1) + " and part 0.."
                    + (parts - 1) + ", found " + block + " and " + part + "; take numbers in that range");
        }
        return block * parts + part;
    }

    /**
     * Bytes of a data set whose ciphertexts are fresh symmetric ones, without the manifest.
     *
     * @param parameters of the ciphertexts
     * @param blocks number of blocks
     * @param counts ciphertexts of each part
     * @param levels their level
     * @return exact
     * @throws IllegalArgumentException if there are not as many counts as levels
     */
    public static long bytes(CkksParameters parameters, int blocks, int[] counts, int[] levels) {
        if (counts.length != levels.length) {
            throw new IllegalArgumentException("encrypted data set: expected a level for each of " + counts.length
                    + " parts, found " + levels.length + "; give one for each");
        }
        WireSizes sizes = WireSizes.of(parameters);
        long sum = 0;
        for (int p = 0; p < counts.length; p++) {
            sum += sizes.ciphertexts(counts[p], levels[p], 2, true);
        }
        return blocks * sum;
    }

    /**
     * Opens a data set. Reads the manifest, and looks whether all files are there in their length.
     *
     * @param folder written by {@link Writer}
     * @param context context of the ciphertexts
     * @param job as the writer called it
     * @return the data set
     * @throws IOException if the manifest cannot be read
     * @throws DataFormatException if it is missing, damaged, of another job or other parameters, or a file is missing or truncated
     */
    public static EncryptedDataset open(Path folder, CkksContext context, String job) throws IOException {
        return open(DatasetFiles.in(folder), context, job).requireComplete();
    }

    /**
     * Opens a data set anywhere. Reads the manifest only.
     *
     * @param files those of {@link Writer}
     * @param context context of the ciphertexts
     * @param job as the writer called it
     * @return the data set
     * @throws IOException if the manifest cannot be read
     * @throws DataFormatException if it is missing, damaged, of another job or other parameters
     */
    public static EncryptedDataset open(DatasetFiles files, CkksContext context, String job) throws IOException {
        DatasetManifest manifest = DatasetManifest.read(files);
        manifest.require(files, job, context.parameters().rootId());
        for (int i = 0; i < manifest.files().size(); i++) {
            FileSeal seal = manifest.files().get(i);
            String name = DatasetManifest.name(i / manifest.parts(), i % manifest.parts());
            if (!seal.name().equals(name)) {
                throw new DataFormatException("open " + files + ": expected " + name + ", found " + seal.name()
                        + " in its place; " + DatasetManifest.FIX);
            }
        }
        return new EncryptedDataset(files, context, manifest);
    }

    /**
     * Looks whether all files are there in their length.
     *
     * @return this
     * @throws DataFormatException if a file is missing or truncated
     * @throws IOException if the storage cannot tell
     */
    public EncryptedDataset requireComplete() throws IOException {
        for (FileSeal seal : manifest.files()) {
            long bytes = folder.bytes(seal.name());
            if (bytes != seal.bytes()) {
                throw new DataFormatException("open " + folder + ": expected " + seal.name() + " with " + seal.bytes()
                        + " bytes, found " + (bytes >= 0 ? bytes + " bytes" : "none") + "; " + DatasetManifest.FIX);
            }
        }
        return this;
    }

    /** {@return number of blocks} */
    public int blocks() {
        return manifest.blocks();
    }

    /** {@return files of a block} */
    public int parts() {
        return manifest.parts();
    }

    /**
     * Names of the files of a block, for a reader that wants to be near them.
     *
     * @param block from 0 to below {@link #blocks}
     * @return one for each part, in their order
     * @throws IllegalArgumentException if there is no such block
     */
    public List<String> files(int block) {
        int first = index(block, 0, blocks(), parts());
        return manifest.files().subList(first, first + parts()).stream()
                .map(FileSeal::name)
                .toList();
    }

    /** {@return bytes of all files but the manifest} */
    public long bytes() {
        return manifest.files().stream().mapToLong(FileSeal::bytes).sum();
    }

    /**
     * Reads one part. Its checksum is compared the first time, that of the serialised form every time.
     *
     * @param block from 0 to below {@link #blocks}
     * @param part from 0 to below {@link #parts}
     * @return its ciphertexts in their order
     * @throws IOException if it cannot be read
     * @throws DataFormatException if it is missing, truncated, damaged or another
     * @throws HeException if it is of other parameters, or damaged since it was first read
     * @throws IllegalArgumentException if there is no such block or part
     */
    public List<Ciphertext> read(int block, int part) throws IOException {
        FileSeal seal = manifest.files().get(index(block, part, blocks(), parts()));
        String name = folder + "/" + seal.name();
        try (Sha256.Reading in = new Sha256.Reading(folder.open(seal.name()))) {
            if (seen.contains(seal.name())) {
                return new ArrayList<>(serializer.readCiphertexts(in));
            }
            List<Ciphertext> values = null;
            HeException foreign = null;
            try {
                values = serializer.readCiphertexts(in);
            } catch (HeException e) {
                foreign = e;
            }
            String sha256 = in.finish();
            requireSame(name, seal, new FileSeal(seal.name(), in.bytes(), sha256), foreign);
            if (foreign != null) {
                throw foreign;
            }
            seen.add(seal.name());
            return new ArrayList<>(values);
        } catch (NoSuchFileException e) {
            throw new DataFormatException("read " + name + ": expected a file, found none; " + DatasetManifest.FIX, e);
        }
    }

    private static void requireSame(String name, FileSeal wanted, FileSeal found, HeException cause) {
        if (found.bytes() != wanted.bytes()) {
            throw new DataFormatException(
                    "read " + name + ": expected " + wanted.bytes() + " bytes, found " + found.bytes()
                            + "; the file is truncated or foreign, " + DatasetManifest.FIX,
                    cause);
        }
        if (!found.sha256().equals(wanted.sha256())) {
            throw new DataFormatException(
                    "read " + name + ": expected SHA-256 " + shorten(wanted.sha256()) + ", found "
                            + shorten(found.sha256()) + "; the file is damaged or foreign, " + DatasetManifest.FIX,
                    cause);
        }
    }

    private static String shorten(String hash) {
        return hash.length() <= 12 ? hash : hash.substring(0, 12) + "...";
    }

    @Override
    public String toString() {
        return "encrypted data set of " + blocks() + " x " + parts() + " parts, " + bytes() + " bytes in " + folder;
    }
}
