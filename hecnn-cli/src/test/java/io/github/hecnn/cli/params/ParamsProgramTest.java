package io.github.hecnn.cli.params;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.hecnn.ckks.params.CkksParameters;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What {@code params} tells. */
class ParamsProgramTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... args) {
        return new ParamsProgram()
                .run(
                        args,
                        Map.of(),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    @Test
    void everythingThatFollowsIsTold() throws IOException {
        assertThat(run("--depth", "6", "--precision", "20", "--rotations", "5", "--json")).isZero();
        JsonNode report = new ObjectMapper().readTree(out.toByteArray());
        assertThat(report.path("ringDegree").asInt()).isEqualTo(1 << 14);
        assertThat(report.path("errors")).hasSize(7);
        JsonNode bytes = report.path("bytes");
        assertThat(bytes.path("ciphertext").asLong())
                .isGreaterThan(bytes.path("ciphertextOfTheSecretKey").asLong());
        assertThat(bytes.path("evaluationKeys").asLong())
                .isGreaterThan(6 * bytes.path("rotationKey").asLong() - 1000);
        assertThat(report.path("seconds").path("wholeDepth").asDouble())
                .isGreaterThan(report.path("seconds").path("multiplication").asDouble());
        assertThat(report.path("security").path("table").asText()).contains("2024/463");
    }

    @Test
    void theJavaThatIsToldMakesTheseParameters() {
        Proposal proposal = Proposal.of(6, 20, 1).orElseThrow();
        ParamsReport report = ParamsReport.of(proposal, 6, 20, 0);
        CkksParameters p = proposal.parameters();
        assertThat(report.builder())
                .isEqualTo("CkksParameters.builder().logRingDegree(" + p.logRingDegree() + ").levels(6).scaleBits("
                        + p.scaleBits() + ").firstPrimeBits("
                        + (64 - Long.numberOfLeadingZeros(p.chain().dataPrimes().get(0))) + ").digits(" + p.digits()
                        + ").build()");
        CkksParameters again = CkksParameters.builder()
                .logRingDegree(p.logRingDegree())
                .levels(6)
                .scaleBits(p.scaleBits())
                .firstPrimeBits(64 - Long.numberOfLeadingZeros(p.chain().dataPrimes().get(0)))
                .digits(p.digits())
                .build();
        assertThat(again).isEqualTo(p);
    }

    @Test
    void whatNoRingCanDoIsRefusedInOneLine() {
        assertThat(run("--depth", "63", "--precision", "40")).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .startsWith("error: params: expected a ring up to N = 2^17 with 128 bits of security, found none")
                .hasLineCount(1);
    }

    @Test
    void peopleReadLines() {
        assertThat(run("--depth", "3")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("ring ", "security ", "error ", "ciphertext ", "keys ", "time ", "Java ");
    }
}
