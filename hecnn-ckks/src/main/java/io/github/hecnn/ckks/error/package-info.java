/** What can go wrong, with the operation, what was expected, what was found and how to mend it. */
package io.github.hecnn.ckks.error;
