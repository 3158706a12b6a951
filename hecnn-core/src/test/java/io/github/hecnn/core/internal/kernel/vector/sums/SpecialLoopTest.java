package io.github.hecnn.core.internal.kernel.vector.sums;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hecnn.core.internal.kernel.vector.lanes.Lanes;
import org.junit.jupiter.api.Test;

class SpecialLoopTest {
    @Test
    void givesNothingThenAVectorOfEachCallThenAll() {
        SpecialLoop run = SpecialLoop.after(1000, 1)[0];
        assertThat(run.share(256, 3)).isZero();
        assertThat(run.share(256, 1)).isZero();
        int calls = 0;
        while (run.share(256, 10) == Lanes.L) {
            calls += 10;
        }
        assertThat(calls).isBetween(15_000, 100_000); // what HotSpot wants, with some time to compile
        assertThat(run.share(256, 10)).isEqualTo(256);
        assertThat(run.share(64, 1)).isEqualTo(64);
    }

    @Test
    void generalWorkIsCountedTogetherAndCallsApart() {
        SpecialLoop[] loops = SpecialLoop.after(100, 2);
        assertThat(loops[0].share(100, 1)).isZero();
        assertThat(loops[1].share(100, 100_000)).isEqualTo(Lanes.L);
        assertThat(loops[1].share(100, 1)).isEqualTo(100);
        assertThat(loops[0].share(100, 1)).isEqualTo(Lanes.L);
    }
}
