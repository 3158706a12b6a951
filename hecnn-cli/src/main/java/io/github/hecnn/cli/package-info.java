/** One program: training, prediction, parameters, files, measurements. */
package io.github.hecnn.cli;
