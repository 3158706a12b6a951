package io.github.hecnn.core.internal.kernel.choice;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hecnn.core.internal.kernel.Bits;
import io.github.hecnn.core.internal.kernel.KernelCases;
import io.github.hecnn.core.internal.kernel.RingKernels;
import io.github.hecnn.core.internal.kernel.portable.PortableKernels;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The choice is made once per JVM, so each case here is a JVM. */
class KernelProviderTest {
    private static final String ADD = "--add-modules=jdk.incubator.vector";

    private static String run(List<String> flags, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-ea", "-Xshare:auto", "-Xmx256m", "-XX:+UseSerialGC"));
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), ChildMain.class.getName()));
        command.addAll(List.of(arguments));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void withoutTheModuleItIsPortableAndSaysHowToGetMore() {
        assertThat(run(List.of())).contains("name=portable").contains("--add-modules jdk.incubator.vector");
    }

    @Test
    void withTheModuleItIsWhatTheCpuAllows() {
        RingKernels kernels = KernelProvider.kernels();
        assertThat(run(List.of(ADD))).contains("name=" + kernels.name());
        assertThat(KernelProvider.description()).startsWith(kernels.name());
        assertThat(KernelProvider.kernels()).isSameAs(kernels);
    }

    @Test
    void thePropertyOverrides() {
        assertThat(run(List.of(ADD, "-Dhecnn.kernels=portable"))).contains("name=portable");
    }

    @Test
    void refusesUnknownNamesAndVectorsThatAreNotThere() {
        assertThat(run(List.of(ADD, "-Dhecnn.kernels=fast")))
                .contains("expected portable or vector, found fast")
                .doesNotContain("name=");
        assertThat(run(List.of("-Dhecnn.kernels=vector")))
                .contains("expected the module jdk.incubator.vector")
                .doesNotContain("name=");
        assertThat(run(List.of(ADD, "-Dhecnn.kernels=vector", "-Dhecnn.vectorBits=128")))
                .contains("expected 256 or 512, found 128");
    }

    @Test
    void everyVectorSizeGivesTheSameBits() {
        Map<String, double[]> expected = KernelCases.run(new PortableKernels());
        for (String bits : new String[] {"256", "512"}) {
            String output = run(List.of(ADD, "-Dhecnn.kernels=vector", "-Dhecnn.vectorBits=" + bits), "hashes");
            assertThat(output).contains("name=vector-" + bits);
            expected.forEach((name, values) -> assertThat(output).contains("hash " + name + "=" + Bits.hash(values)));
        }
    }

    @Test
    void warnsWhenFusedMultiplyAddIsEmulated() {
        String output = run(List.of(ADD, "-XX:+IgnoreUnrecognizedVMOptions", "-XX:-UseFMA"));
        if (Runtime.version().feature() >= 17 && System.getProperty("os.arch").matches("amd64|x86_64")) {
            assertThat(output).contains("fused multiply-add").contains("name=portable");
        }
        assertThat(run(List.of(ADD))).doesNotContain("fused multiply-add");
    }
}
