/** {@code MnistTraining --recipe long}: the roles of a long training from a command line. */
package io.github.hecnn.examples.mnist.longrun;
