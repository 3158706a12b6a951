/** A training on a folder of images, as a program. */
package io.github.hecnn.examples.images;
