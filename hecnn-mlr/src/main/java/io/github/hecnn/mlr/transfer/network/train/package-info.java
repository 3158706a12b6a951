/**
 * Training of small networks for binary classification in the clear: the server's encoder on its source task, the client's head on
 * the decrypted outputs. Dense layers, a one-filter convolution, ReLU, polynomials, pooling, dropout; binary cross-entropy; Adam;
 * early stopping; metrics and cross-validation; a differentially private linear head.
 *
 * <p>It is our own few hundred lines in plain {@code float} loops, which C2 vectorises. The libraries on Maven Central that do this
 * (Deeplearning4j, DJL, TensorFlow) bring native binaries of hundreds of megabytes per platform, and those in pure Java have no
 * convolution or polynomial activation. Everything runs on the calling thread and depends on the data, the settings and the seed
 * only, so a run can be repeated bit by bit.
 */
package io.github.hecnn.mlr.transfer.network.train;
