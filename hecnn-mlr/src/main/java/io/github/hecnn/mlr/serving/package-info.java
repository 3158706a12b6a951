/**
 * Encrypted queries to an encrypted model. The {@linkplain io.github.hecnn.mlr.serving.ServingOwner owner} of the secret key scales and encrypts
 * features and reads answers; the {@linkplain io.github.hecnn.mlr.serving.CloudPredictor cloud} multiplies them with weights that it cannot read: those
 * that a training of the row design left behind, which nobody has decrypted, or those of a model that its owner encrypted.
 */
package io.github.hecnn.mlr.serving;
