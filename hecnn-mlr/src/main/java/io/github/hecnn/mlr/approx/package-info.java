/** Polynomial approximations. */
package io.github.hecnn.mlr.approx;
