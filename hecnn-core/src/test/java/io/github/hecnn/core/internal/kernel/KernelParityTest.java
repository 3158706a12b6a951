package io.github.hecnn.core.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hecnn.core.internal.kernel.portable.PortableKernels;
import io.github.hecnn.core.internal.kernel.vector.VectorKernels;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KernelParityTest {
    @Test
    void portableAndVectorGiveTheSameBits() {
        Map<String, double[]> portable = KernelCases.run(new PortableKernels());
        Map<String, double[]> vector = KernelCases.run(new VectorKernels());
        assertThat(vector.keySet()).isEqualTo(portable.keySet());
        portable.forEach(
                (name, values) -> assertThat(Bits.of(vector.get(name))).as(name).isEqualTo(Bits.of(values)));
    }
}
