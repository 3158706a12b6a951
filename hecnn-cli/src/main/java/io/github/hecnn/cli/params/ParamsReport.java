package io.github.hecnn.cli.params;

import io.github.hecnn.ckks.cost.Operation;
import io.github.hecnn.ckks.cost.OperationPrices;
import io.github.hecnn.ckks.params.CkksParameters;
import io.github.hecnn.ckks.params.SecurityLevel;
import io.github.hecnn.ckks.proposal.ParameterProposal;
import io.github.hecnn.ckks.proposal.ParameterRequest;
import io.github.hecnn.ckks.serial.WireSizes;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/**
 * A proposal with all that follows from it.
 *
 * @param depth that was asked for
 * @param precisionBits that was asked for
 * @param magnitude largest of a number on the way, that was asked for
 * @param predictedBits bits behind the point that are right in every slot after that depth of squarings
 * @param ringDegree N
 * @param slots numbers in a ciphertext
 * @param levels products one after another
 * @param scaleBits log2 of the scale
 * @param firstPrimeBits bits of the prime of level 0
 * @param digits of the key switch
 * @param logQ bits of the ciphertext modulus
 * @param logP bits of the special primes
 * @param security level and how near it is to its limit
 * @param reasons why it is these, a sentence each
 * @param bytes sizes on the wire
 * @param seconds predicted, one thread, at the top level
 * @param builder Java that makes these parameters
 */
record ParamsReport(
        int depth,
        int precisionBits,
        double magnitude,
        double predictedBits,
        int ringDegree,
        int slots,
        int levels,
        int scaleBits,
        int firstPrimeBits,
        int digits,
        double logQ,
        double logP,
        Security security,
        List<String> reasons,
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

    /** Predicted times; a product is relinearised and rescaled, and takes 0 at level 0, where there is none. */
    record Seconds(double product, double plainMultiplication, double rotation, double addition, double wholeDepth) {}

    static ParamsReport of(ParameterProposal proposal) {
        ParameterRequest request = proposal.request();
        CkksParameters p = proposal.parameters();
        int top = p.maxLevel();
        int firstPrimeBits =
                64 - Long.numberOfLeadingZeros(p.chain().dataPrimes().get(0));
        WireSizes sizes = WireSizes.of(p);
        OperationPrices prices = OperationPrices.of(p);
        SecurityLevel level = p.securityLevel();
        return new ParamsReport(
                request.depth(),
                request.precisionBits(),
                request.magnitude(),
                proposal.predictedBits(),
                p.ringDegree(),
                p.slots(),
                top,
                p.scaleBits(),
                firstPrimeBits,
                p.digits(),
                p.chain().logQ(),
                p.chain().logP(),
                new Security(
                        level.bits(),
                        level.maxLogQP(p.logRingDegree()),
                        "ia.cr/2024/463, table 5.2, ternary secret, classical attacks"),
                proposal.reasons(),
                new Bytes(
                        proposal.ciphertextBytes(),
                        proposal.seededCiphertextBytes(),
                        proposal.resultBytes(),
                        proposal.publicKeyBytes(),
                        sizes.relinearizationKey(),
                        sizes.rotationKey(),
                        proposal.evaluationKeyBytes()),
                new Seconds(
                        proposal.productSeconds(top),
                        prices.seconds(Operation.PLAIN_MULTIPLICATION, top),
                        proposal.rotationSeconds(),
                        prices.seconds(Operation.ADDITION, top),
                        proposal.depthSeconds()),
                builder(p, firstPrimeBits));
    }

    private static String builder(CkksParameters p, int firstPrimeBits) {
        return "CkksParameters.builder().logRingDegree(" + p.logRingDegree() + ").levels(" + p.maxLevel()
                + ").scaleBits(" + p.scaleBits() + ").firstPrimeBits(" + firstPrimeBits + ").digits(" + p.digits()
                + ").securityLevel(SecurityLevel." + p.securityLevel().name() + ").build()";
    }

    void print(PrintStream to) {
        line(to, "ring", "N = %d, so %d numbers in a ciphertext", ringDegree, slots);
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
                "precision",
                "every number is within 2^-%.1f %s; magnitudes up to %s",
                predictedBits,
                depth == 0 ? "when fresh" : "after " + depth + " products, even if all are squarings",
                magnitude);
        String name = "why";
        for (String reason : reasons) {
            line(to, name, "%s", reason);
            name = "";
        }
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
                "%srotation %s, product with plain numbers %s, sum %s (predicted, one thread; bench measures)",
                depth == 0
                        ? ""
                        : String.format(
                                Locale.ROOT,
                                "product %s, %d of them one after another %s; ",
                                time(seconds.product()),
                                depth,
                                time(seconds.wholeDepth())),
                time(seconds.rotation()),
                time(seconds.plainMultiplication()),
                time(seconds.addition()));
        line(to, "Java", "%s", builder);
    }

    private static void line(PrintStream to, String name, String text, Object... values) {
        to.printf(Locale.ROOT, "%-12s %s%n", name, String.format(Locale.ROOT, text, values));
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
