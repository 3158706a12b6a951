/** The "fast" recipe: samples, classes and features side by side in the slots. */
package io.github.hecnn.mlr.recipe.packed;
