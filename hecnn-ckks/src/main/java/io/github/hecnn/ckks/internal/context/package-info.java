/** The ring side of contexts, for this module only; see {@link io.github.hecnn.ckks.internal}. */
package io.github.hecnn.ckks.internal.context;
