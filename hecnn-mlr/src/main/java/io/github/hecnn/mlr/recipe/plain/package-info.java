/** The training in plain doubles, which every encrypted one is measured against. */
package io.github.hecnn.mlr.recipe.plain;
