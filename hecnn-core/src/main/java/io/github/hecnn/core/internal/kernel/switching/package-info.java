/** Kernels that begin with the wing that is fast at once and change, operation by operation, to the one that is faster once it is compiled. */
package io.github.hecnn.core.internal.kernel.switching;
