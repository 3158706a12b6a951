/** The built-in synthetic data set: digits that look written by hand, made by code. */
package io.github.hecnn.mlr.data.synthetic;
