/** A program to try training on a cluster with, beside the library: nothing of hecnn-spark needs it. */
package io.github.hecnn.spark.example;
