package io.github.hecnn.mlr.dataset;

import io.github.hecnn.mlr.data.DataFormatException;
import io.github.hecnn.mlr.exchange.FileSeal;
import io.github.hecnn.mlr.exchange.SealedJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.List;

/**
 * What a folder with an encrypted data set says about itself. Written last, so a folder with one is complete.
 *
 * @param version of the format, 1
 * @param job whose data it is, in words that both sides know
 * @param parameters id of the parameter set, in hexadecimal
 * @param blocks number of blocks
 * @param parts files of a block
 * @param files length and checksum of each
 */
record DatasetManifest(int version, String job, String parameters, int blocks, int parts, List<FileSeal> files) {
    static final String NAME = "dataset.json";
    static final int VERSION = 1;
    static final String FIX = "have the owner write the data set again";

    DatasetManifest {
        files = List.copyOf(files);
    }

    static DatasetManifest read(DatasetFiles folder) throws IOException {
        String name = folder + "/" + NAME;
        try (InputStream in = folder.open(NAME)) {
            return SealedJson.read(in, name, DatasetManifest.class, FIX);
        } catch (NoSuchFileException e) {
            throw new DataFormatException("read " + name + ": expected a file, found none; " + FIX, e);
        }
    }

    static String id(long parameters) {
        return String.format("%016x", parameters);
    }

    static String name(int block, int part) {
        return String.format("block-%05d-part-%04d.ckks", block, part);
    }

    /** Refuses a folder of something else. */
    void require(DatasetFiles folder, String wantedJob, long wantedParameters) {
        same(folder, "format version", Integer.toString(VERSION), Integer.toString(version));
        same(folder, "parameters", id(wantedParameters), parameters);
        same(folder, "job", wantedJob, job);
        if (blocks < 1 || parts < 1 || (long) blocks * parts != files.size()) {
            throw new DataFormatException("open " + folder + ": expected " + blocks + " x " + parts + " files, found "
                    + files.size() + " in " + NAME + "; " + FIX);
        }
    }

    private static void same(DatasetFiles folder, String what, String wanted, String found) {
        if (!wanted.equals(found)) {
            throw new DataFormatException("open " + folder + ": expected a data set of " + what + " " + wanted
                    + ", found " + found + "; give the folder of this job, or " + FIX);
        }
    }
}
