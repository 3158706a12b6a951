/** Parameters, security levels, and the context derived from them. */
package io.github.hecnn.ckks.params;
