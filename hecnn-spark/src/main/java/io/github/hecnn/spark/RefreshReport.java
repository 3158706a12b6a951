package io.github.hecnn.spark;

/**
 * What a refresh took that was a task of an executor.
 *
 * @param number 1 for the first of this driver
 * @param executor that did it
 * @param sentBytes of what was to be refreshed
 * @param keyBytes that the executor read: bootstrapping keys, once, and those of both passes if it had taken no gradient yet; 0 after that
 * @param refreshedBytes of what came back
 * @param executorSeconds of the task, with reading keys
 * @param seconds until the driver had it
 */
public record RefreshReport(
        int number,
        String executor,
        long sentBytes,
        long keyBytes,
        long refreshedBytes,
        double executorSeconds,
        double seconds) {}
