/** Polynomials in place of the sigmoid: fits, intervals, and their evaluation on slots. */
package io.github.hecnn.mlr.approx;
