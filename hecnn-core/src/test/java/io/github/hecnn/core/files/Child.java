package io.github.hecnn.core.files;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** A process that writes files and ends suddenly. */
final class Child {
    private Child() {}

    /** Ends the process without any last words before the k-th rename or deletion, or never for 0. */
    static final class Halting extends Disk {
        private int left;

        Halting(int left) {
            this.left = left;
        }

        private void step() {
            if (--left == 0) {
                Runtime.getRuntime().halt(137);
            }
        }

        @Override
        protected void move(Path from, Path to) throws IOException {
            step();
            super.move(from, to);
        }

        @Override
        protected void delete(Path file) throws IOException {
            step();
            super.delete(file);
        }
    }

    /** How it ended. */
    static int run(String what, Path folder, int haltAt) throws IOException, InterruptedException {
        return start(what, folder, haltAt).waitFor();
    }

    static Process start(String what, Path folder, int haltAt) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        String name = Child.class.getName();
        return new ProcessBuilder(
                        java,
                        "-Xshare:auto",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        path,
                        name,
                        what,
                        "" + folder,
                        "" + haltAt)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** Writes what the tests expect of a set; its manifest names the files. */
    static void writeSet(Path folder, String run, int files) throws IOException {
        try (FileSet set = FileSet.in(folder)) {
            for (int k = 1; k <= files; k++) {
                set.write("part-" + k, Access.USUAL, run);
            }
            set.write("manifest", Access.USUAL, run + " " + files);
            set.retire(Pattern.compile("part-\\d+"));
            set.commit();
        }
    }

    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[1]);
        Disk.active = new Halting(Integer.parseInt(args[2]));
        switch (args[0]) {
            case "set" -> writeSet(folder, "new", 3);
            case "unfinished" -> {
                FileSet set = FileSet.in(folder);
                set.write("part-1", Access.USUAL, "later");
                set.write("sub/part-1", Access.USUAL, "later");
                OutputStream open = set.create("part-2", Access.USUAL, -1);
                open.write(new byte[100_000]);
                Runtime.getRuntime().halt(137);
            }
            case "interrupted" -> {
                FileSet set = FileSet.in(folder);
                set.write("part-1", Access.USUAL, "later");
                set.create("part-2", Access.USUAL, -1).write(1);
                Runtime.getRuntime().exit(130);
            }
            default -> {
                FolderLock.acquire(folder, "cloud-train");
                System.out.write("locked\n".getBytes(StandardCharsets.UTF_8));
                System.out.flush();
                Thread.sleep(60_000);
            }
        }
    }
}
