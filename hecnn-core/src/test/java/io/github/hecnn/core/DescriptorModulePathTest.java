package io.github.hecnn.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Runs on the module path, see the pom: anything named {@code *ModulePathTest} does. */
class DescriptorModulePathTest {
    private final Module core = DescriptorModulePathTest.class.getModule();

    @Test
    void isANamedModule() {
        assertThat(core.getName()).isEqualTo("io.github.hecnn.core");
    }

    @Test
    void keepsItsKernelsToItself() {
        assertThat(core.getDescriptor().exports()).noneMatch(e -> e.source().contains(".internal."));
    }

    @Test
    void showsEverybodyWorkersRandomnessAndTheNameOfTheKernelsOnly() {
        assertThat(core.getDescriptor().exports())
                .filteredOn(e -> !e.isQualified())
                .extracting(e -> e.source())
                .containsExactlyInAnyOrder(
                        "io.github.hecnn.core.kernels",
                        "io.github.hecnn.core.parallel",
                        "io.github.hecnn.core.sampling");
        assertThat(core.getDescriptor().exports())
                .filteredOn(e -> e.isQualified())
                .isNotEmpty()
                .allSatisfy(e -> assertThat(e.targets()).allMatch(target -> target.startsWith("io.github.hecnn.")));
    }

    @Test
    void requiresNothingButTheBaseModule() {
        assertThat(core.getDescriptor().requires())
                .extracting(required -> required.name())
                .containsExactly("java.base");
    }
}
