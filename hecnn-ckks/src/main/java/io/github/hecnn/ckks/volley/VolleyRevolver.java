package io.github.hecnn.ckks.volley;

import io.github.hecnn.ckks.error.MismatchException;
import io.github.hecnn.ckks.slots.PlainVector;
import io.github.hecnn.ckks.slots.SimulatedSlotAlgebra;
import io.github.hecnn.ckks.slots.SimulatedVector;
import io.github.hecnn.ckks.slots.SlotAlgebra;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableSet;

/**
 * Products of encrypted matrices in the Volley Revolver encoding (arXiv 2201.12577): A B, and E^T A as the gradient needs it.
 *
 * <p><b>The idea.</b> For each turn r = 0 .. q - 1, A is turned against B transposed by r rows, multiplied slot by slot, each row of
 * the product is summed, and the sum kept at a place of its own: here block r of the row. Done one turn after the other this takes
 * log2 f rotations a turn for the sums. But the sum is linear, so the turns can share: the part of turn r that lies in block b has
 * b - r blocks to go to the left, and parts of different turns with equally far to go travel together. All parts of one shift are gathered by
 * masks from the turned copies of A, once, before any product ({@link #revolve}); they then travel by baby and giant steps, and
 * only the sum within a block is left. The transposed product is the same journey backwards: entry r of E, which has to meet all
 * blocks of its row, travels to those at equal distance in one rotation.
 *
 * <p>Two vectors of A are real and imaginary part of one ciphertext. B is real and meets both; E pairs up as E1 - i E2, so that the
 * real part of its product with A is the sum of both.
 *
 * <p><b>Work.</b> With blocks beta of width u, g baby and a giant steps (g a about 2 beta), G groups a tile, R rows a vector, and B in a single
 * tile:
 *
 * <ul>
 *   <li>{@link #revolve}: one level; at most 2 beta G + pairs (q - 1) rotations, beta^2 G plain products.
 *   <li>{@link #sums}: one level; a - 1 hoisted rotations, G (g relinearisations, g - 1 + log2 u rotations, and a conjugation if A
 *       is paired), (2 beta - 1) G products.
 *   <li>{@link #product}: the same, and one level and G log2 u rotations more.
 *   <li>{@link #transposedProduct}: one level; G (g - 1) hoisted rotations, a relinearisations, a - 1 + log2(R / q) rotations, and a
 *       conjugation if A is paired, (2 beta - 1) G products; G log2 u rotations more for a sparse E.
 * </ul>
 *
 * <p>With i inner tiles and c tiles of columns of B, every inner tile is revolved; products and transposed products take c times as much, of which
 * the hoisted rotations of B, the giant steps of the transposed product, their relinearisations and the sums over rows i times again. Levels do not change.
 *
 * <p>For A of 128 x 401, p = 10 and 2^15 slots: 42 key switches once, 25 for a product and 21 for a transposed product (20 and 26
 * for sums and a transposed product of a sparse matrix).
 *
 * <p>Needs the relinearisation key, the rotations of {@link #rotationSteps} and, if A is paired, the conjugation key. Errors of the
 * algebra, such as too few levels or a missing key, pass through. Matrices have scale degree 1, at the canonical scale of their level, except
 * where a method says otherwise. Thread-safe if the algebra is.
 *
 * @param <V> values of the algebra
 */
public final class VolleyRevolver<V> {
    private final SlotAlgebra<V> algebra;
    private final VolleyLayout layout;
    private final TravelPlan plan;
    private final LastUses<V> uses;

    /**
     * A revolver for one layout.
     *
     * @param algebra computes on slots
     * @param layout shapes and places of the matrices
     * @throws MismatchException if layout and algebra differ in their number of slots
     */
    public VolleyRevolver(SlotAlgebra<V> algebra, VolleyLayout layout) {
        if (algebra.slots() != layout.slots()) {
            throw new MismatchException("VolleyRevolver: expected a layout for " + algebra.slots()
                    + " slots, found one for " + layout.slots() + "; make the layout with algebra.slots()");
        }
        this.algebra = algebra;
        this.layout = layout;
        plan = layout.travelPlan();
        uses = new LastUses<>(algebra);
    }

    /**
     * A number in the first column of every block and 0 in the others: turns sums into a sparse matrix.
     *
     * @param value the number
     * @return a new mask
     * @throws io.github.hecnn.ckks.error.InvalidParametersException if the number is not finite
     */
    public PlainVector firstColumns(double value) {
        return Turns.mask(layout, 0, 1, layout.blockWidth(), value);
    }

    /**
     * Rotations that all operations of a layout together need, found by a rehearsal.
     *
     * @param layout shapes and places of the matrices
     * @return steps to the left, normalised; negative ones go to the right
     */
    public static NavigableSet<Integer> rotationSteps(VolleyLayout layout) {
        SimulatedSlotAlgebra books =
                SimulatedSlotAlgebra.builder(layout.slots(), 4).booksOnly().build();
        VolleyRevolver<SimulatedVector> revolver = new VolleyRevolver<>(books, layout);
        RevolvedMatrix<SimulatedVector> a =
                revolver.revolve(VolleyMatrix.left(layout, Collections.nCopies(layout.pairs(), books.fresh())));
        revolver.transposedProduct(
                a,
                revolver.product(
                        a, VolleyMatrix.right(layout, Collections.nCopies(layout.rightVectors(), books.fresh()))));
        return books.counts().rotationSteps();
    }

    /**
     * Prepares A for products.
     *
     * @param left A, scale degree 1
     * @return A in all its turns, one level below the lowest of its values
     * @throws MismatchException if it is not the left matrix of this layout
     */
    public RevolvedMatrix<V> revolve(VolleyMatrix<V> left) {
        return revolve(left, 1);
    }

    /**
     * Prepares A times a constant for products, which costs nothing more than A.
     *
     * @param left A, scale degree 1
     * @param factor the constant
     * @return A times the constant in all its turns, one level below the lowest of its values
     * @throws MismatchException if it is not the left matrix of this layout
     * @throws io.github.hecnn.ckks.error.InvalidParametersException if the constant is not finite
     */
    public RevolvedMatrix<V> revolve(VolleyMatrix<V> left, double factor) {
        left.expect("VolleyRevolver.revolve", layout, VolleyMatrix.Role.LEFT);
        return new RevolvedMatrix<>(layout, new Turns<>(uses, layout).parts(left.values(), factor));
    }

    private int giantSlots() {
        return plan.baby() * layout.blockWidth();
    }

    /**
     * A B in the first columns of its blocks, with leftovers in the others: for one who goes on to compute slot by slot, and can do
     * the masking ({@link #firstColumns}) together with a product of his own.
     *
     * @param a A, prepared by a revolver of this layout
     * @param b B transposed, scale degree 1, level 1 or more
     * @return the sums, scale degree 1, one level below the lower of both
     * @throws MismatchException if a matrix is not of this layout, or b not a right matrix
     */
    public VolleyMatrix<V> sums(RevolvedMatrix<V> a, VolleyMatrix<V> b) {
        List<V> out = new ArrayList<>();
        for (V sums : pairedSums("VolleyRevolver.sums", a, b)) {
            out.addAll(split(sums));
            algebra.release(sums);
        }
        return new VolleyMatrix<>(layout, VolleyMatrix.Role.SUMS, out);
    }

    /**
     * A B.
     *
     * @param a A, prepared by a revolver of this layout
     * @param b B transposed, scale degree 1, level 2 or more
     * @return the product, scale degree 1, two levels below the lower of both
     * @throws MismatchException if a matrix is not of this layout, or b not a right matrix
     */
    public VolleyMatrix<V> product(RevolvedMatrix<V> a, VolleyMatrix<V> b) {
        PlainVector mask = firstColumns(1);
        List<V> out = new ArrayList<>();
        for (V sums : pairedSums("VolleyRevolver.product", a, b)) {
            V rescaled = uses.last(algebra.rescale(sums), sums);
            V sparse = uses.last(algebra.multiplyPlain(rescaled, mask), rescaled);
            V spread = uses.last(spread(sparse), sparse);
            out.addAll(split(spread));
            algebra.release(spread);
        }
        return VolleyMatrix.product(layout, out);
    }

    /** From the first column into all columns of every block. */
    private V spread(V sparse) {
        V spread = sparse;
        for (int step = 1; step < layout.blockWidth(); step *= 2) {
            spread = uses.last(uses.plusRotated(spread, -step), spread, sparse);
        }
        return spread;
    }

    /** One a group of each tile of columns of B, real and imaginary part halved if A is paired; scale degree 2. */
    private List<V> pairedSums(String operation, RevolvedMatrix<V> a, VolleyMatrix<V> b) {
        expect(operation, a);
        b.expect(operation, layout, VolleyMatrix.Role.RIGHT);
        int[] steps = new int[plan.giants()];
        for (int i = 0; i < steps.length; i++) {
            steps[i] = (plan.lowestGiant() + i) * giantSlots();
        }
        List<V> out = new ArrayList<>();
        for (int columns = 0; columns < layout.columnTiles(); columns++) {
            List<List<V>> turnedRight = new ArrayList<>();
            for (int tile = 0; tile < layout.innerTiles(); tile++) {
                turnedRight.add(algebra.rotateHoisted(b.values().get(columns * layout.innerTiles() + tile), steps));
            }
            for (int group = 0; group < layout.tileGroups(); group++) {
                out.add(sumsOfRows(a, group, turnedRight));
            }
            uses.release(turnedRight, b.values());
        }
        return out;
    }

    /** Sum of row r, over all inner tiles, at the first column of block r, anything elsewhere; scale degree 2. */
    private V sumsOfRows(RevolvedMatrix<V> a, int group, List<List<V>> turnedRight) {
        V sums = null;
        for (int babySteps = plan.baby() - 1; babySteps >= 0; babySteps--) {
            List<V> parts = new ArrayList<>();
            List<V> factors = new ArrayList<>();
            for (int tile = 0; tile < turnedRight.size(); tile++) {
                for (int i = 0; i < plan.giants(); i++) {
                    V part = a.part(tile, group, plan.shift(plan.lowestGiant() + i, babySteps));
                    if (part != null) {
                        parts.add(part);
                        factors.add(turnedRight.get(tile).get(i));
                    }
                }
            }
            V met = algebra.sumOfProducts(parts, factors);
            // One block nearer with every turn of the loop: a part with babySteps to go is turned that often.
            if (sums != null) {
                V nearer = uses.last(algebra.rotate(sums, layout.blockWidth()), sums);
                met = uses.last(uses.last(algebra.add(nearer, met), nearer), met);
            }
            sums = uses.last(algebra.relinearize(met), met);
        }
        for (int step = layout.blockWidth() / 2; step > 0; step /= 2) {
            sums = uses.last(uses.plusRotated(sums, step), sums);
        }
        return sums;
    }

    /** Real and imaginary part as values of their own, rescaled; of a value that was halved by the masks of A. */
    private List<V> split(V paired) {
        if (!layout.paired()) {
            return List.of(algebra.rescale(paired));
        }
        V conjugate = algebra.conjugate(paired);
        V sum = algebra.add(paired, conjugate);
        V difference = uses.last(algebra.subtract(conjugate, paired), conjugate);
        V imaginary = uses.last(algebra.multiplyByI(difference), difference);
        return List.of(uses.last(algebra.rescale(sum), sum), uses.last(algebra.rescale(imaginary), imaginary));
    }

    /**
     * E^T A, the transposed product of the gradient, where E has the shape of A B. Its result has the form of B transposed and is
     * ready for the next product.
     *
     * <p>The values of E may be products that are neither relinearised nor rescaled (all of them alike): both is then done here, on
     * half as many ciphertexts, for one level and one relinearisation a group.
     *
     * @param a A, prepared by a revolver of this layout
     * @param e E, as a product or sparse; level 1 or more
     * @return E^T A, p x n, scale degree 1, one level below the lower of both
     * @throws MismatchException if a matrix is not of this layout, or e neither a product nor a sparse matrix
     */
    public VolleyMatrix<V> transposedProduct(RevolvedMatrix<V> a, VolleyMatrix<V> e) {
        return sumOverRows(transposedTerms("VolleyRevolver.transposedProduct", a, e));
    }

    /**
     * The first half of {@link #transposedProduct}, up to where it is linear: terms of several matrices with this layout can be added,
     * in any order, before the second half.
     *
     * @param a A, prepared by a revolver of this layout
     * @param e E, as a product or sparse; level 1 or more
     * @return products of errors and rows, one value for each of B transposed, scale degree 2, maybe three components, at the lower level of both
     * @throws MismatchException if a matrix is not of this layout, or e neither a product nor a sparse matrix
     */
    public List<V> transposedTerms(RevolvedMatrix<V> a, VolleyMatrix<V> e) {
        return transposedTerms("VolleyRevolver.transposedTerms", a, e);
    }

    private List<V> transposedTerms(String operation, RevolvedMatrix<V> a, VolleyMatrix<V> e) {
        expect(operation, a);
        e.expect(operation, layout, VolleyMatrix.Role.PRODUCT, VolleyMatrix.Role.SPARSE);
        int[] steps = new int[plan.baby()];
        for (int i = 0; i < steps.length; i++) {
            steps[i] = -i * layout.blockWidth();
        }
        List<V> out = new ArrayList<>();
        for (int columns = 0; columns < layout.columnTiles(); columns++) {
            List<List<V>> turnedErrors = new ArrayList<>();
            for (int group = 0; group < layout.tileGroups(); group++) {
                turnedErrors.add(algebra.rotateHoisted(pairedErrors(e, columns * layout.tileGroups() + group), steps));
            }
            for (int tile = 0; tile < layout.innerTiles(); tile++) {
                out.add(errorsMeetRows(a, tile, turnedErrors));
            }
            uses.release(turnedErrors, e.values());
        }
        return List.copyOf(out);
    }

    /**
     * The second half of {@link #transposedProduct}: relinearises, sums over rows and rescales.
     *
     * @param terms values of {@link #transposedTerms}, or sums of such, at level 1 or more
     * @return p x n, scale degree 1, one level below the terms
     * @throws MismatchException if there are more or fewer terms than the layout has vectors of B
     */
    public VolleyMatrix<V> sumOverRows(List<V> terms) {
        return VolleyMatrix.right(layout, terms.stream().map(this::sumOverRows).toList());
    }

    private V sumOverRows(V terms) {
        V sum = algebra.relinearize(terms);
        for (int step = layout.period() * layout.stride(); step < layout.slots(); step *= 2) {
            sum = uses.last(uses.plusRotated(sum, step), sum, terms);
        }
        if (layout.paired()) {
            V conjugate = algebra.conjugate(sum);
            sum = uses.last(uses.last(algebra.add(sum, conjugate), conjugate), sum, terms);
        }
        return uses.last(algebra.rescale(sum), sum, terms);
    }

    private V pairedErrors(VolleyMatrix<V> e, int group) {
        V given = e.values().get(layout.paired() ? 2 * group : group);
        V paired = given;
        if (layout.paired()) {
            V imaginary = algebra.multiplyByI(e.values().get(2 * group + 1));
            paired = uses.last(algebra.subtract(given, imaginary), imaginary);
        }
        if (e.role() != VolleyMatrix.Role.SPARSE && algebra.scaleDegree(paired) == 2) {
            return uses.last(algebra.relinearizeAndRescale(paired), paired, given);
        }
        paired = uses.last(algebra.relinearize(paired), paired, given);
        if (e.role() == VolleyMatrix.Role.SPARSE) {
            paired = uses.last(spread(paired), paired, given);
        }
        return algebra.scaleDegree(paired) == 2 ? uses.last(algebra.rescale(paired), paired, given) : paired;
    }

    /** Each giant step's products, moved on by one giant step after the other towards 0 from both sides. */
    private V errorsMeetRows(RevolvedMatrix<V> a, int tile, List<List<V>> turnedErrors) {
        V sum = productsOfGiant(a, tile, turnedErrors, 0);
        for (int side = -1; side <= 1; side += 2) {
            int outermost = side < 0 ? plan.lowestGiant() : plan.highestGiant();
            V coming = null;
            for (int giant = outermost; giant != 0; giant -= side) {
                V met = productsOfGiant(a, tile, turnedErrors, giant);
                V joined = coming == null ? met : uses.last(uses.last(algebra.add(coming, met), coming), met);
                V linear = uses.last(algebra.relinearize(joined), joined);
                coming = uses.last(algebra.rotate(linear, -side * giantSlots()), linear);
            }
            sum = coming == null ? sum : uses.last(uses.last(algebra.add(sum, coming), sum), coming);
        }
        return sum;
    }

    private V productsOfGiant(RevolvedMatrix<V> a, int tile, List<List<V>> turnedErrors, int giant) {
        List<V> parts = new ArrayList<>();
        List<V> factors = new ArrayList<>();
        for (int group = 0; group < turnedErrors.size(); group++) {
            for (int babySteps = 0; babySteps < plan.baby(); babySteps++) {
                V part = a.part(tile, group, plan.shift(giant, babySteps));
                if (part != null) {
                    parts.add(part);
                    factors.add(turnedErrors.get(group).get(babySteps));
                }
            }
        }
        return algebra.sumOfProducts(parts, factors);
    }

    private void expect(String operation, RevolvedMatrix<V> a) {
        if (!a.layout().equals(layout)) {
            throw new MismatchException(operation + ": expected a revolved matrix of " + layout + ", found one of "
                    + a.layout() + "; revolve it with a revolver of this layout");
        }
    }
}
