/** Training: plan, trainer, loss, reports. */
package io.github.hecnn.mlr.train;
