package io.github.hecnn.core.ntt;

/** Keeps the exported package from being empty; delete it when the first real type lands. */
final class Placeholder {
    private Placeholder() {}
}
