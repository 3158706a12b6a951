/** Operations whose results take the place of an operand. */
package io.github.hecnn.ckks.inplace;
