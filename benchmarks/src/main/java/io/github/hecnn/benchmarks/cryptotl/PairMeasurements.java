package io.github.hecnn.benchmarks.cryptotl;

import io.github.hecnn.mlr.encoder.text.SentenceEncoder;
import io.github.hecnn.mlr.transfer.TargetTask;
import io.github.hecnn.mlr.transfer.TransferClient;
import io.github.hecnn.mlr.transfer.network.CryptoTlParameters.Choice;
import io.github.hecnn.mlr.transfer.network.Network;
import io.github.hecnn.mlr.transfer.network.train.BinaryMetrics;
import io.github.hecnn.mlr.transfer.network.train.CryptoTlShapes;
import io.github.hecnn.mlr.transfer.network.train.DpLogisticRegression;
import io.github.hecnn.mlr.transfer.network.train.GaussianAccountant;
import io.github.hecnn.mlr.transfer.network.train.TrainableNetwork;
import io.github.hecnn.mlr.transfer.text.TextDataset;
import io.github.hecnn.mlr.transfer.text.TextTask;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Measures all ways for every ordered pair of tasks. */
final class PairMeasurements {
    private final Ways ways;
    private final Map<TextTask, TextDataset> sets;
    private final SentenceEncoder sentences;
    private final int mostTests;
    private final List<Measurement> all = new ArrayList<>();
    private EncryptedPath path;

    /**
     * Of these tasks.
     *
     * @param sets in the order of the tables
     * @param mostTests most test examples of a target task
     */
    PairMeasurements(Ways ways, Map<TextTask, TextDataset> sets, SentenceEncoder sentences, int mostTests) {
        this.ways = ways;
        this.sets = sets;
        this.sentences = sentences;
        this.mostTests = mostTests;
    }

    List<Measurement> all() {
        return List.copyOf(all);
    }

    /**
     * Measures with a seed.
     *
     * @param encrypt whether to encrypt, too, if that is wanted at all
     */
    void measure(long seed, boolean encrypt) {
        Map<TextTask, Map<Integer, TargetTask>> targets = new HashMap<>();
        Map<TextTask, Map<Integer, BinaryMetrics>> raw = new HashMap<>();
        sets.forEach((task, texts) -> {
            targets.put(task, new HashMap<>());
            raw.put(task, new HashMap<>());
            List<Integer> counts = new ArrayList<>(ways.samples());
            counts.addAll(ways.privateSamples(texts.size()));
            counts.forEach(n ->
                    targets.get(task).computeIfAbsent(n, k -> new TargetTask(texts, sentences, k, mostTests, seed)));
            ways.samples().forEach(n -> {
                TargetTask e = targets.get(task).get(n);
                raw.get(task).put(n, e.head(e.inputs()).metrics());
            });
        });
        for (TextTask source : sets.keySet()) {
            TrainableNetwork trained = TransferExperiment.source(sets.get(source), sentences, seed);
            Network network = trained.export(CryptoTlShapes.ENCODER_LAYERS);
            for (TextTask target : sets.keySet()) {
                if (target != source) {
                    Pair pair = new Pair(seed, source, target, targets.get(target), network);
                    ways.samples()
                            .forEach(n -> pair.add(Ways.raw(n), raw.get(target).get(n)));
                    pair.add(
                            Ways.OWN,
                            pair.most().metrics(trained.predict(pair.most().test())));
                    pair.measure(encrypt && ways.encryptedTests() > 0);
                }
            }
        }
    }

    private EncryptedPath path(Network network) {
        if (path == null) {
            Choice choice = ways.fast() ? Choice.FAST : Choice.CIRCUIT_PRIVATE;
            path = new EncryptedPath(network, choice, TransferClient.mostLanes(choice, network.inputs()));
        }
        return path;
    }

    /** A source's encoder and a target. */
    private final class Pair {
        private final long seed;
        private final TextTask source;
        private final TextTask target;
        private final Map<Integer, TargetTask> tasks;
        private final Network network;

        Pair(long seed, TextTask source, TextTask target, Map<Integer, TargetTask> tasks, Network network) {
            this.seed = seed;
            this.source = source;
            this.target = target;
            this.tasks = tasks;
            this.network = network;
        }

        TargetTask most() {
            return tasks.get(ways.most());
        }

        void add(String way, BinaryMetrics metrics) {
            Measurement made = new Measurement(seed, source.id(), target.id(), way, metrics);
            all.add(made);
            System.out.println(made.line());
        }

        void measure(boolean encrypt) {
            for (int n : ways.samples()) {
                TargetTask e = tasks.get(n);
                add(Ways.transfer(n), e.head(network.applyAll(e.inputs())).metrics());
            }
            if (ways.joint()) {
                add(Ways.JOINT, TransferExperiment.joint(most(), network, sets.get(source), sentences, seed));
            }
            if (encrypt) {
                encrypted(most());
            }
            for (int n : ways.privateSamples(sets.get(target).size())) {
                privateHeads(n);
            }
        }

        private void encrypted(TargetTask e) {
            double[][] inputs =
                    Arrays.copyOf(e.inputs(), e.train().length + Math.min(ways.encryptedTests(), e.test().length));
            add(Ways.CLEAR, e.head(network.applyAll(inputs)).metrics());
            add(Ways.ENCRYPTED, e.head(path(network).outputs(network, inputs)).metrics());
        }

        private void privateHeads(int n) {
            TargetTask e = tasks.get(n);
            double[][] outputs = network.applyAll(e.inputs());
            add(Ways.noNoise(n), e.privateHead(outputs, 0, 0));
            for (double epsilon : ways.epsilons()) {
                int steps = DpLogisticRegression.Settings.standard(1, 1).steps();
                double noise = GaussianAccountant.noiseMultiplier(epsilon, ways.delta(), steps);
                add(Ways.epsilon(epsilon, n), e.privateHead(outputs, noise, seed));
            }
        }
    }
}
