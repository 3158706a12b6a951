/**
 * CryptoTL (arXiv 2205.11935), transfer learning on encrypted texts: a server keeps an encoder, a client has few texts of its own, gets them encoded
 * without showing them, and trains its heads on the decrypted outputs. Start reading at {@link io.github.hecnn.mlr.transfer.TransferClient}. Nothing
 * of the rest of the library depends on it.
 */
package io.github.hecnn.mlr.transfer;
