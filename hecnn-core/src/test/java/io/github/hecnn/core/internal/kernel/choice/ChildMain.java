package io.github.hecnn.core.internal.kernel.choice;

import io.github.hecnn.core.internal.kernel.Bits;
import io.github.hecnn.core.internal.kernel.KernelCases;

/** Run in a JVM of its own by KernelProviderTest: prints which kernels were chosen and a hash of all that they give. */
final class ChildMain {
    private ChildMain() {}

    public static void main(String[] args) {
        System.out.println("name=" + KernelProvider.kernels().name());
        System.out.println("description=" + KernelProvider.description());
        if (args.length > 0) {
            KernelCases.run(KernelProvider.kernels())
                    .forEach((name, values) -> System.out.println("hash " + name + "=" + Bits.hash(values)));
        }
    }
}
