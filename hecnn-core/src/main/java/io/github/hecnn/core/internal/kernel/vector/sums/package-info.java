/** Base extension and exact sums of products with the Vector API. For the map and the rules see {@link io.github.hecnn.core.internal.kernel}. */
package io.github.hecnn.core.internal.kernel.vector.sums;
