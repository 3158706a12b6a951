package io.github.hecnn.ckks.serial;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hecnn.ckks.serial.WireFixture.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class SerializerConcurrencyTest {
    private static final int THREADS = 8;

    @Test
    void eightThreadsOnOneSerializer() throws Exception {
        WireFixture f = WireFixture.of(10, 1);
        Map<WireType, Sample> expected = f.samples();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Callable<Void>> tasks = new ArrayList<>();
            for (int i = 0; i < 3 * THREADS; i++) {
                tasks.add(() -> {
                    Map<WireType, Sample> again = f.samples();
                    for (Sample s : expected.values()) {
                        assertThat(again.get(s.type()).bytes()).isEqualTo(s.bytes());
                        assertThat(s.read(s.bytes())).isNotNull();
                    }
                    WireFixture.assertEqual(
                            f.serializer.readRotationKey(WireFixture.in(
                                    expected.get(WireType.ROTATION_KEY).bytes())),
                            f.rotationKey);
                    return null;
                });
            }
            for (Future<Void> done : threads.invokeAll(tasks)) {
                done.get();
            }
        } finally {
            threads.shutdown();
        }
    }
}
