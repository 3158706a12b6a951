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
        assertThat(core.getDescriptor().exports())
                .noneMatch(e -> e.source().contains(".internal.") && !e.isQualified());
    }

    @Test
    void requiresNothingButTheBaseModule() {
        assertThat(core.getDescriptor().requires())
                .extracting(required -> required.name())
                .containsExactly("java.base");
    }
}
