/** Which arithmetic kernels this JVM runs. */
package io.github.hecnn.core.kernels;
