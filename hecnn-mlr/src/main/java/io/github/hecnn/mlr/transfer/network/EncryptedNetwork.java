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
 * costs one level, a polynomial of degree 2 one, of another degree d ceil(log2(d + 1)). It holds the weights and never sees inputs or keys; plaintexts
 * are encoded by the algebra once and used again for every input.
 *
 * <p>Hidden layers have any width: what does not fit into a ciphertext takes several. Inputs and outputs take one.
 *
 * <p>CryptoTL's encoder is dense, cubic, dense: 4 levels. The slots of a result hold the network's outputs, copies of them, zeros
 * where vectors are padded, and nothing of what was computed on the way. Immutable and thread-safe.
 */
public final class EncryptedNetwork {
    /** Most rotation keys for the diagonals of a dense layer, unless told otherwise. Layers share them. */
    public static final int KEYS_FOR_DIAGONALS = 16;

    private final NetworkPacking packing;
    private final List<NetworkStage> stages;

    private EncryptedNetwork(NetworkPacking packing, List<NetworkStage> stages) {
        this.packing = packing;
        this.stages = List.copyOf(stages);
    }

    /**
     * Compiles with {@value #KEYS_FOR_DIAGONALS} keys for diagonals.
     *
     * @param network any network
     * @param packing of that network's inputs and outputs
     * @return the compiled network
     * @throws IllegalArgumentException if packing and network do not fit each other
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
     * @throws IllegalArgumentException if packing and network do not fit each other, or the number of keys is not positive
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
        List<Layer> folded = FoldedNetwork.of(network).stages();
        List<NetworkStage> out = new ArrayList<>();
        VectorLayout at = new VectorLayout(packing.inputs(), packing.width());
        boolean first = true;
        for (int i = 0; i < folded.size(); i++) {
            PolynomialActivation next =
                    i + 1 < folded.size() && folded.get(i + 1) instanceof PolynomialActivation p ? p : null;
            if (folded.get(i) instanceof Dense d) {
                SquareStage square = next != null && SquareStage.fits(next) ? SquareStage.of(next) : null;
                int limit = first ? packing.period() : packing.slots() / packing.lanes();
                VectorLayout to = VectorLayout.of(d.bias().length, limit);
                Dense dense = square == null ? d : square.before(d);
                out.add(new DenseStage(dense, packing, first, at, to, keysForDiagonals));
                if (square != null) {
                    out.add(square);
                    i++;
                }
                at = to;
                first = false;
            } else {
                double[] c = ((PolynomialActivation) folded.get(i)).coefficients();
                out.add(new PolynomialStage(PolynomialEvaluator.of(Polynomial.monomial(c))));
            }
        }
        return new EncryptedNetwork(packing, out);
    }

    /**
     * Levels that a network takes, before it is compiled.
     *
     * @param network any network
     * @return as {@link #levels} of it
     */
    public static int levelsOf(Network network) {
        int levels = 0;
        boolean dense = true; // what a network starts with, folded
        for (Layer layer : network.layers()) {
            if (FoldedNetwork.isPolynomial(layer)) {
                PolynomialActivation p = (PolynomialActivation) layer;
                boolean square = dense && SquareStage.fits(p);
                levels += (dense ? 1 : 0) + (square ? 1 : PolynomialEvaluator.levels(p.degree()));
                dense = false;
            } else {
                dense = true;
            }
        }
        levels += dense ? 1 : 0;
        return levels;
    }

    /** {@return how inputs and outputs lie in slots: what the client has to be told} */
    public NetworkPacking packing() {
        return packing;
    }

    /** {@return levels that an evaluation takes} */
    public int levels() {
        return stages.stream().mapToInt(NetworkStage::levels).sum();
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
        List<V> blocks = List.of(algebra.dropToLevel(input, levels()));
        for (NetworkStage stage : stages) {
            blocks = stage.apply(algebra, blocks);
        }
        return blocks.get(0);
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

    private record PolynomialStage(PolynomialEvaluator evaluator) implements NetworkStage {
        @Override
        public <V> List<V> apply(SlotAlgebra<V> algebra, List<V> blocks) {
            return blocks.stream().map(x -> evaluator.evaluate(algebra, x)).toList();
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
