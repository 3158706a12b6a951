/** Training for as long as it takes, from a command line. */
package io.github.hecnn.cli.train.longrun;
