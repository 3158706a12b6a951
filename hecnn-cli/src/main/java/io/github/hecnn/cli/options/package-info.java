/** Options that several programs have. */
package io.github.hecnn.cli.options;
