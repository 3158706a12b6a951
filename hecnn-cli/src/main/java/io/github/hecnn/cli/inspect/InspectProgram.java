package io.github.hecnn.cli.inspect;

import io.github.hecnn.cli.console.CommandProgram;
import io.github.hecnn.cli.console.Results;
import io.github.hecnn.cli.console.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code inspect}: what a file or folder is. */
@Command(
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpWidth = 110,
        description = {
            "Tells what a file or folder is: parameters, keys, ciphertexts, jobs, results, checkpoints, encrypted data sets,"
                    + " models, reports. It needs no key and shows no secret.",
            "Fails if a file is foreign or damaged, or a file that it names is missing or has another length."
        })
public final class InspectProgram extends CommandProgram {
    @Parameters(paramLabel = "FILE", description = "A file or a folder.")
    private Path file;

    @Option(names = "--check", description = "Read all files that a file names and compare their checksums.")
    private boolean check;

    /** To be run once. */
    public InspectProgram() {}

    @Override
    public void play(Map<String, String> environment, Results results) throws IOException {
        output().require(Files.exists(file), "FILE: expected a file or folder, found none at " + file);
        FileInspector files = new FileInspector(check);
        Inspection found = Files.isDirectory(file)
                ? new FolderInspector(files).inspect(file)
                : files.inspect(file, file.toString())
                        .orElseThrow(() -> new UserError("inspect " + file + ": expected a file of hecnn, found "
                                + (file.toFile().length() == 0 ? "an empty one" : "another kind")
                                + "; check its name"));
        results.print(found, found::print);
        if (found.problems() > 0) {
            throw new UserError("inspect " + file + ": expected all files as they were written, found "
                    + found.problems() + " problems; they are listed above, copy those files again");
        }
    }
}
