/** What any file of this project is, told without keys. */
package io.github.hecnn.cli.inspect;
