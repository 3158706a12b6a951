/** The hot loops, in a portable and a Vector API version that give identical bits. Not exported. */
package io.github.hecnn.core.internal.kernel;
