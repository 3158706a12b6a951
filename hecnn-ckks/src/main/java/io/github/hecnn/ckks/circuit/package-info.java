/** Slot algebra, polynomial evaluation, linear transforms. */
package io.github.hecnn.ckks.circuit;
