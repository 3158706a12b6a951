/** What operations on ciphertexts cost: work by ring degree, level and key-switching digits, and prices measured once. */
package io.github.hecnn.ckks.cost;
