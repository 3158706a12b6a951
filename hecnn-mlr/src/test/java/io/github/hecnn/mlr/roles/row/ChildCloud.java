package io.github.hecnn.mlr.roles.row;

import io.github.hecnn.core.parallel.WorkerPool;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The cloud in a process of its own, which tells where it is, line by line, and may end itself as a kill does. */
final class ChildCloud {
    private ChildCloud() {}

    /** On portable kernels, quick to start, for jobs that are not secure. */
    static Process start(Path exchange, Path checkpoints, String haltIn) throws IOException {
        return command(List.of("-Xshare:auto", "-XX:TieredStopAtLevel=1", "-Xmx1g"), exchange, checkpoints, haltIn)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** With the kernels of this process and the heap of a real job; its output says which phase it is in. */
    static Process startReal(Path exchange, Path checkpoints, String heap) throws IOException {
        boolean vectors = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
        List<String> options = new ArrayList<>(List.of("-Xmx" + heap));
        if (vectors) {
            options.add("--add-modules=jdk.incubator.vector");
        }
        return command(options, exchange, checkpoints, "none").start();
    }

    private static ProcessBuilder command(List<String> options, Path exchange, Path checkpoints, String haltIn) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of(
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                ChildCloud.class.getName(),
                exchange.toString(),
                checkpoints.toString(),
                haltIn));
        return new ProcessBuilder(command).redirectErrorStream(true);
    }

    /**
     * Trains.
     *
     * @param args exchange, checkpoints, and the phase in the middle of which the process ends, such as {@code iteration 2}
     */
    public static void main(String[] args) throws IOException {
        LongCloud cloud = LongCloud.on(WorkerPool.common()).ofAnySecurity().resuming(true);
        cloud.checkpointsIn(Path.of(args[1])).train(Path.of(args[0]), new LongListener() {
            @Override
            public void progress(String phase, double fraction) {
                System.out.println(phase); // a line at once
                if (phase.equals(args[2]) && fraction == 0.5) {
                    Runtime.getRuntime().halt(137);
                }
            }
        });
    }
}
