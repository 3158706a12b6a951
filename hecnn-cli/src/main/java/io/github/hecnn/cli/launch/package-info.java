/** The start of the jar: memory and flags that nobody has to know. */
package io.github.hecnn.cli.launch;
