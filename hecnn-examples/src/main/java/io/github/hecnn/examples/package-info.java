/** Runnable examples. */
package io.github.hecnn.examples;
