/** Parameters for a circuit that is only known by its depth and precision. */
package io.github.hecnn.cli.params;
