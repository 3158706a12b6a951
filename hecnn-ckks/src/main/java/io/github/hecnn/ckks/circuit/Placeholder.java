package io.github.hecnn.ckks.circuit;

/** Keeps the exported package from being empty; delete it when the first real type lands. */
final class Placeholder {
    private Placeholder() {}
}
