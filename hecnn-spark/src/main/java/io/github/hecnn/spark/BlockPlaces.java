package io.github.hecnn.spark;

import io.github.hecnn.mlr.dataset.EncryptedDataset;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * On which hosts the bytes of each block are, as the file system says. A hint: a task goes to one of these hosts if that is free soon, and reads the same
 * bytes anywhere else. Immutable.
 */
final class BlockPlaces {
    /** What a file system says that has no places. */
    private static final String NOWHERE = "localhost";

    /** A host with less than this part of the bytes is not worth waiting for. */
    private static final double WORTHWHILE = 0.2;

    private static final int MOST_HOSTS = 3;

    private final List<Map<String, Long>> hosts;
    private final List<Long> bytes;

    private BlockPlaces(List<Map<String, Long>> hosts, List<Long> bytes) {
        this.hosts = hosts;
        this.bytes = bytes;
    }

    /**
     * No hints: for local mode, where Spark waits for a free host and never looks again.
     *
     * @param blocks how many
     */
    static BlockPlaces anywhere(int blocks) {
        return new BlockPlaces(Collections.nCopies(blocks, Map.of()), Collections.nCopies(blocks, 1L));
    }

    /**
     * Asks the file system once.
     *
     * @param dataset its blocks
     * @param files where they lie
     * @throws IOException if the folder cannot be listed
     */
    static BlockPlaces of(EncryptedDataset dataset, HadoopFiles files) throws IOException {
        List<Map<String, Long>> hosts = new ArrayList<>();
        List<Long> bytes = new ArrayList<>();
        for (int block = 0; block < dataset.blocks(); block++) {
            List<String> names = dataset.files(block);
            Map<String, Long> found = files.hosts(names);
            found.remove(NOWHERE);
            hosts.add(found);
            long sum = 0;
            for (String name : names) {
                sum += Math.max(0, files.bytes(name));
            }
            bytes.add(sum);
        }
        return new BlockPlaces(List.copyOf(hosts), List.copyOf(bytes));
    }

    /**
     * The hosts that have most of some blocks.
     *
     * @param blocks of a partition
     * @return at most 3, those with more bytes first, and each with a fifth of them at least; often none
     */
    List<String> of(List<Integer> blocks) {
        Map<String, Long> sums = new TreeMap<>();
        long all = 0;
        for (int block : blocks) {
            hosts.get(block).forEach((host, b) -> sums.merge(host, b, Long::sum));
            all += bytes.get(block);
        }
        double least = WORTHWHILE * all;
        return sums.entrySet().stream()
                .filter(e -> e.getValue() >= least)
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()))
                .limit(MOST_HOSTS)
                .map(Map.Entry::getKey)
                .toList();
    }
}
