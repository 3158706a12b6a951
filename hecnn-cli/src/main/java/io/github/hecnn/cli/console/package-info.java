/** What all programs share on a terminal: error lines, progress, exit status. */
package io.github.hecnn.cli.console;
