package io.github.hecnn.mlr.transfer.network;

import io.github.hecnn.ckks.circuit.polynomial.Polynomial;
import io.github.hecnn.ckks.circuit.polynomial.PolynomialEvaluator;
import io.github.hecnn.ckks.error.LevelException;
import io.github.hecnn.ckks.error.MismatchException;
import io.github.hecnn.ckks.slots.SlotAlgebra;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A network compiled for evaluation on encrypted inputs: the server's side. Neighbouring linear layers are one matrix; a dense layer
 * costs one level, a polynomial of degree d costs ceil(log2(d + 1)). It holds the weights and never sees inputs or keys; plaintexts
 * are encoded by the algebra once and used again for every input.
 *
 * <p>CryptoTL's encoder is dense, cubic, dense: 4 levels. The slots of a result hold the network's outputs, copies of them, zeros
 * where vectors are padded, and nothing of what was computed on the way. Immutable and thread-safe.
 */
public final class EncryptedNetwork {
    /** Most rotation keys for the diagonals of a dense layer, unless told otherwise. Layers share them. */
    public static final int KEYS_FOR_DIAGONALS = 16;

    private final NetworkPacking packing;
    private final List<Stage> stages;

    /** A folded layer: a matrix in diagonals, or a polynomial. */
    interface Stage {
        <V> V apply(SlotAlgebra<V> algebra, V value);

        int levels();

        void addSteps(SortedSet<Integer> steps);
    }

    private EncryptedNetwork(NetworkPacking packing, List<Stage> stages) {
        this.packing = packing;
        this.stages = List.copyOf(stages);
    }

    /**
     * Compiles with {@value #KEYS_FOR_DIAGONALS} keys for diagonals.
     *
     * @param network any network
     * @param packing of that network's inputs and outputs
     * @return the compiled network
     * @throws IllegalArgumentException if packing and network do not fit each other or a layer in between is wider than the packing
     */
    public static EncryptedNetwork compile(Network network, NetworkPacking packing) {
        return compile(network, packing, KEYS_FOR_DIAGONALS);
    }

    /**
     * Compiles.
     *
     * @param network any network
     * @param packing of that network's inputs and outputs
     * @param keysForDiagonals most rotation keys that a dense layer's diagonals may need, at least 1; a few more add copies up; more
     *     make evaluation faster
     * @return the compiled network
     * @throws IllegalArgumentException if packing and network do not fit each other, a layer in between is wider than the packing, or
     *     the number of keys is not positive
     * @throws io.github.hecnn.ckks.error.InvalidParametersException if diagonals lie so unevenly that they need more keys
     */
    public static EncryptedNetwork compile(Network network, NetworkPacking packing, int keysForDiagonals) {
        if (network.inputs() != packing.inputs() || network.outputs() != packing.outputs()) {
            throw new IllegalArgumentException(
                    "compile: expected a network " + packing.inputs() + " -> " + packing.outputs() + ", found "
                            + network.inputs() + " -> " + network.outputs() + "; pass the packing made for it");
        }
        if (keysForDiagonals < 1) {
            throw new IllegalArgumentException("compile: expected at least 1 key for diagonals, found "
                    + keysForDiagonals + "; " + KEYS_FOR_DIAGONALS + " is usual");
        }
        List<Stage> out = new ArrayList<>();
        boolean first = true;
        for (Layer layer : FoldedNetwork.of(network).stages()) {
            if (layer instanceof Dense d) {
                if (Math.max(d.inputs(), d.bias().length) > packing.width()) {
                    throw new IllegalArgumentException("compile: expected dense layers of at most " + packing.width()
                            + " inputs and outputs, found " + d + "; a narrower layer in between is needed");
                }
                out.add(new DenseStage(d, packing, first, keysForDiagonals));
                first = false;
            } else {
                double[] c = ((PolynomialActivation) layer).coefficients();
                out.add(new PolynomialStage(PolynomialEvaluator.of(Polynomial.monomial(c))));
            }
        }
        return new EncryptedNetwork(packing, out);
    }

    /** {@return how inputs and outputs lie in slots: what the client has to be told} */
    public NetworkPacking packing() {
        return packing;
    }

    /** {@return levels that an evaluation takes} */
    public int levels() {
        return stages.stream().mapToInt(Stage::levels).sum();
    }

    /** {@return rotations that keys are needed for, as {@code SlotAlgebra} counts them; besides, conjugation and relinearisation need theirs} */
    public SortedSet<Integer> rotationSteps() {
        SortedSet<Integer> steps = new TreeSet<>();
        stages.forEach(s -> s.addSteps(steps));
        return Collections.unmodifiableSortedSet(steps);
    }

    /**
     * Evaluates.
     *
     * @param algebra of as many slots as the packing, with keys for {@link #rotationSteps()}, conjugation and relinearisation
     * @param input slots as {@link NetworkPacking#pack} lays them out, scale degree 1, of level {@link #levels()} or more
     * @param <V> a vector of slots
     * @return outputs for {@link NetworkPacking#unpack}, {@link #levels()} below the input, scale degree 1
     * @throws MismatchException if the algebra has another number of slots
     * @throws LevelException if the input has too few levels
     * @throws io.github.hecnn.ckks.error.ScaleException if the input has scale degree 2
     * @throws io.github.hecnn.ckks.error.MissingKeyException without a key that is needed
     */
    public <V> V evaluate(SlotAlgebra<V> algebra, V input) {
        if (algebra.slots() != packing.slots()) {
            throw new MismatchException("EncryptedNetwork: expected " + packing.slots() + " slots, found "
                    + algebra.slots() + "; compile the network for these parameters");
        }
        if (algebra.level(input) < levels()) {
            throw new LevelException("EncryptedNetwork: expected an input of level " + levels() + " or more, found "
                    + algebra.level(input) + "; encrypt it at a higher level");
        }
        V v = algebra.dropToLevel(input, levels());
        for (Stage stage : stages) {
            v = stage.apply(algebra, v);
        }
        return v;
    }

    /** Stages, levels and keys, for people. */
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder();
        out.append(packing.lanes())
                .append(" input(s) a ciphertext of ")
                .append(packing.slots())
                .append(" slots, ")
                .append(levels())
                .append(" levels, ")
                .append(rotationSteps().size() + 1)
                .append(" rotation keys with conjugation: ");
        List<String> parts = stages.stream().map(Object::toString).toList();
        return out.append(String.join(", ", parts)).toString();
    }

    private record PolynomialStage(PolynomialEvaluator evaluator) implements Stage {
        @Override
        public <V> V apply(SlotAlgebra<V> algebra, V x) {
            return evaluator.evaluate(algebra, x);
        }

        @Override
        public int levels() {
            return evaluator.levels();
        }

        @Override
        public void addSteps(SortedSet<Integer> steps) {
            // works slot by slot
        }

        @Override
        public String toString() {
            return "polynomial of degree " + evaluator.polynomial().degree();
        }
    }
}
