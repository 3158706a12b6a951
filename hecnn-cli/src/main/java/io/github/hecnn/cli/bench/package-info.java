/** A short measurement of this machine. */
package io.github.hecnn.cli.bench;
