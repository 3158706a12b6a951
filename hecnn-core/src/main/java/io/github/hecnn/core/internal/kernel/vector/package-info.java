/** The kernels with the Vector API, and their elementwise loops. For the map and the rules see {@link io.github.hecnn.core.internal.kernel}. */
package io.github.hecnn.core.internal.kernel.vector;
