/** What every example's command line shares: error lines, progress, exit status. */
package io.github.hecnn.examples.cli;
