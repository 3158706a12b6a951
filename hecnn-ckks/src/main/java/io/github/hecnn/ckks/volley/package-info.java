/**
 * Products of encrypted matrices with the Volley Revolver encoding (arXiv 2201.12577, used for training in arXiv 2304.03807).
 *
 * <p>A (m x n) lies row by row in one or several vectors of slots, with a power of two as row stride; B is given as its transpose
 * (p x n), also row by row, repeated until its vector is full. Turning one against the other row by row lets every row of A meet
 * every column of B; the sum of a row of slot by slot products is one entry of A B.
 */
package io.github.hecnn.ckks.volley;
