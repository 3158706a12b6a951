package io.github.hecnn.mlr.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.hecnn.core.parallel.WorkerPool;
import io.github.hecnn.mlr.data.DataFormatException;
import io.github.hecnn.mlr.exchange.ExchangeFolder;
import io.github.hecnn.mlr.exchange.OwnFolder;
import io.github.hecnn.mlr.exchange.SealedJson;
import io.github.hecnn.mlr.roles.RoleListener;
import io.github.hecnn.mlr.transfer.network.CryptoTlParameters;
import io.github.hecnn.mlr.transfer.network.EncryptedNetwork;
import io.github.hecnn.mlr.transfer.network.Network;
import io.github.hecnn.mlr.transfer.network.NetworkMemory;
import io.github.hecnn.mlr.transfer.network.NetworkPacking;
import io.github.hecnn.mlr.transfer.network.train.CryptoTlShapes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Client and server of a small encoder, with real parameters, in folders of their own. */
class TransferRolesTest {
    private static final int WIDTH = 16;
    private static final int LANES = 4;
    private static final int TEXTS = 6;
    private static final String SENTENCES = "random vectors";

    @TempDir
    private static Path folder;

    private static Network encoder;
    private static double[][] inputs;
    private static OwnFolder<ClientFile> own;
    private static EncoderFolder server;
    private static ExchangeFolder<TransferJob, ServerAccount> exchange;
    private static ServerAccount account;
    private static final List<String> PHASES = new ArrayList<>();

    /** Writes down what it hears. */
    private static final RoleListener LISTENER = new RoleListener() {
        @Override
        public <T> T during(String name, Supplier<T> work) {
            PHASES.add(name);
            return work.get();
        }
    };

    @BeforeAll
    static void roles() throws IOException {
        encoder = CryptoTlShapes.encoderWithHead(WIDTH, 3).export(CryptoTlShapes.ENCODER_LAYERS);
        inputs = new double[TEXTS][];
        Random random = new Random(4);
        for (int i = 0; i < TEXTS; i++) {
            inputs[i] = random.doubles(WIDTH, -0.03, 0.03).toArray();
        }
        own = ClientFile.in(Files.createDirectory(folder.resolve("client")));
        server = new EncoderFolder(Files.createDirectory(folder.resolve("server")));
        exchange = TransferExchange.in(Files.createDirectory(folder.resolve("exchange")));
        server.write(encoder, "made up", SENTENCES);
        ask(own, exchange, SENTENCES);
        account = TransferServer.open(server, exchange, 10).answer(WorkerPool.common(), LISTENER);
    }

    private static void ask(
            OwnFolder<ClientFile> own, ExchangeFolder<TransferJob, ServerAccount> exchange, String sentences)
            throws IOException {
        TransferClient.ask(
                inputs,
                CryptoTlParameters.Choice.FAST,
                LANES,
                sentences,
                "a note",
                own,
                exchange,
                WorkerPool.common(),
                LISTENER);
    }

    @Test
    void theClientGetsWhatTheEncoderMakesOfItsInputs() throws IOException {
        TransferClient client = TransferClient.open(own, exchange);
        double[][] outputs = client.outputs(WorkerPool.common(), RoleListener.NONE);
        double[][] expected = encoder.applyAll(inputs);
        assertThat(outputs).hasDimensions(TEXTS, encoder.outputs());
        for (int i = 0; i < TEXTS; i++) {
            for (int k = 0; k < encoder.outputs(); k++) {
                assertThat(outputs[i][k]).isCloseTo(expected[i][k], org.assertj.core.data.Offset.offset(2e-3));
            }
        }
        assertThat(client.state().note()).isEqualTo("a note");
        assertThat(client.job().queries()).isEqualTo(2);
        assertThat(client.account()).isEqualTo(account);
        assertThat(client.account().secondsPerCiphertext()).hasSize(2);
        assertThat(client.parameters()).isEqualTo(CryptoTlParameters.standard());
        assertThat(PHASES)
                .contains(
                        "client: make and write keys",
                        "client: encrypt",
                        "server: compile the encoder",
                        "server: evaluate 2 queries");
    }

    @Test
    void publicSizesTellTheRotationsThatTheEncoderNeeds() {
        Network wide = CryptoTlShapes.encoderWithHead(96, 1).export(CryptoTlShapes.ENCODER_LAYERS);
        for (int lanes : new int[] {1, 2, 4}) {
            NetworkPacking packing = TransferClient.packing(CryptoTlParameters.Choice.FAST, 96, lanes);
            assertThat(PublicRotations.of(packing))
                    .containsExactlyElementsOf(
                            EncryptedNetwork.compile(wide, packing).rotationSteps());
        }
    }

    @Test
    void theServerTellsItsMemoryAndChecksIt() throws IOException {
        long bytes = TransferServer.open(server, exchange, 10).memoryBytes();
        assertThat(account.neededMemoryBytes()).isEqualTo(bytes);
        assertThat(bytes).isBetween(50_000_000L, Runtime.getRuntime().maxMemory());
        Network wide = CryptoTlShapes.encoderWithHead(768, 1).export(CryptoTlShapes.ENCODER_LAYERS);
        long fewCopies = NetworkMemory.evaluationBytes(
                wide, TransferClient.packing(CryptoTlParameters.Choice.FAST, 768, 4), CryptoTlParameters.standard());
        long manyCopies = NetworkMemory.evaluationBytes(
                wide, TransferClient.packing(CryptoTlParameters.Choice.FAST, 768, 1), CryptoTlParameters.standard());
        // 512 diagonals of the first layer, or 128, in doubles and encoded for 7 primes at most
        assertThat(fewCopies - manyCopies).isBetween(384L * 8192 * 8 * 6, 384L * 8192 * 8 * 10);
        assertThat(fewCopies).isGreaterThan(1024L * 8192 * 8 * 4);
    }

    @Test
    void theServerDecidesWhatItAnswers() throws IOException {
        assertThatThrownBy(() -> TransferServer.open(server, exchange, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected 1..1 queries, found 2; ask less");
        EncoderFolder others = new EncoderFolder(Files.createDirectory(folder.resolve("others")));
        others.write(encoder, "made up", "other vectors");
        assertThatThrownBy(() -> TransferServer.open(others, exchange, 10))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("embedded by other vectors, found random vectors");
        others.write(CryptoTlShapes.encoderWithHead(12, 1).export(CryptoTlShapes.ENCODER_LAYERS), "made up", SENTENCES);
        assertThatThrownBy(() -> TransferServer.open(others, exchange, 10))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected a job for 12 inputs and 10 outputs, found 16 and 14");
        EncoderFolder nobody = new EncoderFolder(folder.resolve("nobody"));
        assertThatThrownBy(() -> TransferServer.open(nobody, exchange, 10))
                .isInstanceOf(DataFormatException.class)
                .hasMessageContaining("expected the encoder's weights, found no file");
    }

    @Test
    void theClientRefusesWhatIsNoEmbedding() {
        for (double[][] wrong : new double[][][] {{}, {new double[WIDTH], new double[WIDTH + 1]}}) {
            assertThatThrownBy(() -> TransferClient.ask(
                            wrong,
                            CryptoTlParameters.Choice.FAST,
                            LANES,
                            SENTENCES,
                            "",
                            own,
                            exchange,
                            WorkerPool.common(),
                            RoleListener.NONE))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(
                            wrong.length == 0 ? "at least one embedding, found none" : "found 16 and 17 numbers");
        }
    }

    @Test
    void moreTextsFitWhereAnswersHideMore() {
        assertThat(TransferClient.mostLanes(CryptoTlParameters.Choice.FAST, 768))
                .isEqualTo(4);
        assertThat(TransferClient.mostLanes(CryptoTlParameters.Choice.FAST, 384))
                .isEqualTo(8);
        assertThat(TransferClient.mostLanes(CryptoTlParameters.Choice.CIRCUIT_PRIVATE, 768))
                .isEqualTo(8);
        assertThat(TransferClient.mostLanes(CryptoTlParameters.Choice.CIRCUIT_PRIVATE, 16))
                .isEqualTo(16);
        assertThat(TransferClient.packing(CryptoTlParameters.Choice.CIRCUIT_PRIVATE, 384, 16)
                        .copies())
                .isEqualTo(1);
    }

    @Test
    void aJobOfOtherSizesThanTheClientsIsNotOpened() throws IOException {
        TransferJob job = exchange.job();
        String before = Files.readString(exchange.jobFile());
        Files.writeString(
                exchange.jobFile(),
                SealedJson.text(new TransferJob(
                        job.runId(), job.sentences(), job.choice(), job.inputs(), job.outputs(), 1, 2, job.files())));
        try {
            assertThatThrownBy(() -> TransferClient.open(own, exchange))
                    .isInstanceOf(DataFormatException.class)
                    .hasMessageContaining("expected a job of 6 queries for 6 texts, found 2")
                    .hasMessageContaining("TransferClient.ask");
        } finally {
            Files.writeString(exchange.jobFile(), before);
        }
    }
}
