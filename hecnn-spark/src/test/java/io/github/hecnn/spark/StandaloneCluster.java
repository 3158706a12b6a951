package io.github.hecnn.spark;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;
import org.apache.spark.launcher.JavaModuleOptions;

/**
 * A master and workers of Spark as processes of their own on the loopback interface, from the jars on the class path of this test: {@code SPARK_HOME}
 * is a folder with links to them. Each worker has one core.
 */
final class StandaloneCluster implements AutoCloseable {
    private static final Pattern MASTER = Pattern.compile("Starting Spark master at (spark://\\S+)");
    private static final long PATIENCE_SECONDS = 60;

    /** Of executors: their one core is all that a collector gets. */
    static final String JVM = "-XX:+UseParallelGC -XX:ParallelGCThreads=1";

    private final Path home;
    private final String master;
    private final List<Process> processes = new ArrayList<>();
    private final List<String> own = new ArrayList<>();

    StandaloneCluster(Path folder, int workers) throws IOException, InterruptedException {
        home = Files.createDirectories(folder.resolve("spark"));
        Files.createDirectories(home.resolve("jars"));
        Files.createFile(home.resolve("RELEASE"));
        String[] entries = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                .split(File.pathSeparator, -1);
        for (int i = 0; i < entries.length; i++) {
            Path entry = Path.of(entries[i]).toAbsolutePath();
            String name = entry.getFileName().toString();
            if (Files.isDirectory(entry) || name.startsWith("hecnn-")) {
                own.add(entry.toString());
            } else if (Files.exists(entry)) {
                Files.createSymbolicLink(home.resolve("jars").resolve(i + "-" + name), entry);
            }
        }
        start("master", "org.apache.spark.deploy.master.Master", "--port", "0", "--webui-port", "0");
        master = find("master", MASTER);
        for (int i = 1; i <= workers; i++) {
            String work = home.resolve("work-" + i).toString();
            start(
                    "worker-" + i,
                    "org.apache.spark.deploy.worker.Worker",
                    "--port",
                    "0",
                    "--webui-port",
                    "0",
                    "--cores",
                    "1",
                    "--memory",
                    "2g",
                    "--work-dir",
                    work,
                    master);
            find("worker-" + i, Pattern.compile("(Successfully registered with master)"));
        }
    }

    private void start(String name, String main, String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of("--host", "127.0.0.1"));
        all.addAll(List.of(arguments));
        processes.add(java(name, "512m", home.resolve("jars") + "/*", main, all));
    }

    /**
     * Starts a driver in a process of its own, which ends with this cluster.
     *
     * @param main gets the arguments, the master, and the class path of executors
     */
    Process driver(Class<?> main, String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add(master);
        all.add(classPath());
        String path = classPath() + File.pathSeparator + home.resolve("jars") + "/*";
        Process process = java("driver", "1500m", path, main.getName(), all);
        processes.add(process);
        return process;
    }

    private Process java(String name, String heap, String path, String main, List<String> arguments)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(JavaModuleOptions.defaultModuleOptionArray()));
        command.addAll(List.of("-Xmx" + heap, "-cp", path, main));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(home.resolve(name + ".log").toFile());
        builder.environment().put("SPARK_HOME", home.toString());
        builder.environment().put("SPARK_SCALA_VERSION", "2.13");
        builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
        return builder.start();
    }

    private String classPath() {
        return String.join(File.pathSeparator, own);
    }

    private String find(String name, Pattern wanted) throws IOException, InterruptedException {
        Path log = home.resolve(name + ".log");
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (System.nanoTime() < end) {
            Matcher found = wanted.matcher(Files.readString(log, StandardCharsets.UTF_8));
            if (found.find()) {
                return found.group(1);
            }
            Thread.sleep(200);
        }
        throw new IOException("cluster: expected '" + wanted + "' of " + name + ", found\n" + Files.readString(log));
    }

    /** Settings of a driver of this cluster: executors of one core. */
    SparkConf conf() {
        return conf(master, classPath());
    }

    /** The same in another process. */
    static SparkConf conf(String master, String classPath) {
        return new SparkConf(false)
                .setMaster(master)
                .setAppName("test")
                .set("spark.ui.enabled", "false")
                .set("spark.driver.host", "127.0.0.1")
                .set("spark.driver.bindAddress", "127.0.0.1")
                .set("spark.executor.cores", "1")
                .set("spark.executor.memory", "1500m")
                .set("spark.executor.extraClassPath", classPath)
                .set("spark.executor.extraJavaOptions", JVM)
                .set("spark.shuffle.compress", "false")
                .set("spark.broadcast.compress", "false")
                .set("spark.scheduler.minRegisteredResourcesRatio", "1.0")
                .set("spark.scheduler.maxRegisteredResourcesWaitingTime", "60s");
    }

    /** Kills a worker and its executor, as a machine that fails. */
    void killWorker(int number) {
        ProcessHandle worker = processes.get(number).toHandle();
        List<ProcessHandle> executors = worker.descendants().toList();
        worker.destroyForcibly();
        executors.forEach(ProcessHandle::destroyForcibly);
    }

    /** Kills the executor of a worker, which starts another one. */
    void killExecutor(int number) {
        processes.get(number).toHandle().descendants().forEach(ProcessHandle::destroyForcibly);
    }

    /** Executors that run, as processes. */
    List<ProcessHandle> executors() {
        return processes.stream()
                .flatMap(p -> p.toHandle().descendants())
                .filter(ProcessHandle::isAlive)
                .toList();
    }

    @Override
    public void close() {
        for (int i = processes.size() - 1; i >= 0; i--) {
            ProcessHandle process = processes.get(i).toHandle();
            List<ProcessHandle> children = process.descendants().toList();
            process.destroyForcibly();
            children.forEach(ProcessHandle::destroyForcibly);
        }
    }
}
