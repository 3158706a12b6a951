/** Encrypted trainings on the data that others have published theirs on. */
package io.github.hecnn.benchmarks.samedata;
