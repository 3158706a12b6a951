/**
 * What a training and its test work on, from files to features: MNIST and other images in its form, the built-in digits, or a CSV file, divided
 * into training and test.
 */
package io.github.hecnn.mlr.samples;
