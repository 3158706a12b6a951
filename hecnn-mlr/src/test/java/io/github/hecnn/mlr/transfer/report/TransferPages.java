package io.github.hecnn.mlr.transfer.report;

import io.github.hecnn.mlr.transfer.network.train.BinaryMetrics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A report of CryptoTL that never was. */
public final class TransferPages {
    private TransferPages() {}

    /** One of 200 texts, compared with the clear. */
    public static TransferReport report() {
        Map<String, TransferReport.Score> heads = new LinkedHashMap<>();
        heads.put("encrypted", TransferReport.Score.of(new BinaryMetrics(45, 5, 40, 10)));
        heads.put("encrypted, private", TransferReport.Score.of(new BinaryMetrics(40, 9, 36, 15)));
        heads.put("raw embedding", TransferReport.Score.of(new BinaryMetrics(44, 6, 39, 11)));
        heads.put("same in the clear", TransferReport.Score.of(new BinaryMetrics(46, 5, 40, 9)));
        return new TransferReport(
                "CryptoTlDemo",
                "1.0",
                "YouTube comments",
                "SMS messages",
                100,
                100,
                List.of(50, 50),
                List.of(45, 55),
                "hashed words",
                8,
                1,
                heads,
                Map.of("encrypted", List.of(0.69, 0.5, 0.4), "raw embedding", List.of(0.69, 0.55, 0.45)),
                new TransferReport.Comparison(1e-3, 1e-4, -1),
                new TransferReport.Privacy(2, 1e-5, 1.1, 100),
                new TransferReport.Traffic(25, 1_000_000, 200_000, 90_000_000, 2_000_000),
                new TransferReport.Scheme("N = 2^14", 16384, 6, 289, 135, 128, "three layers", 1e5),
                new TransferReport.Seconds(1.5, 0.5, List.of(3.0, 0.8, 0.7), 0.8, 0.1, 0.2, 0.4),
                new TransferReport.Host("vector", 2, "17", 500_000_000L, 700_000_000L, "17", 600_000_000L, "Linux"),
                List.of("made-up <texts>"));
    }
}
