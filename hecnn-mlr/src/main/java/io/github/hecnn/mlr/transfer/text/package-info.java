/**
 * Texts and their embeddings, in the clear, on the side of whoever owns the texts: readers of the usual spam and sentiment files,
 * and sentence encoders that turn a text into a vector of fixed length. Nothing here sees a key or a ciphertext.
 */
package io.github.hecnn.mlr.transfer.text;
