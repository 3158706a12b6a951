/**
 * Long training on an Apache Spark cluster. The {@linkplain io.github.hecnn.spark.SparkTrainer driver} refreshes and steps, executors take gradients of
 * blocks, and what goes between them is ciphertexts in the library's wire format. Nothing here names a secret key.
 */
package io.github.hecnn.spark;
