/** Trained models and their quality. */
package io.github.hecnn.mlr.model;
