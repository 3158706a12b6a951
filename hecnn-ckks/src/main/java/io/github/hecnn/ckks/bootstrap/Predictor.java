package io.github.hecnn.ckks.bootstrap;

import io.github.hecnn.ckks.params.CkksParameters;
import java.util.List;
import java.util.Random;

/** Predictions of bootstrapping: sizes and counts from the plan, the error from a run on plain numbers with the noise of ciphertexts. */
final class Predictor {
    private static final long SEED = 1;

    private Predictor() {}

    static BootstrapPrediction of(BootstrapPlan p) {
        Errors errors = errors(p);
        double[] error = errors.slots();
        double mean = 0;
        double max = 0;
        for (double e : error) {
            mean += e / error.length;
            max = Math.max(max, e);
        }
        int halves = p.complex() ? 2 : 1;
        double failure = IrwinHall.log2Beyond(p.ephemeralWeight(), p.integerBound()) + log2(p.slots()) + halves - 1;
        return new BootstrapPrediction(
                p.ckks().maxLevel(),
                p.ckks().maxLevel() - p.inputLevel(),
                log2(mean),
                log2(max),
                log2(errors.deviation()),
                Math.min(0, failure),
                keyBytes(p),
                tableBytes(p),
                keySwitches(p),
                RefreshCost.seconds(p));
    }

    /** Errors of slots with their copies averaged, and the root mean square of every copy by itself. */
    @SuppressWarnings("ArrayRecordComponent") // inside the package only, and never changed
    private record Errors(double[] slots, double deviation) {}

    /** [slot] |error| of a refresh of uniform values. Of a sparsely packed vector every slot has several copies, whose noise is averaged. */
    private static Errors errors(BootstrapPlan p) {
        Random random = new Random(SEED);
        CkksParameters c = p.ckks();
        int n = p.slots();
        int all = c.slots();
        SimulatedSlots algebra = new SimulatedSlots(c, SimulatedSlots.secretSquares(c, all, random), random);
        double[] squares = new double[n];
        double sum = 0;
        for (int half = 0; half < (p.complex() ? 2 : 1); half++) {
            double[] z = new double[all];
            double[] integer = new double[all];
            for (int i = 0; i < n; i++) {
                z[i] = p.bound() * (2 * random.nextDouble() - 1);
                integer[i] = multiple(p.ephemeralWeight(), random);
            }
            for (int i = n; i < all; i++) {
                z[i] = z[i - n];
                integer[i] = integer[i - n];
            }
            double[] in =
                    algebra.noisy(z, p.inputLevel(), c.scale(p.inputLevel())).values();
            double[] x = new double[all];
            ModularReductionPlan plan = p.reduction();
            for (int i = 0; i < all; i++) {
                x[i] = (integer[i] + in[i] / p.messageRatio()) / plan.range();
            }
            SimulatedSlots.Slots u = algebra.noisy(x, plan.topLevel(), plan.inScale());
            double[] out = new ModularReduction<>(plan, algebra).apply(u).values();
            for (int i = 0; i < n; i++) {
                double e = 0;
                for (int k = i; k < all; k += n) {
                    e += (out[k] - z[k]) * n / all;
                    sum += (out[k] - z[k]) * (out[k] - z[k]);
                }
                squares[i] += e * e;
            }
        }
        for (int i = 0; i < n; i++) {
            squares[i] = Math.sqrt(squares[i]);
        }
        return new Errors(squares, Math.sqrt(sum / all));
    }

    private static double multiple(int hammingWeight, Random random) {
        double sum = 0;
        for (int k = 0; k <= hammingWeight; k++) {
            sum += random.nextDouble() - 0.5;
        }
        return Math.rint(sum);
    }

    private static double log2(double x) {
        return Math.log(x) / Math.log(2);
    }

    private static long limbBytes(CkksParameters c) {
        return 8L * c.ringDegree();
    }

    private static long keyBytes(BootstrapPlan p) {
        CkksParameters c = p.ckks();
        int limbs = c.chainLevel() + 1 + c.chain().specialPrimes().size();
        int full = p.rotations().size() + 3; // relinearisation, rotation and conjugation, back from the sparse secret
        long lowKey = 2L * BootstrapPlan.LOW_DIGITS * (p.inputLevel() + 1 + p.lowSpecialPrimes());
        int keyDigits = (c.chainLevel() + c.digitSize()) / c.digitSize();
        return limbBytes(c)
                * (2L * keyDigits * limbs * full + lowKey * p.lowRotations().size() + 4);
    }

    private static long tableBytes(BootstrapPlan p) {
        CkksParameters c = p.ckks();
        return tableBytes(p.coeffsToSlots(), c.chain().specialPrimes().size())
                + tableBytes(p.slotsToCoeffs(), p.lowSpecialPrimes());
    }

    private static long tableBytes(List<StagePlan> stages, int special) {
        long sum = 0;
        for (StagePlan s : stages) {
            sum += 16L * s.period() * s.diagonals() * (s.level() + 1 + special);
        }
        return sum;
    }

    private static int keySwitches(BootstrapPlan p) {
        int sum = 2 + 1 + (p.pendingAfterSlotsToCoeffs() == 0 ? 0 : 1) + (p.pendingAfterCoeffsToSlots() == 0 ? 0 : 1);
        for (List<StagePlan> stages : List.of(p.slotsToCoeffs(), p.coeffsToSlots())) {
            for (StagePlan s : stages) {
                sum += s.babies() - 1 + s.giants() - 1;
            }
        }
        sum += p.ckks().logRingDegree() - 1 - p.logSlots();
        return sum + products(p) * (p.complex() ? 2 : 1);
    }

    /** Relinearised products of one modular reduction. */
    static int products(BootstrapPlan p) {
        return ModularReductionPlan.products(p.correctionDegree());
    }
}
