/** The CryptoTL table: what transfer to another task is worth, in the clear and encrypted, for every pair of public text tasks. */
package io.github.hecnn.benchmarks.cryptotl;
