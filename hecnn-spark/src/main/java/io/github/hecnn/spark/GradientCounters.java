package io.github.hecnn.spark;

import java.io.Serializable;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.LongAccumulator;

/** What tasks count for a {@link GradientReport} or a {@link RefreshReport}. */
record GradientCounters(
        LongAccumulator blocks,
        LongAccumulator keyBytes,
        LongAccumulator blockBytes,
        LongAccumulator partialBytes,
        LongAccumulator keySwitches,
        LongAccumulator nanos,
        LongAccumulator processorNanos)
        implements Serializable {
    static GradientCounters of(JavaSparkContext spark) {
        return new GradientCounters(
                spark.sc().longAccumulator(),
                spark.sc().longAccumulator(),
                spark.sc().longAccumulator(),
                spark.sc().longAccumulator(),
                spark.sc().longAccumulator(),
                spark.sc().longAccumulator(),
                spark.sc().longAccumulator());
    }
}
