package io.github.hecnn.spark;

import java.io.IOException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.RemoteIterator;

/** The local file system under another scheme, which lists places of files without their permissions. */
abstract class LocalDouble extends RawLocalFileSystem {
    @Override
    public RemoteIterator<LocatedFileStatus> listLocatedStatus(Path folder) throws IOException {
        List<FileStatus> all = Arrays.asList(listStatus(folder));
        Iterator<FileStatus> left = all.iterator();
        return new RemoteIterator<>() {
            @Override
            public boolean hasNext() {
                return left.hasNext();
            }

            @Override
            @SuppressWarnings("deprecation") // Hadoop has no other constructor for all of it
            public LocatedFileStatus next() throws IOException {
                FileStatus s = left.next();
                return new LocatedFileStatus(
                        s.getLen(),
                        s.isDirectory(),
                        1,
                        s.getBlockSize(),
                        s.getModificationTime(),
                        0,
                        null,
                        null,
                        null,
                        null,
                        s.getPath(),
                        getFileBlockLocations(s, 0, s.getLen()));
            }
        };
    }
}
