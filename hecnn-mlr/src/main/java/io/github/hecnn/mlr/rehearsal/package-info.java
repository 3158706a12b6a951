/** What the data owner tries and checks in the clear, before encrypting and after decrypting. */
package io.github.hecnn.mlr.rehearsal;
