/** The kernels in plain Java. For the map and the rules see {@link io.github.hecnn.core.internal.kernel}. */
package io.github.hecnn.core.internal.kernel.portable;
