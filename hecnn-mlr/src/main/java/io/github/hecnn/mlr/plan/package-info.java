/** What is said about trainings that fit nowhere. */
package io.github.hecnn.mlr.plan;
