package io.github.hecnn.cli.params;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.hecnn.ckks.params.CkksParameters;
import io.github.hecnn.ckks.params.SecurityLevel;
import io.github.hecnn.ckks.proposal.ParameterProposal;
import io.github.hecnn.ckks.proposal.ParameterRequest;
import io.github.hecnn.cli.console.ProgramRun;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What {@code params} tells. */
class ParamsProgramTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... args) {
        return ProgramRun.of(new ParamsProgram())
                .run(
                        args,
                        Map.of(),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private JsonNode report(String... args) throws IOException {
        assertThat(run(args)).isZero();
        return new ObjectMapper().readTree(out.toByteArray());
    }

    @Test
    void everythingThatTheProposalHasIsTold() throws IOException {
        ParameterProposal proposal = ParameterProposal.of(
                ParameterRequest.builder(6, 20).rotationKeys(5).build());
        JsonNode report = report("--depth", "6", "--precision", "20", "--rotations", "5", "--json");
        assertThat(report.path("ringDegree").asInt())
                .isEqualTo(proposal.parameters().ringDegree());
        assertThat(report.path("predictedBits").asDouble())
                .isEqualTo(proposal.predictedBits())
                .isGreaterThanOrEqualTo(20);
        assertThat(report.path("reasons")).hasSameSizeAs(proposal.reasons());
        assertThat(report.path("reasons").path(0).asText())
                .isEqualTo(proposal.reasons().get(0));
        JsonNode bytes = report.path("bytes");
        assertThat(bytes.path("ciphertext").asLong()).isEqualTo(proposal.ciphertextBytes());
        assertThat(bytes.path("ciphertextOfTheSecretKey").asLong()).isEqualTo(proposal.seededCiphertextBytes());
        assertThat(bytes.path("result").asLong()).isEqualTo(proposal.resultBytes());
        assertThat(bytes.path("publicKey").asLong()).isEqualTo(proposal.publicKeyBytes());
        assertThat(bytes.path("evaluationKeys").asLong())
                .isEqualTo(proposal.evaluationKeyBytes())
                .isGreaterThan(6 * bytes.path("rotationKey").asLong() - 1000);
        JsonNode seconds = report.path("seconds");
        assertThat(seconds.path("product").asDouble()).isEqualTo(proposal.productSeconds(6));
        assertThat(seconds.path("rotation").asDouble()).isEqualTo(proposal.rotationSeconds());
        assertThat(seconds.path("wholeDepth").asDouble()).isEqualTo(proposal.depthSeconds());
        assertThat(report.path("security").path("table").asText()).contains("2024/463");
    }

    @Test
    void securityMagnitudeAndSlotsAreHeeded() throws IOException {
        ParameterProposal proposal = ParameterProposal.of(ParameterRequest.builder(2, 10)
                .securityLevel(SecurityLevel.CLASSICAL_192)
                .magnitude(10)
                .slots(20_000)
                .build());
        JsonNode report = report(
                "--depth",
                "2",
                "--precision",
                "10",
                "--security",
                "192",
                "--magnitude",
                "10",
                "--slots",
                "20000",
                "--json");
        assertThat(report.path("security").path("bits").asInt()).isEqualTo(192);
        assertThat(report.path("security").path("largestLogQP").asDouble())
                .isEqualTo(SecurityLevel.CLASSICAL_192.maxLogQP(16));
        assertThat(report.path("slots").asInt()).isEqualTo(1 << 15);
        assertThat(report.path("magnitude").asDouble()).isEqualTo(10);
        assertThat(report.path("predictedBits").asDouble()).isEqualTo(proposal.predictedBits());
    }

    @ParameterizedTest
    @EnumSource(
            value = SecurityLevel.class,
            names = {"CLASSICAL_128", "CLASSICAL_256"})
    void theJavaThatIsToldMakesTheseParameters(SecurityLevel level) {
        ParameterProposal proposal = ParameterProposal.of(
                ParameterRequest.builder(6, 20).securityLevel(level).build());
        CkksParameters p = proposal.parameters();
        int first = 64 - Long.numberOfLeadingZeros(p.chain().dataPrimes().get(0));
        assertThat(ParamsReport.of(proposal).builder())
                .isEqualTo("CkksParameters.builder().logRingDegree(" + p.logRingDegree() + ").levels(6).scaleBits("
                        + p.scaleBits() + ").firstPrimeBits(" + first + ").digits(" + p.digits()
                        + ").securityLevel(SecurityLevel." + level + ").build()");
        CkksParameters again = CkksParameters.builder()
                .logRingDegree(p.logRingDegree())
                .levels(6)
                .scaleBits(p.scaleBits())
                .firstPrimeBits(first)
                .digits(p.digits())
                .securityLevel(level)
                .build();
        assertThat(again).isEqualTo(p);
    }

    @Test
    void whatNoRingCanDoIsRefusedInOneLineWithTheOptionsThatHelp() {
        assertThat(run("--depth", "20")).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .startsWith("error: parameter proposal: expected a depth and a precision that a ring degree up to 2^17"
                        + " has, found depth 20 and 20 bits")
                .contains("bits of precision at most", "--magnitude")
                .hasLineCount(1);
        assertThat(run("--depth", "20", "--precision", "5")).isZero();
    }

    @Test
    void numbersUpToOneHalfDoNotMagnifyErrors() throws IOException {
        assertThat(report("--depth", "20", "--magnitude", "0.5", "--json")
                        .path("predictedBits")
                        .asDouble())
                .isGreaterThanOrEqualTo(20);
    }

    @Test
    void peopleReadLines() {
        assertThat(run("--depth", "3")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("ring ", "security ", "precision ", "why ", "ciphertext ", "keys ", "time ", "Java ")
                .contains("20 were asked for", "after 3 products", "product ");
    }

    @Test
    void withoutProductsNoneIsTimed() {
        assertThat(run("--depth", "0")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .containsPattern("time +rotation")
                .contains("when fresh");
    }
}
