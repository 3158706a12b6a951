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
        Thread watch = new Thread(
                () -> {
                    ProcessHandle.of(launcher)
                            .ifPresent(parent -> parent.onExit().join());
                    System.exit(KILLED);
                },
                "watch-launcher");
        watch.setDaemon(true);
        watch.start();
        return true;
    }
}
