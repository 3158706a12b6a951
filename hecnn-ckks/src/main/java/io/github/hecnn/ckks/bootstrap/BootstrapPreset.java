package io.github.hecnn.ckks.bootstrap;

import io.github.hecnn.ckks.params.SecurityLevel;

/** Ready-made bootstrapping. */
public enum BootstrapPreset {
    /** N = 2^16, 128 bits: 2^15 real slots, 8 levels left, mean error about 2^-23.5. */
    BOOT_16 {
        @Override
        public BootstrapParameters parameters() {
            return BootstrapParameters.builder().build();
        }
    },
    /** N = 2^16, 128 bits: 2^15 complex slots, 7 levels left, mean error about 2^-23.8, largest about 2^-20. */
    BOOT_16_PRECISE {
        @Override
        public BootstrapParameters parameters() {
            return BootstrapParameters.builder()
                    .levels(10)
                    .complexSlots(true)
                    .correctionDegree(5)
                    .messageRatioBits(5)
                    .build();
        }
    },
    /** N = 2^16, 128 bits: 2^13 real slots, 11 levels left, mean error about 2^-20: for training. */
    BOOT_16_TRAINING {
        @Override
        public BootstrapParameters parameters() {
            return BootstrapParameters.builder()
                    .levels(13)
                    .logSlots(13)
                    .correctionDegree(1)
                    .messageRatioBits(10)
                    .slotsToCoeffs(7, 6)
                    .coeffsToSlots(4, 4, 5)
                    .build();
        }
    },
    /** N = 2^12, not secure at all: 2^11 real slots, 5 levels left, for tests. */
    TEST_12 {
        @Override
        public BootstrapParameters parameters() {
            return BootstrapParameters.builder()
                    .logRingDegree(12)
                    .levels(8)
                    .securityLevel(SecurityLevel.NONE)
                    .build();
        }
    };

    /**
     * Picks the primes.
     *
     * @return its parameters
     */
    public abstract BootstrapParameters parameters();
}
