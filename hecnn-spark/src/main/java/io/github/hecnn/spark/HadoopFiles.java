package io.github.hecnn.spark;

import io.github.hecnn.mlr.dataset.DatasetFiles;
import java.io.FileNotFoundException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.BlockLocation;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/** A folder on any file system that Spark reads: HDFS, an object store, or one that all machines have mounted. Thread-safe. */
final class HadoopFiles implements DatasetFiles {
    private final Path folder;
    private final FileSystem system;
    private final AtomicLong read = new AtomicLong();
    /** Null until somebody asks for a length. */
    private Map<String, Long> sizes;
    /** Null until somebody asks for a place. */
    private Map<String, LocatedFileStatus> located;

    /**
     * @param folder a URI; one without a scheme is of the default file system
     * @throws IOException if there is no such file system or it does not answer
     */
    HadoopFiles(String folder, Configuration configuration) throws IOException {
        this.folder = new Path(folder);
        system = this.folder.getFileSystem(configuration);
    }

    @Override
    public InputStream open(String name) throws IOException {
        try {
            return new Counting(system.open(new Path(folder, name)));
        } catch (FileNotFoundException e) {
            NoSuchFileException none = new NoSuchFileException(folder + "/" + name);
            none.initCause(e);
            throw none;
        }
    }

    /** {@inheritDoc} Lists the folder once. */
    @Override
    public synchronized long bytes(String name) throws IOException {
        if (sizes == null) {
            Map<String, Long> found = new HashMap<>();
            try {
                for (FileStatus status : system.listStatus(folder)) {
                    if (status.isFile()) {
                        found.put(status.getPath().getName(), status.getLen());
                    }
                }
            } catch (FileNotFoundException e) {
                throw new IOException(
                        "list " + folder + ": expected a folder, found none; give a folder that executors can read", e);
            }
            sizes = found;
        }
        return sizes.getOrDefault(name, -1L);
    }

    /**
     * Where the bytes of some files are. Lists the folder once more.
     *
     * @param names files of the folder; those that are missing count for nothing
     * @return bytes of each host that has a copy of some; empty for a folder of this machine, which is where each machine has mounted it
     * @throws IOException if the folder cannot be listed
     */
    synchronized Map<String, Long> hosts(List<String> names) throws IOException {
        if (located == null) {
            Map<String, LocatedFileStatus> found = new HashMap<>();
            if (!"file".equals(system.getUri().getScheme())) { // Hadoop would start a process for each file
                RemoteIterator<LocatedFileStatus> all = system.listLocatedStatus(folder);
                while (all.hasNext()) {
                    LocatedFileStatus status = all.next();
                    found.put(status.getPath().getName(), status);
                }
            }
            located = found;
        }
        Map<String, Long> out = new TreeMap<>();
        for (String name : names) {
            LocatedFileStatus status = located.get(name);
            if (status != null) {
                for (BlockLocation part : status.getBlockLocations()) {
                    for (String host : part.getHosts()) {
                        out.merge(host, part.getLength(), Long::sum);
                    }
                }
            }
        }
        return out;
    }

    /** Bytes read since the last call, of all threads. */
    long takeRead() {
        return read.getAndSet(0);
    }

    @Override
    public String toString() {
        return folder.toString();
    }

    private final class Counting extends FilterInputStream {
        Counting(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int b = super.read();
            read.addAndGet(b < 0 ? 0 : 1);
            return b;
        }

        @Override
        public int read(byte[] b, int offset, int length) throws IOException {
            int n = super.read(b, offset, length);
            read.addAndGet(Math.max(n, 0));
            return n;
        }
    }
}
