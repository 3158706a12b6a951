package io.github.hecnn.mlr.network;

import io.github.hecnn.ckks.circuit.SlotAlgebra;
import io.github.hecnn.ckks.error.LevelException;
import io.github.hecnn.ckks.error.MismatchException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A network compiled for evaluation on encrypted inputs: the server's side. Neighbouring linear layers are one matrix; a dense layer
 * costs one level, a polynomial of degree 2 or 3 costs two. It holds the weights and never sees inputs or keys; plaintexts are encoded
 * by the algebra once and used again for every input.
 *
 * <p>CryptoTL's encoder is dense, cubic, dense: 4 levels. Immutable and thread-safe.
 */
public final class EncryptedNetwork {
    /** Rotations that share one decomposition in each dense layer, unless told otherwise. */
    public static final int BABY_STEPS = 16;

    private static final int MAX_DEGREE = 3;

    private final NetworkPacking packing;
    private final List<Stage> stages;

    /** A folded layer: a matrix in diagonals, or a polynomial. */
    private interface Stage {
        <V> V apply(SlotAlgebra<V> algebra, V value);

        int levels();

        void addSteps(SortedSet<Integer> steps);

        String describe();
    }

    private EncryptedNetwork(NetworkPacking packing, List<Stage> stages) {
        this.packing = packing;
        this.stages = List.copyOf(stages);
    }

    /**
     * Compiles with {@value #BABY_STEPS} baby steps.
     *
     * @param network any network whose polynomials have degree 1 to 3
     * @param packing of that network's inputs and outputs
     * @return the compiled network
     * @throws IllegalArgumentException if packing and network do not fit each other or a polynomial has a higher degree
     */
    public static EncryptedNetwork compile(Network network, NetworkPacking packing) {
        return compile(network, packing, BABY_STEPS);
    }

    /**
     * Compiles.
     *
     * @param network any network whose polynomials have degree 1 to 3
     * @param packing of that network's inputs and outputs
     * @param babySteps a power of two: that many rotation keys are needed, and a few; more make evaluation faster
     * @return the compiled network
     * @throws IllegalArgumentException if packing and network do not fit each other, a layer in between is wider than the packing, a
     *     polynomial has a higher degree, or the number of baby steps is not a power of two
     */
    public static EncryptedNetwork compile(Network network, NetworkPacking packing, int babySteps) {
        if (network.inputs() != packing.inputs() || network.outputs() != packing.outputs()) {
            throw new IllegalArgumentException(
                    "compile: expected a network " + packing.inputs() + " -> " + packing.outputs() + ", found "
                            + network.inputs() + " -> " + network.outputs() + "; pass the packing made for it");
        }
        if (Integer.bitCount(babySteps) != 1) {
            throw new IllegalArgumentException(
                    "compile: expected a power of two of baby steps, found " + babySteps + "; 16 is usual");
        }
        List<Stage> out = new ArrayList<>();
        boolean first = true;
        for (Layer layer : FoldedNetwork.of(network).stages()) {
            if (layer instanceof Dense d) {
                if (Math.max(d.inputs(), d.bias().length) > packing.width()) {
                    throw new IllegalArgumentException("compile: expected dense layers of at most " + packing.width()
                            + " inputs and outputs, found " + d + "; a narrower layer in between is needed");
                }
                out.add(new DenseStage(DiagonalMatrix.of(d, packing, first, babySteps)));
                first = false;
            } else {
                PolynomialActivation p = (PolynomialActivation) layer;
                if (p.degree() > MAX_DEGREE) {
                    throw new IllegalArgumentException("compile: expected polynomials of degree 1.." + MAX_DEGREE
                            + ", found " + p.degree() + "; use one of lower degree");
                }
                out.add(new PolynomialStage(p));
            }
        }
        return new EncryptedNetwork(packing, out);
    }

    /** How inputs and outputs lie in slots: what the client has to be told. */
    public NetworkPacking packing() {
        return packing;
    }

    /** Levels that an evaluation takes. */
    public int levels() {
        return stages.stream().mapToInt(Stage::levels).sum();
    }

    /** Rotations that keys are needed for, as {@code SlotAlgebra} counts them. */
    public SortedSet<Integer> rotationSteps() {
        SortedSet<Integer> steps = new TreeSet<>();
        stages.forEach(s -> s.addSteps(steps));
        return Collections.unmodifiableSortedSet(steps);
    }

    /**
     * Evaluates.
     *
     * @param algebra of as many slots as the packing, with keys for {@link #rotationSteps()} and relinearisation
     * @param input slots as {@link NetworkPacking#pack} lays them out, scale degree 1, of level {@link #levels()} or more
     * @param <V> a vector of slots
     * @return outputs for {@link NetworkPacking#unpack}, {@link #levels()} below the input, scale degree 1
     * @throws MismatchException if the algebra has another number of slots
     * @throws LevelException if the input has too few levels
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
                .append(rotationSteps().size())
                .append(" rotation keys: ");
        List<String> parts = stages.stream().map(Stage::describe).toList();
        return out.append(String.join(", ", parts)).toString();
    }

    private record DenseStage(DiagonalMatrix matrix) implements Stage {
        @Override
        public <V> V apply(SlotAlgebra<V> algebra, V value) {
            return matrix.apply(algebra, value);
        }

        @Override
        public int levels() {
            return 1;
        }

        @Override
        public void addSteps(SortedSet<Integer> steps) {
            matrix.addSteps(steps);
        }

        @Override
        public String describe() {
            return matrix.toString();
        }
    }

    private record PolynomialStage(PolynomialActivation polynomial) implements Stage {
        @Override
        public <V> V apply(SlotAlgebra<V> algebra, V x) {
            double[] c = polynomial.coefficients();
            if (polynomial.degree() == 1) {
                return algebra.rescale(algebra.addConstant(algebra.multiplyConstant(x, c[1]), c[0]));
            }
            if (polynomial.degree() == 2) {
                V high = algebra.addConstant(algebra.rescale(algebra.multiplyConstant(x, c[2])), c[1]);
                return algebra.rescale(algebra.addConstant(algebra.multiply(high, x), c[0]));
            }
            // (c3 x + c2) x^2 + (c1 x + c0): two levels
            V square = algebra.rescale(algebra.square(x));
            V high = algebra.addConstant(algebra.rescale(algebra.multiplyConstant(x, c[3])), c[2]);
            V low = algebra.multiplyConstant(algebra.dropToLevel(x, algebra.level(square)), c[1]);
            V sum = algebra.add(algebra.multiply(square, high), low);
            return algebra.rescale(algebra.addConstant(sum, c[0]));
        }

        @Override
        public int levels() {
            return polynomial.degree() == 1 ? 1 : 2;
        }

        @Override
        public void addSteps(SortedSet<Integer> steps) {
            // works slot by slot
        }

        @Override
        public String describe() {
            return "polynomial of degree " + polynomial.degree();
        }
    }
}
