/** The wire format. */
package io.github.hecnn.ckks.serial;
