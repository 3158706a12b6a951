/**
 * The two roles of an encrypted training. The {@linkplain io.github.hecnn.mlr.roles.DataOwner data owner} prepares, makes keys, encrypts
 * and, later, opens the result; the {@linkplain io.github.hecnn.mlr.roles.CloudTrainer cloud} trains. What goes between them, a
 * {@linkplain io.github.hecnn.mlr.roles.TrainingJob job} and its {@linkplain io.github.hecnn.mlr.roles.TrainingResult result}, holds
 * nothing secret, in memory or in files; only the owner's class names a secret key.
 */
package io.github.hecnn.mlr.roles;
