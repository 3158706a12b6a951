package io.github.hecnn.core.rns;

import io.github.hecnn.core.internal.kernel.RingKernels;
import io.github.hecnn.core.internal.kernel.choice.KernelProvider;
import io.github.hecnn.core.modular.Modulus;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;

/**
 * Sums of plaintext products of automorphisms of one ciphertext, all modulo Q and P: the work between the decomposition of the ciphertext and
 * the division by P. Scratch comes from the arithmetic's buffers. Immutable and thread-safe.
 */
final class PlainSums {
    private final KeySwitchLevel level;
    private final RnsBasis special;
    private final RnsArithmetic arithmetic;
    private final RingKernels kernels = KernelProvider.kernels();

    PlainSums(KeySwitchLevel level, RnsBasis special, RnsArithmetic arithmetic) {
        this.level = level;
        this.special = special;
        this.arithmetic = arithmetic;
    }

    /** Where the digits of the second component come from. */
    interface Columns {
        double[][] column(int target);
    }

    /**
     * The sums.
     *
     * @param c0 first component
     * @param c1 second component, for the identity
     * @param digits extended digits of the second component
     * @param steps [term]
     * @param plain [sum][term] on the data primes in use and P; null where a sum leaves a term out
     * @return [sum][2][target][N] borrowed limbs, canonical
     */
    double[][][][] of(
            RnsPolynomial c0,
            RnsPolynomial c1,
            Columns digits,
            KeyedAutomorphism[] steps,
            PeriodicPolynomial[][] plain) {
        LimbBuffers buffers = arithmetic.buffers();
        double[][][][] acc = new double[plain.length][2][][];
        for (double[][][] a : acc) {
            a[0] = buffers.borrow(level.targets());
            a[1] = buffers.borrow(level.targets());
        }
        arithmetic.workers().forEach(level.targets(), t -> {
            double[][] first = new double[steps.length][];
            double[][] second = new double[steps.length][];
            rotate(t, c0, c1, digits.column(t), steps, first, second);
            double[][] expanded = buffers.borrow(steps.length);
            for (int o = 0; o < plain.length; o++) {
                sum(t, plain[o], first, second, expanded, acc[o][0][t], acc[o][1][t]);
            }
            buffers.release(expanded);
            buffers.release(first);
            buffers.release(second);
        });
        return acc;
    }

    /** Both components of every term modulo one target, in borrowed limbs; null for a term that vanishes there. */
    private void rotate(
            int t,
            RnsPolynomial c0,
            RnsPolynomial c1,
            double[][] digits,
            KeyedAutomorphism[] steps,
            double[][] first,
            double[][] second) {
        LimbBuffers buffers = arithmetic.buffers();
        boolean data = t < level.data.size();
        Modulus q = level.up.modulus(t);
        double p = data ? q.balance(special.product()) : 0.0;
        double[][] s = buffers.borrow(2);
        for (int i = 0; i < steps.length; i++) {
            if (steps[i].isIdentity() && !data) {
                continue; // P times anything vanishes modulo P
            }
            first[i] = buffers.borrow();
            second[i] = buffers.borrow();
            if (steps[i].isIdentity()) {
                kernels.multiplyScalar(c0.limb(t), q.factor(p), first[i], q);
                kernels.multiplyScalar(c1.limb(t), q.factor(p), second[i], q);
                continue;
            }
            level.keyProduct(t, digits, steps[i].key(), s[0], s[1]);
            if (data) {
                kernels.multiplyScalarAdd(c0.limb(t), q.factor(p), s[0], q);
            }
            steps[i].map().permuteNtt(s[0], first[i]);
            steps[i].map().permuteNtt(s[1], second[i]);
        }
        buffers.release(s);
    }

    /** One sum modulo one target; up to 64 terms are reduced together. */
    private void sum(
            int t,
            PeriodicPolynomial[] plain,
            double[][] first,
            double[][] second,
            double[][] expanded,
            double[] out0,
            double[] out1) {
        Modulus q = level.up.modulus(t);
        double[][] m = new double[RingKernels.MAX_TERMS][];
        double[][] a = new double[RingKernels.MAX_TERMS][];
        double[][] b = new double[RingKernels.MAX_TERMS][];
        int count = 0;
        boolean empty = true;
        for (int i = 0; i < plain.length; i++) {
            if (plain[i] != null && first[i] != null) {
                m[count] = plain[i].limb(t, expanded[i]);
                a[count] = first[i];
                b[count++] = second[i];
            }
            if (count == RingKernels.MAX_TERMS || (count > 0 && i == plain.length - 1)) {
                add(q, m, a, b, count, empty, out0, out1);
                empty = false;
                count = 0;
            }
        }
        if (empty) {
            Arrays.fill(out0, 0.0);
            Arrays.fill(out1, 0.0);
        }
    }

    private void add(
            Modulus q,
            double[][] m,
            double[][] a,
            double[][] b,
            int count,
            boolean empty,
            double[] out0,
            double[] out1) {
        if (empty) {
            kernels.innerProductPair(m, a, b, count, out0, out1, q);
            return;
        }
        LimbBuffers buffers = arithmetic.buffers();
        double[][] s = buffers.borrow(2);
        kernels.innerProductPair(m, a, b, count, s[0], s[1], q);
        kernels.add(s[0], out0, out0, q);
        kernels.add(s[1], out1, out1, q);
        buffers.release(s);
    }

    /**
     * Horner's rule over the sums, from the last to the first, all modulo Q and P: the running sum takes the step of its place, then the next
     * sum joins. Of a running sum only the second half is divided by P, to be decomposed; nothing else is rounded.
     *
     * @param sums [sum][2][target][N] borrowed limbs; all but those of the result are given back
     * @param steps [sum] what the running sum goes through once sum o is in it; null for nothing
     * @return [2][target][N] borrowed limbs
     */
    double[][][] horner(double[][][][] sums, KeyedAutomorphism[] steps) {
        LimbBuffers buffers = arithmetic.buffers();
        double[][][] running = sums[sums.length - 1];
        for (int o = sums.length - 1; o >= 0; o--) {
            if (o < sums.length - 1) {
                addAll(running, sums[o]);
                buffers.release(sums[o][0]);
                buffers.release(sums[o][1]);
            }
            if (steps[o] != null && !steps[o].isIdentity()) {
                step(running, steps[o]);
            }
        }
        return running;
    }

    private void addAll(double[][][] acc, double[][][] more) {
        arithmetic.workers().forEach(level.targets(), t -> {
            Modulus q = level.up.modulus(t);
            kernels.add(acc[0][t], more[0][t], acc[0][t], q);
            kernels.add(acc[1][t], more[1][t], acc[1][t], q);
        });
    }

    /** The sum in place through one automorphism. */
    private void step(double[][][] sum, KeyedAutomorphism step) {
        LimbBuffers buffers = arithmetic.buffers();
        RnsPolynomial second = level.down.quotient(sum[1]);
        double[][][] terms = level.up.terms(second);
        DigitColumns columns = level.up.columns(terms, second);
        // Beside its digits a target has a product with the key and two permutations: about as much as half a digit.
        IntToDoubleFunction cost = t -> level.up.digitsToExtend(t) + 0.5;
        TargetGroups.forEach(arithmetic.workers(), 0, level.targets(), cost, (from, to) -> {
            DigitColumns.Group group = columns.group(from, to);
            double[][] s = buffers.borrow(2);
            for (int t = from; t < to; t++) {
                Modulus q = level.up.modulus(t);
                level.keyProduct(t, group.column(t), step.key(), s[0], s[1]);
                group.release(t);
                kernels.add(s[0], sum[0][t], s[0], q);
                step.map().permuteNtt(s[0], sum[0][t]);
                step.map().permuteNtt(s[1], sum[1][t]);
            }
            buffers.release(s);
        });
        for (double[][] d : terms) {
            buffers.release(d);
        }
        for (int i = 0; i < second.size(); i++) {
            buffers.release(second.limb(i));
        }
    }
}
