/** Which kernels this JVM runs: the only package that knows both wings. */
package io.github.hecnn.core.internal.kernel.choice;
