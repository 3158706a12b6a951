package io.github.hecnn.cli.params;

import io.github.hecnn.ckks.cost.Operation;
import io.github.hecnn.ckks.cost.OperationPrices;
import io.github.hecnn.ckks.params.CkksParameters;
import io.github.hecnn.ckks.params.SecurityLevel;
import io.github.hecnn.ckks.serial.WireSizes;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A proposal with all that follows from it.
 *
 * @param depth that was asked for
 * @param precisionBits that was asked for
 * @param ringDegree N
 * @param slots numbers in a ciphertext
 * @param levels products one after another
 * @param scaleBits log2 of the scale
 * @param digits of the key switch
 * @param logQ bits of the ciphertext modulus
 * @param logP bits of the special primes
 * @param security level and how near it is to its limit
 * @param errors largest error of a slot in practice after 0, 1, ... products with fresh numbers up to 1
 * @param errorOfSquarings the same after that depth of squarings
 * @param bytes sizes on the wire
 * @param seconds predicted, one thread, at the top level
 * @param builder Java that makes these parameters
 */
record ParamsReport(
        int depth,
        int precisionBits,
        int ringDegree,
        int slots,
        int levels,
        int scaleBits,
        int digits,
        double logQ,
        double logP,
        Security security,
        List<Double> errors,
        double errorOfSquarings,
        Bytes bytes,
        Seconds seconds,
        String builder) {
    /** How secure it is, and who says so. */
    record Security(int bits, double largestLogQP, String table) {}

    /** Sizes on the wire. */
    record Bytes(
            long ciphertext,
            long ciphertextOfTheSecretKey,
            long result,
            long publicKey,
            long relinearizationKey,
            long rotationKey,
            long evaluationKeys) {}

    /** Predicted times. */
    record Seconds(
            double multiplication,
            double plainMultiplication,
            double rotation,
            double rescale,
            double addition,
            double wholeDepth) {}

    static ParamsReport of(Proposal proposal, int depth, int precision, int rotations) {
        CkksParameters p = proposal.parameters();
        int top = p.maxLevel();
        WireSizes sizes = WireSizes.of(p);
        SecurityLevel level = p.securityLevel();
        return new ParamsReport(
                depth,
                precision,
                p.ringDegree(),
                p.slots(),
                top,
                p.scaleBits(),
                p.digits(),
                p.chain().logQ(),
                p.chain().logP(),
                new Security(
                        level.bits(),
                        level.maxLogQP(p.logRingDegree()),
                        "ia.cr/2024/463, table 5.2, ternary secret, classical attacks"),
                Arrays.stream(proposal.errors()).boxed().toList(),
                proposal.errorOfSquarings(),
                new Bytes(
                        sizes.ciphertext(top, 2, false),
                        sizes.ciphertext(top, 2, true),
                        sizes.ciphertext(0, 2, false),
                        sizes.publicKey(),
                        sizes.relinearizationKey(),
                        sizes.rotationKey(),
                        sizes.evaluationKeys(true, rotations)),
                seconds(p),
                builder(p));
    }

    private static Seconds seconds(CkksParameters p) {
        OperationPrices prices = OperationPrices.of(p);
        int top = p.maxLevel();
        double all = 0;
        for (int level = 1; level <= top; level++) {
            all += product(prices, level) + prices.seconds(Operation.RESCALE, level);
        }
        return new Seconds(
                product(prices, top),
                prices.seconds(Operation.PLAIN_MULTIPLICATION, top),
                prices.seconds(Operation.ROTATION, top),
                top == 0 ? 0 : prices.seconds(Operation.RESCALE, top),
                prices.seconds(Operation.ADDITION, top),
                all);
    }

    private static double product(OperationPrices prices, int level) {
        return prices.seconds(Operation.MULTIPLICATION, level) + prices.seconds(Operation.RELINEARIZATION, level);
    }

    private static String builder(CkksParameters p) {
        int first = 64 - Long.numberOfLeadingZeros(p.chain().dataPrimes().get(0));
        return "CkksParameters.builder().logRingDegree(" + p.logRingDegree() + ").levels(" + p.maxLevel()
                + ").scaleBits(" + p.scaleBits() + ").firstPrimeBits(" + first + ").digits(" + p.digits()
                + ").build()";
    }

    void print(PrintStream to) {
        line(
                to,
                "ring",
                "N = %d, so %d numbers in a ciphertext: the smallest one that is secure with this modulus",
                ringDegree,
                slots);
        line(
                to,
                "modulus",
                "%.0f bits for %d levels at a scale of 2^%d, %.0f bits of special primes, %d digits",
                logQ,
                levels,
                scaleBits,
                logP,
                digits);
        line(
                to,
                "security",
                "%d bits: %.1f of at most %.0f bits of modulus (%s)",
                security.bits(),
                logQ + logP,
                security.largestLogQP(),
                security.table());
        line(
                to,
                "error",
                "at most 2^%.1f when fresh, 2^%.1f after %d products with fresh numbers up to 1; squarings, which double"
                        + " errors: 2^%.1f",
                log2(errors.get(0)),
                log2(errors.get(levels)),
                levels,
                log2(errorOfSquarings));
        line(
                to,
                "ciphertext",
                "%s; %s made with the secret key; %s for a result at the lowest level",
                size(bytes.ciphertext()),
                size(bytes.ciphertextOfTheSecretKey()),
                size(bytes.result()));
        line(
                to,
                "keys",
                "public %s, for products %s, for a rotation %s; all that the cloud needs %s",
                size(bytes.publicKey()),
                size(bytes.relinearizationKey()),
                size(bytes.rotationKey()),
                size(bytes.evaluationKeys()));
        line(
                to,
                "time",
                "product %s, rotation %s, product with plain numbers %s, sum %s; %d products one after another %s"
                        + " (predicted, one thread; bench measures)",
                time(seconds.multiplication()),
                time(seconds.rotation()),
                time(seconds.plainMultiplication()),
                time(seconds.addition()),
                levels,
                time(seconds.wholeDepth()));
        line(to, "Java", "%s", builder);
    }

    private static void line(PrintStream to, String name, String text, Object... values) {
        to.printf(Locale.ROOT, "%-12s %s%n", name, String.format(Locale.ROOT, text, values));
    }

    private static double log2(double x) {
        return Math.log(x) / Math.log(2);
    }

    private static String size(long bytes) {
        return bytes < 1_000_000
                ? String.format(Locale.ROOT, "%.0f kB", bytes / 1e3)
                : String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }

    private static String time(double seconds) {
        return seconds < 1
                ? String.format(Locale.ROOT, "%.3g ms", 1e3 * seconds)
                : String.format(Locale.ROOT, "%.1f s", seconds);
    }
}
