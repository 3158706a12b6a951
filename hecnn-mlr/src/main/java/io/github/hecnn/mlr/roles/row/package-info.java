/**
 * The two roles of a long training, with files between them. The {@linkplain io.github.hecnn.mlr.roles.row.LongOwner data owner} plans, makes keys,
 * streams its encrypted data into a folder, answers whether to go on if that was agreed, and opens the result without its data; the
 * {@linkplain io.github.hecnn.mlr.roles.row.LongCloud cloud} trains with a checkpoint after every refresh. Only the owner's keys name a secret.
 */
package io.github.hecnn.mlr.roles.row;
