/** Data sets and the files they are read from. */
package io.github.hecnn.mlr.data;
