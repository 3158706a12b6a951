/** Keys and their generation. */
package io.github.hecnn.ckks.keys;
