/** The MNIST run: options, data, and the two roles of the data owner. */
package io.github.hecnn.examples.mnist;
