/** Running independent pieces of work on several threads. */
package io.github.hecnn.core.parallel;
