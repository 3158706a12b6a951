/** Writing files so that an earlier output is never damaged, and reading them only after their checksum was checked. */
package io.github.hecnn.examples.files;
