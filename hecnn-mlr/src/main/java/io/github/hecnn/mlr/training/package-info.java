/**
 * How to train, and what the owner of the data does in the clear before it encrypts: {@linkplain
 * io.github.hecnn.mlr.training.TrainingSettings settings}, the {@linkplain io.github.hecnn.mlr.training.RehearsalTable rehearsal} that
 * chooses what they leave open, and the {@linkplain io.github.hecnn.mlr.training.PreparedTraining prepared training} that comes of
 * both. Trainer and roles stand above it; nothing here has to do with keys.
 */
package io.github.hecnn.mlr.training;
