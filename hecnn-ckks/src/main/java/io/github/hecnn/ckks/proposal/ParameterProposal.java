package io.github.hecnn.ckks.proposal;

import io.github.hecnn.ckks.cost.Operation;
import io.github.hecnn.ckks.cost.OperationPrices;
import io.github.hecnn.ckks.error.InvalidParametersException;
import io.github.hecnn.ckks.params.CkksParameters;
import io.github.hecnn.ckks.serial.WireSizes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Parameters for a depth and a precision, with what they cost and why they are these. Immutable and thread-safe.
 *
 * <pre>{@code
 * CkksParameters p = ParameterProposal.forDepth(6, 15).parameters();
 * }</pre>
 *
 * <p><b>What is promised.</b> A fresh value, encrypted with the public key or the secret one, goes through {@code depth} products, each of
 * two values no older than itself and followed by relinearisation and rescaling, with magnitudes as requested. Every slot of the result is within
 * 2^-{@link #predictedBits} of the product in exact arithmetic: 12 deviations of the {@link io.github.hecnn.ckks.noise.NoiseModel} for
 * repeated squaring of slots of magnitude 1, whose errors double in every step. Circuits with steeper polynomials, or with long sums, need
 * more: rehearse them with the noise model.
 *
 * <p><b>Choice.</b> The smallest ring that has the slots and, for the security asked for, the modulus; in it the smallest scale that is precise
 * enough, a first prime of 49 bits or as many as the values need, and the digits whose relinearisation is the fastest of those that fit.
 *
 * @param request what was asked for
 * @param parameters the parameters, whose {@code maxLevel} is the depth
 * @param predictedBits bits behind the point that are right in every slot after all products; at least those asked for
 * @param reasons why it is these, a sentence each
 */
public record ParameterProposal(
        ParameterRequest request, CkksParameters parameters, double predictedBits, List<String> reasons) {
    /**
     * Copies the list.
     *
     * @param request what was asked for
     * @param parameters the parameters, whose {@code maxLevel} is the depth
     * @param predictedBits bits behind the point that are right in every slot after all products
     * @param reasons why it is these, a sentence each
     */
    public ParameterProposal {
        reasons = List.copyOf(reasons);
    }

    /**
     * Parameters of 128 bits of security for slots up to 1.
     *
     * @param depth products one after the other, 0..60
     * @param precisionBits every slot of the result is within 2^-precisionBits, 1..40
     * @return the proposal
     * @throws InvalidParametersException if a number is out of range, or no parameters do; the text says why for every ring degree
     */
    public static ParameterProposal forDepth(int depth, int precisionBits) {
        return of(ParameterRequest.builder(depth, precisionBits).build());
    }

    /**
     * Parameters for a request.
     *
     * @param request what is wanted
     * @return the proposal
     * @throws InvalidParametersException if no parameters do; the text says why for every ring degree
     */
    public static ParameterProposal of(ParameterRequest request) {
        ParameterSearch.Found found = new ParameterSearch(request).found();
        return new ParameterProposal(request, found.parameters(), found.predictedBits(), found.reasons());
    }

    /** {@return bytes of a fresh ciphertext made with the secret key, whose second component is a seed} */
    public long seededCiphertextBytes() {
        return sizes().ciphertext(parameters.maxLevel(), 2, true);
    }

    /** {@return bytes of a fresh ciphertext made with the public key} */
    public long ciphertextBytes() {
        return sizes().ciphertext(parameters.maxLevel(), 2, false);
    }

    /** {@return bytes of a result of level 0} */
    public long resultBytes() {
        return sizes().ciphertext(0, 2, false);
    }

    /** {@return bytes of the public key} */
    public long publicKeyBytes() {
        return sizes().publicKey();
    }

    /** {@return bytes of the relinearisation key and the rotation keys of the request} */
    public long evaluationKeyBytes() {
        return sizes().evaluationKeys(true, request.rotationKeys());
    }

    private WireSizes sizes() {
        return WireSizes.of(parameters);
    }

    /**
     * Seconds of a product, relinearised and rescaled, by the price list: on one thread of the machine it was measured on.
     *
     * @param level level of the factors
     * @return seconds; 0 at level 0, where nothing can be rescaled
     */
    public double productSeconds(int level) {
        if (level == 0) {
            return 0;
        }
        OperationPrices prices = OperationPrices.of(parameters);
        return prices.seconds(Operation.MULTIPLICATION, level)
                + prices.seconds(Operation.RELINEARIZATION, level)
                + prices.seconds(Operation.RESCALE, level);
    }

    /** {@return seconds of a rotation at the top level, by the price list} */
    public double rotationSeconds() {
        return OperationPrices.of(parameters).seconds(Operation.ROTATION, parameters.maxLevel());
    }

    /** {@return seconds of {@code depth} products one after the other, by the price list} */
    public double depthSeconds() {
        double sum = 0;
        for (int l = parameters.maxLevel(); l > 0; l--) {
            sum += productSeconds(l);
        }
        return sum;
    }

    /** {@return everything in words, for people: lines without an end of line} */
    public List<String> lines() {
        List<String> out = new ArrayList<>();
        out.add(parameters.toString());
        out.addAll(reasons);
        out.add(text(
                "fresh ciphertext %,d bytes (%,d with a seed), result %,d; public key %,d, evaluation keys %,d",
                ciphertextBytes(), seededCiphertextBytes(), resultBytes(), publicKeyBytes(), evaluationKeyBytes()));
        out.add(text(
                "by the price list, one thread: product %.2f ms, rotation %.2f ms, all %d products %.2f ms",
                1e3 * productSeconds(parameters.maxLevel()),
                1e3 * rotationSeconds(),
                request.depth(),
                1e3 * depthSeconds()));
        return List.copyOf(out);
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
