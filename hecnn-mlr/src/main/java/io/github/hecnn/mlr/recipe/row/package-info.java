/** Training by minibatches for as long as wanted: rows of samples, every class of a group in its own slot, and one refresh of the gradient an iteration. */
package io.github.hecnn.mlr.recipe.row;
