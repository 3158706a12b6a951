/** The "paper" recipe: products in the Volley Revolver encoding. */
package io.github.hecnn.mlr.recipe.volley;
