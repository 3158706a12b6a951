/** The cloud. No class here, nor any of this project's that one here uses, knows how to make, read or use a secret key. */
package io.github.hecnn.examples.cloud;
