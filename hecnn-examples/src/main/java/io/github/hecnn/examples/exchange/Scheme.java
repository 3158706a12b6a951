package io.github.hecnn.examples.exchange;

import io.github.hecnn.ckks.params.CkksParameters;
import io.github.hecnn.ckks.params.SecurityLevel;
import io.github.hecnn.ckks.serial.CkksSerializer;
import io.github.hecnn.examples.cli.UserError;
import io.github.hecnn.mlr.plan.TrainingPlan;
import java.io.IOException;
import java.nio.file.Path;

/** Parameters of the scheme as they come from a file. */
public final class Scheme {
    private Scheme() {}

    /**
     * Reads the parameters of a job and holds them against its plan.
     *
     * @param file a parameter file
     * @param plan the plan of the job
     * @throws UserError if they do not fit
     * @throws io.github.hecnn.ckks.error.HeException if the file is damaged or the parameters are not secure
     */
    public static CkksParameters read(Path file, TrainingPlan plan) throws IOException {
        CkksParameters found = CkksSerializer.readParameters(file, SecurityLevel.CLASSICAL_128);
        CkksParameters expected = plan.parameters().toParameters();
        if (!found.equals(expected)) {
            throw new UserError("read " + file + ": expected " + expected + " as in the plan of the job, found " + found
                    + "; " + ExchangeFolder.AGAIN_ENCRYPT);
        }
        return found;
    }
}
