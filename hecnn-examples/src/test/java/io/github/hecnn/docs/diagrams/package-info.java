/** Generators of the diagrams in docs/images. */
package io.github.hecnn.docs.diagrams;
