/** Prediction with a trained model. */
package io.github.hecnn.cli.predict;
