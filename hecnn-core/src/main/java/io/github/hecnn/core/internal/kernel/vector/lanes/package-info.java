/** The shape of a vector and modular arithmetic on it. */
package io.github.hecnn.core.internal.kernel.vector.lanes;
