package io.github.hecnn.spark;

import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;

/** {@code failing:///folder}: the local file system, but for files that cannot be opened a number of times. */
public final class FailingFileSystem extends LocalDouble {
    /** By name: how many times more. */
    static final Map<String, Integer> FAILURES = new ConcurrentHashMap<>();

    @Override
    public URI getUri() {
        return URI.create("failing:///");
    }

    @Override
    public FSDataInputStream open(Path file, int bufferSize) throws IOException {
        int[] left = {0};
        FAILURES.computeIfPresent(file.getName(), (name, times) -> {
            left[0] = times;
            return Math.max(0, times - 1);
        });
        if (left[0] > 0) {
            throw new IOException("read " + file + ": a disk that fails");
        }
        return super.open(file, bufferSize);
    }
}
