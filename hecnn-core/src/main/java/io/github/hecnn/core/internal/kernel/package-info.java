/**
 * The hot loops on limbs, in two wings that give identical bits. Not exported. This package is the contract and what both wings share; it depends on neither.
 *
 * <pre>
 *   choice             KernelProvider: which wing this JVM runs, and why
 *   switching          portable loops first, vector ones when they are compiled
 *   portable           plain Java that the JIT vectorises
 *   vector             the Vector API: elementwise loops          vector.lanes   shape and arithmetic of a vector
 *   vector.transform   its NTT                                    vector.sums    its base extension and sums of products
 * </pre>
 *
 * <p><b>The map.</b> Bounds are magnitudes; canonical is (q-1)/2, lazy {@link Residues#LAZY_LIMIT}, and 12.5 q is {@link Residues#LAZY_SUM}. Proofs
 * are in {@link Residues}.
 *
 * <table>
 * <caption>Operations, who runs them, bounds, and why in this shape</caption>
 * <thead>
 * <tr><th>operation</th><th>portable</th><th>vector</th><th>in</th><th>out</th><th>why in this shape</th></tr>
 * </thead>
 * <tbody>
 * <tr><td>forwardNtt</td><td>PortableNtt</td><td>transform.VectorNtt</td><td>canonical</td><td>canonical</td><td>matrix of rows,
 * then columns (rule 7); wide steps until a block fits the L1 cache, then block by block</td></tr>
 * <tr><td>forwardNttLazy</td><td>PortableNtt</td><td>transform.VectorNtt</td><td>canonical, or 12.5 q where {@link NttTables#takesLazySums}</td>
 * <td>lazy</td><td>the same without reductions that the prime leaves room to skip</td></tr>
 * <tr><td>inverseNtt</td><td>PortableInverseNtt</td><td>transform.VectorInverseNtt</td><td>canonical</td><td>canonical</td>
 * <td>backwards; the last step multiplies by 1/N and a factor at once</td></tr>
 * <tr><td>extendBase</td><td>PortableBaseExtension</td><td>sums.VectorBaseExtension, VectorTermSums</td><td>2^48</td>
 * <td>canonical, or 12.5 q for lazy targets</td><td>a matrix product over blocks of 256 in the L1 cache: limbs lie a power of two apart and
 * would evict each other</td></tr>
 * <tr><td>innerProductPair</td><td>PortableSums</td><td>sums.VectorSums, VectorPairSums</td><td>digits lazy, keys canonical</td>
 * <td>canonical</td><td>both sums in one pass over the digits</td></tr>
 * <tr><td>dividedInnerProductPair</td><td>PortableDivision</td><td>sums.VectorDivision</td><td>digits and subtrahends lazy, else canonical</td>
 * <td>canonical</td><td>{@link DividedSums}: blocks of 512 go through products, division and automorphism in the L1 cache</td></tr>
 * <tr><td>subtractMultiplyScalar</td><td>PortableKernels</td><td>VectorElementwise</td><td>2^49</td><td>canonical</td><td>one pass</td></tr>
 * <tr><td>reduce</td><td>PortableKernels</td><td>VectorElementwise</td><td>2^50</td><td>canonical</td><td>one pass</td></tr>
 * <tr><td>tensor, tensorAdd</td><td>PortableKernels</td><td>VectorElementwise</td><td>canonical</td><td>canonical</td><td>every limb read
 * once (vector)</td></tr>
 * <tr><td>other elementwise ones</td><td>PortableKernels</td><td>VectorElementwise</td><td>canonical</td><td>canonical</td><td>one pass</td></tr>
 * <tr><td>permute</td><td>PortableKernels</td><td>VectorKernels</td><td>any</td><td>as in</td><td>a gather would be no faster</td></tr>
 * </tbody>
 * </table>
 *
 * <p>With assertions on, {@link RangeCheck} holds every input to these bounds.
 *
 * <p><b>Rules for the JIT</b>, cited by number in the wings:
 * <ol>
 * <li>Vectors must never become objects. One call that is not inlined, and a loop takes hundreds of times as long. So what a loop calls is small and
 *     static ({@code Lanes}).
 * <li>Vector loops are compiled apart. Inlined into what calls them they pass the JIT's budgets, and were two to three times slower, or made every vector an
 *     object. A small loop is called through a table: first two loops that do nothing, then the one that is wanted, all from one place in the code. So the
 *     JIT sees three receivers there from the first call on, whatever the program does, and never inlines any: it does that for two at the most. It costs
 *     a few nanoseconds. Passes of a transform are objects behind an interface for the same reason.
 * <li>Loops of more than 325 bytecodes are not inlined anyway and are called directly: the table cost 5 to 9 % of a base extension.
 * <li>In bodies past 8,000 bytecodes, some 60 vector operations with what is inlined, the JIT inlines no helper methods any more, only the Vector API's
 *     own. They are written in full, with calls of the Vector API itself.
 * <li>The JIT counts calls more than work: HotSpot compiles after 5,000 calls, or 15,000 with iterations. So a pass comes in small pieces at first, and is
 *     compiled two to four times sooner.
 * <li>Each special loop, for one number of terms, has to be compiled by itself. They take over in a long run only, one vector of each call at first
 *     ({@code SpecialLoop}).
 * <li>Plain loops read and write all arrays at the same index, or at constant distances: offsets that the JIT does not know might overlap, and it vectorises
 *     nothing then. So blocks and rows are arrays of their own. It unrolls short bodies only (LoopUnrollLimit), and what it does not unroll it
 *     does not vectorise: one split a loop.
 * <li>The shape is 512 or 256 bits, whatever the JVM prefers: asking for more than the JVM supports is hundreds of times slower.
 * <li>Math.fma has to be an instruction: without one it is about 100 times slower, and a warning says so.
 * </ol>
 */
package io.github.hecnn.core.internal.kernel;
