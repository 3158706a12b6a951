/** The files of MNIST and of other images in its form: found under the names they come by, or fetched. */
package io.github.hecnn.mlr.data.image;
