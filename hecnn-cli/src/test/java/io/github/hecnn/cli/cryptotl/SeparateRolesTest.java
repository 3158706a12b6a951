package io.github.hecnn.cli.cryptotl;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.hecnn.ckks.params.CkksContext;
import io.github.hecnn.ckks.params.CkksParameters;
import io.github.hecnn.ckks.serial.CkksSerializer;
import io.github.hecnn.cli.console.Progress;
import io.github.hecnn.cli.files.RunFiles;
import io.github.hecnn.mlr.transfer.EncoderFolder;
import io.github.hecnn.mlr.transfer.TransferExchange;
import io.github.hecnn.mlr.transfer.report.TransferPage;
import io.github.hecnn.mlr.transfer.report.TransferReport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Each role in a folder that has only its files. */
class SeparateRolesTest {
    private static TransferFixture run;

    @BeforeAll
    static void runs() throws IOException {
        run = TransferFixture.get();
    }

    @Test
    void theExchangeHasNothingElse() throws IOException {
        Path run = RunFiles.folder(SeparateRolesTest.run.server().resolve("exchange"));
        assertThat(TransferFixture.names(run.getParent()))
                .containsExactlyInAnyOrder("job.json", run.getFileName().toString());
        assertThat(TransferFixture.names(run))
                .containsExactlyInAnyOrder(
                        "parameters.bin",
                        "public-key.bin",
                        "evaluation-keys.bin",
                        "query-1.ckks",
                        "query-2.ckks",
                        "query-3.ckks",
                        "answer-1.ckks",
                        "answer-2.ckks",
                        "answer-3.ckks",
                        "server-account.json");
        assertThat(TransferFixture.names(
                        RunFiles.folder(SeparateRolesTest.run.client().resolve("client"))))
                .containsExactly("secret-key.bin", "settings.json");
        assertThat(TransferFixture.names(SeparateRolesTest.run.server().resolve("server")))
                .containsExactly("encoder.bin", "encoder.json");
    }

    @Test
    void secretsAreReadableByTheirOwnerOnly() throws IOException {
        for (Path file : new Path[] {
            RunFiles.find(run.client(), "client/secret-key.bin"), run.server().resolve("server/encoder.bin")
        }) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void queriesAndAnswersAreSmall() throws IOException {
        assertThat(Files.size(RunFiles.find(run.client(), "exchange/query-1.ckks")))
                .isLessThan(500_000);
        assertThat(Files.size(RunFiles.find(run.client(), "exchange/answer-1.ckks")))
                .isLessThan(200_000);
        CkksParameters parameters =
                CkksSerializer.readParameters(RunFiles.find(run.client(), "exchange/parameters.bin"));
        assertThat(new CkksSerializer(CkksContext.create(parameters))
                        .readCiphertext(RunFiles.find(run.client(), "exchange/answer-1.ckks"))
                        .level())
                .isZero();
    }

    @Test
    void reportsAreComplete() throws IOException {
        JsonNode report =
                new ObjectMapper().readTree(run.client().resolve("report.json").toFile());
        assertThat(report.path("source").asText()).isEqualTo("hotels");
        assertThat(report.path("target").asText()).isEqualTo("headphones");
        assertThat(report.path("samples").asInt()).isEqualTo(TransferFixture.SAMPLES);
        assertThat(report.path("tests").asInt()).isEqualTo(TransferFixture.TESTS);
        for (String counts : new String[] {"trainingClassCounts", "testClassCounts"}) {
            assertThat(report.path(counts).path(0).asInt()).isPositive();
            assertThat(report.path(counts).path(0).asInt()
                            + report.path(counts).path(1).asInt())
                    .isEqualTo(6);
        }
        assertThat(report.path("notes").toString()).contains("Only 6 test texts");
        assertThat(report.path("comparison").isNull()).isTrue();
        assertThat(report.path("heads").fieldNames())
                .toIterable()
                .containsExactly("encrypted", "raw embedding", "linear, no noise", "private");
        assertThat(report.path("heads").path("encrypted").path("accuracy").asDouble())
                .isBetween(0.0, 1.0);
        assertThat(report.path("privacy").path("epsilon").asDouble()).isEqualTo(8);
        assertThat(report.path("scheme").path("securityBits").asInt()).isEqualTo(128);
        assertThat(report.path("seconds").path("perCiphertext")).hasSize(3);
        assertThat(report.path("traffic").path("queries").asInt()).isEqualTo(3);
        String page = Files.readString(run.client().resolve("report.html"));
        assertThat(page).contains("<!DOCTYPE html>", "hotels to headphones", "Accuracy of the heads", "</html>");
        assertThat(page.split("<svg ", -1).length - 1).isEqualTo(3);
        assertThat(page).doesNotContain(">NaN", ">null");
    }

    @Test
    void outputsAreThoseOfTheEncoderInTheClear() throws Exception {
        Path client = run.client();
        ClientSettings here = new ClientSettings(client.resolve("client"), null, "", null, 0, 0, null, 4, 0, 1);
        PrintStream nowhere = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        ClientRoles.Trained trained = new ClientRoles(
                        here, null, 1e-5, TransferExchange.in(client.resolve("exchange")), Progress.lines(nowhere))
                .train();
        TransferReport report = trained.outcome()
                .compared(trained.report(), new EncoderFolder(run.server().resolve("server")).encoder());
        assertThat(report.comparison().largestError()).isLessThan(1.5e-3).isGreaterThan(1e-5);
        assertThat(report.comparison().rootMeanSquareError())
                .isLessThan(report.comparison().largestError());
        assertThat(report.heads()).containsKey("same in the clear");
        assertThat(TransferPage.text(report)).contains("same in the clear", "largest error");
    }
}
