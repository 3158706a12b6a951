package io.github.hecnn.core.parallel;

/**
 * Room on the stack for two steps that belong together, such as counting a thread in and out again: a stack that is used up between
 * them would leave half of the pair undone.
 */
final class StackReserve {
    private static final int FRAMES = 24;

    private StackReserve() {}

    /**
     * Uses more stack than a few short calls do, and gives it back.
     *
     * @throws StackOverflowError if there is not that much
     */
    static void require() {
        descend(FRAMES);
    }

    private static int descend(int frames) {
        return frames == 0 ? 0 : 1 + descend(frames - 1);
    }
}
