/** Encrypted classification of MNIST by networks that the library trains. */
package io.github.hecnn.benchmarks.digits;
