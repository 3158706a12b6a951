/**
 * Small feed-forward networks: a description as immutable values, evaluation in the clear, folding of neighbouring linear maps,
 * and evaluation on encrypted inputs.
 *
 * <p>The reference is CryptoTL (arXiv 2205.11935): a 9-tap convolution, a dense layer, a cubic in place of ReLU, average pooling
 * and another dense layer, all on the server's side. {@link io.github.hecnn.mlr.transfer.network.Network} describes such a chain, and
 * {@link io.github.hecnn.mlr.transfer.network.EncryptedNetwork} evaluates the same function, as alternating dense maps and
 * polynomials, on {@code SlotAlgebra}.
 */
package io.github.hecnn.mlr.transfer.network;
