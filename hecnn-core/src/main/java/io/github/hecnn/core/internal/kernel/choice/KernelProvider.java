package io.github.hecnn.core.internal.kernel.choice;

import io.github.hecnn.core.internal.kernel.RingKernels;
import io.github.hecnn.core.internal.kernel.portable.PortableKernels;
import io.github.hecnn.core.internal.kernel.switching.SwitchingKernels;
import io.github.hecnn.core.internal.kernel.vector.VectorKernels;
import java.util.Optional;

/**
 * Chooses the kernels, once per JVM: those with the Vector API if the module jdk.incubator.vector is in the boot layer, the CPU has
 * fused multiply-add and vectors of at least 256 bits, else the portable ones. Where vector kernels are chosen, each operation begins with its
 * portable loop and goes over when that of vectors is compiled. {@code -Dhecnn.kernels=portable|vector} overrides it: vectors from the first call.
 * One INFO line of the system logger says which it is.
 */
public final class KernelProvider {
    static final String PROPERTY = "hecnn.kernels";
    static final String VECTOR_MODULE = "jdk.incubator.vector";

    private static final System.Logger LOGGER = System.getLogger("io.github.hecnn.core");

    private KernelProvider() {}

    /**
     * The kernels of this JVM.
     *
     * @throws IllegalStateException if the property hecnn.kernels has another value than portable or vector, or asks for vector and
     *     the JVM has not got it
     */
    public static RingKernels kernels() {
        return Chosen.choice().kernels();
    }

    /** The kernels and why they were chosen, in one line. */
    public static String description() {
        Choice choice = Chosen.choice();
        return choice.kernels().name() + " kernels (" + choice.reason() + ")";
    }

    /** Why they were chosen, and how to get faster ones where there are any. */
    public static String reason() {
        return Chosen.choice().reason();
    }

    record Choice(RingKernels kernels, String reason) {}

    /** Lazily, so that a refusal is thrown where kernels are asked for, each time. */
    private static final class Chosen {
        private static Choice choice;

        static synchronized Choice choice() {
            if (choice == null) {
                boolean fusedMultiplyAdd = FmaProbe.isFast();
                choice = choose(System.getProperty(PROPERTY), fusedMultiplyAdd);
                log(choice, fusedMultiplyAdd);
            }
            return choice;
        }
    }

    private static void log(Choice choice, boolean fusedMultiplyAdd) {
        LOGGER.log(
                System.Logger.Level.INFO,
                "hecnn: {0} kernels ({1})",
                choice.kernels().name(),
                choice.reason());
        if (!fusedMultiplyAdd) {
            LOGGER.log(
                    System.Logger.Level.WARNING,
                    "hecnn: this JVM emulates fused multiply-add, EVERYTHING WILL BE ABOUT 100 TIMES SLOWER. Use a CPU with FMA"
                            + " (x86 since 2013, all 64-bit ARM) and do not run with -XX:-UseFMA or in the interpreter");
        }
    }

    private static Choice choose(String wanted, boolean fusedMultiplyAdd) {
        Optional<Module> module = ModuleLayer.boot().findModule(VECTOR_MODULE);
        if (wanted == null) {
            if (module.isEmpty()) {
                return new Choice(
                        new PortableKernels(),
                        "for the faster vector kernels run java with --add-modules " + VECTOR_MODULE);
            }
            if (!fusedMultiplyAdd) {
                return new Choice(new PortableKernels(), "no fused multiply-add in hardware");
            }
            allowReading(module.get());
            return VectorChoice.preferred();
        }
        if (wanted.equals("portable")) {
            return new Choice(new PortableKernels(), "as -D" + PROPERTY + " asks for");
        }
        if (!wanted.equals("vector")) {
            throw new IllegalStateException("-D" + PROPERTY + ": expected portable or vector, found " + wanted
                    + "; leave it out to get the fastest");
        }
        if (module.isEmpty()) {
            throw new IllegalStateException("-D" + PROPERTY + "=vector: expected the module " + VECTOR_MODULE
                    + " in the boot layer, found none; run java with --add-modules " + VECTOR_MODULE);
        }
        allowReading(module.get());
        return VectorChoice.forced();
    }

    /** module-info does not require the module, so that core also runs without; the edge is added here. */
    private static void allowReading(Module vectorModule) {
        KernelProvider.class.getModule().addReads(vectorModule);
    }

    /** Apart, so that no class that uses the Vector API is loaded before the module is known to be there. */
    private static final class VectorChoice {
        static Choice preferred() {
            if (VectorKernels.preferredLanes() < 4) {
                return new Choice(
                        new PortableKernels(),
                        "this CPU has vectors of fewer than 256 bits, for which they are no slower");
            }
            RingKernels switching = new SwitchingKernels(new PortableKernels(), new VectorKernels());
            return new Choice(switching, "module " + VECTOR_MODULE + " is present");
        }

        static Choice forced() {
            return new Choice(new VectorKernels(), "as -D" + PROPERTY + " asks for");
        }
    }
}
