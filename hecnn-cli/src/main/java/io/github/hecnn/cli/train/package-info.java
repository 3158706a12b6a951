/** Training from a command line: options, data, and the roles of owner and cloud. */
package io.github.hecnn.cli.train;
