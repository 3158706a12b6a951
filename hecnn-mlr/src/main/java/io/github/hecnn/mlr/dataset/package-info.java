/** Encrypted training data on disk, larger than memory: written as a stream, read in any order. */
package io.github.hecnn.mlr.dataset;
