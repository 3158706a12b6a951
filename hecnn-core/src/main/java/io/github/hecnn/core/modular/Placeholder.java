package io.github.hecnn.core.modular;

/** Keeps the exported package from being empty; delete it when the first real type lands. */
final class Placeholder {
    private Placeholder() {}
}
