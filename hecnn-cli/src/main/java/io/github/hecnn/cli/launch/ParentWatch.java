package io.github.hecnn.cli.launch;

/** Ends a child whose launcher was killed in a way that it could not pass on. */
final class ParentWatch {
    /** Has the process id of the launcher. */
    static final String PROPERTY = "hecnn.launcher";

    private static final int KILLED = 137;

    private ParentWatch() {}

    /** Watches from now on, if this process has a launcher; tells whether it has. */
    static boolean start() {
        Long launcher = Long.getLong(PROPERTY);
        if (launcher == null) {
            return false;
        }
        ProcessHandle.of(launcher)
                .ifPresentOrElse(
                        parent -> parent.onExit().thenRun(() -> System.exit(KILLED)), () -> System.exit(KILLED));
        return true;
    }
}
