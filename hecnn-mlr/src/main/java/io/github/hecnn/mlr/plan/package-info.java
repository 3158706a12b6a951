/** What a training will take, before any key is made: levels, keys, parameters, memory, time; and what is said where none fits. */
package io.github.hecnn.mlr.plan;
