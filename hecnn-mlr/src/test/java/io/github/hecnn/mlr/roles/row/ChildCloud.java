package io.github.hecnn.mlr.roles.row;

import java.io.IOException;
import java.nio.file.Path;

/** The cloud in a process of its own, with portable kernels, which may end itself as a kill does. */
final class ChildCloud {
    private ChildCloud() {}

    static Process start(Path exchange, Path checkpoints, String haltIn) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return new ProcessBuilder(
                        java,
                        "-Xshare:auto",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx1g",
                        "-cp",
                        path,
                        ChildCloud.class.getName(),
                        exchange.toString(),
                        checkpoints.toString(),
                        haltIn)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /**
     * Trains.
     *
     * @param args exchange, checkpoints, and the phase in the middle of which the process ends, such as {@code iteration 2}
     */
    public static void main(String[] args) throws IOException {
        LongFixture.cloud().resuming(true).checkpointsIn(Path.of(args[1])).train(Path.of(args[0]), new LongListener() {
            @Override
            public void progress(String phase, double fraction) {
                if (phase.equals(args[2]) && fraction == 0.5) {
                    Runtime.getRuntime().halt(137);
                }
            }
        });
    }
}
