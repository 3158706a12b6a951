/** A training, cut along the border between the roles: settings, schedule, loop, and what a recipe has to do. */
package io.github.hecnn.mlr.recipe;
